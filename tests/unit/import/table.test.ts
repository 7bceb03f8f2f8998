/** Tables become appointments: exact values, row by row. */
import { describe, expect, it } from 'vitest';
import type { ColumnMapping, ImportedAppointment, ImportOptions, ImportReading } from '$lib/domain/appointment-import';
import type { LocalDate } from '$lib/domain/time';
import { fingerprintOf } from '$lib/import/fingerprint';
import { readTable } from '$lib/import/table';
import { headerKeyOf } from '$lib/domain/import-header';
import { readTextTable } from '$lib/import/table-text';
import {
	OPTIONS,
	OUTLOOK_ENGLISH,
	OUTLOOK_GERMAN,
	OWN_SYSTEM,
	ZMS_HEADER,
	ZMS_ROWS
} from '../../fixtures/import/tables';

const read = (text: string, options: Partial<ImportOptions> = {}, fileName = 'termine.csv'): ImportReading => {
	const table = readTextTable(text);
	if (!table.ok) throw new Error(table.error);
	return readTable(table.value, { format: 'table', fileName, sheets: [] }, { ...OPTIONS, ...options });
};
const readAll = (...given: Parameters<typeof read>): Extract<ImportReading, { type: 'read' }> => {
	const reading = read(...given);
	if (reading.type !== 'read') throw new Error(JSON.stringify(reading));
	return reading;
};
const NOTHING = {
	phone: '',
	email: '',
	service: '',
	note: '',
	number: '',
	place: '',
	minutes: null,
	time: null,
	cancelled: false
};
const factsOf = (entries: readonly ImportedAppointment[]) => entries.map(({ facts }) => facts);

describe('an export of Outlook', () => {
	it('in German', () => {
		const { source, entries, problems, notes } = readAll(OUTLOOK_GERMAN);
		expect(source).toBe('outlook-de');
		expect(factsOf(entries)).toEqual([
			{
				...NOTHING,
				date: '2025-11-03',
				time: '09:30',
				minutes: 30,
				name: 'Mustermann, Erika',
				service: 'Personalausweis',
				note: 'Bringt den alten Ausweis mit.\r\nRückruf 030 23125 001',
				place: 'Zimmer 12'
			},
			{ ...NOTHING, date: '2025-11-04', name: 'Fortbildung' },
			{
				...NOTHING,
				date: '2025-11-05',
				time: '14:00',
				name: 'Abgesagt: Muster, Max',
				service: 'Kfz',
				place: 'Zimmer 12',
				cancelled: true
			}
		]);
		expect(entries.map(({ key }) => key)).toEqual(factsOf(entries).map(fingerprintOf));
		expect(entries.map(({ at, sequence, changedAt }) => [at, sequence, changedAt])).toEqual([
			[2, 0, null],
			[3, 0, null],
			[4, 0, null]
		]);
		expect(problems).toEqual([]);
		expect(notes.map(({ at, reason }) => [at, reason])).toEqual([[4, 'end-before-start']]);
	});

	it('in English has the month first', () => {
		const { source, entries, problems, notes } = readAll(OUTLOOK_ENGLISH);
		expect(source).toBe('outlook-en');
		expect(factsOf(entries)).toEqual([
			{
				...NOTHING,
				date: '2025-11-03',
				time: '09:30',
				minutes: 30,
				name: 'Erika Mustermann',
				service: 'Passport',
				place: 'Room 12'
			},
			{ ...NOTHING, date: '2025-11-04', name: 'Training' }
		]);
		expect([problems, notes]).toEqual([[], []]);
	});
});

