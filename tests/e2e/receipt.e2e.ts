/** Story, step 6: the receipt on A4 and on a roll, asked about, called Zweitschrift only after „Ja“, and without a printer. */
import type { Page } from '@playwright/test';
import type { Device } from './device';
import { expect, test } from './fixtures';
import { paperOf } from './pages/paper';
import { CASE_NUMBER, ReceiptPage } from './pages/receipt-page';
import { HOLDER_CHANGE, RequestFormPage } from './pages/request-form-page';
import { FOUNDING, SetupPage } from './pages/setup-page';

async function receiptShown(device: Device): Promise<{ page: Page; receipt: ReceiptPage }> {
	const page = await device.open('about:blank');
	await ReceiptPage.countPrints(page);
	await page.goto('/');
	const setup = new SetupPage(page);
	await setup.found();
	await setup.goToToday();
	await new RequestFormPage(page).takeHolderChange();
	return { page, receipt: new ReceiptPage(page) };
}

test('the sheet says all that belongs on it, and no more', async ({ device }) => {
	const { receipt } = await receiptShown(device);
	expect(await receipt.caseNumber()).toMatch(CASE_NUMBER);
	for (const words of [
		FOUNDING.commune,
		`${FOUNDING.site}, ${FOUNDING.counter}`,
		'Umschreibung / Halterwechsel',
		'Müller',
		'SO-AB 123',
		'Eingegangen am',
		'Zulassungsbescheinigung Teil I',
		'Es fehlt nichts.',
		'So geht es weiter',
		'Datenschutz'
	])
		await expect(receipt.sheet).toContainText(words);
	await expect(receipt.sheet.getByRole('img', { name: /QR-Code der Vorgangsnummer/ })).toBeVisible();
	await expect(receipt.duplicateMark).toBeHidden();
	expect(await receipt.sheet.textContent()).not.toContain('0532');
	expect(await receipt.sheet.textContent()).not.toContain(HOLDER_CHANGE.IBAN);
});

test('printed by key; „Noch einmal“ is no Zweitschrift, after „Ja“ the next one is, also when it is opened again', async ({
	device
}) => {
	const { page, receipt } = await receiptShown(device);
	await page.keyboard.press('d');
	expect(await receipt.prints()).toBe(1);
	await expect(receipt.yes).toBeFocused();
	await receipt.again.click();
	expect(await receipt.prints()).toBe(2);
	await expect(receipt.duplicateMark).toBeHidden();
	await page.keyboard.press('Enter');
	await expect(receipt.question).toBeHidden();
	await expect(page.getByText('Beleg bestätigt.')).toBeVisible();
	await expect(receipt.duplicateMark).toBeVisible();
	await receipt.openRequest();
	await expect(page.getByRole('region', { name: 'Verlauf' })).toContainText('Beleg ausgegeben');
	await page.getByRole('link', { name: 'Beleg drucken' }).click();
	await expect(receipt.duplicateMark).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
});

test('on A4 it is one sheet, on the roll as wide as the roll; nothing of the screen is printed', async ({ device }) => {
	const { page, receipt } = await receiptShown(device);
	expect(await paperOf(page)).toEqual({ sheets: 1, width: 210, height: 297 });
	await page.getByRole('radio', { name: 'Rolle 80 mm' }).check();
	const roll = await paperOf(page);
	expect([roll.width, roll.sheets]).toEqual([80, 1]);

	await page.emulateMedia({ media: 'print' });
	await expect(receipt.number).toBeVisible();
	for (const hidden of [
		receipt.printButton,
		page.getByRole('navigation', { name: 'Hauptnavigation' }).first(),
		page.getByRole('region', { name: 'Zustand des Geräts' }),
		page.getByRole('radio', { name: 'A4' })
	])
		await expect(hidden).toBeHidden();
	const box = await receipt.sheet.boundingBox();
	expect((box?.width ?? 999) / 96 / (1 / 25.4)).toBeLessThanOrEqual(80);
});

test('„Ohne Drucker“: the number large, three lines for the slip, and the slip counts as the receipt', async ({
	device
}) => {
	const { page, receipt } = await receiptShown(device);
	const number = await receipt.caseNumber();
	await receipt.withoutPrinterButton.click();
	const slip = page.getByRole('region', { name: 'Bitte auf einen Zettel schreiben' });
	await expect(slip.getByRole('listitem')).toHaveCount(3);
	const large = slip.locator('.huge');
	await expect(large).toHaveText(number);
	expect(await large.evaluate((element) => parseFloat(getComputedStyle(element).fontSize))).toBeGreaterThanOrEqual(40);
	await page.getByRole('button', { name: 'Zettel ist geschrieben' }).click();
	await expect(page.getByText('Zettel bestätigt.')).toBeVisible();
	expect(await receipt.prints()).toBe(0);
	await page.getByRole('button', { name: 'Doch drucken' }).click();
	await expect(receipt.duplicateMark).toBeVisible();
});
