/** „Nacherfassung“: the queue, and one case to be typed into the specialist system. */
import { expect, type Page } from '@playwright/test';

export class ReentryPage {
	constructor(readonly page: Page) {}

	get heading() {
		return this.page.getByRole('heading', { level: 1, name: 'Nacherfassung', exact: true });
	}
	get queue() {
		return this.page.getByRole('grid', { name: 'Offene Anliegen' });
	}
	get queueRows() {
		return this.queue.locator('[data-index]');
	}
	get rows() {
		return this.page.getByRole('list', { name: 'Angaben zum Übertragen' }).getByRole('listitem');
	}
	get reference() {
		return this.page.getByRole('textbox', { name: 'Aktenzeichen' });
	}
	get completeButton() {
		return this.page.getByRole('button', { name: 'Als erfasst abschließen' });
	}

	/** As the copy buttons name them, from top to bottom. */
	async labels(): Promise<string[]> {
		const names = await this.rows.getByRole('button', { name: /kopieren$/ }).allInnerTexts();
		return names.map((name) => name.replace(/ kopieren$/, ''));
	}

	row(label: string) {
		return this.rows.filter({ has: this.tick(label) });
	}
	tick(label: string) {
		return this.page.getByRole('button', { name: `${label} übertragen`, exact: true });
	}
	copyButton(label: string) {
		return this.page.getByRole('button', { name: `${label} kopieren`, exact: true });
	}

	async open(): Promise<void> {
		await this.page
			.getByRole('navigation', { name: 'Hauptnavigation' })
			.getByRole('link', { name: 'Nacherfassung', exact: true })
			.first()
			.click();
		await expect(this.heading).toBeVisible();
	}

	async openCase(words: string): Promise<void> {
		await this.open();
		await this.queueRows.filter({ hasText: words }).first().click();
		await expect(this.rows.first()).toBeVisible();
	}

	/** What the specialist system would be given by Strg+V. */
	clipboard(): Promise<string> {
		return this.page.evaluate(() => navigator.clipboard.readText());
	}
}
