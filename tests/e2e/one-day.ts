/** For tests whose lists are of today: they begin and end on the same day at the counter. */
import { test } from '@playwright/test';

/** Longer than the longest of them takes on a busy machine. */
const BEFORE_MIDNIGHT_MS = 6 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

function msToMidnight(): number {
	const time = new Date().toLocaleTimeString('de-DE', { timeZone: 'Europe/Berlin' });
	const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
	return DAY_MS - ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** Waits for the next day when this one is nearly over; for `beforeEach`. */
export async function stayWithinOneDay(): Promise<void> {
	const left = msToMidnight();
	if (left > BEFORE_MIDNIGHT_MS) return;
	test.setTimeout(test.info().timeout + left + 5_000);
	await new Promise((resolve) => setTimeout(resolve, left + 1_000));
}
