/** Whatever is dropped or pasted is recognised by its content, and never throws. */
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { MAX_IMPORT_BYTES, type ImportReading } from '$lib/domain/appointment-import';
import { readImport, readPasted } from '$lib/import/read-import';
import { utf16, windows1252 } from '../../fixtures/import/encodings';
import { OPTIONS, OUTLOOK_GERMAN, ZMS_HEADER, ZMS_ROWS } from '../../fixtures/import/tables';
import { textRow, workbook } from '../../fixtures/import/workbook';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (bytes: Uint8Array, name = 'datei'): Promise<ImportReading> => readImport(bytes, name, OPTIONS);
const namesOf = (reading: ImportReading): readonly string[] => {
	if (reading.type !== 'read') throw new Error(JSON.stringify(reading));
	return reading.entries.map(({ facts }) => facts.name);
};
const TABLE = 'Datum;Zeit;Name\n3.11.2025;9:30;Müller\n';
const HTML = '<table><tr><th>Datum<th>Zeit<th>Name<tr><td>3.11.2025<td>9:30<td>M&uuml;ller</table>';
const CALENDAR =
	'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20251103T083000Z\r\nSUMMARY:Müller\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';

describe('a file is recognised by its content, whatever its name', () => {
	it.each([
		['text', utf8(TABLE), 'table'],
		['text of an old Windows', windows1252(TABLE), 'table'],
		['Unicode text of Excel', utf16(`\uFEFF${TABLE.replaceAll(';', '\t')}`, true), 'table'],
		['HTML that calls itself Excel', utf8(`<html><body>${HTML}</body></html>`), 'table'],
		['a calendar', utf8(CALENDAR), 'ics']
	])('%s', async (_, bytes, format) => {
		const reading = await read(bytes, 'Termine.xls');
		expect(reading).toMatchObject({ type: 'read', format, problems: [] });
		expect(namesOf(reading)).toEqual(['Müller']);
	});

	it('the day list of ZMS, with a title over all columns and a hidden sheet before it', async () => {
		const rows = [['Tagesübersicht', '', ''], ZMS_HEADER, ...ZMS_ROWS]
			.map((row, index) => textRow(index + 1, row))
			.join('');
		const bytes = workbook({
			sheets: [
				{ name: 'Intern', rows: textRow(1, ['Datum', 'Name']), state: 'hidden' },
				{ name: 'Tagesübersicht', rows, behind: '<mergeCells><mergeCell ref="A1:H1"/></mergeCells>' }
			]
		});
		const reading = await read(bytes, 'Tagesübersicht_Mitte_03.11.2025.xlsx');
		expect(reading).toMatchObject({ type: 'read', format: 'xlsx', source: 'zms-day', problems: [], notes: [] });
		if (reading.type !== 'read') throw new Error(reading.type);
		expect(reading.entries.map(({ at, key }) => [at, key]).slice(0, 2)).toEqual([
			[3, 'zms:Mitte:2025-11-03:100123'],
			[4, 'zms:Mitte:2025-11-03:100124']
		]);
	});

	it('a workbook whose columns nobody knows offers its sheets', async () => {
		const rows = textRow(1, ['Wann', 'Wer']) + textRow(2, ['bald', 'Muster']);
		expect(
			await read(
				workbook({
					sheets: [
						{ name: 'A', rows },
						{ name: 'B', rows }
					]
				})
			)
		).toEqual({
			type: 'needs-mapping',
			format: 'xlsx',
			header: ['Wann', 'Wer'],
			sample: [['bald', 'Muster']],
			rowCount: 1,
			suggestion: expect.objectContaining({ date: null, name: [] }),
			sheets: ['A', 'B']
		});
	});

	it('the list of processes of ZMS', async () => {
		expect(await read(utf8('{"data": "x"}'), 'liste.txt')).toMatchObject({ type: 'unreadable' });
		expect(namesOf(await read(utf8('[Datum];Name\n3.11.2025;Muster\n')))).toEqual(['Muster']);
	});
});

describe('a file that cannot be read says why', () => {
	const container = (name: string): Uint8Array =>
		Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(504), ...utf16(name, true)]);
	const sound = workbook({ sheets: [{ name: 'T', rows: textRow(1, ['a']) }] });

	it.each([
		['nothing', new Uint8Array(), 'empty'],
		['blanks', utf8(' \r\n\t'), 'empty'],
		['an empty archive', zipSync({}), 'empty'],
		['a password', container('EncryptedPackage'), 'encrypted'],
		['Excel before 2007', container('Workbook'), 'old-excel'],
		['Excel of the nineties', Uint8Array.of(9, 8, 16, 0, 0, 6, 5, 0), 'old-excel'],
		['Word before 2007', container('WordDocument'), 'not-known'],
		['a PDF', utf8('%PDF-1.7\n'), 'pdf'],
		['half a workbook', sound.subarray(0, sound.length / 2), 'damaged'],
		['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), 'not-known'],
		['bytes', Uint8Array.from({ length: 300 }, (_, index) => index % 7), 'not-known'],
		['a page without a table', utf8('<!doctype html><p>Guten Tag'), 'not-known'],
		['a letter', utf8('Guten Tag\nwir kommen nicht.\n'), 'no-table'],
		['one byte too many', new Uint8Array(MAX_IMPORT_BYTES + 1), 'too-large']
	])('%s', async (_, bytes, reason) => expect(await read(bytes)).toEqual({ type: 'unreadable', reason }));

	it('an archive with a password', async () => {
		const bytes = sound.slice();
		const view = new DataView(bytes.buffer);
		for (let at = 0; at + 46 < bytes.length; at++) {
			if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 8, 1, true);
		}
		expect(await read(bytes)).toEqual({ type: 'unreadable', reason: 'encrypted' });
	});
});

describe('what is pasted', () => {
	it('is read from the formatted side where that is a table', async () => {
		expect(namesOf(await readPasted({ text: 'Müller am 3.11.', html: HTML }, OPTIONS))).toEqual(['Müller']);
	});

	it.each([
		['there is no other', ''],
		['the other is no table', '<p>Datum</p>'],
		['the other has nothing to read', '<table><tr><td>Signatur</td></tr></table>']
	])('is read from the plain side where %s', async (_, html) => {
		expect(namesOf(await readPasted({ text: TABLE.replaceAll(';', '\t'), html }, OPTIONS))).toEqual(['Müller']);
	});

	it('may be a calendar, nothing, or a table that nobody knows', async () => {
		expect(namesOf(await readPasted({ text: CALENDAR, html: '' }, OPTIONS))).toEqual(['Müller']);
		expect(await readPasted({ text: ' ', html: '' }, OPTIONS)).toEqual({ type: 'unreadable', reason: 'empty' });
		expect(await readPasted({ text: '3.11.2025\t9:30\tErika Muster', html: '' }, OPTIONS)).toMatchObject({
			type: 'needs-mapping',
			rowCount: 1,
			suggestion: { date: 0, time: 1, name: [2] }
		});
	});
});

it('reads an export of Outlook in the encoding of Windows', async () => {
	expect(namesOf(await read(windows1252(OUTLOOK_GERMAN), 'Kalender.CSV'))).toEqual([
		'Mustermann, Erika',
		'Fortbildung',
		'Abgesagt: Muster, Max'
	]);
});
