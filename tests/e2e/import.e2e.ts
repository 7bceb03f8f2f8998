/** Appointments come from files and from the clipboard: seen before they are written, never twice, and without any server. */
import { bookings, csvOfBookings, germanDay, htmlOfBookings, icsOfBookings } from '../fixtures/import/bookings';
import { Counter } from './counter';
import type { Device } from './device';
import { expect, expectGoodScreen, test } from './fixtures';
import { stayWithinOneDay } from './one-day';
import { ImportPage } from './pages/import-page';
import { expectGoodAtBothSizes } from './pages/restore-page';

async function atImport(device: Device) {
	const counter = await Counter.found(device);
	return toImport(counter);
}

/** An address that is typed starts the app anew. */
async function toImport(counter: Counter) {
	const { page } = counter;
	await page.goto('/termine/import');
	await counter.lock.unlock();
	const importing = new ImportPage(page);
	await expect(importing.heading).toBeVisible();
	return { counter, page, importing };
}

test.beforeEach(stayWithinOneDay);

test('a thousand rows: seen before they are written, taken in, and nothing twice', async ({ device }) => {
	test.slow();
	const { page, importing, counter } = await atImport(device);
	await expectGoodAtBothSizes(page);
	const csv = csvOfBookings(bookings(1_000));
	await importing.choose('termine.csv', csv);
	await expect(importing.preview).toBeFocused();
	await expect(importing.preview).toContainText('termine.csv');
	await expect(importing.chip('neu 1.000')).toBeVisible();
	await expect(importing.rows.first()).toBeInViewport({ ratio: 1 });
	await expect(importing.rows.nth(4)).toBeInViewport({ ratio: 1 });
	await page.keyboard.press('Control+Enter');
	await expect(page.getByText('1.000 Termine übernommen.')).toBeVisible();
	await expect(importing.done).toBeFocused();
	await expectGoodAtBothSizes(page);
	await counter.expectTwoCopies();

	await importing.again();
	await importing.choose('termine.csv', csv);
	await expect(importing.chip('unverändert 1.000')).toHaveAttribute('aria-pressed', 'true');
	await expect(page.getByRole('button', { name: 'Nichts zu übernehmen' })).toBeDisabled();
	await page.keyboard.press('Escape');
	await expect(importing.start).toBeFocused();

	// After a restart too: they are on the disk.
	await toImport(counter);
	await importing.choose('termine.csv', csv.replace('Erika Ahorn 1;', 'Erika Ahorn-Neu;'));
	await expect(importing.preview).toBeVisible();
	await expect(importing.chip('unverändert 999')).toBeVisible();
	expect(page.url()).toBe(`${device.origin}/termine/import`);
	expect(await page.title()).toBe('Termine einlesen – Notschalter');
});

test('a broken row is named, and the others are taken in', async ({ device }) => {
	const { page, importing } = await atImport(device);
	const lines = csvOfBookings(bookings(20)).split('\r\n');
	lines[16] = '31.02.2026;10:00;Max Linde;Umschreibung;;7';
	await importing.choose('termine.csv', lines.join('\r\n'));
	await expect(importing.chip('neu 19')).toBeVisible();
	await expectGoodAtBothSizes(page);
	await importing.chip('nicht lesbar 1').click();
	await expect(page.getByText('Zeile 17: Datum nicht lesbar: „31.02.2026“')).toBeVisible();
	await expectGoodScreen(page);
	await importing.button('19 Termine übernehmen').click();
	await expect(page.getByRole('heading', { name: '1 Eintrag nicht lesbar' })).toBeVisible();
	await expect(page.getByText('Zeile 17: Datum nicht lesbar: „31.02.2026“')).toBeVisible();
	await expectGoodScreen(page);
	await importing.done.click();
	await expect(page.getByRole('heading', { level: 1, name: 'Termine', exact: true })).toBeVisible();
});

