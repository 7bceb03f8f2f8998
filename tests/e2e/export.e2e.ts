/** Story, step 12: a lead prints all open requests or saves them as CSV: the password again, cells escaped, noted in the log. */
import { readFile } from 'node:fs/promises';
import { Counter } from './counter';
import { expect, expectGoodScreen, test } from './fixtures';
import { ReceiptPage } from './pages/receipt-page';
import { FOUNDING } from './pages/setup-page';

const JENS = { name: 'Jens Kaya', role: 'Schalterkraft', firstPassword: 'Laterne Pfütze Amboss Dachs' } as const;

test('asks for the password again, escapes formulas in the CSV, prints every open request, and notes it', async ({
	device
}) => {
	const counter = await Counter.found(device);
	await ReceiptPage.countPrints(counter.page);
	const { admin, page } = counter;
	await page.reload();
	await counter.lock.unlock();
	const first = await counter.take({ Familienname: 'Linde', Ort: 'Soest; Westf.' });
	await counter.list.open();
	await counter.list.openRequest(first);
	await counter.request.addNote('=HYPERLINK("http://boese.example";"hier")');
	const second = await counter.take({ Familienname: 'Pappel' });
	const withdrawn = await counter.take({ Familienname: 'Weide' });
	await counter.list.open();
	await counter.list.openRequest(withdrawn);
	await counter.request.withdraw('auf Wunsch');
	const operations = Number.parseInt(await counter.unsent.innerText());

	await admin.open();
	await page.getByRole('link', { name: 'Alle offenen Anliegen drucken oder als CSV speichern' }).click();
	await expect(page.getByText('2 offene Anliegen')).toBeVisible();
	await expectGoodScreen(page);
	const password = page.getByLabel('Eigenes Passwort', { exact: true });
	const save = page.getByRole('button', { name: 'Als CSV speichern' });
	await save.click();
	await expect(page.getByText('Bitte das eigene Passwort eingeben.')).toBeVisible();
	const downloading = page.waitForEvent('download');
	await password.fill(FOUNDING.password);
	await save.click();
	const download = await downloading;
	await expect(counter.toasts).toContainText('2 Anliegen als CSV gespeichert.');
	expect(download.suggestedFilename()).toMatch(/^offene-anliegen-\d{4}-\d{2}-\d{2}\.csv$/);
	const csv = await readFile(await download.path(), 'utf8');
	expect(csv.startsWith('\uFEFFVorgangsnummer;Eingang;Anliegen;')).toBe(true);
	const lines = csv.trimEnd().split('\r\n');
	expect(lines).toHaveLength(3);
	expect(csv).toContain(first);
	expect(csv).toContain(second);
	expect(csv).not.toContain(withdrawn);
	expect(csv).toContain('"Soest; Westf."');
	expect(csv).toContain(`"'=HYPERLINK(""http://boese.example"";""hier"")"`);
	await expect(password).toHaveValue('');
	await expect.poll(async () => Number.parseInt(await counter.unsent.innerText())).toBe(operations + 1);

	await password.fill(FOUNDING.password);
	await page.getByRole('button', { name: 'Alle drucken' }).click();
	await expect(page.getByText('2 Anliegen sind bereit zum Drucken.')).toBeVisible();
	expect(await counter.receipt.prints()).toBe(1);
	await page.emulateMedia({ media: 'print' });
	for (const number of [first, second]) await expect(page.getByRole('heading', { name: number })).toBeVisible();
	await expect(page.getByRole('heading', { name: withdrawn })).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Alle drucken' })).toBeHidden();
	await page.emulateMedia({ media: 'screen' });
	await expect.poll(async () => Number.parseInt(await counter.unsent.innerText())).toBe(operations + 2);
	await page.getByRole('button', { name: 'Vom Bildschirm nehmen' }).click();
	await expect(page.getByRole('heading', { name: first })).toHaveCount(0);

	await password.fill('das ist es nicht');
	await page.getByRole('button', { name: 'Alle drucken' }).click();
	await expect(page.getByText('Das Passwort stimmt nicht. Es wurde nichts ausgegeben.')).toBeVisible();
	await expect(page.getByRole('heading', { name: first })).toHaveCount(0);
	expect(await counter.receipt.prints()).toBe(1);
});

test('is for leads alone', async ({ device }) => {
	const counter = await Counter.found(device);
	const { admin, lock, page } = counter;
	await admin.addPerson(JENS);
	await lock.lock();
	await lock.attempt(JENS.firstPassword, JENS.name);
	await page.getByLabel('Bisheriges Passwort', { exact: true }).fill(JENS.firstPassword);
	await page.getByLabel('Neues Passwort', { exact: true }).fill('Trompete Nebel Fichte Pinsel');
	await page.getByLabel('Neues Passwort wiederholen', { exact: true }).fill('Trompete Nebel Fichte Pinsel');
	await page.getByRole('button', { name: 'Passwort festlegen' }).click();
	await admin.open();
	await expect(page.getByRole('link', { name: /als CSV speichern/ })).toHaveCount(0);
	await page.goto('/verwaltung/ausgabe');
	await lock.unlock('Trompete Nebel Fichte Pinsel', JENS.name);
	await expect(page.getByText('Offene Anliegen ausgeben dürfen Leitung und Administration.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Als CSV speichern' })).toHaveCount(0);
});
