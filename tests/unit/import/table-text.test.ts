/** Text tables: delimiters, quotes, and rows that are broken. */
import { describe, expect, it } from 'vitest';
import { MAX_IMPORT_ENTRIES } from '$lib/domain/appointment-import';
import { err, ok } from '$lib/domain/result';
import { readTextTable } from '$lib/import/table-text';

const cellsOf = (text: string): readonly (readonly string[])[] => {
	const reading = readTextTable(text);
	if (!reading.ok) throw new Error(reading.error);
	return reading.value.rows.map(({ cells }) => cells);
};

describe('the delimiter', () => {
	it.each([
		['semicolons', 'Datum;Name\n3.11.2025;Mustermann, Erika\n3.11.2025;Muster, Max\n'],
		['commas', 'Datum,Name\n3.11.2025,"Mustermann, Erika"\n3.11.2025,"Muster, Max"\n'],
		['tabs', 'Datum\tName\n3.11.2025\tMustermann, Erika\n3.11.2025\tMuster, Max\n'],
		['pipes', 'Datum|Name\n3.11.2025|Mustermann, Erika\n3.11.2025|Muster, Max\n'],
		['what Excel says it is', 'sep=#\nDatum#Name\n3.11.2025#Mustermann, Erika\n3.11.2025#Muster, Max\n']
	])('is found: %s', (_, text) => {
		expect(cellsOf(text)).toEqual([
			['Datum', 'Name'],
			['3.11.2025', 'Mustermann, Erika'],
			['3.11.2025', 'Muster, Max']
		]);
	});

	it('is the one that parts all rows alike, not the most frequent one', () => {
		expect(cellsOf('Termine, Bürgeramt, Mitte\n\na;b\n1,2,3,4;x\n1,2,3;y\n1,2;z\n')[2]).toEqual(['1,2,3,4', 'x']);
	});

	it('is none where there is one column', () => expect(cellsOf('eins\nzwei\n')).toEqual([['eins'], ['zwei']]));
});

describe('quotes', () => {
	it('hold delimiters, line ends and quotes', () => {
		expect(cellsOf('a;b;c\r\n"x;y";"eins\r\nzwei";"Max ""der"" Muster"\r\n')).toEqual([
			['a', 'b', 'c'],
			['x;y', 'eins\r\nzwei', 'Max "der" Muster']
		]);
	});

	it('that open and never close cost their own line only', () => {
		expect(readTextTable('a;b;c\n1;"x;3\n2;y;4\n3;z;5\n')).toEqual(
			ok({
				rows: [
					{ at: 1, cells: ['a', 'b', 'c'] },
					{ at: 3, cells: ['2', 'y', '4'] },
					{ at: 4, cells: ['3', 'z', '5'] }
				],
				broken: [{ at: 2, reason: 'broken-row', excerpt: '1;"x;3' }]
			})
		);
	});

	it('that open by a slip do not swallow the rows up to the next quoted cell', () => {
		expect(readTextTable('a;b;c\n1;"x;3\n2;y;4\n3;"z";5\n')).toEqual(
			ok({
				rows: [
					{ at: 1, cells: ['a', 'b', 'c'] },
					{ at: 3, cells: ['2', 'y', '4'] },
					{ at: 4, cells: ['3', 'z', '5'] }
				],
				broken: [{ at: 2, reason: 'broken-row', excerpt: '1;"x;3' }]
			})
		);
	});

	it('that nobody doubled stay in their cell', () => {
		expect(cellsOf('a;b\n"Max "der" Muster";2\n')).toEqual([
			['a', 'b'],
			['Max "der" Muster', '2']
		]);
	});
});

describe('rows', () => {
	it('count as the file shows them, empty ones left out', () => {
		expect(readTextTable('\r\na;b\r\n;\r\n"1\r\n2";3\r\n\r\n4;5')).toEqual(
			ok({
				rows: [
					{ at: 2, cells: ['a', 'b'] },
					{ at: 4, cells: ['1\r\n2', '3'] },
					{ at: 6, cells: ['4', '5'] }
				],
				broken: []
			})
		);
	});

	it('may be ragged', () =>
		expect(cellsOf('a;b;c\n1;2\n1;2;3;4\n')).toEqual([
			['a', 'b', 'c'],
			['1', '2'],
			['1', '2', '3', '4']
		]));

	it.each(['', '\uFEFF', ' \n\n;;\n', 'sep=;\n'])('are none in %j', (text) =>
		expect(readTextTable(text)).toEqual(err('empty'))
	);

	it('are not taken without limit', () => {
		expect(readTextTable('a;b\n'.repeat(MAX_IMPORT_ENTRIES + 101))).toEqual(err('too-many-rows'));
	});

	it('end with a bare carriage return too', () =>
		expect(cellsOf('a;b\rc;d')).toEqual([
			['a', 'b'],
			['c', 'd']
		]));
});
