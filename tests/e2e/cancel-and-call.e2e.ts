/** A day that cannot go on: print it, cancel it, call whom it concerns, move somebody, and take the rest along for letters. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { Counter } from './counter';
import { expect, expectGoodScreen, test } from './fixtures';
import { stayWithinOneDay } from './one-day';
import { paperOf } from './pages/paper';
import { ReceiptPage } from './pages/receipt-page';
import { FOUNDING } from './pages/setup-page';

const berlinDay = () => new Date().toLocaleDateString('de-DE', { timeZone: 'Europe/Berlin', dateStyle: 'medium' });
/** Of the day on which it is asked for. */
const tableOf = (today: string) =>
	[
		'Datum;Uhrzeit;Name;Dienstleistung;Telefon;E-Mail;Nr.',
		`${today};09:00;Erika Linde;Umschreibung;02921 1001;;11`,
		`${today};09:00;=SUMME(1+1);Umschreibung;;sum@beispiel.de;12`,
		`${today};09:30;Max Pappel;Wohnsitz ummelden;02921 1003;;13`
	].join('\r\n');

/** An address that is typed starts the app anew. */
async function goTo({ page, lock }: Counter, address: string, heading: string): Promise<void> {
	await page.goto(address);
	await lock.unlock();
	await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
}

async function takeIn(page: Page, today: string): Promise<void> {
	const choosing = page.waitForEvent('filechooser');
	await page.getByRole('button', { name: 'Datei auswählen' }).click();
	await (await choosing).setFiles({ name: 'termine.csv', mimeType: 'text/csv', buffer: Buffer.from(tableOf(today)) });
	await expect(page.getByRole('heading', { level: 2, name: /^Vorschau/ })).toBeVisible();
	await page.keyboard.press('Control+Enter');
	await expect(page.getByText('3 Termine übernommen.')).toBeVisible();
}

test.beforeEach(stayWithinOneDay);

test('a day is printed, cancelled, called through, and taken along for letters', async ({ device }) => {
	test.slow();
	const today = berlinDay();
	const counter = await Counter.found(device);
	const { page, receipt } = counter;
	await ReceiptPage.countPrints(page);
	const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
	await goTo(counter, '/termine/import', 'Termine einlesen');
	await takeIn(page, today);

	await goTo(counter, '/termine/druck', 'Tagesliste drucken');
	const sheet = page.getByRole('region', { name: 'Tagesliste' });
	await expect(sheet.getByRole('row', { name: /09:30 13 Max Pappel/ })).toBeVisible();
	await expectGoodScreen(page);
	await button('Drucken').click();
	expect(await receipt.prints()).toBe(1);
	await page.emulateMedia({ media: 'print' });
	await expect(button('Drucken')).toBeHidden();
	expect(await paperOf(page)).toMatchObject({ sheets: 1, width: 210, height: 297 });
	await page.emulateMedia({ media: 'screen' });

	await goTo(counter, '/termine/absagen', 'Termine absagen und Bürger anrufen');
	await button('Alle auswählen').click();
	await expectGoodScreen(page);
	const cancel = async () => {
		await button('3 Termine absagen …').click();
		await page.getByRole('dialog').getByRole('button', { name: 'Standort geschlossen' }).click();
		await page.keyboard.press('Enter');
		await expect(counter.toasts).toContainText('3 Termine abgesagt.');
	};
	await cancel();
	await expect(page.getByText('0 von 2 erledigt')).toBeVisible();
	await counter.toasts.getByRole('button', { name: 'Rückgängig' }).click();
	await expect(counter.toasts).toContainText('Absage zurückgenommen: 3 Termine.');
	await page.getByRole('tab', { name: 'Termine absagen' }).click();
	await button('Alle auswählen').click();
	await cancel();

	const calls = page.getByRole('list', { name: 'Anrufe' });
	const call = (name: string) => calls.getByRole('listitem').filter({ hasText: name });
	await expect(page.getByText('Spreche ich mit Erika Linde?')).toBeVisible();
	await expectGoodScreen(page);
	await call('Erika Linde').getByRole('button', { name: 'erreicht', exact: true }).focus();
	await page.keyboard.press('1');
	await expect(page.getByText('1 von 2 erledigt')).toBeVisible();
	await expect(call('Max Pappel').getByRole('button', { name: 'erreicht', exact: true })).toBeFocused();
	await page.keyboard.press('3');
	await page.getByLabel('Neuer Tag').fill('10.11.2099');
	await page.getByLabel('Uhrzeit').fill('1015');
	await page.keyboard.press('Enter');
	await expect(counter.toasts).toContainText('Max Pappel: verlegt auf Dienstag, 10.11.2099, 10:15.');
	await expect(page.getByText('2 von 2 erledigt')).toBeVisible();
	await expect(call('Max Pappel')).toContainText('verlegt auf 10.11.2099, 10:15');

	await button('Anrufliste drucken').click();
	expect(await receipt.prints()).toBe(1);
	await page.emulateMedia({ media: 'print' });
	const list = page.getByRole('region', { name: 'Anrufliste' });
	await expect(list).toContainText('Enthält personenbezogene Daten');
	await expect(list.getByRole('row', { name: /=SUMME\(1\+1\)/ })).toBeVisible();
	expect(await paperOf(page)).toMatchObject({ sheets: 1, width: 210, height: 297 });
	await page.emulateMedia({ media: 'screen' });

	const operations = Number.parseInt(await counter.unsent.innerText());
	await button('Serienbrief-Datei (CSV) …').click();
	await page.getByLabel('ohne Telefonnummer (1)').check();
	const downloading = page.waitForEvent('download');
	await page.getByLabel('Eigenes Passwort', { exact: true }).fill(FOUNDING.password);
	await page.keyboard.press('Enter');
	const csv = await readFile(await (await downloading).path(), 'utf8');
	expect(csv).toBe(
		`\uFEFFName;E-Mail;Telefon;Datum;Uhrzeit;Anliegen;Grund der Absage;Standort\r\n'=SUMME(1+1);sum@beispiel.de;;${today};09:00;Umschreibung;Standort geschlossen;${FOUNDING.site}\r\n`
	);
	await expect.poll(async () => Number.parseInt(await counter.unsent.innerText())).toBe(operations + 1);
	expect(await page.title()).toBe('Termine absagen und Bürger anrufen – Notschalter');

	// After a restart too: it is on the disk.
	await goTo(counter, '/termine/absagen', 'Termine absagen und Bürger anrufen');
	await page.getByRole('tab', { name: 'Anrufliste' }).click();
	await expect(page.getByText('2 von 2 erledigt')).toBeVisible();
	await page.getByLabel('Tag', { exact: true }).fill('10.11.2099');
	await page.keyboard.press('Enter');
	await page.getByRole('tab', { name: 'Termine absagen' }).click();
	await expect(page.getByRole('checkbox', { name: /10:15 Max Pappel/ })).toBeVisible();
});
