/** The ways back on a device that has nothing any more. */
import { expect, type Page } from '@playwright/test';
import { expectGoodScreen } from '../page-checks';
import { FOUNDING } from './setup-page';

/** A copy of the Notfallblatt: its eighteen groups. */
export interface Sheet {
	readonly recovery: readonly string[];
	readonly space: readonly string[];
}

export interface Place {
	readonly site: string;
	readonly counter: string;
}
export const NEW_PLACE: Place = { site: 'Rathaus II', counter: 'Schalter 9' };
export const NEW_PASSWORD = 'Laterne Spaten Wolkenbruch Ziegel';

export interface CopyFile {
	readonly name: string;
	readonly mimeType: string;
	readonly buffer: Buffer;
}

/** As it stands on the screen while it is confirmed. */
export async function sheetOn(page: Page): Promise<Sheet> {
	const lists = page.locator('section.sheet ol');
	await expect(lists).toHaveCount(2);
	const groupsOf = (n: number) => lists.nth(n).getByRole('listitem').allTextContents();
	return { recovery: await groupsOf(0), space: await groupsOf(1) };
}

/** On a telephone and on a counter PC. */
export async function expectGoodAtBothSizes(page: Page): Promise<void> {
	for (const size of [
		{ width: 360, height: 740 },
		{ width: 1366, height: 768 }
	]) {
		await page.setViewportSize(size);
		await expectGoodScreen(page);
	}
}

export class RestorePage {
	constructor(readonly page: Page) {}

	get restored() {
		return this.page.getByRole('heading', { name: 'Wiederhergestellt' });
	}
	get failure() {
		return this.page.getByRole('alert');
	}
	field(label: string) {
		return this.page.getByLabel(label, { exact: true });
	}
	button(name: string) {
		return this.page.getByRole('button', { name, exact: true });
	}

	async choose(way: 'Ein anderer Schalter läuft noch' | 'Server und Notfallblatt sind da' | 'Eine Kopie ist da') {
		await this.button('Ja, es war schon eingerichtet').click();
		await this.button(way).click();
	}

	/** One attempt; what comes of it is for the caller to see. */
	async sendSheet({ recovery, space }: Sheet): Promise<void> {
		await this.field('Notfallschlüssel').fill(recovery.join(' ').toLowerCase());
		await this.field('Kennung des Verbunds').fill(space.join('-'));
		await this.button('Notfallblatt prüfen').click();
	}

	async sendFiles(files: readonly CopyFile[]): Promise<void> {
		await this.page.getByLabel('Dateien der Kopie').setInputFiles([...files]);
		await this.button('Dateien lesen').click();
	}

	async fillPlace({ site, counter }: Place = NEW_PLACE, staffName = FOUNDING.staffName): Promise<void> {
		await this.field('Standort').fill(site);
		await this.field('Schalter').fill(counter);
		await this.field('Name').selectOption({ label: staffName });
	}

	async fillNewPassword(password = NEW_PASSWORD): Promise<void> {
		await this.field('Neues Passwort').fill(password);
		await this.field('Neues Passwort wiederholen').fill(password);
	}

	async restore(): Promise<void> {
		await this.button('Wiederherstellen').click();
	}

	/** On to the counter, the restart test left for later. */
	async goToToday(): Promise<void> {
		await this.button('Weiter zum Neustart-Test').click();
		await this.page.getByRole('link', { name: 'Später testen und weiterarbeiten' }).click();
		await expect(this.page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
	}
}
