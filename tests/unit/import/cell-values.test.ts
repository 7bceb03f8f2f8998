/** Dates, times, durations and words in cells. */
import { describe, expect, it } from 'vitest';
import { err, ok } from '$lib/domain/result';
import type { LocalDate } from '$lib/domain/time';
import { readDateCell, slashOrder } from '$lib/import/calendar-cells';
import { isCancelled, isCancelledSubject, isYes, readDay, readMoment, readTime } from '$lib/import/cell-values';
import { readDuration, readEndTime, readTimeCell } from '$lib/import/clock-cells';

const german = { today: '2025-11-03' as LocalDate, slashes: 'day-first' as const };
const american = { ...german, slashes: 'month-first' as const };
const unknown = { ...german, slashes: null };
const dateOf = (text: string, context = german as Parameters<typeof readDateCell>[1]) =>
	readDateCell(text, context)?.date;

describe('a date', () => {
	it.each([
		['3.11.2025', '2025-11-03'],
		['03.11.25', '2025-11-03'],
		[' 03. 11. 2025 ', '2025-11-03'],
		['3-11-2025', '2025-11-03'],
		['2025-11-03', '2025-11-03'],
		['2025/11/03', '2025-11-03'],
		['20251103', '2025-11-03'],
		['Mo, 03.11.2025', '2025-11-03'],
		['Mo.03.11.2025', '2025-11-03'],
		['Montag, 3. November 2025', '2025-11-03'],
		['3. November 2025', '2025-11-03'],
		['3. März 2026', '2026-03-03'],
		['3. Mrz. 26', '2026-03-03'],
		['3 Dec 2025', '2025-12-03'],
		['November 3, 2025', '2025-11-03'],
		['Monday, November 3rd, 2025', '2025-11-03'],
		['29.02.2024', '2024-02-29'],
		['25/11/2025', '2025-11-25'],
		['11/25/2025', '2025-11-25'],
		['3/11/2025', '2025-11-03'],
		['3.11.70', '2070-11-03'],
		['3.11.80', '1980-11-03']
	])('is read: %j', (text, date) => expect(dateOf(text)).toBe(date));

	it.each(['31.02.2025', '29.02.2025', '0.11.2025', '3.13.2025', '2025-02-30', '31. November 2025', '13/13/2025'])(
		'that does not exist is never the one next to it: %j',
		(text) => expect(dateOf(text)).toBeUndefined()
	);

	it.each(['', 'Montag', '9:30', '45964', '3. Foo 2025', '3.11.20255', '123.11.2025', 'November'])('%j', (text) =>
		expect(dateOf(text)).toBeUndefined()
	);

	it('with slashes is read as its column says', () => {
		expect(dateOf('11/03/2025', american)).toBe('2025-11-03');
		expect(dateOf('11/03/2025', german)).toBe('2025-03-11');
		expect(dateOf('11/03/2025', unknown)).toBeUndefined();
		expect(dateOf('11/25/2025', unknown)).toBe('2025-11-25');
	});
});

describe('a column of dates with slashes', () => {
	it.each([
		['a day that is no month', ['3/4/2025', '25/4/2025'], 'month-first', 'day-first'],
		['a second number that is no month', ['3/4/2025', '4/25/2025'], 'day-first', 'month-first'],
		['both, so neither', ['25/4/2025', '4/25/2025', '3/4/2025'], 'day-first', null],
		['nothing', ['3/4/2025', '5.6.2025', ''], 'month-first', 'month-first']
	] as const)('says by %s', (_, cells, usual, order) => expect(slashOrder(cells, usual)).toBe(order));
});

describe('a time', () => {
	it.each([
		['9:30', '09:30', null],
		['09.30 Uhr', '09:30', null],
		['9 Uhr', '09:00', null],
		['um 9 Uhr', '09:00', null],
		['0930', '09:30', null],
		['0930 Uhr', '09:30', null],
		['9:30 AM', '09:30', null],
		['12:05 a.m.', '00:05', null],
		['12:00 PM', '12:00', null],
		['1:30pm', '13:30', null],
		['09:30:00', '09:30', null],
		['09:30:00.000', '09:30', null],
		['9h30', '09:30', null],
		['00:00', '00:00', null],
		['9:30 - 10:00', '09:30', 30],
		['9:30–10:15 Uhr', '09:30', 45],
		['9–10 Uhr', '09:00', 60],
		['von 9:30 bis 10:00', '09:30', 30],
		['23:00 - 24:00', '23:00', 60],
		['10:00 - 9:30', '10:00', -30]
	])('is read: %j', (text, time, minutes) => expect(readTimeCell(text)).toEqual({ time, minutes }));

	it.each([
		'',
		'9',
		'24:00',
		'25:00',
		'9:60',
		'9:3',
		'09:30:61',
		'13:00 PM',
		'0 AM',
		'neun',
		'9:30 Raum 2',
		'9:30 -',
		'2460',
		'9 - 10',
		'19:300'
	])('%j', (text) => expect(readTimeCell(text)).toBeNull());

	it.each([
		['10:00', 600],
		['bis 10 Uhr', 600],
		['24:00', 1440],
		['10', null],
		['10:00 Raum 2', null]
	])('may be an end: %j', (text, minute) => expect(readEndTime(text)).toBe(minute));
});

