/** „Termine einlesen“. */
import { expect, type Page } from '@playwright/test';

export class ImportPage {
	constructor(readonly page: Page) {}

	get heading() {
		return this.page.getByRole('heading', { level: 1, name: 'Termine einlesen', exact: true });
	}
	get start() {
		return this.page.getByRole('heading', { level: 2, name: 'Datei wählen oder Tabelle einfügen' });
	}
	get preview() {
		return this.page.getByRole('heading', { level: 2, name: /^Vorschau/ });
	}
	get done() {
		return this.page.getByRole('link', { name: 'Zu den Terminen' });
	}
	get rows() {
		return this.page.locator('[data-index]');
	}
	chip(name: string) {
		return this.page.getByRole('button', { name, exact: true });
	}
	button(name: string | RegExp) {
		return this.page.getByRole('button', { name });
	}

	/** By the file dialog. */
	async choose(name: string, content: string | Uint8Array): Promise<void> {
		const choosing = this.page.waitForEvent('filechooser');
		await this.button('Datei auswählen').click();
		const buffer = Buffer.from(content);
		await (await choosing).setFiles({ name, mimeType: 'application/octet-stream', buffer });
	}

	async drop(name: string, content: string): Promise<void> {
		const transfer = await this.page.evaluateHandle(
			([fileName, text]) => {
				const data = new DataTransfer();
				data.items.add(new File([text], fileName));
				return data;
			},
			[name, content] as const
		);
		await this.page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
		await expect(this.page.getByText('Jetzt loslassen')).toBeVisible();
		await this.page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
	}

	/** As a mail program or a spreadsheet leaves it in the clipboard. */
	async paste(text: string, html = ''): Promise<void> {
		await this.page.evaluate(
			([plain, formatted]) => {
				const clipboardData = new DataTransfer();
				clipboardData.setData('text/plain', plain);
				if (formatted) clipboardData.setData('text/html', formatted);
				document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
			},
			[text, html] as const
		);
	}

	async again(): Promise<void> {
		await this.button('Weitere Datei einlesen').click();
		await expect(this.start).toBeFocused();
	}
}
