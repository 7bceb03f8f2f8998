/** Laws of import: whatever a file holds, it is told; what is whole in it survives what is broken. */
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it, vi } from 'vitest';
import { MAX_FACT_LENGTH, type ImportReading } from '$lib/domain/appointment-import';
import { readIcs } from '$lib/import/ics';
import { readZmsJson } from '$lib/import/zms-json';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT_MS } from '../fixtures/arbitraries';
import { fixture, taken, WINDOW } from '../support/import-fixture';

vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });

const read = (text: string): ImportReading => readIcs(text, WINDOW);
const ICS_FIXTURES = [
	'outlook.ics',
	'exchange-own-zone.ics',
	'google-series.ics',
	'zms-bare-lines.ics',
	'broken-among-others.ics',
	'versions.ics'
].map(fixture);

const units = fc
	.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
	.map((codes) => String.fromCharCode(...codes));
const token = fc.constantFrom(
	...'BEGIN:VEVENT|END:VEVENT|BEGIN:VCALENDAR|BEGIN:VTIMEZONE|BEGIN:STANDARD|BEGIN:VALARM|UID:a|SUMMARY:x|METHOD:CANCEL'.split(
		'|'
	),
	...'DTSTART:20251103T080000|DTSTART;VALUE=DATE:20251103|RRULE:FREQ=DAILY;COUNT=3|RRULE:FREQ=SECONDLY|DTEND:|DURATION:-PT5M'.split(
		'|'
	),
	...'RECURRENCE-ID:20251103T080000|EXDATE:20251103|TZID:a|DTSTART;TZID=a:20251103T080000|TZOFFSETTO:+0100'.split('|'),
	...'\n|\r\n|\r|:|;|"|=|,|\\|\u0000|\uD83D|\uFEFF| '.split('|')
);
const soup = fc
	.array(fc.oneof(token, units), { maxLength: 40 })
	.chain((parts) => fc.constantFrom('\n', '\r\n', '').map((end) => parts.join(end)));
interface Change {
	readonly at: number;
	readonly removed: number;
	readonly put: string;
}
const change: fc.Arbitrary<Change> = fc.record({ at: fc.nat(3_000), removed: fc.nat(40), put: fc.oneof(token, units) });
const mutated = (texts: readonly string[]): fc.Arbitrary<string> =>
	fc.tuple(fc.constantFrom(...texts), fc.array(change, { maxLength: 6 })).map(([text, changes]) =>
		changes.reduce((before, { at, removed, put }) => {
			const place = at % (before.length + 1);
			return before.slice(0, place) + put + before.slice(place + removed);
		}, text)
	);

/** Well-formed, within the window, and nothing without a name. */
function expectSound(reading: ImportReading): void {
	if (reading.type !== 'read') {
		expect(reading.type).toBe('unreadable');
		return;
	}
	const { entries, problems, notes } = reading;
	expect(entries.length + problems.length + notes.length).toBeGreaterThan(0);
	expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
	for (const { key, facts } of entries) {
		expect(key).toMatch(/^(uid|row|zms):/);
		expect(facts.date >= WINDOW.from && facts.date <= WINDOW.to).toBe(true);
		expect(facts.time ?? '00:00').toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
		expect(facts.minutes ?? 1).toBeGreaterThan(0);
		for (const text of [facts.name, facts.note, facts.place, facts.service, facts.email, facts.phone, facts.number]) {
			expect(text).toBe(text.trim());
			expect(text.length).toBeLessThanOrEqual(MAX_FACT_LENGTH);
			expect(text).not.toMatch(/\p{Cs}/u);
		}
	}
	for (const { excerpt } of [...problems, ...notes]) expect(excerpt.length).toBeLessThanOrEqual(80);
}

