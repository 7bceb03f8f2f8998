/** The day list survives the outage: read in before, worked through at two counters without any server, the same on both afterwards. */
import { bookings, csvOfBookings } from '../fixtures/import/bookings';
import { Counter } from './counter';
import { expect, expectGoodScreen, test } from './fixtures';
import { stayWithinOneDay } from './one-day';
import { DayPage } from './pages/day-page';
import { ImportPage } from './pages/import-page';
import { expectGoodAtBothSizes } from './pages/restore-page';

const DAY_MS = 86_400_000;
/** Bookings begin tomorrow; these are for today. */
const forToday = (count: number, aDay = count) =>
	bookings(count, aDay).map((booking) => ({ ...booking, date: new Date(booking.date.getTime() - DAY_MS) }));

async function readIn(counter: Counter, csv: string): Promise<DayPage> {
	const day = new DayPage(counter.page);
	await day.open();
	await counter.page.getByRole('link', { name: 'Termine einlesen' }).click();
	const importing = new ImportPage(counter.page);
	await importing.choose('termine.csv', csv);
	await importing.button(/Termine übernehmen/).click();
	await expect(importing.done).toBeVisible({ timeout: 60_000 });
	await importing.done.click();
	await expect(day.heading).toBeVisible();
	return day;
}

test.beforeEach(stayWithinOneDay);

test('1,000 appointments, a day without a server at two counters, and the same list on both', async ({
	server,
	device,
	newDevice
}) => {
	test.slow();
	const first = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	const second = await Counter.join(await newDevice(), first, { counter: 'Schalter 4' });
	const here = await readIn(first, csvOfBookings(forToday(1_000, 40)));
	await first.exchange.now();
	await first.expectAllSent(60_000);
	await second.exchange.now();
	const there = new DayPage(second.page);
	await there.open();
	await expect(there.page.getByText('40 von 40')).toBeVisible();
	await server.kill();
	await here.open();

	// One serves the first two; the other somebody who missed, one that comes back, and a person without an appointment.
	await here.press('1000', 'e');
	await here.expectRow('1000', 'erschienen');
	await here.press('1000', 'a');
	await here.press('1000', 'f');
	await here.expectRow('1000', 'fertig');
	await there.press('1005', 'x');
	await there.expectRow('1005', 'nicht erschienen');
	await there.press('1006', 'k');
	await there.page.getByRole('button', { name: 'Ohne Termin' }).click();
	await there.page.getByLabel('Worum geht es?').fill('Umschreibung');
	await there.page.keyboard.press('Enter');
	const number = there.page.getByRole('status').filter({ hasText: 'Wartenummer' }).locator('strong');
	await expect(number).toHaveText(/^[0-9A-Z]{4}-1$/);
	const walkIn = (await number.textContent()) ?? '';
	await there.page.getByRole('dialog').getByRole('button', { name: 'Fertig', exact: true }).click();
	await there.expectRow(walkIn, 'ohne Termin');

	// Both call the same person without having seen each other.
	await here.press('1010', 'e');
	await here.page.keyboard.press('r');
	await here.expectRow('1010', 'aufgerufen');
	await there.press('1010', 'a');

	await server.start();
	await second.exchange.now();
	await first.exchange.now();
	await second.exchange.now();
	for (const day of [here, there]) {
		await day.open();
		await expect(day.page.getByText('41 von 41')).toBeVisible();
		await day.expectRow('1010', 'zweimal aufgerufen');
		await day.reach('1010');
		await day.row('1010').click();
		await expect(day.detail.getByText(/Schalter 3/).first()).toBeVisible();
		await expect(day.detail.getByText(/Schalter 4/).first()).toBeVisible();
		await expectGoodScreen(day.page);
	}
	await there.detail.getByRole('button', { name: 'Schalter 3 bedient' }).click();
	await there.expectRowWithout('1010', 'zweimal aufgerufen');
	await second.exchange.now();
	await first.exchange.now();
	await here.open();
	await there.open();
	await here.expectRowWithout('1010', 'zweimal aufgerufen');
	await here.expectRow('1005', 'nicht erschienen');
	await here.expectRow('1006', 'kommt wieder');
	await there.expectRow('1000', 'fertig');
	await here.expectRow(walkIn, 'erschienen');
	expect(await here.texts()).toEqual(await there.texts());
});

