/** „Abgleich“: servers, what is still to be sent, the devices of the space. */
import { expect, type Page } from '@playwright/test';

export class ExchangePage {
	constructor(readonly page: Page) {}

	get heading() {
		return this.page.getByRole('heading', { level: 1, name: 'Abgleich' });
	}
	/** The block of the one server. */
	get server() {
		return this.page.getByRole('main').getByRole('article');
	}
	get nowButton() {
		return this.server.getByRole('button', { name: 'Jetzt abgleichen' });
	}
	get devices() {
		return this.page.getByRole('region', { name: 'Geräte', exact: true });
	}

	async open(): Promise<void> {
		await this.page
			.getByRole('navigation', { name: 'Hauptnavigation' })
			.getByRole('link', { name: 'Abgleich', exact: true })
			.first()
			.click();
		await expect(this.heading).toBeVisible();
	}

	/** Asks for an exchange, and waits until the server has answered and all is taken in. */
	async now(): Promise<void> {
		await this.open();
		await expect(this.nowButton).not.toHaveAttribute('aria-busy');
		const answered = this.page.waitForResponse((response) => response.url().endsWith('/exchange'));
		await this.nowButton.click();
		await answered;
		await expect(this.nowButton).not.toHaveAttribute('aria-busy');
	}

	/** Asks for an exchange that will not work. */
	async tryNow(): Promise<void> {
		await this.open();
		await expect(this.nowButton).not.toHaveAttribute('aria-busy');
		await this.nowButton.click();
	}

	/** „Server hinzufügen“; what comes of it is for the caller to see. */
	async addServer(code: string, origin?: string): Promise<void> {
		await this.page.getByRole('button', { name: 'Server hinzufügen' }).click();
		const dialog = this.page.getByRole('dialog', { name: 'Server hinzufügen' });
		if (origin) await dialog.getByLabel('Adresse des Servers').fill(origin);
		await dialog.getByLabel('Betriebscode').fill(code);
		await dialog.getByRole('button', { name: 'Hinzufügen' }).click();
	}
}