describe('the day list of ZMS', () => {
	const text = [ZMS_HEADER, ...ZMS_ROWS].map((row) => row.join(';')).join('\n');
	const name = 'Tagesübersicht_Bürgeramt_Mitte_03.11.2025.xlsx';

	it('has its day and its place in the name of the file', () => {
		const { source, entries, problems, notes } = readAll(text, {}, name.normalize('NFD'));
		expect(source).toBe('zms-day');
		expect(factsOf(entries)).toEqual([
			{
				...NOTHING,
				date: '2025-11-03',
				time: '08:00',
				name: 'Mustermann',
				phone: '+4930 23125 001',
				email: 'erika@example.org',
				service: 'Personalausweis beantragen',
				note: 'Rollstuhl',
				number: '100123',
				place: 'Bürgeramt Mitte'
			},
			{
				...NOTHING,
				date: '2025-11-03',
				time: '08:10',
				name: '=SUMME(1+1)',
				note: 'kommt später',
				number: '100124',
				place: 'Bürgeramt Mitte'
			},
			{
				...NOTHING,
				date: '2025-11-03',
				time: '08:20',
				name: 'Müller',
				service: 'Reisepass',
				number: '100124',
				place: 'Bürgeramt Mitte'
			},
			{ ...NOTHING, date: '2025-11-03', name: 'Ohnezeit', service: 'Meldung', number: '0', place: 'Bürgeramt Mitte' }
		]);
		expect(entries.map(({ key }) => key)).toEqual([
			'zms:Bürgeramt Mitte:2025-11-03:100123',
			'zms:Bürgeramt Mitte:2025-11-03:100124',
			'zms:Bürgeramt Mitte:2025-11-03:100124~2',
			expect.stringMatching(/^row:[0-9a-f]{16}$/)
		]);
		expect([problems, notes]).toEqual([[], []]);
	});

	it('asks for the day where nothing tells it', () => {
		expect(read(text)).toEqual({ type: 'needs-date', format: 'table', sample: ZMS_ROWS.map((row) => row.map(String)) });
		expect(read(text, {}, 'Termine 03.11.2025 und 04.11.2025.csv').type).toBe('needs-date');
	});

	it.each([
		['a title row', `Tagesübersicht vom 4. November 2025;\n${text}`, {}, 'liste.csv'],
		['a person, before the file', text, { date: '2025-11-04' as LocalDate }, name],
		['any file name with one day', text, {}, 'liste_2025-11-04 (1).csv']
	])('takes the day from %s', (_, given, options, fileName) => {
		const dates = factsOf(readAll(given, options, fileName).entries).map(({ date }) => date);
		expect(new Set(dates)).toEqual(new Set(['2025-11-04']));
	});
});

describe('the table of another system', () => {
	it('is read row by row, and none costs another', () => {
		const { source, entries, problems, notes } = readAll(OWN_SYSTEM);
		expect(source).toBe('table');
		expect(entries.map(({ at, key, facts: { name, time, minutes } }) => [at, key, name, time, minutes])).toEqual([
			[5, 'uid:A-1', 'Erika Mustermann', '09:30', 30],
			[6, 'uid:A-2', 'Max Muster', '10:00', null],
			[12, 'uid:A-8', 'Karl Kehrt', '11:00', null],
			[14, expect.stringMatching(/^row:/), 'Kim Kurz', '12:00', null],
			[15, 'uid:A-11', 'Lea Lang', '13:00', 15]
		]);
		expect(entries[0]?.facts).toEqual({
			...NOTHING,
			date: '2025-11-03',
			time: '09:30',
			minutes: 30,
			name: 'Erika Mustermann',
			phone: '030 23125 001',
			service: 'Ausweis',
			note: 'eilt; "bitte"\n030 23125 002'
		});
		expect(entries[1]?.facts.cancelled).toBe(true);
		expect(problems).toEqual([
			{ at: 7, reason: 'date-unreadable', excerpt: '31.02.2025' },
			{ at: 8, reason: 'time-unreadable', excerpt: 'neun' },
			{ at: 9, reason: 'no-date', excerpt: '9:30  Ohne Olga      A-5' },
			{ at: 10, reason: 'no-content', excerpt: '03.11.2025 9:30       nur ein Vermerk  A-6' },
			{ at: 13, reason: 'broken-row', excerpt: '03.11.2025;"12:00;;Offen;Otto;;;;;;A-9' }
		]);
		expect(notes.map(({ at, reason }) => [at, reason])).toEqual([
			[11, 'not-in-window'],
			[12, 'end-before-start'],
			[14, 'time-unreadable'],
			[14, 'columns-missing'],
			[15, 'columns-extra']
		]);
	});

	it.each([
		[
			'day and hour in one column',
			'Beginn;Ende;Kunde\n2025-11-03T08:30:00Z;2025-11-03T09:00:00Z;Muster',
			'2025-11-03',
			'09:30',
			30
		],
		['an hour under „Termin“', 'Tag;Termin;Name\n3.11.2025;9:30 - 10:00;Muster', '2025-11-03', '09:30', 30],
		['a weekday under „Tag“', 'Tag;Datum;Zeit;Name\nMontag;3.11.2025;9:30;Muster', '2025-11-03', '09:30', null],
		['a duration', 'Datum;Uhrzeit;Dauer (Min.);Name\n3.11.25;0930;45;Muster', '2025-11-03', '09:30', 45],
		[
			'an end on the next day',
			'Datum;Beginn;Enddatum;Ende;Name\n3.11.25;23:00;4.11.25;1:00;Muster',
			'2025-11-03',
			'23:00',
			120
		],
		['a date without a time', 'Datum;Name\n3.11.2025;Muster', '2025-11-03', null, null]
	])('may hold %s', (_, text, date, time, minutes) => {
		expect(factsOf(readAll(text).entries)).toEqual([{ ...NOTHING, date, time, minutes, name: 'Muster' }]);
	});

	it('may part its times by days, and repeat its header', () => {
		const text = 'Zeit;Name\nMontag, 3.11.2025;\n9:30;Muster\nZeit;Name\n4.11.2025;\n9:30;Mustermann\n';
		expect(factsOf(readAll(text).entries).map(({ date, name }) => [date, name])).toEqual([
			['2025-11-03', 'Muster'],
			['2025-11-04', 'Mustermann']
		]);
	});

	it('decides about slashes by all its rows', () => {
		const dates = (...rows: readonly string[]) =>
			factsOf(readAll(`Datum;Name\n${rows.map((row) => `${row};Muster\n`).join('')}`).entries).map(({ date }) => date);
		expect(dates('3/11/2025', '4/11/2025')).toEqual(['2025-11-03', '2025-11-04']);
		expect(dates('11/3/2025', '11/25/2025')).toEqual(['2025-11-03', '2025-11-25']);
		expect(dates('3/11/2025', '11/25/2025', '25/11/2025')).toEqual(['2025-11-25', '2025-11-25']);
	});
});

