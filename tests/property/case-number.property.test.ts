/** Laws of case numbers: built ones are found again however mangled, and slips of the pen are noticed. */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { buildCaseNumber, DEVICE_CODE_ALPHABET, findCaseNumber, parseCaseNumber } from '$lib/domain/case-number';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT_MS } from '../fixtures/arbitraries';

vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });

const letters = (alphabet: string, minLength: number, maxLength: number) =>
	fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength });
/** Without A, O, U before E, and without umlauts that are no code but look like one (UE is Uelzen): those are tested by name. */
const place = letters('ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ', 1, 3).filter(
	(code) => !/[AOU]E/.test(code) && !/^(?:Ä|C?Ö|Ü[MR]?)$/.test(code)
);
const device = letters(DEVICE_CODE_ALPHABET, 4, 4);
const sequence = fc.integer({ min: 1, max: 9_999 });
const number = fc.tuple(place, device, sequence).map(([p, d, s]) => buildCaseNumber(p, d, s));

it('reads every number it builds', () => {
	fc.assert(
		fc.property(number, (built) => {
			expect(parseCaseNumber(built)).toEqual({ ok: true, value: built });
		}),
		PROPERTY_RUNS
	);
});

it('finds every number in what a scanner on the wrong layout makes of it', () => {
	const swap = (text: string) => text.replaceAll(/[YZ]/g, (letter) => (letter === 'Y' ? 'Z' : 'Y'));
	const mangle = fc.constantFrom<(text: string) => string>(
		(text) => text,
		(text) => text.toLowerCase(),
		(text) => text.replaceAll('-', 'ß'),
		(text) => swap(text).replaceAll('-', 'ß').toLowerCase(),
		(text) => text.replaceAll('-', ' '),
		(text) => text.replaceAll('Ä', 'AE').replaceAll('Ö', 'OE').replaceAll('Ü', 'UE')
	);
	fc.assert(
		fc.property(number, mangle, (built, mangled) => {
			expect(findCaseNumber(mangled(built))).toBe(built);
		}),
		PROPERTY_RUNS
	);
});

it('notices every wrong digit and every wrong letter', () => {
	fc.assert(
		fc.property(number, fc.nat(), fc.nat(), (built, position, other) => {
			const at = position % built.length;
			const alphabet = /\d/.test(built.charAt(at)) ? '0123456789' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
			const wrong = alphabet.charAt(other % alphabet.length);
			fc.pre(/[0-9A-Z]/.test(built.charAt(at)) && wrong !== built.charAt(at));
			expect(parseCaseNumber(built.slice(0, at) + wrong + built.slice(at + 1)).ok).toBe(false);
		}),
		PROPERTY_RUNS
	);
});

it('notices every swap of two neighbours but B1, M2 and X3, whose values are the same either way round', () => {
	fc.assert(
		fc.property(number, fc.nat(), (built, position) => {
			const at = position % (built.length - 1);
			const pair = built.slice(at, at + 2);
			const swapped = pair.charAt(1) + pair.charAt(0);
			fc.pre(/^[0-9A-Z]{2}$/.test(pair) && pair !== swapped && !/B1|M2|X3|1B|2M|3X/.test(pair));
			expect(parseCaseNumber(built.slice(0, at) + swapped + built.slice(at + 2)).ok).toBe(false);
		}),
		PROPERTY_RUNS
	);
});

it('answers any text with a number or null, and a found number is a real one', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
			const found = findCaseNumber(text);
			expect(found === null || parseCaseNumber(found).ok).toBe(true);
		}),
		PROPERTY_RUNS
	);
});
