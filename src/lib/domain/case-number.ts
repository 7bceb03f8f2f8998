/** Case numbers (Vorgangsnummern): unique without a server, safe to read out on the telephone. */
import { err, ok, type Result } from './result';

declare const brand: unique symbol;
/** E.g. `SO-7KXM-0142-51`. */
export type CaseNumber = string & { readonly [brand]: 'CaseNumber' };

export interface NotACaseNumber {
	readonly type: 'not-a-case-number';
}
export interface CaseNumberParts {
	readonly place: string;
	readonly device: string;
	readonly sequence: number;
}

/** Digits and capitals without I, O (read as 1, 0) and Y, Z (swapped by keyboards): 32, so that five random bits are one character. */
export const DEVICE_CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRSTUVWX';
const DEVICE_CODE_LENGTH = 4;

const STRICT = /^([A-ZÄÖÜ]{1,3})-([0-9A-HJ-NP-X]{4})-([0-9]{4,9})-([0-9]{2})$/;
/** The same without separators, umlauts written AE OE UE. */
const PLAIN = /^([A-Z]{1,6})([0-9A-HJ-NP-X]{4})([0-9]{4,9})([0-9]{2})$/;
/** Nobody types more, and the search tries several readings. */
const MAX_INPUT_LENGTH = 64;

/**
 * Builds the case number of the next request taken on this device.
 *
 * Shape:  `<place>-<device>-<sequence>-<check>`, e.g. `SO-7KXM-0142-51`; the device code has no I, O, Y, Z.
 * Unit:   `sequence` counts requests of one device, from 1, and never restarts; padded to four digits.
 * Source: two check digits by ISO/IEC 7064, MOD 97-10, as in an IBAN: letters count A = 10 … Z = 35, umlauts as AE OE UE,
 *         check = 98 − (all digits followed by 00) mod 97.
 *         They find every wrong digit, every wrong letter and every swap of neighbours but B1, M2, X3 (111, 222, 333 either way
 *         round), and 96 of 97 other slips, such as a letter for a digit.
 */
export function buildCaseNumber(place: string, device: string, sequence: number): CaseNumber {
	const body = `${place}-${device}-${String(sequence).padStart(4, '0')}`;
	return `${body}-${checkDigits(body)}` as CaseNumber;
}

/** The number as it is written, dashes and capitals included, and its check digits right. */
export function parseCaseNumber(input: unknown): Result<CaseNumber, NotACaseNumber> {
	const match = typeof input === 'string' ? STRICT.exec(input) : null;
	const [, place = '', device = '', sequence = '', check] = match ?? [];
	if (match === null || !isSequence(sequence) || checkDigits(place + device + sequence) !== check)
		return err({ type: 'not-a-case-number' });
	return ok(match[0] as CaseNumber);
}

/** Parts of a number that was parsed before. */
export function caseNumberParts(caseNumber: CaseNumber): CaseNumberParts {
	const [place = '', device = '', sequence = ''] = caseNumber.split('-');
	return { place, device, sequence: Number(sequence) };
}

/**
 * Finds the case number in what somebody typed or a scanner „typed“: lower case, blanks, lacking dashes, umlauts as AE OE UE,
 * O and I for 0 and 1, and a scanner on a US layout, which makes `ß` of `-` and swaps Y and Z. The check digits say which reading fits.
 * Separators, where there are any, decide where the parts end; without them a place as long as possible is read, so that the
 * counter is short: only a device with more than 9,999 requests could have two numbers that look the same without dashes.
 */
export function findCaseNumber(scanned: string): CaseNumber | null {
	if (scanned.length > MAX_INPUT_LENGTH) return null;
	const exact = parseCaseNumber(scanned.normalize('NFC').trim().toUpperCase());
	if (exact.ok && /[ÄÖÜ]/.test(exact.value)) return exact.value;
	const parts = partsOf(scanned);
	for (const variant of [parts, parts.map(swapYZ)]) {
		const found = variant.length === 4 ? readParts(variant) : null;
		if (found !== null) return found;
	}
	const plain = parts.join('');
	for (const variant of [plain, swapYZ(plain)]) {
		const found = readPlain(variant);
		if (found !== null) return found;
	}
	return null;
}

