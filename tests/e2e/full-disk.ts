/** The disk as the browser sees it: full when a test says so. */
import type { Page } from '@playwright/test';
import { Counter } from './counter';
import type { Device } from './device';

/** A page of the origin that does not start the app. */
const BESIDE_THE_APP = '/robots.txt';

/**
 * Nothing more is taken, and what is there stays. Chromium looks at the quota again only half a minute after the last time,
 * so a page that has written before may go on for so long.
 */
export const fillDisk = (page: Page): Promise<void> => setQuota(page, 1);
export const freeDisk = (page: Page): Promise<void> => setQuota(page, null);

/** Full before anything is written; somebody is unlocked all the same. */
export async function unlockWithFullDisk(device: Device): Promise<Counter> {
	const page = await device.open(BESIDE_THE_APP);
	await fillDisk(page);
	await page.goto('/');
	const counter = new Counter(device, page);
	await counter.lock.unlock();
	return counter;
}

/** What the origin may take up in all, in bytes; null: as before. */
async function setQuota(page: Page, quotaSize: number | null): Promise<void> {
	const session = await page.context().newCDPSession(page);
	const { origin } = new URL(page.url());
	await session.send('Storage.overrideQuotaForOrigin', quotaSize === null ? { origin } : { origin, quotaSize });
}
