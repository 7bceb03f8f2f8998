/** Laws of reading tables: what a spreadsheet writes is read back, a broken row costs no other, and nothing throws. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it, vi } from 'vitest';
import { htmlTokens } from '$lib/import/html-tokens';
import { readHtmlTable } from '$lib/import/html-table';
import { readImport, readPasted } from '$lib/import/read-import';
import { readTextTable } from '$lib/import/table-text';
import { decodeText } from '$lib/import/text-decoding';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT_MS } from '../fixtures/arbitraries';
import { utf16, windows1252 } from '../fixtures/import/encodings';
import { OPTIONS } from '../fixtures/import/tables';
import { textRow, workbook } from '../fixtures/import/workbook';

vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });

const ENCODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
	'utf-8': (text) => new TextEncoder().encode(text),
	'utf-8 with a mark': (text) => new TextEncoder().encode(`\uFEFF${text}`),
	'utf-16le with a mark': (text) => utf16(`\uFEFF${text}`, true),
	'utf-16be with a mark': (text) => utf16(`\uFEFF${text}`, false),
	'windows-1252': windows1252
};
const HEADER = ['Datum', 'Uhrzeit', 'Name', 'Gebühr'];
const cell = fc.string({ unit: fc.constantFrom(...'ab0 ;,\t|"\'\n\räÖß€=.:'), maxLength: 12 });
const rows = fc.array(
	fc.tuple(
		cell,
		cell,
		cell,
		cell.map((text) => `${text}x`)
	),
	{ minLength: 1, maxLength: 12 }
);

/** The delimiter that a reader must find, as long as the cells themselves do not make a table of their own. */
const cellsOf = (text: string): readonly (readonly string[])[] => {
	const reading = readTextTable(text);
	if (!reading.ok) throw new Error(reading.error);
	expect(reading.value.broken).toEqual([]);
	return reading.value.rows.map(({ cells }) => cells);
};

describe('a text table', () => {
	it('is read back cell by cell, by any delimiter and from any encoding', () => {
		const written = fc.tuple(
			rows,
			fc.constantFrom(';', ',', '\t', '|'),
			fc.constantFrom(...Object.keys(ENCODINGS)),
			fc.boolean()
		);
		fc.assert(
			fc.property(written, ([given, delimiter, encoding, quotes]) => {
				const text = Papa.unparse([HEADER, ...given], { delimiter, quotes, newline: '\r\n' });
				expect(cellsOf(decodeText(ENCODINGS[encoding]?.(text) ?? new Uint8Array()))).toEqual([HEADER, ...given]);
			}),
			PROPERTY_RUNS
		);
	});

	it('with one row whose quote stays open gives all the others, with their numbers', () => {
		const plain = fc.string({ unit: fc.constantFrom(...'ab0 äÖß.:\'"\n'), maxLength: 8 }).map((text) => `x${text}`);
		const given = fc.array(fc.tuple(plain, plain, plain), { minLength: 2, maxLength: 12 });
		fc.assert(
			fc.property(given, fc.nat(), (table, at) => {
				const lines = table.map((row) => Papa.unparse([row], { delimiter: ';' }));
				const place = at % (table.length + 1);
				const text = ['a;b;c', ...lines.slice(0, place), '1;"offen;3', ...lines.slice(place)].join('\r\n');
				const reading = readTextTable(text);
				if (!reading.ok) throw new Error(reading.error);
				expect(reading.value.broken).toEqual([{ at: place + 2, reason: 'broken-row', excerpt: '1;"offen;3' }]);
				expect(reading.value.rows.slice(1)).toEqual(
					table.map((cells, index) => ({ at: index + (index < place ? 2 : 3), cells }))
				);
			}),
			PROPERTY_RUNS
		);
	});

	it('with one row that makes no sense gives all the other appointments', async () => {
		const nonsense = fc.constantFrom(
			'31.02.2025;9:30;Nirgends',
			'3.11.2025;25:00;Nie',
			';;',
			'x',
			'"',
			';9:30;Wer',
			'3.11.2025;9:30;'
		);
		await fc.assert(
			fc.asyncProperty(fc.nat({ max: 5 }), nonsense, async (place, row) => {
				const sound = Array.from({ length: 5 }, (_, index) => `3.11.2025;${index + 8}:30;Muster ${index}`);
				const text = ['Datum;Uhrzeit;Name', ...sound.slice(0, place), row, ...sound.slice(place)].join('\n');
				const reading = await readImport(new TextEncoder().encode(text), 'a.csv', OPTIONS);
				if (reading.type !== 'read') throw new Error(JSON.stringify(reading));
				expect(reading.entries.map(({ facts }) => `${facts.time} ${facts.name}`)).toEqual(
					sound.map((_, index) => `${String(index + 8).padStart(2, '0')}:30 Muster ${index}`)
				);
				expect(reading.problems.length).toBe(row === ';;' ? 0 : 1);
			}),
			PROPERTY_RUNS
		);
	});
});