describe('a duration', () => {
	it.each([
		['30', 30],
		['30 min', 30],
		['30 Minuten', 30],
		['30.0', 30],
		['0:30', 30],
		['00:30:00', 30],
		['1:15 h', 75],
		['1,5 Std.', 90],
		['1 h', 60],
		['1 Std. 15 Min.', 75],
		['PT1H30M', 90],
		['PT', null],
		['lang', null],
		['0:75', null],
		['', null]
	])('is read: %j', (text, minutes) => expect(readDuration(text)).toBe(minutes));
});

describe('a moment', () => {
	it.each([
		['03.11.2025 09:30', ok({ date: '2025-11-03', time: '09:30', minutes: null })],
		['Mo, 03.11.2025, 9:30 - 10:00 Uhr', ok({ date: '2025-11-03', time: '09:30', minutes: 30 })],
		['2025-11-03T09:30', ok({ date: '2025-11-03', time: '09:30', minutes: null })],
		['2025-11-03 09:30:00', ok({ date: '2025-11-03', time: '09:30', minutes: null })],
		['2025-11-03T08:30:00Z', ok({ date: '2025-11-03', time: '09:30', minutes: null })],
		['2025-07-03T08:30:00.000Z', ok({ date: '2025-07-03', time: '10:30', minutes: null })],
		['2025-11-03T09:30:00+01:00', ok({ date: '2025-11-03', time: '09:30', minutes: null })],
		['2025-11-03T23:30:00-0500', ok({ date: '2025-11-04', time: '05:30', minutes: null })],
		['2025-11-03T00:00:00', ok({ date: '2025-11-03', time: null, minutes: null })],
		['03.11.2025', ok({ date: '2025-11-03', time: null, minutes: null })],
		['', err('no-date')],
		['31.02.2025 09:30', err('date-unreadable')],
		['2025-02-31T09:30:00Z', err('date-unreadable')],
		['03.11.2025 25:00', err('time-unreadable')],
		['2025-11-03T25:00:00Z', err('time-unreadable')]
	])('is read or refused: %j', (text, moment) => expect(readMoment(text, german)).toEqual(moment));

	it('gives its day, and its time, to columns that want one of them', () => {
		expect(readDay('2025-11-03T23:30:00Z', german)).toEqual(ok('2025-11-04'));
		expect(readDay('03.11.2025 foo', german)).toEqual(ok('2025-11-03'));
		expect(readTime('2025-11-03T09:30:00', german)).toEqual(ok({ date: '2025-11-03', time: '09:30', minutes: null }));
		expect(readTime('ganztägig', german)).toEqual(ok({ time: null, minutes: null }));
		expect(readTime('-', german)).toEqual(ok({ time: null, minutes: null }));
		expect(readTime('bald', german)).toEqual(err('time-unreadable'));
	});

	it.each([
		['9', ok({ time: '09:00', minutes: null })],
		[' 08 ', ok({ time: '08:00', minutes: null })],
		['20', ok({ time: '20:00', minutes: null })],
		// No town hall is open then: rather a number of something.
		['5', err('time-unreadable')],
		['21', err('time-unreadable')],
		['009', err('time-unreadable')]
	])('takes an hour alone where a time is wanted: %j', (text, time) => {
		expect(readTime(text, german)).toEqual(time);
	});
});

describe('words', () => {
	it.each(['abgesagt', 'Storniert (Kunde)', 'cancelled', 'Canceled', 'GELÖSCHT', 'geloescht', 'Storno'])(
		'cancel: %s',
		(word) => expect(isCancelled(word)).toBe(true)
	);
	it.each(['', 'bestätigt', 'nicht abgesagt', 'Stornierungsfrist', 'confirmed'])('do not cancel: %j', (word) =>
		expect(isCancelled(word)).toBe(false)
	);
	it('before a subject do', () => {
		expect(isCancelledSubject('Abgesagt: Ausweis')).toBe(true);
		expect(isCancelledSubject('Abgesagte Reise')).toBe(false);
	});
	it('say yes', () => {
		expect(['Ein', 'WAHR', 'True', 'ja', '1'].map(isYes)).toEqual([true, true, true, true, true]);
		expect(['Aus', 'FALSCH', 'False', '', '0'].map(isYes)).toEqual([false, false, false, false, false]);
	});
});
