/** Reading in what a town hall exports: seconds to the preview and to the disk, and how long the page stands still meanwhile. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Counter } from '../e2e/counter';
import { expect, test } from '../e2e/fixtures';
import { ImportPage } from '../e2e/pages/import-page';
import { bookings, csvOfBookings, icsOfBookings, xlsxOfBookings } from '../fixtures/import/bookings';
import { report, type Figure } from './figures';

const CSV_ROWS = 20_000;
const EVENTS = 5_000;
const XLSX_ROWS = 5_000;
/** All within eight weeks. */
const A_DAY = 400;
const MOST_STILL_MS = 50;
const LIMIT_MS = 300_000;

interface Watched {
	still: { longest: number; tasks: number; last: number; begun: number };
}

test.setTimeout(LIMIT_MS * 2);

test('a file of each kind', async ({ device }) => {
	const counter = await Counter.found(device);
	const { page } = counter;
	const importing = new ImportPage(page);
	await page.addInitScript(watchFrames);
	await page.goto('/termine/import');
	await counter.lock.unlock();
	await expect(importing.heading).toBeVisible();
	const figures: Figure[] = [];
	/** As a file on the disk: handed over as bytes, its making would hold up the page. */
	const choose = async (name: string, content: string | Uint8Array) => {
		const path = join(device.profile, name);
		await writeFile(path, content);
		const choosing = page.waitForEvent('filechooser');
		await importing.button('Datei auswählen').click();
		const chooser = await choosing;
		await begin(page);
		await chooser.setFiles(path);
	};
	const preview = async (what: string, name: string, content: string | Uint8Array, count: number) => {
		await choose(name, content);
		figures.push(...(await figuresOf(page, `${what}: file to preview`)));
		await expect(importing.chip(`neu ${count.toLocaleString('de-DE')}`)).toBeVisible();
	};
	await preview('5,000 events of ICS', 'kalender.ics', icsOfBookings(bookings(EVENTS, A_DAY)), EVENTS);
	await page.keyboard.press('Escape');
	await preview('5,000 rows of XLSX', 'termine.xlsx', xlsxOfBookings(bookings(XLSX_ROWS, A_DAY)), XLSX_ROWS);
	await page.keyboard.press('Escape');
	await preview('20,000 rows of CSV', 'termine.csv', csvOfBookings(bookings(CSV_ROWS, A_DAY)), CSV_ROWS);
	await begin(page);
	await page.keyboard.press('Control+Enter');
	figures.push(...(await figuresOf(page, '20,000 rows of CSV: preview to both copies')));
	await expect(importing.done).toBeVisible();
	await counter.expectTwoCopies();
	await importing.again();
	await choose('termine.csv', csvOfBookings(bookings(CSV_ROWS, A_DAY)));
	figures.push(...(await figuresOf(page, '20,000 rows of CSV, all known: file to preview')));
	await expect(importing.chip('unverändert 20.000')).toBeVisible();
	report('import', figures);
});

/** In the page: a task that holds it up, or a frame that comes late because of one. */
function watchFrames(): void {
	const still = { longest: 0, tasks: 0, last: 0, begun: 0 };
	(window as unknown as Watched).still = still;
	new PerformanceObserver((list) => {
		for (const { startTime, duration } of list.getEntries()) {
			if (startTime < still.begun) continue;
			still.tasks++;
			still.longest = Math.max(still.longest, duration);
		}
	}).observe({ entryTypes: ['longtask'] });
}

const begin = (page: Page): Promise<void> =>
	page.evaluate(() => {
		const { still } = window as unknown as Watched;
		Object.assign(still, { longest: 0, tasks: 0, begun: performance.now() });
		const shown = () => document.querySelector('h1 + div h2')?.textContent ?? '';
		const first = shown();
		// The end is seen in the page: asking from outside takes its time.
		const look = () => {
			const now = shown();
			if (now !== first && !/wird gelesen|werden übernommen/.test(now)) still.last = performance.now();
			else requestAnimationFrame(look);
		};
		still.last = 0;
		requestAnimationFrame(look);
	});

async function figuresOf(page: Page, what: string): Promise<readonly Figure[]> {
	await page.waitForFunction(() => (window as unknown as Watched).still.last > 0, null, {
		timeout: LIMIT_MS,
		polling: 1_000
	});
	// A long task is told after it has ended.
	await page.waitForTimeout(500);
	const { longest, tasks, last, begun } = await page.evaluate(() => (window as unknown as Watched).still);
	console.log(JSON.stringify({ what, ms: last - begun, longest, tasks }));
	return [
		{ name: what, unit: 's', values: [(last - begun) / 1_000] },
		{ name: `${what}, longest blocked frame`, unit: 'ms', values: [longest], goal: MOST_STILL_MS }
	];
}
