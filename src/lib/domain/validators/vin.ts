/** FIN (Fahrzeug-Identifizierungsnummer), field E of the ZB I: 17 characters by ISO 3779. */
import { compactUpper, failed, passed, type CheckContext, type Checked, type Finding } from './finding';

const LENGTH = 17;
/** ISO 3779 came into law in 1981; before, numbers of every length were stamped in. */
const FIRST_STANDARD_YEAR = '1981';
const MISREAD: { readonly [character: string]: string } = { I: '1', O: '0', Q: '0' };
/** First characters of makers in the USA, Canada and China, where the ninth one is a check digit by law. */
const CHECKED_ORIGIN = /^[1245L]/;

/**
 * Error: a character that never occurs, or another length. A vehicle from before 1981 (`firstRegistration` among the
 * answers) may have any chassis number. A wrong check digit is a hint, and only where makers have to set one.
 */
export function checkVin(input: string, context: Pick<CheckContext, 'answers'>): Checked {
	const value = compactUpper(input);
	if (value === '') return passed('');
	const firstRegistration = context.answers['firstRegistration'] ?? '';
	const old = firstRegistration !== '' && firstRegistration < FIRST_STANDARD_YEAR;
	if (old && !isVin(value) && /^[A-Z0-9/.-]{1,25}$/.test(value)) return passed(value, { rule: 'vin-old' });
	const wrong = [...new Set(value.replace(/[A-HJ-NPR-Z0-9]/g, ''))];
	if (wrong.length > 0) return failed(value, wrongCharacters(value, wrong));
	if (value.length !== LENGTH) return failed(value, { rule: 'vin-length', details: { count: String(value.length) } });
	if (CHECKED_ORIGIN.test(value) && !hasUsCheckDigit(value)) return passed(value, { rule: 'vin-check-digit' });
	return passed(value);
}

const isVin = (value: string): boolean => /^[A-HJ-NPR-Z0-9]{17}$/.test(value);

function wrongCharacters(value: string, wrong: readonly string[]): Finding {
	const mended = value.replace(/[IOQ]/g, (character) => MISREAD[character] ?? character).replace(/-/g, '');
	const finding: Finding = { rule: 'vin-characters', details: { characters: wrong.join(' ') } };
	return isVin(mended) ? { ...finding, proposals: [mended] } : finding;
}

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
/** Values of the letters A–Z in the sum; I, O and Q do not occur. */
const LETTER_VALUES = [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9];

/** Ninth character by 49 CFR 565: weighted sum mod 11, X for 10. The value is a FIN by its form. */
export function hasUsCheckDigit(value: string): boolean {
	const sum = [...value].reduce((total, character, index) => total + valueOf(character) * (WEIGHTS[index] ?? 0), 0);
	const rest = sum % 11;
	return value[8] === (rest === 10 ? 'X' : String(rest));
}

const valueOf = (character: string): number =>
	/\d/.test(character) ? Number(character) : (LETTER_VALUES[character.charCodeAt(0) - 65] ?? 0);
