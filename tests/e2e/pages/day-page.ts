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
		for await (const _ of this.#pages()) if ((await this.row(words).count()) > 0) return;
		await expect(this.row(words)).toHaveCount(1);
	}

	/** From the first row on, ten at a time, each time once the focus has arrived there and the row is drawn. */
	async *#pages(): AsyncGenerator<void> {
		// Behind a dialog that is not closed yet, nothing takes the focus.
		await expect(this.page.getByRole('dialog')).toHaveCount(0);
		const last = Number(await this.list.getAttribute('aria-rowcount')) - 2;
		await this.list.locator('[tabindex="0"]').first().focus();
		for (let at = 0; ; at = Math.min(at + 10, last)) {
			await this.page.keyboard.press(at === 0 ? 'Home' : 'PageDown');
			await expect(this.list.locator(`[data-index="${at}"]`)).toBeFocused();
			yield;
			if (at === last) return;
		}
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
		for await (const _ of this.#pages())
			for (const [index, text] of await rows.evaluateAll((drawn: HTMLElement[]) =>
				drawn.map((row) => [Number(row.dataset.index), row.innerText] as const)
			))
				byIndex.set(index, text.replace(/\s+/g, ' ').trim());
		return [...byIndex].sort(([a], [b]) => a - b).map(([, text]) => text);
	}
}
