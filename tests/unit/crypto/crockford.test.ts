/** Codes that people read, type and misread. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeGrouped, isSameGroup, lastGroup, parseGrouped } from '$lib/crypto/crockford';
import { err, ok } from '$lib/domain/result';

const RUNS = Number(process.env.RUNS ?? 100);
const SEED = process.env.SEED === undefined ? undefined : Number(process.env.SEED);
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const code = fc.uint8Array({ minLength: 16, maxLength: 16 });

const EXAMPLE = Uint8Array.from({ length: 16 }, (_, i) => i * 17);
const replaceAt = (text: string, at: number, character: string) => text.slice(0, at) + character + text.slice(at + 1);

describe('a grouped code', () => {
	it('has the same characters for ever, since it is printed on paper', () => {
		expect(encodeGrouped(EXAMPLE)).toEqual(['008J4', 'CT4AN', 'K7F24', 'SNAXW', 'SQFEZ', 'WM8FP']);
	});

	it('comes back as it went, whatever the 128 bits are', () => {
		fc.assert(
			fc.property(code, (bytes) => {
				const groups = encodeGrouped(bytes);
				expect(groups).toHaveLength(6);
				expect(groups.every((group) => /^[0-9A-HJKMNP-TV-Z]{5}$/.test(group))).toBe(true);
				expect(parseGrouped(groups.join('-'))).toEqual(ok(bytes));
			}),
			{ numRuns: RUNS, seed: SEED }
		);
	});

	it('is read in small letters, with blanks, dashes, and O, I, L for the digits they look like', () => {
		const zeros = encodeGrouped(new Uint8Array(16)).join('');
		expect(parseGrouped(zeros.replaceAll('0', 'o').toLowerCase())).toEqual(ok(new Uint8Array(16)));
		const text = encodeGrouped(EXAMPLE).join(' – ').toLowerCase();
		expect(parseGrouped(`  ${text}\n`)).toEqual(ok(EXAMPLE));
		const ones = encodeGrouped(Uint8Array.of(8, 66, 16, 132, 33, 8, 66, 16, 132, 33, 8, 66, 16, 132, 33, 8)).join('');
		expect(ones).toContain('1111');
		expect(parseGrouped(ones.replace('1', 'I').replace('1', 'l'))).toEqual(parseGrouped(ones));
		expect(parseGrouped(ones).ok).toBe(true);
	});

	it('names the group of any one wrong character', () => {
		fc.assert(
			fc.property(code, fc.nat(29), fc.nat(31), (bytes, at, symbol) => {
				const text = encodeGrouped(bytes).join('');
				const character = ALPHABET[symbol] ?? '';
				fc.pre(text[at] !== character);
				expect(parseGrouped(replaceAt(text, at, character))).toEqual(
					err({ type: 'malformed-code', group: Math.floor(at / 5) })
				);
			}),
			{ numRuns: RUNS, seed: SEED }
		);
	});

	it('finds any two to four wrong characters, and never gives another code for them', () => {
		const wrong = fc.uniqueArray(fc.tuple(fc.nat(29), fc.integer({ min: 1, max: 31 })), {
			minLength: 2,
			maxLength: 4,
			selector: ([at]) => at
		});
		fc.assert(
			fc.property(code, wrong, (bytes, changes) => {
				let text = encodeGrouped(bytes).join('');
				for (const [at, by] of changes)
					text = replaceAt(text, at, ALPHABET[(ALPHABET.indexOf(text[at] ?? '') + by) % 32] ?? '');
				expect(parseGrouped(text).ok).toBe(false);
			}),
			{ numRuns: RUNS, seed: SEED }
		);
	});

	it('finds every swap of neighbours', () => {
		const text = encodeGrouped(EXAMPLE).join('');
		for (let i = 0; i < 29; i++) {
			const swapped = text.slice(0, i) + (text[i + 1] ?? '') + (text[i] ?? '') + text.slice(i + 2);
			if (swapped !== text)
				expect(parseGrouped(swapped), `swap at ${i}`).toEqual(expect.objectContaining({ ok: false }));
		}
	});

	it('names the group of a character that no code has', () => {
		const text = encodeGrouped(EXAMPLE).join('');
		expect(parseGrouped(replaceAt(text, 12, 'U'))).toEqual(err({ type: 'malformed-code', group: 2 }));
		expect(parseGrouped(replaceAt(text, 29, 'ß'))).toEqual(err({ type: 'malformed-code' }));
	});

	it.each(['', '12345', 'Z'.repeat(30), '0'.repeat(31), '0'.repeat(29)])('refuses %j', (text) => {
		expect(parseGrouped(text).ok).toBe(false);
	});

	it('has a last group that is compared as tolerantly as it is read', () => {
		const groups = encodeGrouped(EXAMPLE);
		expect(lastGroup(groups)).toBe(groups[5]);
		expect(isSameGroup(` ${(groups[5] ?? '').toLowerCase()} `, groups[5] ?? '')).toBe(true);
		expect(isSameGroup(groups[4] ?? '', groups[5] ?? '')).toBe(false);
		expect(isSameGroup('', groups[5] ?? '')).toBe(false);
	});
});
