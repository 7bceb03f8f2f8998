/** „Verwaltung“: staff and devices. */
import { expect, type Locator, type Page } from '@playwright/test';
import { FOUNDING } from './setup-page';

export interface NewPerson {
	name: string;
	role: 'Schalterkraft' | 'Sachbearbeitung' | 'Leitung' | 'Administration';
	firstPassword: string;
}

export class AdminPage {
	constructor(readonly page: Page) {}

	get heading() {
		return this.page.getByRole('heading', { level: 1, name: 'Verwaltung' });
	}
	get staff() {
		return this.page.getByRole('region', { name: 'Mitarbeitende' });
	}
	get devices() {
		return this.page.getByRole('region', { name: 'Geräte', exact: true });
	}

	person(name: string) {
		return this.staff.getByRole('row').filter({ hasText: name });
	}
	device(counter: string) {
		return this.devices.getByRole('row').filter({ hasText: counter });
	}
	dialog(title: string | RegExp) {
		return this.page.getByRole('dialog', { name: title });
	}

	async open(): Promise<void> {
		await this.page
			.getByRole('navigation', { name: 'Hauptnavigation' })
			.getByRole('link', { name: 'Verwaltung', exact: true })
			.first()
			.click();
		await expect(this.heading).toBeVisible();
	}

	/** Opens and fills „Person aufnehmen“; sending it off is for the caller. */
	async fillPerson({ name, role, firstPassword }: NewPerson): Promise<Locator> {
		await this.page.getByRole('button', { name: 'Person aufnehmen' }).click();
		const dialog = this.dialog('Person aufnehmen');
		await dialog.getByLabel('Name', { exact: true }).fill(name);
		const option = dialog.getByRole('option', { name: new RegExp(`^${role}`) });
		await dialog.getByLabel('Rolle', { exact: true }).selectOption((await option.textContent())!.trim());
		await dialog.getByLabel('Erstes Passwort', { exact: true }).fill(firstPassword);
		return dialog;
	}

	async addPerson(person: NewPerson, ownPassword = FOUNDING.password): Promise<void> {
		await this.open();
		const dialog = await this.fillPerson(person);
		await this.confirm(dialog, 'Aufnehmen', ownPassword);
		await expect(this.person(person.name)).toContainText(person.role);
	}

	/** The own password, where it is asked for, and the button; the dialog closes. */
	async confirm(dialog: Locator, button: string, ownPassword: string | null = FOUNDING.password): Promise<void> {
		if (ownPassword !== null) await dialog.getByLabel('Eigenes Passwort', { exact: true }).fill(ownPassword);
		await dialog.getByRole('button', { name: button, exact: true }).click();
		await expect(dialog).toBeHidden();
	}

	/** After a wrong password the next try waits a moment: tries until it is heard. */
	async confirmAfterPause(dialog: Locator, button: string, ownPassword = FOUNDING.password): Promise<void> {
		const pause = dialog.getByText(/Nächster Versuch in/);
		do {
			await dialog.getByLabel('Eigenes Passwort', { exact: true }).fill(ownPassword);
			await dialog.getByRole('button', { name: button, exact: true }).click();
			await expect.poll(async () => (await dialog.isHidden()) || (await pause.isVisible())).toBe(true);
		} while (await pause.isVisible());
	}

	/** „Gerät aufnehmen“ → the code as it is shown. */
	async createJoinCode(validity: 'ein Gerät, 15 Minuten' | 'für heute, 20 Geräte' = 'ein Gerät, 15 Minuten') {
		await this.open();
		await this.page.getByRole('button', { name: 'Gerät aufnehmen' }).click();
		const dialog = this.dialog('Gerät aufnehmen').filter({ has: this.page.getByLabel('Eigenes Passwort') });
		await dialog.getByRole('radio', { name: validity }).check();
		await this.confirm(dialog, 'Aufnahmecode erzeugen');
		const code = ((await this.page.getByTestId('join-code').textContent()) ?? '').trim();
		expect(code).toMatch(/^([0-9A-Z]{5}-){5}[0-9A-Z]{5}$/);
		return code;
	}

	async closeJoinCode(): Promise<void> {
		await this.dialog('Gerät aufnehmen').getByRole('button', { name: 'Fertig' }).click();
	}

	/** „Gerät sperren“; the key is changed unless it is said otherwise. */
	async revoke(counter: string, { changeKey = true } = {}): Promise<void> {
		await this.open();
		await this.device(counter).getByRole('button', { name: 'Gerät sperren' }).click();
		const dialog = this.dialog(/sperren\?$/);
		const question = dialog.getByRole('radiogroup', { name: 'Schlüssel wechseln?' });
		await expect(question.getByRole('radio', { name: 'Ja (empfohlen)' })).toBeChecked();
		if (!changeKey) await question.getByRole('radio', { name: 'Nein' }).check();
		await this.confirm(dialog, 'Gerät sperren', changeKey ? FOUNDING.password : null);
		await expect(this.device(counter)).toContainText('gesperrt');
	}
}
