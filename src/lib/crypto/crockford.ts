/** 128 bits as people read and type them: six groups of five Crockford base32 characters, the last four of them checks. */
import { err, ok, type Result } from '$lib/domain/result';
import { checkSymbols, locateError } from './base32-check';
import type { Bytes } from './bytes';

export interface MalformedCode {
	readonly type: 'malformed-code';
	/** Index (0–5) of the group to look at again, where it can be told. */
	readonly group?: number;
}

/** No I, L, O, U: the first three look like digits, the last is left out as in Crockford's table. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_BYTES = 16;
const DATA_SYMBOLS = 26;
const CHECK_SYMBOLS = 4;
const GROUP_LENGTH = 5;
export const CODE_LENGTH = DATA_SYMBOLS + CHECK_SYMBOLS;

/** 16 bytes → 6 groups of 5: 26 characters carry the 128 bits (two bits of padding), 4 are Reed–Solomon checks over them. */
export function encodeGrouped(bytes: Uint8Array): string[] {
	if (bytes.length !== CODE_BYTES) throw new Error(`a code holds ${CODE_BYTES} bytes`);
	const data = symbolsOf(bytes);
	const text = [...data, ...checkSymbols(data)].map((symbol) => ALPHABET[symbol]).join('');
	return Array.from({ length: CODE_LENGTH / GROUP_LENGTH }, (_, i) =>
		text.slice(i * GROUP_LENGTH, (i + 1) * GROUP_LENGTH)
	);
}

/** The group that is typed in again to confirm that a code was written down. */
export const lastGroup = (groups: readonly string[]): string => groups[groups.length - 1] ?? '';

/** Whether what was typed is this group; as tolerant as `parseGrouped`. */
export const isSameGroup = (typed: string, group: string): boolean => normalised(typed) === normalised(group);

/**
 * Reads a code as typed: case, blanks and dashes do not matter; O is 0, I and L are 1.
 * Up to four wrong characters are found for certain, more with odds of a million to one; nothing is ever corrected,
 * since a key that was guessed is no key. Where exactly one is wrong, its group is named.
 */
export function parseGrouped(text: string): Result<Bytes, MalformedCode> {
	const characters = [...normalised(text)];
	const symbols = characters.map((character) => ALPHABET.indexOf(character));
	const unknown = symbols.indexOf(-1);
	if (unknown !== -1) return malformed(unknown);
	if (symbols.length !== CODE_LENGTH) return err({ type: 'malformed-code' });
	const check = locateError(symbols);
	if (check.type === 'one-wrong') return malformed(check.position);
	const bytes = bytesOf(symbols.slice(0, DATA_SYMBOLS));
	if (check.type !== 'intact' || !bytes) return err({ type: 'malformed-code' });
	return ok(bytes);
}

const malformed = (position: number): Result<never, MalformedCode> =>
	position < CODE_LENGTH
		? err({ type: 'malformed-code', group: Math.floor(position / GROUP_LENGTH) })
		: err({ type: 'malformed-code' });

const normalised = (text: string): string =>
	text
		.toUpperCase()
		.replace(/[\s\-–—.]/gu, '')
		.replaceAll('O', '0')
		.replace(/[IL]/gu, '1');

function symbolsOf(bytes: Uint8Array): number[] {
	const symbols: number[] = [];
	let held = 0;
	let bits = 0;
	for (const byte of bytes) {
		held = (held << 8) | byte;
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			symbols.push((held >> bits) & 31);
			held &= (1 << bits) - 1;
		}
	}
	if (bits > 0) symbols.push((held << (5 - bits)) & 31);
	return symbols;
}

/** null when the two bits of padding are not zero. */
function bytesOf(symbols: readonly number[]): Bytes | null {
	const bytes = new Uint8Array(CODE_BYTES);
	let held = 0;
	let bits = 0;
	let at = 0;
	for (const symbol of symbols) {
		held = (held << 5) | symbol;
		bits += 5;
		if (bits < 8) continue;
		bits -= 8;
		bytes[at++] = held >> bits;
		held &= (1 << bits) - 1;
	}
	return held === 0 ? bytes : null;
}
