/** Invented values for every kind of field, none like another, and a list of all that was typed. */
import type { Page } from '@playwright/test';
import { formById } from '../../src/lib/domain/forms/catalog';
import type { FieldDefinition, FieldKind } from '../../src/lib/domain/forms/form';
import { normaliseAnswer, visibleFields } from '../../src/lib/domain/forms/validate';
import type { LocalDate } from '../../src/lib/domain/time';

const SYLLABLES = ['bram', 'dosk', 'fölz', 'gurn', 'hasp', 'jukl', 'kwel', 'mürz', 'norg', 'pilt'];
const TODAY = '2026-11-02' as LocalDate;

/** Remembers each value that it gives, as typed and as it is kept. */
export class TypedValues {
	/** Whatever was typed about citizens: must be readable nowhere. */
	readonly all = new Set<string>();
	#count = 0;

	/** A word that no list of this program holds; letters of names only. */
	word(): string {
		const n = this.#count++;
		const part = (place: number): string => SYLLABLES[place % SYLLABLES.length] ?? '';
		const word = part(n) + part(7 * n + 3) + part(Math.floor(n / SYLLABLES.length) + n + 5);
		return this.#keep(word.charAt(0).toUpperCase() + word.slice(1));
	}

	sentence = (): string => this.#keep(`${this.word()} sagt: ${this.word()}, bitte!`);

	/** Fills in all that a form shows, and saves nothing. */
	async fillForm(page: Page, formId: string): Promise<void> {
		const form = formById(formId, 1);
		if (!form) throw new Error(`no form ${formId}`);
		// As a person does: set from outside, a section that is just being drawn would close again.
		await page.locator('#notiz').waitFor();
		const closed = page.locator('details.section:not([open]) > summary');
		while ((await closed.count()) > 0) await closed.first().click();
		await page.locator('#feld-representative-yes').check();
		for (const field of visibleFields(form, { representative: 'yes' })) await this.#fillField(page, field);
		await page.locator('#notiz').fill(this.sentence());
	}

	async #fillField(page: Page, field: FieldDefinition): Promise<void> {
		const input = page.locator(`#feld-${field.id}`);
		if (field.kind === 'choice' || field.kind === 'yes-no') {
			if (field.initial !== undefined) return;
			const isSelect = await input.evaluate((element) => element instanceof HTMLSelectElement);
			if (isSelect) await input.selectOption({ index: 1 });
			else await input.locator('input').first().check();
			return;
		}
		const value = this.#valueFor(field.kind);
		await input.fill(value);
		this.#keep(normaliseAnswer(field, value, { today: TODAY, answers: {} }));
	}

	#valueFor(kind: FieldKind): string {
		const n = this.#count++;
		const two = String(10 + (n % 18));
		switch (kind) {
			case 'date':
				return this.#keep(`${two}.04.2025`);
			case 'birth-date':
				return this.#keep(`${two}.07.1931`);
			case 'month':
				return this.#keep('05/2033');
			case 'plate':
				return this.#keep(`SO-QX 4${two}`);
			case 'vin':
				return this.#keep(`WVWZZZ7XZ7X6${String(40_000 + n)}`);
			case 'iban':
				return this.#keep('DE75 5121 0800 1245 1261 99');
			case 'evb':
				return this.#keep(`Q7X4K${two}`);
			case 'postal-code':
				return this.#keep('17498');
			case 'phone':
				return this.#keep(`02921 7340${n}91`);
			case 'email':
				return this.#keep(
					`${this.word()
						.toLowerCase()
						.normalize('NFD')
						.replace(/\P{ASCII}/gu, '')}@firma-${n}.example`
				);
			// Too short to be told from chance: typed, not searched for.
			case 'house-number':
				return '47f';
			case 'hsn':
				return '0603';
			case 'tsn':
				return 'AUN';
			case 'number':
				return '4';
			case 'long-text':
				return this.sentence();
			default:
				return this.word();
		}
	}

	#keep(value: string): string {
		this.all.add(value);
		return value;
	}
}