/** With umlauts as AE OE UE: what a QR code carries, since a scanner on a US layout types no umlaut. `findCaseNumber` undoes it. */
export const plainCaseNumber = (caseNumber: string): string => spellUmlauts(caseNumber.toUpperCase());

/** Five bits of each of the first four bytes; rolled again by the caller while a known device has the code. */
export const deviceCodeFromBytes = (bytes: Uint8Array): string =>
	Array.from(bytes.subarray(0, DEVICE_CODE_LENGTH), (byte) => DEVICE_CODE_ALPHABET.charAt(byte & 31)).join('');

export const isDeviceCode = (input: string): boolean => /^[0-9A-HJ-NP-X]{4}$/.test(input);

/** What stands between the separators, in capitals, umlauts spelled out. `ß` is a separator here; as a capital it would be SS. */
const partsOf = (input: string): string[] =>
	spellUmlauts(input.normalize('NFC').replaceAll(/[ßẞ]/g, '-').toUpperCase())
		.split(/[^A-Z0-9]+/)
		.filter((part) => part !== '');

const spellUmlauts = (text: string): string => text.replaceAll('Ä', 'AE').replaceAll('Ö', 'OE').replaceAll('Ü', 'UE');

const swapYZ = (text: string): string => text.replaceAll(/[YZ]/g, (letter) => (letter === 'Y' ? 'Z' : 'Y'));

/** I and O occur in place codes only; anywhere else somebody meant 1 and 0. */
const asDigits = (text: string): string => text.replaceAll('O', '0').replaceAll('I', '1');

function readParts([place = '', device = '', sequence = '', check = '']: readonly string[]): CaseNumber | null {
	const number = asDigits(sequence);
	if (!/^[0-9]+$/.test(number)) return null;
	return assemble(place, asDigits(device), number.padStart(4, '0'), asDigits(check));
}

function readPlain(plain: string): CaseNumber | null {
	for (let length = 6; length >= 1; length--) {
		const place = plain.slice(0, length);
		const match = /^[A-Z]+$/.test(place) ? PLAIN.exec(place + asDigits(plain.slice(length))) : null;
		const rest = asDigits(plain.slice(length));
		const found = match && assemble(place, rest.slice(0, 4), rest.slice(4, -2), rest.slice(-2));
		if (found) return found;
	}
	return null;
}

/** The strict number of these parts, its place as it is written on plates; null when the check digits or the shape do not fit. */
function assemble(place: string, device: string, sequence: string, check: string): CaseNumber | null {
	for (const written of placeSpellings(place)) {
		const parsed = parseCaseNumber(`${written}-${device}-${sequence}-${check}`);
		if (parsed.ok) return parsed.value;
	}
	return null;
}

/** Codes that really are written with these letters (Auerbach, Coesfeld, Olpe, Uelzen, Uecker); in all others AE OE UE stand for umlauts. */
const WITHOUT_UMLAUT: ReadonlySet<string> = new Set(['AE', 'COE', 'OE', 'UE', 'UEM', 'UER']);

function placeSpellings(place: string): readonly string[] {
	const umlaut = place.replaceAll('AE', 'Ä').replaceAll('OE', 'Ö').replaceAll('UE', 'Ü');
	return umlaut === place || WITHOUT_UMLAUT.has(place) ? [place] : [umlaut, place];
}

/** Longer than four digits only without a leading zero, so that a number has one spelling; 0000 is none. */
const isSequence = (digits: string): boolean => Number(digits) > 0 && (digits.length === 4 || !digits.startsWith('0'));

function checkDigits(body: string): string {
	let remainder = 0;
	for (const character of `${partsOf(body).join('')}00`) {
		const value = Number.parseInt(character, 36);
		remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
	}
	return String(98 - remainder).padStart(2, '0');
}
