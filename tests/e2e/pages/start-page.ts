/** The first screen of a start: the lock screen with what is told of the two copies, or a full screen that says what is wrong. */
import { expect, type BrowserContext, type Page } from '@playwright/test';

export class StartPage {
	constructor(readonly page: Page) {}

	/** Before the page opens: what is shown for a moment only is noted too. */
	static async noteHeadings(this: void, context: BrowserContext): Promise<void> {
		await context.addInitScript(() => {
			const noted = new Set<string>();
			Object.assign(window, { headings: noted });
			new MutationObserver(() => {
				for (const heading of document.querySelectorAll('h1')) noted.add(heading.textContent?.trim() ?? '');
			}).observe(document, { childList: true, subtree: true });
		});
	}

	headingsSoFar(): Promise<string[]> {
		return this.page.evaluate(() => [...(window as unknown as { headings: Set<string> }).headings]);
	}

	/** What the lock screen tells of the copies. */
	news(title: string) {
		return this.page.getByRole('main').locator('.kern-alert').filter({ hasText: title });
	}

	/** „Daten fehlen“, „Die Daten lassen sich nicht öffnen“ … in place of everything else. */
	async expectDamaged(heading: string): Promise<void> {
		const main = this.page.getByRole('main');
		await expect(main.getByRole('heading', { level: 1, name: heading })).toBeVisible();
		await expect(main.getByRole('list')).not.toBeEmpty();
	}
}
