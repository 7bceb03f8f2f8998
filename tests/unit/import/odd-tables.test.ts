/** Tables as people and other systems really write them: which column is what, and what is read out of odd cells. */
import { describe, expect, it } from 'vitest';
import type { ImportReading } from '$lib/domain/appointment-import';
import { readImport, readPasted } from '$lib/import/read-import';
import { OPTIONS } from '../../fixtures/import/tables';
import { textRow, workbook } from '../../fixtures/import/workbook';

const read = (text: string): Promise<ImportReading> =>
	readImport(new TextEncoder().encode(text), 'termine.csv', OPTIONS);

/** Only what says something: `date time+minutes name|service|…`. */
async function factsOf(reading: ImportReading | Promise<ImportReading>) {
	const given = await reading;
	if (given.type !== 'read') throw new Error(JSON.stringify(given));
	return given.entries.map(({ facts }) =>
		Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== '' && value !== null && value !== false))
	);
}
async function suggestionOf(text: string) {
	const given = await read(text);
	if (given.type !== 'needs-mapping') throw new Error(JSON.stringify(given));
	const { header, suggestion } = given;
	const named = (column: number): string => header[column] || String(column);
	return Object.fromEntries(
		Object.entries(suggestion).flatMap(([role, column]) => {
			const columns = [column].flat().filter((one) => one !== null);
			return columns.length === 0 ? [] : [[role, columns.map(named).join('+')]];
		})
	);
}
const ERIKA = { date: '2025-11-03', time: '09:30', minutes: 15, name: 'Erika Mustermann', service: 'Reisepass' };

describe('headers of booking systems', () => {
	it.each([
		[
			'with a subject before each name',
			'Terminnummer,Terminart,Terminbeginn,Terminende,Kunde Vorname,Kunde Nachname,Kunde E-Mail,Kunde Telefon,Standort,Status\n' +
				'A-17,Reisepass,2025-11-03T09:30:00+01:00,2025-11-03T09:45:00+01:00,Erika,Mustermann,e@example.org,02921 17,Rathaus,bestätigt',
			{ ...ERIKA, number: 'A-17', email: 'e@example.org', phone: '02921 17', place: 'Rathaus' }
		],
		[
			'as a program writes them',
			'appointmentId,startDate,startTime,endTime,productName,clientFirstName,clientLastName,clientPhone\n' +
				'17,2025-11-03,09:30,09:45,Reisepass,Erika,Mustermann,02921 17',
			{ ...ERIKA, phone: '02921 17' }
		],
		[
			'with underscores',
			'booking_id,start_time,end_time,customer_name,phone_number,service_name,created_at\n' +
				'17,2025-11-03 09:30,2025-11-03 09:45,Erika Mustermann,02921 17,Reisepass,2025-10-01 08:00',
			{ ...ERIKA, phone: '02921 17' }
		],
		[
			'in English, with blanks',
			'Appointment ID;Start;End;Customer Name;Customer Phone;Service Name;Branch\n17;03.11.2025 09:30;03.11.2025 09:45;Erika Mustermann;02921 17;Reisepass;Rathaus',
			{ ...ERIKA, phone: '02921 17', place: 'Rathaus' }
		],
		[
			'with the day of the booking first',
			'Erfasst am;Gebucht durch;Termin am;um;Dauer;Name;Anliegen\n01.10.2025;Web;03.11.2025;09:30;15;Erika Mustermann;Reisepass',
			ERIKA
		]
	])('%s', async (_, text, expected) => {
		expect(await factsOf(read(text))).toEqual([expected]);
	});

	it('tell a customer’s id from an appointment’s', async () => {
		const text = 'Kunde ID;Datum;Uhrzeit;Name\n5;3.11.2025;9:30;Muster\n5;4.11.2025;9:30;Muster\n';
		const reading = await read(text);
		expect(reading.type === 'read' && reading.entries.map(({ key }) => key)).toEqual([
			expect.stringMatching(/^row:/),
			expect.stringMatching(/^row:/)
		]);
	});
});

describe('columns nobody named', () => {
	it('are no time where they number the rows, the house or the booking', async () => {
		const text =
			'Lauf-Nr.;Wann;Haus-Nr.;x;y;z\n0001;3.11.2025 9:30;1012;100123;Erika Mustermann;Reisepass beantragen\n' +
			'0002;3.11.2025 10:00;1013;100124;Max Muster;Reisepass beantragen';
		expect(await suggestionOf(text)).toEqual({ date: 'Wann', time: 'Wann', name: 'y' });
	});

	it('are a time where all of them are by the clock', async () => {
		expect(
			await suggestionOf('a;b;c;d;e\n0930;1000;3.11.25;1201;Erika Mustermann\n1015;1045;3.11.25;1202;Max Muster')
		).toEqual({
			time: 'a',
			endTime: 'b',
			date: 'c',
			name: 'e'
		});
	});

	it('are a telephone where they begin like one', async () => {
		const text =
			'a;b;c;d\n100123;3.11.2025 9:30;Erika Mustermann;0151 2345678\n100124;3.11.2025 10:00;Max Muster;+49 170 1';
		expect(await suggestionOf(text)).toMatchObject({ phone: 'd' });
	});

	it('are people where they differ the most', async () => {
		const text =
			'a;b;c\n3.11.2025 9:30;Reisepass beantragen;Erika Mustermann\n3.11.2025 9:40;Reisepass beantragen;Max Muster';
		expect(await suggestionOf(text)).toMatchObject({ name: 'c' });
	});
});

