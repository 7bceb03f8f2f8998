import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { DeviceId } from '$lib/domain/ids';
import { err, ok } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import type { CarrierDesk as Desk, ReadInput, WriteInput } from '$lib/services/carrier-desk';
import CarrierDesk from '$lib/ui/components/CarrierDesk.svelte';
import { aReadReport, createFakeCarriers } from '../support/fake-carriers';
import { createFakeSession } from '../support/fake-session';
import { createFakeWorkspace } from '../support/fake-workspace';
import { renderWithSession } from '../support/render-with-session';

const PEER = {
	deviceId: 'd2'.repeat(16) as DeviceId,
	counter: 'Schalter 2',
	writtenAt: Date.parse('2023-11-06T09:42:00+01:00') as Instant,
	lackingCount: 3
};
const written: WriteInput[] = [];

function show(over: Partial<Desk> = {}) {
	written.length = 0;
	const desk = createFakeCarriers({
		peers: async () => [PEER],
		write: async (input) => {
			written.push(input);
			return ok({ files: ['Notschalter-7KXM.notschalter'], bytes: 12_000, operations: 3, stopped: false });
		},
		...over
	});
	const session = createFakeSession({ type: 'unlocked', workspace: createFakeWorkspace() });
	renderWithSession(CarrierDesk, { desk }, { session });
}
const dialog = page.getByRole('dialog');
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

it('says whose carriers were read, and what they lack', async () => {
	show();
	await expect
		.element(page.getByRole('list', { name: /Datenträger hier eingelesen/ }))
		.toHaveTextContent(
			'Schalter 2: Stand vom 06.11.2023, 09:42 Uhr. Dort fehlen nach diesem Stand 3 Buchungen von hier.'
		);
});

it('writes what the one other device lacks, in parts as chosen, and says that written is not transferred', async () => {
	show();
	await expect.element(page.getByRole('list')).toBeVisible();
	await press('Datenträger schreiben');
	await expect.element(dialog.getByRole('radio', { name: /Schalter 2 noch fehlt \(3 Buchungen\)/ })).toBeChecked();
	await userEvent.selectOptions(dialog.getByLabelText('Größe der Dateien'), 'höchstens 25 MB (E-Mail)');
	await press('Speicherort wählen');
	await expect.element(dialog).toHaveTextContent('3 Buchungen in 1 Datei');
	await expect.element(dialog).toHaveTextContent('Als übertragen zählt es hier erst');
	expect(written).toMatchObject([{ reader: PEER.deviceId, partBytes: 25_000_000, into: 'chosen' }]);
});

it('offers only the download where the browser cannot choose a place', async () => {
	show({ canChoose: false });
	await press('Datenträger schreiben');
	await expect.element(dialog.getByRole('button', { name: 'Als Download speichern' })).toBeVisible();
	expect(dialog.getByRole('button', { name: 'Speicherort wählen' }).query()).toBeNull();
});

it('says what a full stick means, and what is safe', async () => {
	show({ write: async () => err({ type: 'not-written', name: 'QuotaExceededError' }) });
	await press('Datenträger schreiben');
	await press('Speicherort wählen');
	await expect
		.element(dialog.getByRole('alert'))
		.toHaveTextContent('Der Platz reicht nicht. Auf diesem Gerät ist alles gesichert.');
});

it('tells in words what came of reading, and stops when asked to', async () => {
	let asked: ReadInput | null = null;
	show({
		read: (input) =>
			new Promise((resolve) => {
				asked = input;
				input.onProgress({ done: 1_000_000, total: 4_000_000 });
				const requests = [{ counter: 'Schalter 2', count: 3 }];
				input.signal.addEventListener('abort', () =>
					resolve(aReadReport({ added: 3, known: 2, requests, damaged: 1, stopped: true }))
				);
			})
	});
	await press('Datenträger einlesen');
	await press('Einlesen');
	await expect.element(dialog).toHaveTextContent('Bitte mindestens eine Datei wählen.');
	await userEvent.upload(dialog.getByLabelText('Dateien vom Datenträger'), new File(['x'], 'a.notschalter'));
	await press('Einlesen');
	await expect.element(dialog.getByRole('progressbar')).toBeVisible();
	await press('Abbrechen');
	const report = dialog.getByRole('status');
	await expect.element(report).toHaveTextContent('3 Anliegen von Schalter 2 übernommen.');
	await expect.element(report).toHaveTextContent('2 Buchungen waren schon da.');
	await expect.element(report).toHaveTextContent('1 Stelle ist beschädigt');
	await expect.element(report).toHaveTextContent('Das Einlesen wurde abgebrochen.');
	expect(asked!.files.map(({ name }: File) => name)).toEqual(['a.notschalter']);
});
