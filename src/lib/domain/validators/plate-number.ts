/** What one Unterscheidungszeichen and one Erkennungsnummer make together: kind of plate, rule broken, places taken up. */
import { isAuthorityCode, isAuthorityOnlyCode } from '../places/plate-codes';
import type { Rule } from './finding';

export type PlateKind =
	| 'standard'
	| 'electric'
	| 'oldtimer'
	| 'short-term'
	| 'red-inspection'
	| 'red'
	| 'red-oldtimer'
	| 'export'
	| 'authority';

/** Kinds whose number is all digits, by its first two: §§ 41 Abs. 2 and 4, 42 Abs. 4, 43 Abs. 2 FZV. */
const KIND_BY_DIGITS: ReadonlyMap<string, PlateKind> = new Map([
	['03', 'short-term'],
	['04', 'short-term'],
	['05', 'red-inspection'],
	['06', 'red'],
	['07', 'red-oldtimer']
]);

export interface PlateNumber {
	readonly kind: PlateKind;
	/** As written behind the code: `-AB 123H`, `-04123`, `-1234A`, `-15-123`. */
	readonly text: string;
	/** Letters of a standard number, else ''. */
	readonly letters: string;
	/** Signs on the plate with the code, without E or H and without a season. */
	readonly places: number;
}

export type PlateNumberReading =
	{ readonly ok: true; readonly value: PlateNumber } | { readonly ok: false; readonly error: Rule };

const broken = (error: Rule): PlateNumberReading => ({ ok: false, error });

/** `groups`: what was typed behind the code, parted at blanks and hyphens. */
export function readPlateNumber(code: string, groups: readonly string[]): PlateNumberReading {
	const number = groups.join('');
	if (/^[0-9]+$/.test(number)) return readDigits(code, number, groups);
	if (isAuthorityOnlyCode(code)) return broken('plate-authority');
	const standard = /^([A-Z]{1,2})([1-9][0-9]{0,3})([EH]?)$/.exec(number);
	if (standard !== null) {
		const [, letters = '', digits = '', suffix = ''] = standard;
		const kind = suffix === 'E' ? 'electric' : suffix === 'H' ? 'oldtimer' : 'standard';
		const places = code.length + letters.length + digits.length;
		return { ok: true, value: { kind, text: `-${letters} ${digits}${suffix}`, letters, places } };
	}
	// § 45 Abs. 2 FZV: one to four digits and one letter.
	if (/^[1-9][0-9]{0,3}[A-Z]$/.test(number)) {
		return {
			ok: true,
			value: { kind: 'export', text: `-${number}`, letters: '', places: code.length + number.length }
		};
	}
	if (/^[A-Z]*[ÄÖÜ]/.test(number)) return broken('plate-letters-umlaut');
	if (/^[A-Z]{1,2}0[0-9]*[EH]?$/.test(number)) return broken('plate-number-zero');
	return broken('plate-form');
}

/**
 * § 9 Abs. 1 Satz 6 and 7 FZV: authorities have up to six digits; missions and consulates have two groups of digits under
 * the code of their town too (`BN 65-300`). Nobody else has digits only, but for KIND_BY_DIGITS. Plates of digits that
 * towns gave their own vehicles until 2007 are not read: typed without letters, a plate is far more often a slip.
 */
function readDigits(code: string, number: string, groups: readonly string[]): PlateNumberReading {
	const mission = groups.length === 2 && groups.every((group) => /^[1-9][0-9]{0,2}$/.test(group));
	if (mission || (isAuthorityCode(code) && /^[1-9][0-9]{0,5}$/.test(number))) {
		// The length on the plate is not bound by Anlage 4 Abschnitt 1 here.
		return { ok: true, value: { kind: 'authority', text: `-${groups.join('-')}`, letters: '', places: 0 } };
	}
	const kind = KIND_BY_DIGITS.get(number.slice(0, 2));
	if (kind === undefined || isAuthorityOnlyCode(code) || number.length < 3) return broken('plate-digits-only');
	return { ok: true, value: { kind, text: `-${number}`, letters: '', places: code.length + number.length } };
}