describe('a table of HTML', () => {
	it('is read back cell by cell', () => {
		const escape = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
		const words = fc.string({ unit: fc.constantFrom(...'abäÖ0<>&"\';/!-'), minLength: 1, maxLength: 10 });
		fc.assert(
			fc.property(fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 8 }), (given) => {
				const html = given
					.map(([a, b]) => `<tr><td>${escape(a)}</td>\n<td style="x>y">${escape(b)}</td></tr>`)
					.join('');
				const reading = readHtmlTable(`<table>${html}</table>`);
				expect(reading.ok && reading.value.rows.map(({ cells }) => cells)).toEqual(given);
			}),
			PROPERTY_RUNS
		);
	});

	it('of any characters ends', () => {
		const soup = fc.array(
			fc.constantFrom(
				'<table>',
				'<tr>',
				'<td>',
				'</td>',
				'</table>',
				'<!--',
				'-->',
				'<script>',
				'<',
				'>',
				'"',
				'&',
				'&#x41;',
				'a',
				'<td colspan="3'
			),
			{ maxLength: 60 }
		);
		fc.assert(
			fc.property(soup, (parts) => {
				expect(() => [...htmlTokens(parts.join(''))]).not.toThrow();
				expect(typeof readHtmlTable(parts.join('')).ok).toBe('boolean');
			}),
			PROPERTY_RUNS
		);
	});
});

describe('whatever comes', () => {
	const sound = workbook({
		sheets: [{ name: 'T', rows: textRow(1, ['Datum', 'Name']) + textRow(2, ['3.11.2025', 'Muster']) }]
	});
	const prefix = fc.constantFrom<readonly number[]>(
		[],
		[0x50, 0x4b, 3, 4],
		[0xd0, 0xcf, 0x11, 0xe0],
		[0xff, 0xfe],
		[0xfe, 0xff],
		[0x7b],
		[0x3c],
		[0xef, 0xbb, 0xbf]
	);

	it('is reported on, and never thrown at anybody', async () => {
		await fc.assert(
			fc.asyncProperty(prefix, fc.uint8Array({ maxLength: 400 }), fc.string(), async (start, bytes, name) => {
				const reading = await readImport(Uint8Array.from([...start, ...bytes]), name, OPTIONS);
				expect(['read', 'needs-mapping', 'needs-date', 'unreadable']).toContain(reading.type);
			}),
			PROPERTY_RUNS
		);
	});

	it('may be a workbook with bytes changed', async () => {
		const changes = fc.array(fc.tuple(fc.nat({ max: sound.length - 1 }), fc.nat({ max: 255 })), {
			minLength: 1,
			maxLength: 6
		});
		await fc.assert(
			fc.asyncProperty(changes, async (changed) => {
				const bytes = sound.slice();
				for (const [at, value] of changed) bytes[at] = value;
				expect(['read', 'needs-mapping', 'needs-date', 'unreadable']).toContain(
					(await readImport(bytes, '', OPTIONS)).type
				);
			}),
			PROPERTY_RUNS
		);
	});

	it('may be pasted', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (text, html) => {
				const reading = await readPasted({ text, html: `<table>${html}` }, OPTIONS);
				expect(['read', 'needs-mapping', 'needs-date', 'unreadable']).toContain(reading.type);
			}),
			PROPERTY_RUNS
		);
	});
});
