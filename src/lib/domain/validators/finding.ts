/** What a validator says about one typed value: the normalised value, what cannot be, and what is only unusual. */
import type { Answers } from '../forms/form';
import type { LocalDate } from '../time';

/** Every rule a validator can name; its German sentence stands in ui/text/violations.ts. */
export type Rule =
	| 'birth-date-future'
	| 'birth-date-minor'
	| 'birth-date-very-old'
	| 'characters'
	| 'choice-unknown'
	| 'contact-missing'
	| 'date-ambiguous'
	| 'date-format'
	| 'date-future'
	| 'date-impossible'
	| 'date-partial'
	| 'date-past'
	| 'date-year'
	| 'email-domain'
	| 'email-format'
	| 'evb-characters'
	| 'evb-length'
	| 'house-number-format'
	| 'hsn-format'
	| 'iban-characters'
	| 'iban-check-digits'
	| 'iban-country'
	| 'iban-foreign'
	| 'iban-length'
	| 'month-format'
	| 'month-impossible'
	| 'month-past'
	| 'name-characters'
	| 'number-format'
	| 'phone-emergency'
	| 'phone-format'
	| 'phone-length'
	| 'phone-no-area-code'
	| 'phone-short'
	| 'plate-ambiguous'
	| 'plate-authority'
	| 'plate-authority-read'
	| 'plate-characters'
	| 'plate-code-legacy'
	| 'plate-code-umlaut'
	| 'plate-code-unknown'
	| 'plate-digits-only'
	| 'plate-form'
	| 'plate-letters-barred'
	| 'plate-letters-umlaut'
	| 'plate-number-zero'
	| 'plate-season'
	| 'plate-season-kind'
	| 'plate-separator'
	| 'plate-too-long'
	| 'plate-umlaut-read'
	| 'postal-code-foreign'
	| 'postal-code-format'
	| 'postal-code-place'
	| 'postal-code-range'
	| 'required'
	| 'too-long'
	| 'tsn-format'
	| 'vin-characters'
	| 'vin-check-digit'
	| 'vin-length'
	| 'vin-old';

export interface Finding {
	readonly rule: Rule;
	/** Parts the sentence needs, e.g. a plate code; never the whole value. */
	readonly details?: { readonly [name: string]: string };
	/** Values that may have been meant, to be taken over by one key. For the screen only, never logged. */
	readonly proposals?: readonly string[];
}

export interface Checked {
	/** Normalised where it was understood, else as typed without outer blanks; '' is no answer. Checking it again gives the same. */
	readonly value: string;
	/** The value cannot exist. */
	readonly errors: readonly Finding[];
	/** The value is unusual, old or incomplete, and is taken all the same. */
	readonly hints: readonly Finding[];
}

export interface CheckContext {
	readonly today: LocalDate;
	/** The other answers of the form, where a rule depends on them. */
	readonly answers: Answers;
}

export const passed = (value: string, ...hints: readonly Finding[]): Checked => ({ value, errors: [], hints });
export const failed = (value: string, ...errors: readonly Finding[]): Checked => ({ value, errors, hints: [] });

/** NFC, no outer blanks, inner blanks (of any kind) as one. */
export const tidy = (input: string): string => input.normalize('NFC').replace(/\s+/gu, ' ').trim();

/**
 * NFC without blanks, a–z as A–Z. Other letters stay as they are: made large, some become two (ß) or another one, and none
 * of them occurs in the numbers this is for.
 */
export const compactUpper = (input: string): string =>
	input
		.normalize('NFC')
		.replace(/\s+/gu, '')
		.replace(/[a-z]/g, (letter) => letter.toUpperCase());
