/** Story, step 7: a request is found again, amended, added to, withdrawn; and each change stands in its timeline. */
import type { Page } from '@playwright/test';
import type { Device } from './device';
import { expect, test } from './fixtures';
import { ReceiptPage } from './pages/receipt-page';
import { RequestFormPage } from './pages/request-form-page';
import { RequestListPage, RequestPage } from './pages/request-list-page';
import { FOUNDING, SetupPage } from './pages/setup-page';

interface Taken {
	page: Page;
	/** Case number of Müller's Halterwechsel. */
	number: string;
}

/** A counter with three requests: Müller, Weiß (urgent, incomplete), and an Adressänderung of Kaya. */
async function threeTaken(device: Device): Promise<Taken> {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.found();
	await setup.goToToday();
	const form = new RequestFormPage(page);
	const receipt = new ReceiptPage(page);
	await form.takeHolderChange();
	const number = await receipt.caseNumber();
	await form.start('umsch');
	await form.fill({ Familienname: 'Weiß', Kennzeichen: 'SO-XY 9' });
	await form.choice('Dringlichkeit', 'dringend').check();
	await form.field('Grund der Dringlichkeit').fill('Verkauf morgen');
	await form.saveIncompleteButton.click();
	await expect(receipt.heading).toBeVisible();
	await form.start('adress');
	await form.field('Familienname').fill('Kaya');
	await form.saveIncompleteButton.click();
	await expect(receipt.heading).toBeVisible();
	return { page, number };
}

/** As a scanner set to an English keyboard types on a German one. */
const scannedWithWrongLayout = (number: string) =>
	number
		.replaceAll('-', 'ß')
		.replace(/[YZ]/g, (letter) => (letter === 'Y' ? 'Z' : 'Y'))
		.toLowerCase();

test('by every way of writing a name, by plate, FIN and number; by a scanner whatever its layout', async ({
	device
}) => {
	const { page, number } = await threeTaken(device);
	const list = new RequestListPage(page);
	await list.open();
	await expect(list.rows).toHaveCount(3);
	await expect(list.rows.first()).toContainText('Kaya');
	for (const words of [
		'Müller',
		'Mueller',
		'müller',
		'MUELLER',
		'so ab123',
		'SO-AB 123',
		'WVWZZZ1JZXW000001',
		number
	]) {
		await list.search.fill(words);
		await expect(list.rows, words).toHaveCount(1);
		await expect(list.rows, words).toContainText('Müller');
	}
	await list.search.fill('Weiss');
	await expect(list.rows).toHaveCount(1);
	await expect(list.rows).toContainText('Weiß');
	await list.search.fill('gibt es nicht');
	await expect(page.getByText('Nichts gefunden.')).toBeVisible();

	for (const scanned of [number.replaceAll('-', ''), scannedWithWrongLayout(number)]) {
		await list.open();
		await list.search.fill('');
		await list.scan(scanned);
		await expect(page.getByRole('heading', { name: 'Verlauf' }), scanned).toBeVisible();
		await expect(page.getByText(number).first()).toBeVisible();
	}

	// From any page: Strg+K.
	await page.getByRole('link', { name: 'Heute' }).first().click();
	await page.keyboard.press('Control+k');
	await page.keyboard.type(scannedWithWrongLayout(number));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Verlauf' })).toBeVisible();
	await expect(page.getByText(number).first()).toBeVisible();
});

