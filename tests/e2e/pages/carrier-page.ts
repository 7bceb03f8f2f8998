/** „Datenträger schreiben“ and „Datenträger einlesen“ under „Abgleich“. */
import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { ExchangePage } from './exchange-page';
import type { CopyFile } from './restore-page';

export const asFile = (name: string, buffer: Buffer): CopyFile => ({
	name,
	mimeType: 'application/octet-stream',
	buffer
});

export class CarrierPage {
	constructor(readonly page: Page) {}

	get writeDialog() {
		return this.page.getByRole('dialog', { name: 'Datenträger schreiben' });
	}
	get readDialog() {
		return this.page.getByRole('dialog', { name: 'Datenträger einlesen' });
	}
	/** What came of the last reading. */
	get report() {
		return this.readDialog.getByRole('status');
	}
	get peers() {
		return this.page.getByRole('list', { name: 'Geräte, deren Datenträger hier eingelesen wurden' });
	}

	async open(): Promise<void> {
		await new ExchangePage(this.page).open();
		await expect(this.page.getByRole('button', { name: 'Datenträger schreiben' })).toBeVisible();
	}

	/** Everything, or what is lacking to whom the choice names; as the browser saves it. */
	async write(choice?: RegExp): Promise<CopyFile> {
		await this.open();
		await this.page.getByRole('button', { name: 'Datenträger schreiben' }).click();
		if (choice) await this.writeDialog.getByRole('radio', { name: choice }).check();
		const [download] = await Promise.all([
			this.page.waitForEvent('download'),
			this.writeDialog.getByRole('button', { name: 'Als Download speichern' }).click()
		]);
		await expect(this.writeDialog.getByText('Heruntergeladen', { exact: true })).toBeVisible();
		expect(download.suggestedFilename()).toMatch(/^Notschalter-[0-9A-Z]{4}-[\d-]+\.notschalter$/);
		return asFile(download.suggestedFilename(), await readFile(await download.path()));
	}

	async closeWritten(): Promise<void> {
		await this.writeDialog.getByRole('button', { name: 'Schließen' }).last().click();
	}

	/** Leaves the report open. */
	async read(files: readonly CopyFile[]): Promise<void> {
		if (!(await this.readDialog.isVisible())) {
			await this.open();
			await this.page.getByRole('button', { name: 'Datenträger einlesen' }).click();
		} else await this.readDialog.getByRole('button', { name: 'Weitere Dateien einlesen' }).click();
		await this.readDialog.getByLabel('Dateien vom Datenträger').setInputFiles([...files]);
		await this.readDialog.getByRole('button', { name: 'Einlesen', exact: true }).click();
		await expect(this.readDialog.getByRole('button', { name: 'Weitere Dateien einlesen' })).toBeVisible();
	}

	async closeReport(): Promise<void> {
		await this.readDialog.getByRole('button', { name: 'Schließen' }).last().click();
		await expect(this.readDialog).toBeHidden();
	}
}
