/** Workbooks: what a person sees in them, and what they may not do to us. */
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { err, ok } from '$lib/domain/result';
import { readWorkbook } from '$lib/import/xlsx';
import { textRow, workbook, type WorkbookParts } from '../../fixtures/import/workbook';

const rowsOf = (rows: string, more: Partial<WorkbookParts> = {}): readonly (readonly string[])[] => {
	const reading = readWorkbook(workbook({ sheets: [{ name: 'Tabelle1', rows }], ...more }));
	if (!reading.ok) throw new Error(reading.error);
	return reading.value.rows.map(({ cells }) => cells);
};
const cell = (value: string, style = 0, type = 'n'): string => `<c s="${style}" t="${type}"><v>${value}</v></c>`;

describe('cells', () => {
	it.each([
		['a date', cell('45964', 1), '2025-11-03'],
		['a time', cell('0.395833333333333', 2), '09:30:00'],
		['a date and a time', cell('45964.3958333333', 3), '2025-11-03T09:30:00'],
		['a span of time', cell('1.10416666666667', 4), '26:30:00'],
		['a date in words', cell('45964', 7), '2025-11-03'],
		['a date before the leap day that never was', cell('59', 1), '1900-02-28'],
		['a date behind it', cell('61', 1), '1900-03-01'],
		['the last second of a day', cell('0.99999999', 2), '23:59:59'],
		['a number that is no date', cell('-1', 1), '-1'],
		['a number with leading zeros', cell('1067', 5), '01067'],
		['an amount', cell('12.5', 6), '12.5'],
		['a whole number', cell('493023125000'), '493023125000'],
		['a number with an exponent', cell('4.9302312500012E+13'), '49302312500012'],
		['noise of binary fractions', cell('0.30000000000000004'), '0.3'],
		['yes', cell('1', 0, 'b'), 'WAHR'],
		['no', cell('0', 0, 'b'), 'FALSCH'],
		['an error', cell('#REF!', 0, 'e'), '#REF!'],
		['an ISO date', cell('2025-11-03T09:30:00', 1, 'd'), '2025-11-03T09:30:00'],
		['the text of a formula', '<c t="str"><f>A1&amp;B1</f><v>Erika</v></c>', 'Erika'],
		['the number of a formula', '<c s="1"><f>TODAY()</f><v>45964</v></c>', '2025-11-03'],
		[
			'an inline text',
			'<c t="inlineStr"><is><r><t>Erika </t></r><r><t>Muster&#228;&amp;</t></r></is></c>',
			'Erika Musterä&'
		],
		['text in CDATA', '<c t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>', 'a<b'],
		['what XML cannot hold', '<c t="inlineStr"><is><t>a_x000D_b_x005F_x&#x1F600;</t></is></c>', 'a\rb_x😀'],
		['a shared text', cell('1', 0, 's'), 'Max Muster'],
		['a shared text that is not there', `${cell('9', 0, 's')}<c t="str"><v>x</v></c>`, '']
	])('%s', (_, xml, text) => {
		const sharedStrings = [
			'<si><t>x</t></si>',
			'<si><r><t>Max</t></r><r><t xml:space="preserve"> Muster</t></r><rPh><t>y</t></rPh></si>'
		];
		expect(rowsOf(`<row>${xml}</row>`, { sharedStrings })[0]?.[0]).toBe(text);
	});

	it('stand where their address says, or behind one another', () => {
		expect(
			rowsOf('<row><c r="B1"><v>1</v></c><c r="D1"><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row>')
		).toEqual([
			['', '1', '', '2'],
			['3', '4']
		]);
	});

	it('count days from 1904 where the workbook does', () => {
		expect(rowsOf(`<row>${cell('44502', 1)}${cell('0.5', 2)}</row>`, { is1904: true })).toEqual([
			['2025-11-03', '12:00:00']
		]);
	});

	it('may be named with a prefix', () => {
		const files = {
			'xl/worksheets/sheet1.xml':
				'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
		};
		expect(rowsOf('', { files })).toEqual([['7']]);
	});

	it('far out to the right do not count', () => {
		expect(rowsOf('<row><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>')).toEqual([['1']]);
	});

	it('that are merged have their value in the first', () => {
		const sheets = [
			{
				name: 'T',
				rows: textRow(1, ['Termine', '', '']) + textRow(2, ['a', 'b', 'c']),
				behind: '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>'
			}
		];
		expect(rowsOf('', { sheets })).toEqual([
			['Termine', '', ''],
			['a', 'b', 'c']
		]);
	});

	it('do without styles and shared texts', () => {
		expect(rowsOf(`<row>${cell('45964', 1)}</row>`, { files: { 'xl/styles.xml': null } })).toEqual([['45964']]);
	});
});

