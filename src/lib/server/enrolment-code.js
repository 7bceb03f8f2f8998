/** Betriebscodes: made to be typed, forgiving when read, kept as a hash. Plain JavaScript: `scripts/code.js` uses it too. */
import { createHash, randomInt } from 'node:crypto';

/** Crockford's base32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 4;
const GROUP_LENGTH = 4;
/** Shorter ones could be guessed, however slowly the server answers. */
export const MIN_CODE_LENGTH = 8;

/** 80 random bits as four groups of four, e.g. `7KXM-0RT4-9HQ2-BD5W`. */
export function makeEnrolmentCode() {
	const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
	return Array.from({ length: GROUPS }, group).join('-');
}

/**
 * What counts of a code as typed: case, blanks and dashes do not, O is 0, I and L are 1.
 * @param {string} typed
 */
export const normaliseEnrolmentCode = (typed) =>
	typed
		.toUpperCase()
		.replaceAll(/[^0-9A-Z]/g, '')
		.replaceAll('O', '0')
		.replaceAll(/[IL]/g, '1');

/**
 * As kept: SHA-256 in hex.
 * @param {string} typed
 */
export const hashEnrolmentCode = (typed) =>
	createHash('sha256')
		.update(`notschalter-betriebscode:${normaliseEnrolmentCode(typed)}`)
		.digest('hex');
