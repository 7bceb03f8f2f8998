/** „Termine“: the day's list. */
import { expect, type Page } from '@playwright/test';

export class DayPage {
	constructor(readonly page: Page) {}

	get heading() {
		return this.page.getByRole('heading', { level: 1, name: 'Termine', exact: true });
	}
	get list() {
		return this.page.getByRole('grid', { name: 'Termine und Wartende' });
	}
	get detail() {
		return this.page.getByRole('region', { name: 'Ausgewählter Termin' });
	}
	row(words: string | RegExp) {
		return this.list.locator('[data-index]').filter({ hasText: words });
	}

	/** Rows far away are not drawn: the list is gone through from its beginning. */
	async reach(words: string | RegExp): Promise<void> {
		if ((await this.row(words).count()) > 0) return;
		await this.list.locator('[tabindex="0"]').first().focus();
		await this.page.keyboard.press('Home');
		for (let page = 0; page < 20 && (await this.row(words).count()) === 0; page++) {
			await this.page.keyboard.press('PageDown');
			await this.page.waitForTimeout(100);
		}
		await expect(this.row(words)).toHaveCount(1);
	}

	/** By the navigation: an address that is typed starts the app anew. */
	async open(): Promise<void> {
		await this.page
			.getByRole('navigation', { name: 'Hauptnavigation' })
			.getByRole('link', { name: 'Termine', exact: true })
			.click();
		await expect(this.heading).toBeVisible();
	}

	/** One key on a row. */
	async press(words: string | RegExp, key: string): Promise<void> {
		await this.reach(words);
		await this.row(words).click();
		await this.page.keyboard.press(key);
	}

	async expectRow(words: string | RegExp, says: string): Promise<void> {
		await this.reach(words);
		await expect(this.row(words)).toContainText(says);
	}
	async expectRowWithout(words: string | RegExp, says: string): Promise<void> {
		await this.reach(words);
		await expect(this.row(words)).not.toContainText(says);
	}

	/** What the list says of each row, but for the badges of time. */
	async texts(): Promise<string[]> {
		const rows = this.list.locator('[data-index]');
		const byIndex = new Map<number, string>();
		const count = Number(await this.list.getAttribute('aria-rowcount')) - 1;
		await this.list.locator('[tabindex="0"]').first().focus();
		await this.page.keyboard.press('Home');
		while (byIndex.size < count) {
			await this.page.waitForTimeout(100);
			for (const row of await rows.all())
				byIndex.set(Number(await row.getAttribute('data-index')), (await row.innerText()).replace(/\s+/g, ' ').trim());
			await this.page.keyboard.press('PageDown');
		}
		return [...byIndex].sort(([a], [b]) => a - b).map(([, text]) => text);
	}
}
