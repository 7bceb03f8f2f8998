/** Story, step 2: from nothing to a counter that works, with a server and without one. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { Keyboard } from './pages/keyboard';
import { LockPage } from './pages/lock-page';
import { paperOf } from './pages/paper';
import { FOUNDING, SetupPage } from './pages/setup-page';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

/** Founds by keyboard alone, as far as the Notfallblatt; with an enrolment code, or without a server. */
async function foundByKeyboard(setup: SetupPage, keyboard: Keyboard, enrolmentCode: string | null): Promise<void> {
	await keyboard.activate(setup.button('Nein, es ist neu'));
	await keyboard.activate(setup.button('Neuen Verbund anlegen'));
	await expect(setup.page.getByRole('combobox', { name: 'Kommune' })).toBeFocused();
	await keyboard.type('Soest');
	await keyboard.press('Tab');
	await keyboard.tabTo(setup.field('Standort'));
	await keyboard.type(FOUNDING.site);
	await keyboard.press('Tab');
	await keyboard.type(FOUNDING.counter);
	await keyboard.press('Enter');
	await expect(setup.field('Ihr Name')).toBeFocused();
	await keyboard.type(FOUNDING.staffName);
	await keyboard.press('Tab');
	await keyboard.type(FOUNDING.password);
	await keyboard.tabTo(setup.field('Passwort wiederholen'));
	await keyboard.type(FOUNDING.password);
	await keyboard.press('Enter');
	await expect(setup.field('Betriebscode')).toBeFocused();
	if (enrolmentCode === null) return keyboard.activate(setup.button('Ohne Server fortfahren'));
	await keyboard.type(enrolmentCode);
	await keyboard.press('Enter');
}

async function confirmByKeyboard(setup: SetupPage, keyboard: Keyboard): Promise<void> {
	const groups = await setup.recoveryGroups();
	expect(groups).toHaveLength(6);
	expect(await paperOf(setup.page)).toEqual({ sheets: 1, width: 210, height: 297 });
	await keyboard.tabTo(setup.field('Letzte Gruppe'));
	await keyboard.type(groups.at(-1) === '00000' ? '11111' : '00000');
	await keyboard.press('Enter');
	await expect(setup.page.getByText('Das ist nicht die letzte Gruppe des Notfallschlüssels.').first()).toBeVisible();
	await expect(setup.field('Letzte Gruppe')).toBeFocused();
	await keyboard.press('Control+A');
	await keyboard.type((groups.at(-1) ?? '').toLowerCase());
	await keyboard.press('Enter');
	await expect(setup.page.getByRole('heading', { name: 'Neustart-Test' })).toBeVisible();
}

test('with a server, by keyboard alone: founded, Notfallblatt confirmed, restart test passed, unlocked', async ({
	server,
	device
}) => {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await foundByKeyboard(setup, new Keyboard(page), server.enrolmentCode);
	await confirmByKeyboard(setup, new Keyboard(page));
	await expect(page.getByText(`${FOUNDING.site}, ${FOUNDING.counter}`)).toBeVisible();
	await new Keyboard(page).activate(setup.button('Test beginnen'));
	await expect(page.getByText('Browser schließen und wieder öffnen', { exact: true })).toBeVisible();

	await device.close();
	const again = await device.open('/');
	const lock = new LockPage(again);
	await lock.expectShown();
	await expect(again.getByText('Neustart-Test bestanden')).toBeVisible();
	await expect(lock.password).toBeFocused();
	await again.keyboard.type(FOUNDING.password);
	await again.keyboard.press('Enter');
	await expect(heading(again, 'Heute')).toBeVisible();
	await expect(again.getByText('0 nicht übertragen').first()).toBeVisible();
	await expect(again.getByText('Neustart-Test steht noch aus')).toBeHidden();
});

test('without a server, by keyboard alone, with the server already gone: it works, and says that nothing is sent', async ({
	server,
	device
}) => {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
	await server.kill();
	await foundByKeyboard(setup, new Keyboard(page), null);
	await confirmByKeyboard(setup, new Keyboard(page));
	await new Keyboard(page).activate(page.getByRole('link', { name: 'Später testen und weiterarbeiten' }));
	await expect(heading(page, 'Heute')).toBeVisible();
	await expect(page.getByText('Kein Server eingetragen.')).toBeVisible();
	await expect(page.getByText('Server nicht erreichbar')).toBeHidden();
	await page.getByRole('link', { name: 'Abgleich' }).first().click();
	await expect(page.getByRole('button', { name: 'Server hinzufügen' })).toBeVisible();
});

test('each page of founding names what is lacking, and takes no weak password', async ({ device }) => {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.chooseFounding();
	await setup.button('Weiter').click();
	const summary = page
		.getByRole('region', { name: /./ })
		.filter({ hasText: 'Bitte die Kommune wählen oder eingeben.' });
	await expect(summary).toBeFocused();
	await expect(summary.getByRole('link')).toHaveCount(3);
	await summary.getByRole('link', { name: 'Bitte den Schalter eingeben.' }).click();
	await expect(setup.field('Schalter')).toBeFocused();

	await page.getByRole('combobox', { name: 'Kommune' }).fill('Musterdorf');
	await setup.field('Unterscheidungszeichen').fill('so');
	await setup.field('Standort').fill('Rathaus');
	await setup.field('Schalter').fill('1');
	await setup.button('Weiter').click();

	await setup.field('Ihr Name').fill('Erika Mustermann');
	for (const [weak, why] of [
		['kurz', 'Das Passwort ist zu kurz'],
		['Mustermann2024', 'Das Passwort ist zu leicht zu erraten'],
		['passwort1234', 'Das Passwort ist zu leicht zu erraten']
	] as const) {
		await setup.field('Passwort').fill(weak);
		await setup.field('Passwort wiederholen').fill(weak);
		await setup.button('Weiter').click();
		await expect(page.getByRole('link', { name: why })).toBeVisible();
	}
	await setup.field('Passwort').fill(FOUNDING.password);
	await setup.button('Weiter').click();
	await expect(page.getByRole('link', { name: 'Die beiden Passwörter sind nicht gleich.' })).toBeVisible();

	await setup.button('Vorschlag').click();
	const proposal = (await page.getByTestId('proposal').textContent())?.trim() ?? '';
	expect(proposal.split(/[\s-]+/).length).toBeGreaterThanOrEqual(4);
	await expect(setup.field('Passwort')).toHaveValue(proposal);
	await setup.button('Weiter').click();

	await setup.button('Verbund anlegen').click();
	await expect(page.getByRole('link', { name: /Betriebscode/ })).toBeVisible();
	await setup.button('Ohne Server fortfahren').click();
	await setup.confirmSheet();
	await setup.goToToday();
	await new LockPage(page).lock();
	await new LockPage(page).unlock(proposal);
});

test('a wrong Betriebscode founds the space all the same, and says what is left to do', async ({ device }) => {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.found({ enrolmentCode: 'FALSCH-FALSCH-0000' });
	await expect(page.getByText('noch nicht mit dem Server verbunden')).toBeVisible();
	await setup.goToToday();
});

test('who answers that the device was set up before is told what to try first', async ({ device }) => {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.button('Ja, es war schon eingerichtet').click();
	await expect(page.getByText('genau dieselbe Adresse')).toBeVisible();
	await setup.button('Zurück').click();
	await expect(page.getByText('War dieses Gerät schon eingerichtet?')).toBeVisible();
});
