import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ok } from '$lib/domain/result';
import { MAX_JOIN_FILE_BYTES } from '$lib/services/join-file-size';
import SetupFlow from '$lib/ui/components/SetupFlow.svelte';
import { createFakeSession, createFakeSetup, type FakeSetup } from '../support/fake-session';
import { A_SHEET, ERIKA } from '../support/invented-view';
import { renderWithSession } from '../support/render-with-session';

const next = page.getByRole('button', { name: 'Weiter', exact: true });
let setup: FakeSetup;

function show(over: Parameters<typeof createFakeSetup>[0] = {}) {
	setup = createFakeSetup(over);
	renderWithSession(SetupFlow, {}, { setup, session: createFakeSession({ type: 'not-set-up' }) });
}

async function toServerPage() {
	await page.getByRole('button', { name: /^Nein/ }).click();
	await page.getByRole('button', { name: 'Neuen Verbund anlegen' }).click();
	await page.getByRole('combobox', { name: 'Kommune' }).fill('Lüdensch');
	await userEvent.keyboard('{ArrowDown}{Enter}');
	await page.getByLabelText('Standort').fill('Rathaus');
	await page.getByLabelText('Schalter').fill('Schalter 3');
	await next.click();
	await expect.element(page.getByText('2 von 3')).toBeVisible();
	await page.getByLabelText('Ihr Name').fill('Erika Mustermann');
	await page.getByRole('button', { name: 'Vorschlag' }).click();
	await next.click();
	await expect.element(page.getByText('3 von 3')).toBeVisible();
}

describe('founding', () => {
	beforeEach(() => show());

	it('asks first whether the device was set up already, and shows the ways back then', async () => {
		await page.getByRole('button', { name: /^Ja/ }).click();
		await expect.element(page.getByText(/genau dieselbe Adresse/)).toBeVisible();
		for (const way of ['Ein anderer Schalter läuft noch', 'Server und Notfallblatt sind da', 'Eine Kopie ist da'])
			await expect.element(page.getByRole('button', { name: way })).toBeVisible();
	});

	it('founds a space without a server and writes only after the last group was typed', async () => {
		await toServerPage();
		await page.getByRole('button', { name: 'Ohne Server fortfahren' }).click();
		const group = page.getByLabelText('Letzte Gruppe');
		await group.fill('XXXXX');
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByText(/nicht die letzte Gruppe/)).toBeVisible();
		expect(setup.calls.map(([act]) => act)).toEqual(['prepareFounding']);
		expect(setup.calls[0]?.[1]).toMatchObject({
			commune: 'Lüdenscheid',
			ags: '05962032',
			placeCode: 'MK',
			site: 'Rathaus',
			counter: 'Schalter 3',
			staffName: 'Erika Mustermann',
			server: null
		});
		await group.fill(` ${A_SHEET.groups.at(-1)?.toLowerCase()} `);
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('heading', { name: 'Neustart-Test' })).toHaveFocus();
		expect(setup.calls.map(([act]) => act)).toEqual(['prepareFounding', 'completeFounding']);
		await page.getByRole('button', { name: 'Test beginnen' }).click();
		await expect.element(page.getByText('Browser schließen und wieder öffnen', { exact: true })).toBeVisible();
	});

	it('wants a code for a server', async () => {
		await toServerPage();
		await page.getByRole('button', { name: 'Verbund anlegen' }).click();
		expect(setup.calls).toEqual([]);
		await page.getByLabelText('Betriebscode').fill('ABC');
		await page.getByRole('button', { name: 'Verbund anlegen' }).click();
		await expect.element(page.getByRole('heading', { name: 'Notfallblatt', exact: true })).toHaveFocus();
		expect(setup.calls[0]?.[1]).toMatchObject({ server: { origin: window.location.origin, code: 'ABC' } });
	});

	it('asks for the plate code of a place that is not in the list', async () => {
		await page.getByRole('button', { name: /^Nein/ }).click();
		await page.getByRole('button', { name: 'Neuen Verbund anlegen' }).click();
		await page.getByRole('combobox', { name: 'Kommune' }).fill('Musterstadt');
		await page.getByLabelText('Standort').fill('Rathaus');
		await page.getByLabelText('Schalter').fill('1');
		await page.getByLabelText('Unterscheidungszeichen').fill('M1');
		await next.click();
		await expect.element(page.getByRole('link', { name: /ein bis drei Buchstaben/ })).toBeVisible();
		await page.getByLabelText('Unterscheidungszeichen').fill('ms');
		await next.click();
		await expect.element(page.getByText('2 von 3')).toBeVisible();
	});

	it('sums up what is missing and goes to the field', async () => {
		await page.getByRole('button', { name: /^Nein/ }).click();
		await page.getByRole('button', { name: 'Neuen Verbund anlegen' }).click();
		await next.click();
		await page.getByRole('link', { name: 'Bitte den Standort eingeben.' }).click();
		await expect.element(page.getByLabelText('Standort')).toHaveFocus();
	});

	it('accepts no weak password', async () => {
		await page.getByRole('button', { name: /^Nein/ }).click();
		await page.getByRole('button', { name: 'Neuen Verbund anlegen' }).click();
		await page.getByRole('combobox', { name: 'Kommune' }).fill('Soest');
		await userEvent.keyboard('{ArrowDown}{Enter}');
		await page.getByLabelText('Standort').fill('Rathaus');
		await page.getByLabelText('Schalter').fill('1');
		await next.click();
		await page.getByLabelText('Ihr Name').fill('Erika Mustermann');
		await page.getByLabelText('Passwort', { exact: true }).fill('Rathaus1');
		await page.getByLabelText('Passwort wiederholen').fill('Rathaus1');
		await next.click();
		await expect.element(page.getByRole('link', { name: /zu kurz/ })).toBeVisible();
		await expect.element(page.getByText('2 von 3')).toBeVisible();
	});
});

