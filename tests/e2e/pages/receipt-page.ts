/** „Beleg“: the sheet, printing it, and what is said when there is no printer. */
import { expect, type Page } from '@playwright/test';

const CASE_NUMBER = /[A-ZÄÖÜ]{1,3}-[0-9A-Z]{3,}-\d+-[0-9A-Z]+/;

export class ReceiptPage {
	constructor(readonly page: Page) {}

	get heading() {
		return this.page.getByRole('heading', { level: 1, name: 'Beleg' });
	}
	get sheet() {
		return this.page.getByRole('article', { name: 'Empfangsbestätigung' });
	}
	get number() {
		return this.sheet.locator('.number');
	}
	get printButton() {
		return this.page.getByRole('button', { name: 'Beleg drucken' });
	}
	get question() {
		return this.page.getByRole('group', { name: 'Beleg in Ordnung?' });
	}
	get yes() {
		return this.question.getByRole('button', { name: 'Ja' });
	}
	get again() {
		return this.question.getByRole('button', { name: 'Noch einmal' });
	}
	get withoutPrinterButton() {
		return this.page.getByRole('button', { name: 'Ohne Drucker' });
	}
	get duplicateMark() {
		return this.sheet.getByText('Zweitschrift');
	}

	/** Before the page opens: no dialog of the browser, but a count. */
	static async countPrints(page: Page): Promise<void> {
		await page.addInitScript(() => {
			const counter = window as unknown as { prints: number };
			counter.prints = 0;
			window.print = () => void counter.prints++;
		});
	}

	prints(): Promise<number> {
		return this.page.evaluate(() => (window as unknown as { prints: number }).prints);
	}

	async caseNumber(): Promise<string> {
		await expect(this.number).toBeVisible();
		return (await this.number.textContent())?.trim() ?? '';
	}

	/** The id of the request, which its address holds. */
	requestId(): string {
		return new URL(this.page.url()).pathname.split('/')[2] ?? '';
	}

	async openRequest(): Promise<void> {
		await this.page.getByRole('link', { name: 'Zum Anliegen' }).click();
		await expect(this.heading).toBeHidden();
	}
}

export { CASE_NUMBER };
