/** Every screen of steps two to seven: WCAG 2.2 AA in light and dark, private inputs, and no sideways scrolling on a telephone or a counter PC. */
import type { Page } from '@playwright/test';
import { expect, expectGoodScreen, expectNoSidewaysScroll, test } from './fixtures';
import { LockPage } from './pages/lock-page';
import { ReceiptPage } from './pages/receipt-page';
import { RequestFormPage } from './pages/request-form-page';
import { RequestListPage } from './pages/request-list-page';
import { FOUNDING, SetupPage } from './pages/setup-page';

const SIZES = [
	{ width: 360, height: 740 },
	{ width: 1366, height: 768 }
] as const;

/** All that must hold of a screen, at every size. Named, so that a failure says which one it is. */
async function check(page: Page, name: string): Promise<void> {
	await test.step(name, async () => {
		await expectGoodScreen(page);
		for (const size of SIZES) {
			await page.setViewportSize(size);
			await expectNoSidewaysScroll(page);
		}
	});
}

test('setting up, the lock screen and the way in with the Notfallschlüssel', async ({ device }) => {
	test.slow();
	const page = await device.open('/');
	const setup = new SetupPage(page);
	const lock = new LockPage(page);
	await setup.button('Ja, es war schon eingerichtet').click();
	await check(page, 'was set up before');
	await setup.button('Nichts davon ist da: neu anlegen').click();
	await check(page, 'which way in');
	await setup.button('Neuen Verbund anlegen').click();
	await page.getByRole('combobox', { name: 'Kommune' }).fill('so');
	await check(page, 'office, choosing');
	await page.keyboard.press('Escape');
	await setup.button('Weiter').click();
	await check(page, 'office, with errors');
	await page.getByRole('combobox', { name: 'Kommune' }).fill('');
	await setup.fillOffice(FOUNDING);
	await setup.button('Vorschlag').click();
	await check(page, 'person');
	await setup.fillPerson(FOUNDING);
	await check(page, 'server');
	await setup.fillServer(FOUNDING);
	await setup.recoveryGroups();
	await check(page, 'Notfallblatt');
	await setup.confirmSheet();
	await check(page, 'restart test');
	await setup.goToToday();
	await check(page, 'Heute, empty');
	await new RequestListPage(page).open();
	await check(page, 'Anliegen, empty');
	await lock.setPin('482915');
	await lock.lock();
	await expect(lock.coverHeading).toBeVisible();
	await check(page, 'cover');
	await page.getByRole('button', { name: 'Mit Passwort entsperren' }).click();
	await lock.attempt('falsches Passwort');
	await expect(page.getByText('Das Passwort stimmt nicht.')).toBeVisible();
	await check(page, 'lock screen');
	await page.getByRole('button', { name: 'Mit Notfallschlüssel' }).click();
	await check(page, 'Notfallschlüssel');
});

test('taking a request, its receipt, the list and the request', async ({ device }) => {
	test.slow();
	const page = await device.open('/');
	const setup = new SetupPage(page);
	const form = new RequestFormPage(page);
	const receipt = new ReceiptPage(page);
	const list = new RequestListPage(page);
	await setup.found();
	await setup.goToToday();
	await page.getByRole('link', { name: 'Anliegen aufnehmen' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeHidden();
	await check(page, 'what it is about');
	await form.chooseHere('umsch');
	await check(page, 'form, empty');
	await form.fill({ Familienname: 'Müller', Kennzeichen: 'LÜD-A 1', IBAN: 'DE00 0000' });
	await page.getByRole('button', { name: 'Eingang ändern' }).click();
	await form.choice('Dringlichkeit', 'dringend').check();
	await form.save();
	await expect(form.summary).toBeFocused();
	await check(page, 'form, with errors');
	await page.getByRole('checkbox', { name: 'Mehrere Fahrzeuge auf einmal' }).check();
	await page.getByRole('button', { name: 'Fahrzeug hinzufügen' }).click();
	await check(page, 'form, many vehicles');
	await page.keyboard.press('Escape');
	await check(page, 'asked before leaving');
	await page.getByRole('button', { name: 'Als Entwurf lassen' }).last().click();
	await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
	await form.takeHolderChange();
	await check(page, 'receipt');
	await page.getByRole('radio', { name: 'Rolle 80 mm' }).check();
	await check(page, 'receipt, roll');
	await receipt.withoutPrinterButton.click();
	await check(page, 'without a printer');
	await receipt.openRequest();
	await expect(page.getByRole('heading', { name: 'Verlauf' })).toBeVisible();
	await check(page, 'request');
	await page.getByRole('button', { name: 'Ergänzen' }).click();
	await check(page, 'amending');
	await page.getByRole('button', { name: 'Abbrechen' }).click();
	await page.getByRole('button', { name: 'Zurückziehen' }).click();
	await check(page, 'withdrawing');
	await page.keyboard.press('Escape');
	await list.open();
	await expect(list.rows).toHaveCount(1);
	await check(page, 'list');
	await page.getByRole('link', { name: 'Heute' }).first().click();
	await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
	await check(page, 'Heute');
	await page.getByRole('button', { name: 'Hilfe und Tasten' }).click();
	await check(page, 'help');
});
