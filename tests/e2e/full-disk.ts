/** The disk as the browser sees it: full when a test says so. */
import type { Page } from '@playwright/test';

/** What the origin may take up in all, in bytes; null: as before. */
export async function setQuota(page: Page, quotaSize: number | null): Promise<void> {
	const session = await page.context().newCDPSession(page);
	const { origin } = new URL(page.url());
	await session.send('Storage.overrideQuotaForOrigin', quotaSize === null ? { origin } : { origin, quotaSize });
}

/** Nothing more is taken, and what is there stays. */
export const fillDisk = (page: Page): Promise<void> => setQuota(page, 1);
export const freeDisk = (page: Page): Promise<void> => setQuota(page, null);
