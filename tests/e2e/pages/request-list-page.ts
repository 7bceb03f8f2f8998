/** „Anliegen“: the list with its search and filters, and the page of one request. */
import { expect, type Page } from '@playwright/test';

export class RequestListPage {
	constructor(readonly page: Page) {}

	get heading() {
		return this.page.getByRole('heading', { level: 1, name: 'Anliegen', exact: true });
	}
	get search() {
		return this.page.getByRole('main').getByRole('searchbox', { name: 'Suchen', exact: true });
	}
	get grid() {
		return this.page.getByRole('grid', { name: 'Anliegen, neueste zuerst' });
	}
	/** Without the line of headings. */
	get rows() {
		return this.grid.locator('[data-index]');
	}

	row(words: string | RegExp) {
		return this.rows.filter({ hasText: words });
	}

	chip(label: string) {
		return this.page.getByRole('group', { name: 'Filter' }).getByRole('button', { name: new RegExp(`^✔?${label} `) });
	}

	/** By the navigation: an address would load the page anew and lock. */
	async open(): Promise<void> {
		const link = this.page
			.getByRole('navigation', { name: 'Hauptnavigation' })
			.getByRole('link', { name: 'Anliegen', exact: true })
			.first();
		await link.click();
		await expect(this.heading).toBeVisible();
		// Also where the page was open already, it is gone to anew, and that takes the focus from whatever has it by then.
		await expect(link).not.toBeFocused();
	}

	/** Types it and sends it off, as a keyboard-type scanner does. */
	async scan(text: string): Promise<void> {
		await this.search.focus();
		await this.page.keyboard.type(text);
		await this.page.keyboard.press('Enter');
	}

	async openRequest(words: string | RegExp): Promise<void> {
		await this.row(words).first().click();
		await expect(this.page.getByRole('heading', { name: 'Verlauf' })).toBeVisible();
	}
}

/** „Ein Anliegen“ */
export class RequestPage {
	constructor(readonly page: Page) {}

	get timeline() {
		return this.page.getByRole('region', { name: 'Verlauf' });
	}
	get data() {
		return this.page.getByRole('region', { name: 'Angaben' });
	}
	get papers() {
		return this.page.getByRole('region', { name: 'Unterlagen' });
	}
	get notes() {
		return this.page.getByRole('region', { name: 'Notizen' });
	}

	async addNote(note: string): Promise<void> {
		await this.page.getByLabel('Neue Notiz').fill(note);
		await this.page.getByRole('button', { name: 'Notiz hinzufügen' }).click();
		await expect(this.notes.locator('.note', { hasText: note })).toBeVisible();
	}

	async withdraw(reason: string): Promise<void> {
		await this.page.getByRole('button', { name: 'Zurückziehen' }).click();
		const dialog = this.page.getByRole('dialog', { name: 'Anliegen zurückziehen?' });
		await dialog.getByLabel('Warum wird es zurückgezogen?').fill(reason);
		await dialog.getByRole('button', { name: 'Zurückziehen' }).click();
		await expect(dialog).toBeHidden();
	}
}