describe('any text', () => {
	it.each([
		['of any signs', units],
		['of pieces of calendars', soup],
		['that was a calendar', mutated(ICS_FIXTURES)]
	])('%s is read as a calendar, or called unreadable', (_what, texts) => {
		fc.assert(
			fc.property(texts, (text) => {
				expectSound(read(text));
			}),
			PROPERTY_RUNS
		);
	});

	it.each([
		['of any signs', units],
		['that was a list', mutated([fixture('zms-process-list.json')])],
		['of any JSON', fc.json()],
		[
			'of any JSON in a process',
			fc.jsonValue().map((value) => JSON.stringify({ data: [{ appointments: value, queue: value, scope: value }] }))
		]
	])('%s is read as an answer of ZMS, or called unreadable', (_what, texts) => {
		fc.assert(
			fc.property(texts, (text) => {
				expectSound(readZmsJson(text, WINDOW));
			}),
			PROPERTY_RUNS
		);
	});
});

it('each whole event survives one that is broken', () => {
	const whole = (at: number): string =>
		`BEGIN:VEVENT\nUID:whole-${String(at)}\nSUMMARY:Erika\nDTSTART:20251103T080000\nEND:VEVENT`;
	/** It may say anything but that another event begins, or that it is one of the whole ones. */
	const broken = fc
		.array(fc.oneof(token, units), { maxLength: 12 })
		.map((lines) =>
			['BEGIN:VEVENT', 'UID:broken', ...lines.filter((line) => !/UID|VEVENT|VCALENDAR|METHOD/.test(line))].join('\n')
		);
	fc.assert(
		fc.property(broken, fc.nat(3), fc.boolean(), (text, place, ends) => {
			const events = [0, 1, 2].map(whole);
			events.splice(place, 0, ends ? `${text}\nEND:VEVENT` : text);
			const reading = taken(read(`BEGIN:VCALENDAR\n${events.join('\n')}\nEND:VCALENDAR`));
			const keys = reading.entries.map(({ key }) => key).filter((key) => key.startsWith('uid:whole-'));
			expect(keys).toEqual(['uid:whole-0', 'uid:whole-1', 'uid:whole-2']);
		}),
		PROPERTY_RUNS
	);
});

/** Plain rules, which ical.js expands without fault: what they come to must agree. */
describe('a rule', () => {
	const weekdays = fc.uniqueArray(fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'), {
		minLength: 1,
		maxLength: 4
	});
	const rule = fc.oneof(
		fc.constant('FREQ=DAILY'),
		weekdays.map((days) => `FREQ=WEEKLY;BYDAY=${days.join(',')}`),
		fc.integer({ min: 1, max: 31 }).map((day) => `FREQ=MONTHLY;BYMONTHDAY=${String(day)}`),
		fc.constantFrom(
			'FREQ=MONTHLY;BYDAY=2TU',
			'FREQ=MONTHLY;BYDAY=-1FR',
			'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
			'FREQ=YEARLY'
		)
	);
	const start = fc
		.integer({ min: 0, max: 1_500 })
		.map((day) => new Date(Date.UTC(2021, 8, 1 + day)).toISOString().slice(0, 10));
	const bound = fc.oneof(
		fc.constant(''),
		fc.integer({ min: 1, max: 300 }).map((count) => `;COUNT=${String(count)}`)
	);

	it('strikes on the days that ical.js gives', () => {
		fc.assert(
			fc.property(rule, start, fc.integer({ min: 1, max: 3 }), bound, (plain, day, interval, end) => {
				const text = `${plain};INTERVAL=${String(interval)}${end}`;
				const event = `BEGIN:VEVENT\nUID:u\nDTSTART:${day.replaceAll('-', '')}T093000\nRRULE:${text}\nEND:VEVENT`;
				const found = taken(read(event)).entries.map(({ facts }) => facts.date);
				const expected: string[] = [];
				const iterator = ICAL.Recur.fromString(text).iterator(
					ICAL.Time.fromDateTimeString(`${day}T09:30:00`, undefined as never)
				);
				for (let next: ICAL.Time | null = iterator.next(); next !== null; next = iterator.next() as ICAL.Time | null) {
					const date = next.toString().slice(0, 10);
					if (date > WINDOW.to) break;
					if (date >= WINDOW.from) expected.push(date);
				}
				expect(found).toEqual(expected);
			}),
			PROPERTY_RUNS
		);
	});
});
