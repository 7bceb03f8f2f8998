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
import { aView } from '../support/invented-view';
import { renderWithSession } from '../support/render-with-session';

const PEER = {
	deviceId: 'd2'.repeat(16) as DeviceId,
	counter: 'Schalter 2',
	writtenAt: Date.parse('2023-11-06T09:42:00+01:00') as Instant,
	lackingCount: 3
};
const written: WriteInput[] = [];

const devicesOf = (...ids: readonly DeviceId[]) => {
	const [own, other] = aView().devices;
	if (!own || !other) throw new Error('the fake view has two devices');
	return [own, ...ids.map((deviceId) => ({ ...other, deviceId }))];
};

function show(over: Partial<Desk> = {}, devices = devicesOf(PEER.deviceId)) {
	written.length = 0;
	const desk = createFakeCarriers({
		peers: async () => [PEER],
		write: async (input) => {
			written.push(input);
			return ok({ files: ['Notschalter-7KXM.notschalter'], bytes: 12_000, operations: 3, stopped: false });
		},
		...over
	});
	const workspace = createFakeWorkspace();
	workspace.change({ devices });
	const session = createFakeSession({ type: 'unlocked', workspace });
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

const THIRD = 'd3'.repeat(16) as DeviceId;

it('proposes everything where a stick may be meant for another counter too', async () => {
	show({}, devicesOf(PEER.deviceId, THIRD));
	await expect.element(page.getByRole('list')).toBeVisible();
	await press('Datenträger schreiben');
	await expect.element(dialog.getByRole('radio', { name: 'Alles, für jedes Gerät' })).toBeChecked();
});

it('tells two identities of one counter apart by their state', async () => {
	const later = Date.parse('2023-11-07T08:00:00+01:00') as Instant;
	show({ peers: async () => [PEER, { ...PEER, deviceId: THIRD, writtenAt: later }] });
	await expect.element(page.getByRole('list')).toBeVisible();
	await press('Datenträger schreiben');
	await expect.element(dialog.getByRole('radio', { name: 'Alles, für jedes Gerät' })).toBeChecked();
	for (const state of ['06.11.2023, 09:42 Uhr', '07.11.2023, 08:00 Uhr'])
		await expect
			.element(dialog.getByRole('radio', { name: `Nur was Schalter 2 noch fehlt (3 Buchungen, Stand vom ${state})` }))
			.toBeVisible();
});

it('calls a download one, and says that it is not on the stick yet', async () => {
	show();
	await press('Datenträger schreiben');
	await press('Als Download speichern');
	await expect.element(dialog.getByText('Heruntergeladen', { exact: true })).toBeVisible();
	await expect.element(dialog).toHaveTextContent('Bei den Downloads des Browsers prüfen');
	await expect.element(dialog).toHaveTextContent('Als übertragen zählt es hier erst');
	expect(dialog.getByText('Geschrieben', { exact: true }).query()).toBeNull();
});

/** A file that opens, and one on a stick that was pulled out. */
function drop(...names: readonly string[]): void {
	const lost = new DOMException('', 'NotFoundError');
	const entryOf = (name: string) => ({
		isFile: true,
		name,
		file: (resolve: (file: File) => void, reject: (error: DOMException) => void) =>
			name.startsWith('weg') ? reject(lost) : resolve(new File(['x'], name))
	});
	const items = names.map((name) => ({ kind: 'file', webkitGetAsEntry: () => entryOf(name), getAsFile: () => null }));
	const event = new DragEvent('drop', { bubbles: true, cancelable: true });
	Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items, files: [] } });
	page.getByText('Dateien lassen sich auch hierher ziehen.').element().dispatchEvent(event);
}

it('reads what of a drop can be opened, and names what cannot', async () => {
	const asked: ReadInput[] = [];
	show({
		read: async (input) => {
			asked.push(input);
			return aReadReport({ added: 3 });
		}
	});
	drop('a.notschalter', 'weg.notschalter', 'c.notschalter');
	const report = dialog.getByRole('status');
	await expect.element(report).toHaveTextContent('3 Buchungen waren neu.');
	await expect.element(report).toHaveTextContent('„weg.notschalter“ ließ sich nicht öffnen.');
	expect(asked.map(({ files }) => files.map(({ name }) => name))).toEqual([['a.notschalter', 'c.notschalter']]);
	await press('Weitere Dateien einlesen');
	expect(dialog.getByText(/ließ sich nicht öffnen/).query()).toBeNull();
});

it('says so when nothing of a drop can be opened', async () => {
	show();
	drop('weg.notschalter');
	await expect.element(dialog).toHaveTextContent('„weg.notschalter“ ließ sich nicht öffnen.');
	await expect.element(dialog.getByRole('button', { name: 'Einlesen', exact: true })).toBeVisible();
});