test('filters say what they would leave, and the list is walked through by keys', async ({ device }) => {
	const { page } = await threeTaken(device);
	const list = new RequestListPage(page);
	await list.open();
	await expect(list.chip('heute')).toHaveText(/3$/);
	await list.chip('dringend').click();
	await expect(list.rows).toHaveCount(1);
	await expect(list.rows).toContainText('Weiß');
	await page.getByRole('button', { name: 'Filter aufheben' }).click();
	await expect(list.rows).toHaveCount(3);
	await page.getByLabel('Art', { exact: true }).selectOption({ label: 'Umschreibung / Halterwechsel (2)' });
	await expect(list.rows).toHaveCount(2);
	await page.getByRole('button', { name: 'Filter aufheben' }).click();
	await list.chip('zurückgezogen').click();
	await expect(page.getByText('Zu diesen Filtern gibt es kein Anliegen.')).toBeVisible();
	await page.getByRole('button', { name: 'Filter aufheben' }).click();

	await list.search.focus();
	await page.keyboard.press('ArrowDown');
	await expect(list.rows.nth(0)).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await expect(list.rows.nth(1)).toBeFocused();
	await page.keyboard.press('b');
	await expect(new ReceiptPage(page).heading).toBeVisible();
	await page.goBack();
	await expect(list.heading).toBeVisible();
	await list.search.focus();
	await page.keyboard.press('ArrowDown');
	await expect(list.rows.nth(0)).toBeFocused();
	await page.keyboard.type('mü');
	await expect(list.search).toHaveValue('mü');
	await expect(list.rows).toHaveCount(1);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Verlauf' })).toBeVisible();
});

test('amended, noted, papers handed in later, withdrawn: each step says what, who, where and when', async ({
	device
}) => {
	const { page } = await threeTaken(device);
	const list = new RequestListPage(page);
	const request = new RequestPage(page);
	const form = new RequestFormPage(page);
	await list.open();
	await list.openRequest('Weiß');

	await page.getByRole('button', { name: 'Ergänzen' }).click();
	await form.field('Kennzeichen').fill('SO-XY 99');
	await form.field('FIN').fill('WVWZZZ1JZXW000002');
	await page.getByLabel('Warum wird geändert?').fill('verlesen');
	await page.getByRole('button', { name: 'Unvollständig speichern' }).click();
	await expect(request.data).toContainText('SO-XY 99');
	await expect(request.timeline).toContainText('Kennzeichen: SO-XY 9 → SO-XY 99');
	await expect(request.timeline).toContainText('Grund: verlesen');

	await request.addNote('Ruft am Montag an.');
	const paper = request.papers.getByRole('radiogroup', { name: 'SEPA-Mandat für die Kfz-Steuer' });
	await paper.getByRole('radio', { name: 'fehlt' }).check();
	await page.getByRole('button', { name: 'Unterlagen speichern' }).click();
	await expect(request.timeline).toContainText('SEPA-Mandat für die Kfz-Steuer: liegt vor → fehlt');
	await paper.getByRole('radio', { name: 'liegt vor' }).check();
	await page.getByRole('button', { name: 'Unterlagen speichern' }).click();
	await expect(request.timeline).toContainText('SEPA-Mandat für die Kfz-Steuer: fehlt → liegt vor');

	await page.getByRole('button', { name: 'Zurückziehen' }).click();
	const dialog = page.getByRole('dialog', { name: 'Anliegen zurückziehen?' });
	await dialog.getByRole('button', { name: 'Zurückziehen' }).click();
	await expect(dialog.getByText('Bitte einen Grund angeben')).toBeVisible();
	await page.keyboard.press('Escape');
	await request.withdraw('auf Wunsch zurückgezogen');
	await expect(page.getByText('zurückgezogen').first()).toBeVisible();

	const steps = request.timeline.getByRole('listitem').filter({ has: page.getByRole('time') });
	for (const step of ['Aufgenommen', 'Ergänzt', 'Notiz hinzugefügt', 'Unterlagen geändert', 'Zurückgezogen'])
		await expect(request.timeline.getByText(step, { exact: true }).first()).toBeVisible();
	await expect(steps.first()).toContainText(`${FOUNDING.staffName}, ${FOUNDING.counter}`);
	await expect(steps.first()).toContainText(/\d\d\.\d\d\.\d{4}, \d\d:\d\d/);

	await list.open();
	await expect(list.chip('zurückgezogen')).toHaveText(/1$/);
	await expect(list.row('Weiß')).toContainText('zurückgezogen');
});
