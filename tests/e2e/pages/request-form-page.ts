/** „Neues Anliegen“: choosing what it is about, and the form. */
import { expect, type Page } from '@playwright/test';

/** All that a Halterwechsel must have, as a clerk types it; every value is invented. */
export const HOLDER_CHANGE = {
	Familienname: 'Müller',
	Vornamen: 'Jürgen',
	Geburtsdatum: '01.02.1960',
	Geburtsort: 'Soest',
	Geschlecht: 'männlich',
	Straße: 'Jakobistraße',
	Hausnummer: '12a',
	PLZ: '59494',
	Ort: 'Soest',
	Kennzeichen: 'SO-AB 123',
	FIN: 'WVWZZZ1JZXW000001',
	'eVB-Nummer': 'A1B2C3D',
	IBAN: 'DE89 3704 0044 0532 0130 00'
} as const;

export type HolderChange = { [K in keyof typeof HOLDER_CHANGE]: string };

export class RequestFormPage {
	constructor(readonly page: Page) {}

	get question() {
		return this.page.getByRole('combobox', { name: 'Worum geht es?' });
	}
	get saveButton() {
		return this.page.getByRole('button', { name: 'Speichern' });
	}
	get saveIncompleteButton() {
		return this.page.getByRole('button', { name: 'Unvollständig aufnehmen' });
	}
	/** What is wrong with the form, with links to the fields. */
	get summary() {
		return this.page.getByRole('region', { name: 'Das geht so noch nicht' });
	}
	/** „Entwurf ✔ gesichert“ */
	get draftSaved() {
		return this.page.locator('[data-draft=saved]');
	}

	field(label: string) {
		return this.page.getByRole('textbox', { name: label, exact: true });
	}

	choice(group: string, option: string) {
		return this.page
			.getByRole('radiogroup', { name: group, exact: true })
			.getByRole('radio', { name: option, exact: true });
	}

	async choose(words: string): Promise<void> {
		await this.page.goto('/anliegen/neu');
		await this.chooseHere(words);
	}

	/** Where the question stands already: within the life of the page, so without a new unlocking. */
	async chooseHere(words: string): Promise<void> {
		await this.question.fill(words);
		await this.question.press('Enter');
	}

	/** From any page of an unlocked counter. */
	async start(words = 'umsch'): Promise<void> {
		await this.page.getByRole('link', { name: 'Heute' }).first().click();
		await this.page.getByRole('link', { name: 'Anliegen aufnehmen' }).click();
		await this.chooseHere(words);
	}

	async fill(values: { readonly [label: string]: string }): Promise<void> {
		for (const [label, value] of Object.entries(values)) {
			if (label === 'Geschlecht') await this.choice(label, value).check();
			else await this.field(label).fill(value);
		}
	}

	async setPaper(paper: string, status: 'liegt vor' | 'fehlt' | 'entfällt'): Promise<void> {
		await this.choice(paper, status).check();
	}

	async save(): Promise<void> {
		await this.page.keyboard.press('Control+Enter');
	}

	/** A complete Halterwechsel from any page of an unlocked counter to its receipt. */
	async takeHolderChange(values: Partial<HolderChange> = {}): Promise<void> {
		await this.start('umsch');
		await this.fill({ ...HOLDER_CHANGE, ...values });
		await this.save();
		await expect(this.page.getByRole('heading', { level: 1, name: 'Beleg' })).toBeVisible();
	}
}