describe('rows', () => {
	it('have the number that Excel shows', () => {
		const reading = readWorkbook(
			workbook({ sheets: [{ name: 'T', rows: `${textRow(3, ['a'])}${textRow(5, [''])}<row><c><v>1</v></c></row>` }] })
		);
		expect(reading).toEqual(
			ok({
				sheets: ['T'],
				rows: [
					{ at: 3, cells: ['a'] },
					{ at: 6, cells: ['1'] }
				]
			})
		);
	});

	it('are not taken without limit', () => {
		const rows = '<row><c><v>1</v></c></row>'.repeat(50_101);
		expect(readWorkbook(workbook({ sheets: [{ name: 'T', rows }] }))).toEqual(err('too-many-rows'));
	});
});

describe('sheets', () => {
	const bytes = workbook({
		sheets: [
			{ name: 'Geheim', rows: textRow(1, ['geheim']), state: 'hidden' },
			{ name: 'Sehr geheim', rows: textRow(1, ['sehr geheim']), state: 'veryHidden' },
			{ name: 'Leer', rows: '' },
			{ name: 'Montag', rows: textRow(1, ['Mo']) },
			{ name: 'Dienstag &amp; Co', rows: textRow(1, ['Di']) }
		]
	});

	it('that are hidden are not offered, and the first one with something in it is read', () => {
		expect(readWorkbook(bytes)).toEqual(
			ok({ sheets: ['Montag', 'Leer', 'Dienstag & Co'], rows: [{ at: 1, cells: ['Mo'] }] })
		);
	});

	it('are read by name, but not hidden ones', () => {
		expect(readWorkbook(bytes, 'Dienstag & Co')).toEqual(
			ok({ sheets: ['Dienstag & Co', 'Leer', 'Montag'], rows: [{ at: 1, cells: ['Di'] }] })
		);
		expect(readWorkbook(bytes, 'Geheim')).toEqual(readWorkbook(bytes));
	});

	it('may all be empty', () =>
		expect(readWorkbook(workbook({ sheets: [{ name: 'T', rows: '' }] }))).toEqual(err('empty')));
});

describe('a workbook that is none', () => {
	const sound = workbook({ sheets: [{ name: 'T', rows: textRow(1, ['a']) }] });

	it.each([
		['cut off', sound.subarray(0, sound.length - 40)],
		['cut off early', sound.subarray(0, 30)],
		['another archive', zipSync({ 'brief.txt': new TextEncoder().encode('x') })],
		['without its sheet', workbook({ sheets: [{ name: 'T', rows: '' }], files: { 'xl/worksheets/sheet1.xml': null } })],
		[
			'with a sheet that breaks off',
			workbook({
				sheets: [{ name: 'T', rows: '' }],
				files: { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v>' }
			})
		]
	])('is damaged: %s', (_, bytes) => expect(readWorkbook(bytes)).toEqual(err('damaged')));

	it('is not known where it is of LibreOffice, or binary', () => {
		expect(readWorkbook(zipSync({ 'content.xml': new Uint8Array(1) }))).toEqual(err('not-known'));
		expect(readWorkbook(zipSync({ 'xl/workbook.bin': new Uint8Array(1) }))).toEqual(err('not-known'));
	});

	it('may have any byte changed without a throw', () => {
		for (let at = 0; at < sound.length; at += 3) {
			const changed = sound.slice();
			changed[at] = (changed[at] ?? 0) ^ 0xff;
			expect(typeof readWorkbook(changed).ok).toBe('boolean');
		}
	});
});

describe('a bomb', () => {
	const spaces = (megabytes: number): Uint8Array => new Uint8Array(megabytes * 1024 * 1024).fill(32);

	it('is seen while it unpacks, whatever its headers say', () => {
		const bytes = workbook({ sheets: [{ name: 'T', rows: '' }], files: { 'xl/worksheets/sheet1.xml': spaces(6) } });
		const view = new DataView(bytes.buffer);
		for (let at = 0; at + 46 < bytes.length; at++) {
			if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true);
		}
		expect(readWorkbook(bytes)).toEqual(err('unpacks-too-large'));
	});

	it('is seen where it was not packed at all', () => {
		const bytes = zipSync({ 'xl/workbook.xml': [spaces(130), { level: 0 }] });
		expect(readWorkbook(bytes)).toEqual(err('unpacks-too-large'));
	});
});
