/** A text or key → all the ways in which it may lie on a disk. */
import { searchForm } from '../../src/lib/domain/search-key';

export interface Needle {
	/** What it is, for the report. */
	readonly name: string;
	readonly bytes: Uint8Array;
	/** Digits alone: counts only where no further digit stands beside it. */
	readonly digits: boolean;
}

/** Shorter texts are found by chance in a browser's profile. */
const LEAST_LENGTH = 5;

/** The text, its normal and search forms, in small and capital letters and without signs, in every encoding. */
export function textNeedles(text: string): Needle[] {
	const forms = [text, text.normalize('NFC'), text.normalize('NFD'), searchForm(text), withoutSigns(text)];
	const cased = forms.flatMap((form) => [form, form.toLowerCase(), form.toUpperCase()]);
	const long = [...new Set(cased)].filter((form) => form.length >= LEAST_LENGTH);
	const needles = long.flatMap((form) =>
		encodingsOf(form).map(([encoding, bytes]) => ({ name: `${text} (${encoding})`, bytes }))
	);
	return unique(needles);
}

/** Raw, in hexadecimal and in base64. */
export function byteNeedles(name: string, bytes: Uint8Array): Needle[] {
	const hex = Buffer.from(bytes).toString('hex');
	const forms: Encoded[] = [['raw', bytes], ...base64Of(bytes)];
	for (const text of [hex, hex.toUpperCase()])
		forms.push(['hex', Buffer.from(text)], ['hex', Buffer.from(text, 'utf16le')]);
	return unique(forms.map(([form, part]) => ({ name: `${name} (${form})`, bytes: part })));
}

type Encoded = readonly [encoding: string, bytes: Uint8Array];

const withoutSigns = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

function encodingsOf(text: string): Encoded[] {
	const utf8 = Buffer.from(text, 'utf8');
	const utf16 = Buffer.from(text, 'utf16le');
	const percent = encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'));
	return [
		['utf-8', utf8],
		['utf-16le', utf16],
		['utf-16be', Buffer.from(utf16).swap16()],
		// V8 writes strings without further letters in one byte each.
		['latin-1', [...text].every((letter) => letter.charCodeAt(0) < 256) ? Buffer.from(text, 'latin1') : utf8],
		['json', Buffer.from(text.replace(/[^\x20-\x7e]/g, (letter) => `\\u${hexOf(letter)}`))],
		['percent', Buffer.from(percent)],
		['percent', Buffer.from(percent.replace(/%../g, (code) => code.toLowerCase()))],
		['form', Buffer.from(percent.replaceAll('%20', '+'))],
		['hex', Buffer.from(utf8.toString('hex'))],
		...base64Of(utf8),
		...base64Of(utf16)
	];
}

const hexOf = (letter: string): string => letter.charCodeAt(0).toString(16).padStart(4, '0');

/** In base64 a text looks otherwise at each of three alignments, and its neighbours have a share in its first and last sign. */
function base64Of(bytes: Uint8Array): Encoded[] {
	return [0, 1, 2].flatMap((before): Encoded[] => {
		const whole = Buffer.concat([new Uint8Array(before), bytes]);
		const own = whole.toString('base64').slice(signsOf(before, Math.ceil), signsOf(whole.length, Math.floor));
		return [
			['base64', Buffer.from(own)],
			['base64', Buffer.from(own.replaceAll('+', '-').replaceAll('/', '_'))],
			['base64 in utf-16', Buffer.from(own, 'utf16le')]
		];
	});
}

const signsOf = (bytes: number, round: (signs: number) => number): number => round((bytes * 8) / 6);

function unique(named: readonly Pick<Needle, 'name' | 'bytes'>[]): Needle[] {
	const byBytes = new Map(named.map((needle) => [Buffer.from(needle.bytes).toString('latin1'), needle]));
	return [...byBytes].map(([bytes, needle]) => ({ ...needle, digits: /^[0-9]+$/.test(bytes) }));
}
