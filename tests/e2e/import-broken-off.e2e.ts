/** An import that a power cut, a lock or a clerk breaks off: what is in stays, reading again completes it, and nothing is there twice or in clear. */
import { bookings, csvOfBookings } from '../fixtures/import/bookings';
import { searchFolder } from '../support/disk-search';
import { textNeedles } from '../support/needles';
import { Counter } from './counter';
import { expect, test } from './fixtures';
import { DayPage } from './pages/day-page';
import { ImportPage } from './pages/import-page';
import type { Page } from '@playwright/test';

const COUNT = 2_500;

/** „1.234“ of a chip; 0: it is not shown. */
async function countOf(page: Page, chip: string): Promise<number> {
	const found = page.getByRole('button', { name: new RegExp(`^${chip} [\\d.]+$`) });
	if ((await found.count()) === 0) return 0;
	return Number(/[\d.]+$/.exec(await found.innerText())?.[0].replaceAll('.', ''));
}

/** Reads the file, and says how much of it was there. */
async function readAgain(page: Page, csv: string): Promise<number> {
	const importing = new ImportPage(page);
	await importing.choose('termine.csv', csv);
	await expect(importing.preview).toBeVisible();
	const [fresh, known] = [await countOf(page, 'neu'), await countOf(page, 'unverändert')];
	expect(fresh + known).toBe(COUNT);
	return known;
}

/** Until some of it is in. */
async function beginTaking(page: Page): Promise<void> {
	await page.keyboard.press('Control+Enter');
	const bars = page.getByRole('progressbar');
	await expect
		.poll(() => bars.evaluateAll((shown) => Number(shown[0]?.getAttribute('value') ?? 0)), { intervals: [50] })
		.toBeGreaterThan(0);
}

test('killed, locked and stopped in the middle, an import is completed by reading the file again', async ({
	device
}) => {
	test.setTimeout(240_000);
	const csv = csvOfBookings(bookings(COUNT));
	const first = await Counter.found(device);
	await first.page.goto('/termine/import');
	await first.lock.unlock();
	expect(await readAgain(first.page, csv)).toBe(0);
	await beginTaking(first.page);
	await device.kill();

	const page = await device.open('/termine/import');
	const counter = new Counter(device, page);
	await counter.lock.unlock();
	const afterKill = await readAgain(page, csv);
	expect(afterKill).toBeGreaterThan(0);
	await beginTaking(page);
	await page.keyboard.press('Control+l');
	// In the same page: what waited for the keeper when it ended holds up nothing.
	await counter.lock.unlock();
	const afterLock = await readAgain(page, csv);
	expect(afterLock).toBeGreaterThan(afterKill);

	await beginTaking(page);
	await page.getByRole('button', { name: 'Abbrechen' }).click();
	await expect(page.getByText(/übernommen\. Noch einmal einlesen setzt fort, nichts wird doppelt\./)).toBeVisible();
	await page.getByRole('button', { name: 'Dieselbe Datei noch einmal einlesen' }).click();
	await expect(new ImportPage(page).preview).toBeVisible();
	await page.keyboard.press('Control+Enter');
	await expect(page.getByRole('heading', { name: 'Fertig' })).toBeVisible();
	await new ImportPage(page).again();
	expect(await readAgain(page, csv)).toBe(COUNT);

	// By the search everywhere: the row has the focus, and neither name nor id stands in the address.
	await page.keyboard.press('Escape');
	await page.keyboard.press('Control+k');
	await page.keyboard.type('ginster 1447');
	await expect(page.getByRole('option')).toHaveCount(1);
	await page.keyboard.press('Enter');
	await expect(new DayPage(page).row('Erika Ginster 1447')).toBeFocused();
	expect(page.url()).toBe(`${device.origin}/termine`);
	await device.close();
	const needles = ['Erika Ginster', 'Erika Birke', 'Müller-Lüdenscheid', 'ginster 1447'].flatMap(textNeedles);
	expect(await searchFolder(device.profile, needles)).toEqual([]);
});
