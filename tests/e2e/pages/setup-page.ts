/** „Gerät einrichten“: founding a space, its Notfallblatt, and the restart test. */
import { expect, type Page } from '@playwright/test';

export interface Founding {
	commune: string;
	site: string;
	counter: string;
	staffName: string;
	password: string;
	/** Null: „Ohne Server fortfahren“. */
	enrolmentCode: string | null;
}

/** A founding that passes; tests name what matters to them. */
export const FOUNDING: Founding = {
	commune: 'Soest',
	site: 'Rathaus I',
	counter: 'Schalter 3',
	staffName: 'Erika Mustermann',
	password: 'Kranich Ofenrohr Zeltplatz Mandoline',
	enrolmentCode: null
};

export class SetupPage {
	constructor(readonly page: Page) {}

	get heading() {
		return this.page.getByRole('heading', { level: 1, name: 'Gerät einrichten' });
	}

	button(name: string) {
		return this.page.getByRole('button', { name });
	}

	field(label: string) {
		return this.page.getByLabel(label, { exact: true });
	}

	/** The six groups of the Notfallschlüssel, as they stand on the sheet. */
	async recoveryGroups(): Promise<string[]> {
		await expect(this.page.getByTestId('recovery-groups')).toBeVisible();
		return this.page.getByTestId('recovery-groups').getByRole('listitem').allTextContents();
	}

	async chooseFounding(): Promise<void> {
		await expect(this.page.getByText('War dieses Gerät schon eingerichtet?')).toBeVisible();
		await this.button('Nein, es ist neu').click();
		await this.button('Neuen Verbund anlegen').click();
	}

	async fillOffice({ commune, site, counter }: Founding): Promise<void> {
		const field = this.page.getByRole('combobox', { name: 'Kommune' });
		await field.fill(commune);
		await this.page
			.getByRole('option', { name: new RegExp(`^${commune}\\b`) })
			.first()
			.click();
		await this.field('Standort').fill(site);
		await this.field('Schalter').fill(counter);
		await this.button('Weiter').click();
	}

	async fillPerson({ staffName, password }: Founding): Promise<void> {
		await this.field('Ihr Name').fill(staffName);
		await this.field('Passwort').fill(password);
		await this.field('Passwort wiederholen').fill(password);
		await this.button('Weiter').click();
	}

	/** Keys are made after this; the Notfallblatt shows when they are. */
	async fillServer({ enrolmentCode }: Founding): Promise<void> {
		if (enrolmentCode === null) return this.button('Ohne Server fortfahren').click();
		await this.field('Betriebscode').fill(enrolmentCode);
		await this.button('Verbund anlegen').click();
	}

	/** Types the last group, as a person reads it from the paper; gives all of them. */
	async confirmSheet(): Promise<string[]> {
		const groups = await this.recoveryGroups();
		await this.field('Letzte Gruppe').fill(groups.at(-1) ?? '');
		await this.button('Bestätigen').click();
		await expect(this.page.getByRole('heading', { name: 'Neustart-Test' })).toBeVisible();
		return groups;
	}

	/** From the first question to the restart test; gives the groups of the Notfallschlüssel. */
	async found(founding: Partial<Founding> = {}): Promise<string[]> {
		const whole = { ...FOUNDING, ...founding };
		await this.chooseFounding();
		await this.fillOffice(whole);
		await this.fillPerson(whole);
		await this.fillServer(whole);
		return this.confirmSheet();
	}

	/** Leaves the restart test for later. */
	async goToToday(): Promise<void> {
		await this.page.getByRole('link', { name: 'Später testen und weiterarbeiten' }).click();
		await expect(this.page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
	}

	/** The app is whole on this device, and this page is served from there (or the browser keeps none, and says so): only then may the server go. */
	async expectOfflineCopy(): Promise<void> {
		const here = this.page.getByRole('region', { name: 'Dieses Gerät' });
		await expect(here).toContainText(/liegt vollständig auf diesem Gerät|startet sie hier nicht/);
		if (await here.getByText('startet sie hier nicht').isVisible()) return;
		await expect.poll(() => this.page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
	}
}
