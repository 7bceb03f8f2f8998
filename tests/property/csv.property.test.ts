/** Laws of the CSV: a reader by RFC 4180 gets the cells back, and no cell begins like a formula. */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { csvOf } from '$lib/domain/csv';
import { HOSTILE_TEXTS } from '../fixtures/hostile-texts';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT_MS } from '../fixtures/arbitraries';

vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });

const cell = fc.string({ unit: fc.constantFrom(...'=+-@＝－\t\r\n;"\'aÄ0 ,'), maxLength: 8 });
const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

/** Reads character by character, as RFC 4180 says it, with `;` for the comma. */
function readCsv(text: string): string[][] {
	const found: string[][] = [];
	let row: string[] = [];
	let value = '';
	let quoted = false;
	for (let i = 1; i < text.length; i++) {
		const character = text.charAt(i);
		if (quoted && character === '"' && text.charAt(i + 1) === '"') value += text.charAt(i++);
		else if (character === '"') quoted = !quoted;
		else if (!quoted && character === ';') {
			row.push(value);
			value = '';
		} else if (!quoted && character === '\r' && text.charAt(i + 1) === '\n') {
			found.push([...row, value]);
			row = [];
			value = '';
			i++;
		} else value += character;
	}
	return found;
}

it('gives every cell back, with an apostrophe before what looks like a formula', () => {
	fc.assert(
		fc.property(rows, (given) => {
			const expected = given.map((row) => row.map((text) => (/^[=+\-@＝－\t\r\n]/.test(text) ? `'${text}` : text)));
			expect(readCsv(csvOf(given))).toEqual(expected);
		}),
		PROPERTY_RUNS
	);
});

it('gives hostile texts back, and lets none of them begin a formula', () => {
	const texts = Object.values(HOSTILE_TEXTS);
	const cells = readCsv(csvOf([texts])).flat();
	expect(cells.map((text, at) => (text === texts[at] ? text : text.slice(1)))).toEqual(texts);
	for (const text of cells) expect(text).not.toMatch(/^[=+\-@＝＋－＠\t\r\n]/);
});
