/** „Verbund beitreten“ on a new device. */
import { expect, type Page } from '@playwright/test';
import { FOUNDING } from './setup-page';

export interface Joining {
	site: string;
	counter: string;
	staffName: string;
	password: string;
}

/** A joining that passes; tests name what matters to them. */
export const JOINING: Joining = {
	site: 'Rathaus I',
	counter: 'Schalter 4',
	staffName: FOUNDING.staffName,
	password: FOUNDING.password
};

export class JoinPage {
	constructor(readonly page: Page) {}

	get code() {
		return this.page.getByLabel('Aufnahmecode', { exact: true });
	}

	async choose(): Promise<void> {
		await this.page.getByRole('button', { name: 'Nein, es ist neu' }).click();
		await this.page.getByRole('button', { name: 'Verbund beitreten' }).click();
		await expect(this.code).toBeVisible();
	}

	/** One attempt; what comes of it is for the caller to see. */
	async sendCode(code: string): Promise<void> {
		await this.code.fill(code);
		await this.page.getByRole('button', { name: 'Code prüfen' }).click();
	}

	async fill({ site, counter, staffName, password }: Joining): Promise<void> {
		await this.page.getByLabel('Standort', { exact: true }).fill(site);
		await this.page.getByLabel('Schalter', { exact: true }).fill(counter);
		await this.page.getByLabel('Name', { exact: true }).selectOption({ label: staffName });
		await this.page.getByLabel('Passwort', { exact: true }).fill(password);
		await this.page.getByRole('button', { name: 'Beitreten', exact: true }).click();
	}

	/** From the first question to the restart test. */
	async join(code: string, joining: Joining): Promise<void> {
		await this.choose();
		await this.sendCode(code);
		await this.fill(joining);
		await expect(this.page.getByRole('heading', { name: 'Neustart-Test' })).toBeVisible();
	}
}