test('with every server gone: a calendar dropped, changed and cancelled, and a table pasted', async ({
	device,
	server
}) => {
	const counter = await Counter.found(device);
	await counter.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await server.kill();
	const { page, importing } = await toImport(counter);
	const rows = bookings(6);
	const calendar = icsOfBookings(rows);
	await importing.drop('kalender.ics', calendar);
	await importing.button('6 Termine übernehmen').click();
	await expect(page.getByText('6 Termine übernommen.')).toBeVisible();
	await importing.again();
	const changed = calendar
		.replace('UID:1000@buchung.example', 'UID:1000@buchung.example\r\nSEQUENCE:1\r\nSTATUS:CANCELLED')
		.replace('UID:1001@buchung.example\r\n', 'UID:1001@buchung.example\r\nSEQUENCE:1\r\nLOCATION:Zimmer 7\r\n');
	await importing.drop('kalender.ics', changed);
	await expect(importing.chip('abgesagt 1')).toBeVisible();
	await expect(importing.chip('geändert 1')).toBeVisible();
	await expect(importing.chip('unverändert 4')).toBeVisible();
	await importing.button('2 Termine übernehmen').click();
	await expect(page.getByText('2 Termine übernommen.')).toBeVisible();

	await importing.again();
	const table = bookings(9).slice(6);
	await importing.paste(csvOfBookings(table).replaceAll(';', '\t'), htmlOfBookings(table));
	await expect(importing.preview).toContainText('Zwischenablage');
	await importing.button('3 Termine übernehmen').click();
	await expect(page.getByText('3 Termine übernommen.')).toBeVisible();
	await counter.expectTwoCopies();
});

test('columns that nobody knows are asked for once, and known the next time', async ({ device }) => {
	test.slow();
	const { page, importing } = await atImport(device);
	const header = ['Spalte A', 'Spalte B', 'Spalte C', 'Spalte D', 'Spalte E', 'Spalte F'];
	await importing.choose('liste.csv', csvOfBookings(bookings(12), header));
	await expect(page.getByRole('heading', { level: 2, name: 'Spalten zuordnen' })).toBeFocused();
	await expectGoodAtBothSizes(page);
	const choose = (column: string, role: string) =>
		page.getByLabel(`Inhalt von „${column}“`, { exact: true }).selectOption({ label: role });
	for (const column of header) await choose(column, 'nicht übernehmen');
	await importing.button('Weiter zur Vorschau').click();
	await expect(page.getByText(/Es fehlt das Datum/).first()).toBeVisible();
	await expectGoodScreen(page);
	await choose('Spalte A', 'Datum');
	await choose('Spalte B', 'Uhrzeit');
	await choose('Spalte C', 'Name');
	await choose('Spalte D', 'Anliegen');
	await page.getByLabel('Diese Zuordnung merken').check();
	await page.getByLabel('Name der Zuordnung').fill('Liste der Pforte');
	await page.keyboard.press('Control+Enter');
	await expect(importing.chip('neu 12')).toBeVisible();
	await page.keyboard.press('Escape');
	await importing.choose('liste-2.csv', csvOfBookings(bookings(14), header));
	await expect(importing.chip('neu 14')).toBeVisible();
	await expect(page.getByText('Gelesen mit der gemerkten Zuordnung „Liste der Pforte“.')).toBeVisible();
});

test('a list of times asks for its day, and what is no list says so', async ({ device }) => {
	const { page, importing } = await atImport(device);
	await importing.paste('Uhrzeit\tName\n09:30\tErika Ahorn\n09:45\tMax Birke');
	const day = page.getByLabel('Tag der Termine');
	await expect(day).toBeVisible();
	await expectGoodAtBothSizes(page);
	await day.fill(germanDay(new Date(Date.now() + 86_400_000)));
	await page.keyboard.press('Enter');
	await expect(importing.button('2 Termine übernehmen')).toBeVisible();
	await importing.button('Verwerfen').click();
	await importing.choose('plan.pdf', '%PDF-1.7\n1 0 obj');
	await expect(page.getByRole('alert')).toContainText('Das ist eine PDF-Datei.');
	await expectGoodAtBothSizes(page);
});