it('says when the server would not take the space, which is founded all the same', async () => {
	show({
		prepareFounding: async () =>
			ok({ sheet: A_SHEET, complete: async () => ok({ server: { type: 'wrong-code' } as const }) })
	});
	await toServerPage();
	await page.getByLabelText('Betriebscode').fill('FALSCH');
	await page.getByRole('button', { name: 'Verbund anlegen' }).click();
	await page.getByLabelText('Letzte Gruppe').fill(A_SHEET.groups.at(-1) ?? '');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText(/noch nicht mit dem Server verbunden/)).toBeVisible();
	await expect.element(page.getByText(/Diesen Code kennt der Server nicht/)).toBeVisible();
});

it('says of a file far too large that it is no Aufnahmedatei, without reading it', async () => {
	show();
	await page.getByRole('button', { name: /^Nein/ }).click();
	await page.getByRole('button', { name: 'Verbund beitreten' }).click();
	await page.getByRole('radio', { name: /mit einer Datei/ }).click();
	const film = new File([new Uint8Array(MAX_JOIN_FILE_BYTES + 1)], 'film.notaufnahme');
	await userEvent.upload(page.getByLabelText('Aufnahmedatei'), film);
	await page.getByLabelText('Aufnahmecode').fill('7KXM4');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByRole('alert')).toHaveTextContent('Das ist keine Aufnahmedatei von Notschalter');
	expect(setup.calls).toEqual([]);
});

