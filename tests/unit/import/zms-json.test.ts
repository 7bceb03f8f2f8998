/** Answers of the ZMS API: booked, walked in, deleted, empty and broken. */
import { expect, it } from 'vitest';
import { readZmsJson } from '$lib/import/zms-json';
import { fixture, linesOf, taken, WINDOW } from '../../support/import-fixture';

const read = (text: string) => readZmsJson(text, WINDOW);
const list = (...processes: unknown[]): string => JSON.stringify(processes);
const booked = { id: '100001', appointments: [{ date: 1762156800 }], clients: [{ familyName: 'Erika' }] };

it('gives each process of the list, and tells of each that it does not', () => {
	const reading = taken(read(fixture('zms-process-list.json')));
	expect(linesOf(reading)).toEqual([
		'zms:141:2025-11-03:100001 2025-11-03 09:00 30 Erika Mustermann',
		'zms:141:2025-10-26:100002 2025-10-26 02:30 – =SUMME(1+1)',
		'zms:141:2025-11-03:100003 2025-11-03 10:00 – Max Mustermann cancelled'
	]);
	expect(reading.problems).toEqual([
		{ at: 5, reason: 'no-date', excerpt: 'Ohne Datum' },
		{ at: 6, reason: 'date-unreadable', excerpt: 'Unlesbar' },
		{ at: 7, reason: 'broken-row', excerpt: 'kein Vorgang' }
	]);
	expect(reading.notes).toEqual([
		{ at: 4, reason: 'no-content', excerpt: '0' },
		{ at: 8, reason: 'not-in-window', excerpt: 'Fern' }
	]);
});

it('gives every fact', () => {
	expect(taken(read(fixture('zms-process-list.json'))).entries[0]).toEqual({
		key: 'zms:141:2025-11-03:100001',
		sequence: 0,
		changedAt: 1761480000000,
		at: 1,
		facts: {
			date: '2025-11-03',
			time: '09:00',
			minutes: 30,
			name: 'Erika Mustermann',
			phone: '030 23125 030',
			email: 'erika@example.org',
			service: 'Personalausweis, Reisepass',
			note: 'kommt mit Kind\nRollstuhl',
			number: 'A12',
			place: 'Bürgeramt Beispiel',
			cancelled: false
		}
	});
});

it.each([
	['a list', list(booked)],
	['data with numbers', JSON.stringify({ data: { 0: booked } })],
	['data with processes', JSON.stringify({ data: { processes: [booked] } })],
	['one process', JSON.stringify({ data: booked })]
])('takes %s', (_what, text) => {
	expect(linesOf(read(text))).toEqual(['zms::2025-11-03:100001 2025-11-03 09:00 – Erika']);
});

it('of a process that is told twice takes the one changed last, else the first', () => {
	const [older, newer] = [1, 2].map((lastChange) => ({ ...booked, lastChange, amendment: String(lastChange) }));
	const notes = (...processes: unknown[]) => {
		const reading = taken(read(list(...processes)));
		return [
			reading.entries.map(({ facts }) => facts.note),
			reading.notes.map(({ at, reason }) => `${String(at)} ${reason}`)
		];
	};
	expect(notes(older, newer)).toEqual([['2'], ['1 superseded']]);
	expect(notes(newer, older)).toEqual([['2'], ['2 superseded']]);
	expect(notes({ ...booked, amendment: 'a' }, { ...booked, amendment: 'b' })).toEqual([['a'], ['2 superseded']]);
});

it.each([
	['', 'empty'],
	['{"data": [{"id":', 'damaged'],
	['Erika', 'not-known'],
	['[1,2,3]', 'not-known'],
	['{"a":{}}', 'not-known'],
	['null', 'not-known'],
	['{"data":[]}', 'no-events']
])('of %j says what it is', (text, reason) => {
	expect(read(text)).toEqual({ type: 'unreadable', reason });
});

it('takes any depth', () => {
	const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
	expect(read(`{"data":[{"clients":${deep}},${deep}]}`)).toMatchObject({ type: 'read', entries: [] });
});