describe('a table that might mean two days', () => {
	it('is asked about', async () => {
		const text = 'Datum;Datum;Uhrzeit;Name\n1.10.2025;3.11.2025;9:30;Muster\n';
		expect(await suggestionOf(text)).toMatchObject({ date: 'Datum', name: 'Name' });
	});

	it('is read where both say the same', async () => {
		const text = 'Tag;Datum;Uhrzeit;Name\n3.11.2025;3.11.2025;9:30;Muster\n';
		expect(await factsOf(read(text))).toEqual([{ date: '2025-11-03', time: '09:30', name: 'Muster' }]);
	});

	it('is asked about where the hour stands in a column without a known name', async () => {
		const text = 'Datum;wann genau;Name\n3.11.2025;9:30;Muster\n3.11.2025;10:30;Muster\n';
		expect(await suggestionOf(text)).toMatchObject({ date: 'Datum', time: 'wann genau', name: 'Name' });
	});
});

describe('lists typed by hand', () => {
	it.each([
		['3.11.', '9:30', '09:30'],
		['03. Nov', '9.30 Uhr', '09:30'],
		['3. November', '9 Uhr 30', '09:30'],
		['03-Nov-25', '9,30', '09:30'],
		['Mo, 3.11.', 'ca. 9:30', '09:30'],
		['Montag, den 3. November 2025', '0930', '09:30'],
		['am 3.11.25', '2:30p', '14:30']
	])('%s, %s', async (date, time, expected) => {
		expect(await factsOf(read(`Datum;Uhrzeit;Name\n"${date}";"${time}";Muster\n`))).toEqual([
			{ date: '2025-11-03', time: expected, name: 'Muster' }
		]);
	});

	it('have the year in which a day is nearest', async () => {
		expect(await factsOf(read('Termin;Name\n7.1. 9:30;Muster\n28.10. 9:30;Otto\n'))).toEqual([
			{ date: '2026-01-07', time: '09:30', name: 'Muster' },
			{ date: '2025-10-28', time: '09:30', name: 'Otto' }
		]);
	});

	it('say of a row that it was cancelled', async () => {
		const text =
			'Datum;Uhrzeit;Name;Storniert\n3.11.2025;9:30;A;ja\n3.11.2025;9:40;B;nein\n3.11.2025;9:50;C;\n3.11.2025;10:00;D;x\n';
		const cancelled = (await factsOf(read(text))).map(({ name, cancelled: flag }) => [name, flag]);
		expect(cancelled).toEqual([
			['A', true],
			['B', undefined],
			['C', undefined],
			['D', true]
		]);
		const status =
			'Datum;Name;Status\n3.11.2025;A;wurde vom Kunden storniert\n3.11.2025;B;nicht storniert\n3.11.2025;C;Kunde ist da\n';
		expect((await factsOf(read(status))).map(({ cancelled: flag }) => flag)).toEqual([true, undefined, undefined]);
	});

	it('may be drawn with lines, or set by blanks', async () => {
		const drawn = '| Datum | Uhrzeit | Name |\n|---|---|---|\n| 3.11.2025 | 9:30 | Muster |\n';
		const reading = await read(drawn);
		expect(reading).toMatchObject({ type: 'read', problems: [], notes: [] });
		const pasted =
			'Datum       Uhrzeit  Name\n03.11.2025  09:30    Erika Mustermann\n03.11.2025  10:00    Max Muster\n';
		expect((await factsOf(readPasted({ text: pasted, html: '' }, OPTIONS))).map(({ name }) => name)).toEqual([
			'Erika Mustermann',
			'Max Muster'
		]);
	});
});

describe('merged cells', () => {
	const expected = [
		{ date: '2025-11-03', time: '09:30', name: 'Muster' },
		{ date: '2025-11-03', time: '09:40', name: 'Otto' },
		{ date: '2025-11-04', time: '09:30', name: 'Kunz' }
	];

	it('of a mail say the same in each of their rows', async () => {
		const html =
			'<table><tr><th>Datum<th>Uhrzeit<th>Name</tr><tr><td rowspan="2">3.11.2025<td>9:30<td>Muster</tr>' +
			'<tr><td>9:40<td>Otto</tr><tr><td>4.11.2025<td>9:30<td>Kunz</tr></table>';
		expect(await factsOf(readPasted({ text: '', html }, OPTIONS))).toEqual(expected);
	});

	it('of a workbook too', async () => {
		const rows = [
			textRow(1, ['Datum', 'Uhrzeit', 'Name']),
			textRow(2, ['3.11.2025', '9:30', 'Muster']),
			textRow(3, ['', '9:40', 'Otto']),
			textRow(4, ['4.11.2025', '9:30', 'Kunz'])
		].join('');
		const bytes = workbook({
			sheets: [{ name: 'Termine', rows, behind: '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>' }]
		});
		expect(await factsOf(readImport(bytes, 'termine.xlsx', OPTIONS))).toEqual(expected);
	});
});

describe('what only wants to take long', () => {
	const fill = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length));
	const MEGABYTES = 12 * 1024 * 1024;

	it.each(['"', '"";', '";', '"\n', 'a;', ';', '"" '])(
		'12 MB of %j are answered in seconds',
		async (piece) => {
			const started = performance.now();
			expect((await read(fill(piece, MEGABYTES))).type).toBe('unreadable');
			expect(performance.now() - started).toBeLessThan(8_000);
		},
		60_000
	);

	it('costs one row where it stands among others', async () => {
		const text = `Datum;Uhrzeit;Name\n3.11.2025;9:30;Muster\n${fill('";', 200_000)}\n3.11.2025;9:40;Otto\n`;
		const reading = await read(text);
		expect((await factsOf(reading)).map(({ name }) => name)).toEqual(['Muster', 'Otto']);
		expect(reading.type === 'read' && reading.problems.map(({ at, reason }) => [at, reason])).toEqual([
			[3, 'broken-row']
		]);
	});
});