test('from booked to the request in one key, taken back by one, and there again after a restart', async ({
	device
}) => {
	test.slow();
	const counter = await Counter.found(device);
	const day = await readIn(counter, csvOfBookings(forToday(8)));
	const { page } = counter;
	await expectGoodAtBothSizes(page);

	await day.press('1001', 'x');
	await day.expectRow('1001', 'nicht erschienen');
	await page.keyboard.press('z');
	await day.expectRow('1001', 'gebucht');

	await page.keyboard.press('v');
	await expect(page.getByRole('heading', { level: 1, name: /Umschreibung/ })).toBeVisible();
	await expect(page.getByLabel('Familienname', { exact: true })).toHaveValue('2');
	await expect(page.getByLabel('Telefon', { exact: true })).toHaveValue('02921 100001');
	await counter.form.fill({ Familienname: 'Birke', Vornamen: 'Erika' });
	await page.keyboard.press('Control+Enter');
	await page.getByRole('button', { name: 'Unvollständig aufnehmen' }).click();
	const caseNumber = await counter.receipt.caseNumber();
	await day.open();
	await day.row('1001').click();
	await expect(day.detail.getByRole('link', { name: caseNumber })).toBeVisible();

	await page.reload();
	await counter.lock.unlock();
	await expect(day.heading).toBeVisible();
	await day.row('1001').click();
	await expect(day.detail.getByRole('link', { name: caseNumber })).toBeVisible();
	expect(page.url()).toBe(`${device.origin}/termine`);
});

test('a citizen tells of an appointment; when the file turns up they are put together, and Heute says how old the list is', async ({
	device
}) => {
	test.slow();
	const counter = await Counter.found(device);
	const { page } = counter;
	const day = new DayPage(page);
	await day.open();
	await expect(page.getByText(/Hier steht die Terminliste, sobald sie eingelesen ist/)).toBeVisible();
	await expectGoodAtBothSizes(page);
	await page.keyboard.press('m');
	const dialog = page.getByRole('dialog', { name: 'Bürger meldet Termin' });
	await expectGoodScreen(page);
	await dialog.getByLabel('Uhrzeit').fill('25');
	await dialog.getByRole('button', { name: 'Termin eintragen' }).click();
	await expect(dialog.getByText('Diese Uhrzeit gibt es nicht. Beispiel: 9:30')).toBeVisible();
	await dialog.getByLabel('Uhrzeit').fill('8');
	await dialog.getByLabel('Name', { exact: true }).fill('Ahorn 1, Erika');
	await dialog.getByText('Brief').click();
	await dialog.getByRole('textbox', { name: 'Telefon' }).fill('030 23125000');
	await page.keyboard.press('Control+Enter');
	await expect(day.row('Ahorn 1, Erika')).toContainText('gemeldet');

	await readIn(counter, csvOfBookings(forToday(8)));
	await expect(page.getByText('Ein gemeldeter Termin steht jetzt auch in einer eingelesenen Datei.')).toBeVisible();
	await page.getByRole('button', { name: 'Ansehen' }).click();
	await expectGoodScreen(page);
	await page.getByRole('button', { name: 'Derselbe Termin' }).click();
	await expect(page.getByText('Alle Vorschläge sind beantwortet.')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByText('8 von 8')).toBeVisible();
	await expect(day.row('Ahorn')).toHaveCount(1);

	await page.getByRole('searchbox', { name: 'In allen Tagen suchen' }).fill('ahorn');
	await expect(page.getByText('1 von 1')).toBeVisible();
	await page.keyboard.press('ArrowDown');
	await expect(day.row('Ahorn')).toBeFocused();
	expect(page.url()).toBe(`${device.origin}/termine`);

	await page.getByRole('link', { name: 'Heute', exact: true }).first().click();
	await expect(page.getByRole('heading', { name: 'Termine und Wartende' })).toBeVisible();
	await expect(page.getByText(/^Stand heute, .*reicht bis .* \(0 Tage voraus\)/)).toBeVisible();
	await expectGoodAtBothSizes(page);
});
