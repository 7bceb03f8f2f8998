/** What stands in place of every page while nobody is unlocked: the lock screen, and the cover of a short break. */
import { expect, type Page } from '@playwright/test';
import { FOUNDING } from './setup-page';

export class LockPage {
	constructor(readonly page: Page) {}

	get heading() {
		return this.page.getByRole('heading', { level: 1, name: 'Entsperren', exact: true });
	}
	get name() {
		return this.page.getByLabel('Name', { exact: true });
	}
	get password() {
		return this.page.getByLabel('Passwort', { exact: true });
	}
	get unlockButton() {
		return this.page.getByRole('button', { name: 'Entsperren', exact: true });
	}
	get coverHeading() {
		return this.page.getByRole('heading', { level: 1, name: 'Kurze Pause' });
	}
	get pin() {
		return this.page.getByLabel('PIN', { exact: true });
	}

	async expectShown(): Promise<void> {
		await expect(this.heading).toBeVisible();
	}

	/** One attempt; what comes of it is for the caller to see. */
	async attempt(password: string, staffName?: string): Promise<void> {
		await this.expectShown();
		if (staffName) await this.name.selectOption({ label: staffName });
		await this.password.fill(password);
		await this.unlockButton.click();
	}

	async unlock(password = FOUNDING.password, staffName?: string): Promise<void> {
		await this.attempt(password, staffName);
		await expect(this.page.getByRole('region', { name: 'Zustand des Geräts' })).toBeVisible();
	}

	/** By the button of the status line: the cover with a PIN, the full lock without. */
	async lock(): Promise<void> {
		await this.page.getByRole('button', { name: 'Sperren', exact: true }).click();
	}

	async setPin(digits: string): Promise<void> {
		await this.page.getByLabel('PIN für kurze Pausen', { exact: true }).fill(digits);
		await this.page.getByRole('button', { name: 'Setzen' }).click();
		await expect(this.page.getByText('PIN gesetzt')).toBeVisible();
	}

	async unlockWithRecoveryKey(groups: readonly string[], staffName: string, newPassword: string): Promise<void> {
		await this.page.getByRole('button', { name: 'Mit Notfallschlüssel' }).click();
		await this.page.getByLabel('Notfallschlüssel', { exact: true }).fill(groups.join(' '));
		await this.name.selectOption({ label: staffName });
		await this.page.getByLabel('Neues Passwort', { exact: true }).fill(newPassword);
		await this.page.getByLabel('Neues Passwort wiederholen').fill(newPassword);
		await this.page.getByRole('button', { name: 'Entsperren und Passwort setzen' }).click();
	}
}
