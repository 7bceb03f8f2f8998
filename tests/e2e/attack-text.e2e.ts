/** Text that wants to be more than text: markup, formulas, reversed writing, halves of characters, a note as long as may be. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures';
import { ReceiptPage } from './pages/receipt-page';
import { RequestFormPage } from './pages/request-form-page';
import { RequestListPage, RequestPage } from './pages/request-list-page';
import { FOUNDING, SetupPage } from './pages/setup-page';

const MARKUP = '<img src=x onerror="window.ran=1">';
const FORMULA = '=HYPERLINK("http://localhost/","x")';
const DECOMPOSED = 'A\u0308rger';

test('stays text on the form, the receipt, in the list, the search and the CSV file', async ({ device }) => {
	const page = await device.open('/');
	const faults: string[] = [];
	page.on('pageerror', ({ message }) => faults.push(message));
	const setup = new SetupPage(page);
	await setup.found({ site: MARKUP, counter: '=1+1 & <i>3</i>' });
	await setup.goToToday();
	const form = new RequestFormPage(page);
	await form.start('umsch');
	await form.fill({
		Familienname: MARKUP,
		Vornamen: FORMULA,
		Geburtsort: DECOMPOSED,
		Straße: '\u202Egnp.exe',
		Ort: '@SUM(1)'
	});
	// Half characters do not survive the way from here to the page, so the page makes them.
	await page.getByLabel('Notiz', { exact: true }).evaluate((note) => {
		(note as HTMLTextAreaElement).value = '€'.repeat(19_990) + String.fromCharCode(0xd800, 32, 0xdfff);
		note.dispatchEvent(new Event('input', { bubbles: true }));
	});
	await form.saveIncompleteButton.click();

	const receipt = new ReceiptPage(page);
	await expect(receipt.sheet).toContainText(MARKUP);
	await expect(receipt.sheet).toContainText('=1+1 & <i>3</i>');
	await receipt.openRequest();
	const request = new RequestPage(page);
	await expect(request.data).toContainText(FORMULA);
	await expect(request.data).toContainText('Ärger');
	await request.addNote('=2+2');

	const list = new RequestListPage(page);
	await list.open();
	for (const text of [MARKUP, 'img src']) {
		await list.search.fill(text);
		await expect(list.row(MARKUP), text).toHaveCount(1);
	}
	await list.search.fill('((([');
	await expect(list.rows).toHaveCount(0);

	await page.getByRole('link', { name: 'Verwaltung' }).first().click();
	await page
		.getByRole('link', { name: /[Aa]usgabe|ausgeben|drucken/ })
		.first()
		.click();
	await page.getByLabel('Passwort').first().fill(FOUNDING.password);
	const downloading = page.waitForEvent('download');
	await page.getByRole('button', { name: /CSV/ }).click();
	const csv = await readFile(await (await downloading).path(), 'utf8');
	expect(csv).toContain(`"'=HYPERLINK(""http://localhost/"",""x"")"`);
	expect(csv).toContain(`;'@SUM(1);`);
	expect(csv).not.toMatch(/(^|[;\r])"?[=+\-@]/);
	expect(await page.evaluate(() => (window as unknown as { ran?: number }).ran)).toBeUndefined();
	expect(faults).toEqual([]);
});