describe('restoring by the Notfallblatt', () => {
	beforeEach(async () => {
		show();
		await page.getByRole('button', { name: /^Ja/ }).click();
		await page.getByRole('button', { name: 'Server und Notfallblatt sind da' }).click();
	});

	it('wants the whole sheet, and says when no space of this server fits it', async () => {
		await page.getByRole('button', { name: 'Notfallblatt prüfen' }).click();
		await expect.element(page.getByRole('link', { name: 'Bitte den Notfallschlüssel eingeben.' })).toBeVisible();
		await expect.element(page.getByRole('link', { name: 'Bitte die Kennung des Verbunds eingeben.' })).toBeVisible();
		expect(setup.calls).toEqual([]);
		await page.getByLabelText('Notfallschlüssel').fill('AAAAA');
		await page.getByLabelText('Kennung des Verbunds').fill('BBBBB');
		await page.getByRole('button', { name: 'Notfallblatt prüfen' }).click();
		await expect.element(page.getByRole('alert')).toHaveTextContent('Dieser Server kennt keinen Verbund');
		expect(setup.calls).toEqual([['prepareRestoring', window.location.origin, 'AAAAA BBBBB']]);
	});

	it('takes the QR code from a scanner in the first field, and then asks for no more of the sheet', async () => {
		await page.getByLabelText('Notfallschlüssel').fill('NOTSCHALTER NOTFALLBLATT 1 7KXM4');
		await expect.element(page.getByLabelText('Kennung des Verbunds')).not.toBeInTheDocument();
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('alert')).toBeVisible();
		expect(setup.calls[0]?.[2]).toBe('NOTSCHALTER NOTFALLBLATT 1 7KXM4');
	});

	it('asks for counter, name and a new password, and tells what came back', async () => {
		await page.getByLabelText('Notfallschlüssel').fill('7KXM4');
		await page.getByLabelText('Kennung des Verbunds').fill('BBBBB');
		await page.getByRole('button', { name: 'Notfallblatt prüfen' }).click();
		await page.getByLabelText('Standort').fill('Rathaus');
		await page.getByLabelText('Schalter').fill('Schalter 4');
		await page.getByLabelText('Name').selectOptions('Erika Mustermann');
		await page.getByRole('button', { name: 'Vorschlag' }).click();
		await page.getByRole('button', { name: 'Wiederherstellen' }).click();
		await expect.element(page.getByRole('heading', { name: 'Wiederhergestellt' })).toBeVisible();
		expect(setup.calls.at(-1)?.[1]).toMatchObject({ site: 'Rathaus', counter: 'Schalter 4', staffId: ERIKA.id });
		await page.getByRole('button', { name: 'Weiter zum Neustart-Test' }).click();
		await expect.element(page.getByRole('heading', { name: 'Neustart-Test' })).toBeVisible();
	});

	it('leads back to the question', async () => {
		await page.getByRole('button', { name: 'Zurück' }).click();
		await expect.element(page.getByRole('button', { name: 'Eine Kopie ist da' })).toBeVisible();
	});
});

describe('joining', () => {
	beforeEach(async () => {
		show();
		await page.getByRole('button', { name: /^Nein/ }).click();
		await page.getByRole('button', { name: 'Verbund beitreten' }).click();
	});

	it('says that a code is not known', async () => {
		await page.getByLabelText('Aufnahmecode').fill('AAAAA');
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('alert')).toHaveTextContent('Diesen Code kennt der Server nicht');
	});

	it('asks for counter, name and password after the code, and stays when the password is wrong', async () => {
		await page.getByLabelText('Aufnahmecode').fill('7kxm4-q2w3e');
		await userEvent.keyboard('{Enter}');
		await page.getByLabelText('Standort').fill('Rathaus');
		await page.getByLabelText('Schalter').fill('Schalter 4');
		await page.getByLabelText('Name').selectOptions('Erika Mustermann');
		await page.getByLabelText('Passwort').fill('falsch');
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('alert')).toHaveTextContent('Das Passwort stimmt nicht');
		await page.getByLabelText('Passwort').fill('richtig');
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('heading', { name: 'Neustart-Test' })).toBeVisible();
		expect(setup.calls.at(-1)).toEqual([
			'completeJoining',
			{ site: 'Rathaus', counter: 'Schalter 4', staffId: ERIKA.id, password: 'richtig' }
		]);
	});
});
