/** Bytes of unknown encodings. */
import { describe, expect, it } from 'vitest';
import { decodeText } from '$lib/import/text-decoding';
import { utf16, windows1252 } from '../../fixtures/import/encodings';

const TEXT = 'Datum;Name;Gebühr\r\n3.11.2025;Müller-Groß;10 €\r\n';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('text', () => {
	it.each([
		['UTF-8', utf8(TEXT)],
		['UTF-8 with a mark', utf8(`\uFEFF${TEXT}`)],
		['UTF-16 LE with a mark', utf16(`\uFEFF${TEXT}`, true)],
		['UTF-16 BE with a mark', utf16(`\uFEFF${TEXT}`, false)],
		['UTF-16 LE without a mark', utf16(TEXT, true)],
		['UTF-16 BE without a mark', utf16(TEXT, false)],
		['Windows-1252', windows1252(TEXT)]
	])('is found in %s', (_, bytes) => expect(decodeText(bytes)).toBe(TEXT));

	it('holds all of Windows-1252, the quotes of Word and the places nobody took', () => {
		const bytes = Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index);
		expect(decodeText(bytes)).toBe('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ');
	});

	it('is long', () => expect(decodeText(windows1252('ä'.repeat(20_000)))).toBe('ä'.repeat(20_000)));
	it('may be nothing, half a mark, half a character', () => {
		expect(decodeText(new Uint8Array())).toBe('');
		expect(decodeText(Uint8Array.of(0xef, 0xbb))).toBe('ï»');
		expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x41))).toBe('\uFFFD');
	});
});