describe('a table that nobody knows', () => {
	const text = 'Wann;Wer;Was\n3.11.2025 9:30;Erika Mustermann;Ausweis\n4.11.2025 9:30;Max Muster;Pass\n';
	const mapping: ColumnMapping = { date: 0, time: 0, name: [1], service: 2 };

	it('is asked about, with a suggestion', () => {
		expect(read(text)).toEqual({
			type: 'needs-mapping',
			format: 'table',
			header: ['Wann', 'Wer', 'Was'],
			sample: [
				['3.11.2025 9:30', 'Erika Mustermann', 'Ausweis'],
				['4.11.2025 9:30', 'Max Muster', 'Pass']
			],
			rowCount: 2,
			suggestion: expect.objectContaining({ date: 0, time: 0, name: [1] }),
			sheets: []
		});
	});

	it('is read as a person says', () => {
		expect(factsOf(readAll(text, { mapping }).entries)[0]).toEqual({
			...NOTHING,
			date: '2025-11-03',
			time: '09:30',
			name: 'Erika Mustermann',
			service: 'Ausweis'
		});
	});

	it('is read as a person said before, but what is said now counts more', () => {
		const profiles = [{ header: headerKeyOf(['WANN', 'wer:', 'Was ']), name: 'Fachverfahren X', mapping }];
		expect(readAll(text, { profiles }).source).toBe('Fachverfahren X');
		expect(readAll(text, { profiles, mapping: { ...mapping, name: [2] } }).entries[0]?.facts.name).toBe('Ausweis');
	});

	it('may have no header at all', () => {
		const headless =
			'3.11.2025;9:30;10:00;Erika Mustermann;erika@example.org;030 23125 001\n4.11.2025;9:30;10:00;Max Muster;;\n';
		const reading = read(headless);
		expect(reading).toMatchObject({
			type: 'needs-mapping',
			header: ['', '', '', '', '', ''],
			rowCount: 2,
			suggestion: { date: 0, time: 1, endTime: 2, name: [3], email: 4, phone: 5 }
		});
		if (reading.type !== 'needs-mapping') throw new Error(reading.type);
		expect(
			readAll(headless, { mapping: reading.suggestion, profiles: [{ header: '', name: 'x', mapping }] }).entries
		).toHaveLength(2);
	});

	it('is not read by a column of dates that holds none', () => {
		expect(read('Datum;Name\nirgendwann;Muster\nbald;Mustermann\n').type).toBe('needs-mapping');
	});

	it.each(['nur eine Spalte\nund noch eine Zeile\n', 'Guten Tag'])('is no table: %j', (given) =>
		expect(read(given)).toEqual({ type: 'unreadable', reason: 'no-table' })
	);

	it('may have a header and nothing else', () => {
		expect(readAll('Datum;Uhrzeit;Name\n')).toMatchObject({ entries: [], problems: [], notes: [] });
	});
});

it('tells how far it is', () => {
	const told: (readonly [number, number])[] = [];
	const table = readTextTable(`Datum;Name\n${'3.11.2025;Muster\n'.repeat(2_500)}`);
	if (!table.ok) throw new Error(table.error);
	readTable(table.value, { format: 'table', fileName: '', sheets: [] }, OPTIONS, (done, total) =>
		told.push([done, total])
	);
	expect(told).toEqual([
		[0, 2_500],
		[1_000, 2_500],
		[2_000, 2_500],
		[2_500, 2_500]
	]);
});
