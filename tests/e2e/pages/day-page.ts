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
		await this.row(words).click();
		await this.row(words).focus();
		await this.page.keyboard.press(key);
	}

	/** What the list says of each row, but for the badges of time. */
	async texts(): Promise<string[]> {
		await expect(this.list.locator('[data-index]').first()).toBeVisible();
		return (await this.list.locator('[data-index]').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
	}
}
