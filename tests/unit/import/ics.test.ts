/** Calendar files of every maker named in the brief, with all their defects, exactly as they come out. */
import { describe, expect, it } from 'vitest';
import { readIcs } from '$lib/import/ics';
import { fixture, linesOf, reasonsOf, taken, WINDOW } from '../../support/import-fixture';

const read = (text: string) => readIcs(text, WINDOW);
const event = (...lines: string[]): string =>
	['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:u', 'SUMMARY:Erika', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');

describe('a file of Outlook', () => {
	const reading = taken(read(fixture('outlook.ics')));

	it('gives days and hours of Berlin, whatever the zone is called', () => {
		expect(linesOf(reading)).toEqual([
			'uid:outlook-1 2025-11-03 09:30 15 Mustermann, Erika – Personalausweis',
			'uid:outlook-2 2026-03-30 08:00 90 Max Mustermann',
			'uid:outlook-3 2025-11-05 – – Betriebsausflug',
			'uid:outlook-4 2025-10-26 02:30 60 Aus dem Zug cancelled',
			'uid:outlook-5 2025-11-04 10:15 – Ohne Zone',
			'uid:outlook-6 2025-11-06 – – Ganztags nach Art von Exchange'
		]);
		expect(reading.problems).toEqual([]);
		expect(reading.notes).toEqual([{ at: 5, reason: 'end-before-start', excerpt: 'DTEND:20251104T100000' }]);
	});

	it('gives every fact, the version and the change', () => {
		expect(reading.entries[0]).toEqual({
			key: 'uid:outlook-1',
			sequence: 2,
			changedAt: Date.parse('2025-10-20T12:00:05Z'),
			at: 1,
			facts: {
				date: '2025-11-03',
				time: '09:30',
				minutes: 15,
				name: 'Mustermann, Erika – Personalausweis',
				phone: '030 23125 011',
				email: 'erika@example.org',
				service: 'Ausweis, Eilig',
				note: 'Telefon: 030 23125 011\nE-Mail: erika@example.org\nbringt ein Foto mit',
				number: '',
				place: 'Bürgeramt, Schalter 3',
				cancelled: false
			}
		});
	});

	it('takes the address of who was asked, not of who asks', () => {
		expect(reading.entries[1]?.facts.email).toBe('max@example.org');
	});
});

it('a zone of its own is reckoned by its rules, an unknown one is read as Berlin and told', () => {
	const reading = taken(read(fixture('exchange-own-zone.ics')));
	expect(linesOf(reading)).toEqual([
		'uid:winter 2025-11-03 09:00 – Winter',
		'uid:summer 2026-04-01 09:00 – Sommer',
		'uid:nobody-knows 2025-11-03 10:00 – Unbekannt'
	]);
	expect(reading.notes).toEqual([
		{ at: 3, reason: 'zone-unknown', excerpt: 'DTSTART;TZID=Mond/Mare Imbrium:20251103T100000' }
	]);
});

it('a series stays at its hour through the end of summer time, with exceptions, moved and cancelled days', () => {
	const reading = taken(read(fixture('google-series.ics')));
	expect([...linesOf(reading)].sort()).toEqual([
		'uid:series@example.org#20251013T0930 2025-10-13 09:30 30 Sprechstunde',
		'uid:series@example.org#20251027T0930 2025-10-28 14:00 30 Sprechstunde verlegt',
		'uid:series@example.org#20251103T0930 2025-11-03 09:30 – Sprechstunde cancelled',
		'uid:series@example.org#20251110T0930 2025-11-10 09:30 30 Sprechstunde'
	]);
	expect(reading.notes).toEqual([]);
});

it('a description of ZMS with bare lines is kept whole, and costs nothing that follows it', () => {
	const reading = taken(read(fixture('zms-bare-lines.ics')));
	expect(reading.problems).toEqual([]);
	expect(reading.entries).toHaveLength(1);
	expect(reading.entries[0]).toMatchObject({
		key: 'uid:20251103-123456',
		facts: {
			date: '2025-11-03',
			time: '08:10',
			minutes: 10,
			number: '123456',
			name: 'München-Termin: 123456',
			phone: '030 23125 020',
			place: 'Bürgerbüro Beispielplatz 1, 80000 Beispielstadt',
			note: [
				'Sehr geehrte/r Erika Mustermann,',
				'',
				'hiermit bestätigen wir Ihren Termin',
				'Ort: Beispielplatz 1; 2. Stock',
				'Telefon: 030 23125 020',
				'Status: bestätigt',
				'https://stadt.example/termin?id=1'
			].join('\n'),
			cancelled: false
		}
	});
});

it('a bare line that is called like a property is text all the same, and cancels nothing', () => {
	const lines = [
		'DTSTART:20251103T080000',
		'DESCRIPTION:Liebe Erika,',
		'Status: Cancelled',
		'Location: Rathaus',
		'STATUS:CONFIRMED'
	];
	expect(taken(read(event(...lines))).entries[0]?.facts).toMatchObject({
		note: 'Liebe Erika,\nStatus: Cancelled\nLocation: Rathaus',
		place: '',
		cancelled: false
	});
});

it('a broken event costs no other, and each loss is told', () => {
	const reading = taken(read(fixture('broken-among-others.ics')));
	expect(linesOf(reading)).toEqual([
		'uid:first 2025-11-03 08:00 – Erste',
		'uid:bad-location 2025-11-03 10:00 – Ort nicht lesbar',
		'uid:no-such-hour 2025-11-03 – – ',
		'uid:last 2025-11-03 12:00 – Letzte cancelled'
	]);
	expect(reading.problems).toEqual([
		{ at: 2, reason: 'broken-event', excerpt: 'DTSTART;TZID="Europe/Berlin:20251103T090000' },
		{ at: 4, reason: 'no-date', excerpt: 'Ohne Datum' },
		{ at: 5, reason: 'date-unreadable', excerpt: 'DTSTART:20250231T100000' }
	]);
	expect(reasonsOf(reading.notes)).toEqual(['6 time-unreadable']);
});

it.each(['\n', '\r\n', '\r'])('reads the same with lines that end in %j', (end) => {
	expect(read(fixture('broken-among-others.ics').replaceAll('\n', end))).toEqual(
		read(fixture('broken-among-others.ics'))
	);
});

it('of several versions the highest number counts, then the latest change; what has no name stands as often as it does', () => {
	const reading = taken(read(fixture('versions.ics')));
	expect(linesOf(reading)).toEqual([
		'uid:by-sequence 2025-11-03 08:00 – Zehnte Fassung',
		'uid:by-change 2025-11-03 10:00 – Später geändert',
		'row:30e06083dd1ae660 2025-11-03 12:00 – Ohne Kennung',
		'row:30e06083dd1ae660~2 2025-11-03 12:00 – Ohne Kennung'
	]);
	expect(reasonsOf(reading.notes)).toEqual(['2 superseded', '4 superseded']);
});

describe('the window', () => {
	it.each([
		['20250930T235900', []],
		['20251001T000000', ['uid:u 2025-10-01 00:00 – Erika']],
		['20260430T235900', ['uid:u 2026-04-30 23:59 – Erika']],
		['20260430T220000Z', []]
	])('of %s takes %j', (start, expected) => {
		const reading = taken(read(event(`DTSTART:${start}`)));
		expect(linesOf(reading)).toEqual(expected);
		expect(reasonsOf(reading.notes)).toEqual(expected.length === 0 ? ['1 not-in-window'] : []);
	});
});

describe('a rule', () => {
	const datesOf = (rule: string, ...lines: string[]) => {
		const reading = taken(read(event('DTSTART;TZID=Europe/Berlin:20251023T023000', `RRULE:${rule}`, ...lines)));
		return {
			dates: reading.entries.map(({ facts: { date, time } }) => `${date} ${String(time)}`),
			notes: reasonsOf(reading.notes)
		};
	};

	it('leads to the hour that is shown twice, and over the one that is none', () => {
		expect(datesOf('FREQ=DAILY;COUNT=5').dates.at(3)).toBe('2025-10-26 02:30');
		expect(datesOf('FREQ=DAILY;BYMONTH=3;BYMONTHDAY=28,29,30').dates).toEqual([
			'2026-03-28 02:30',
			'2026-03-29 03:30',
			'2026-03-30 02:30'
		]);
	});

	it('ends with UNTIL, be it a day or an instant', () => {
		expect(datesOf('FREQ=DAILY;UNTIL=20251025').dates).toHaveLength(3);
		expect(datesOf('FREQ=DAILY;UNTIL=20251027T013000Z').dates).toHaveLength(5);
		expect(datesOf('FREQ=DAILY;UNTIL=20251027T012900Z').dates).toHaveLength(4);
		expect(datesOf('FREQ=MONTHLY;UNTIL=99991231T235959Z').dates).toHaveLength(7);
	});

	it('that cannot be read leaves the first occurrence, named as one of a series', () => {
		for (const rule of ['FREQ=FOO', 'FREQ=DAILY;COUNT=', '', 'FREQ=DAILY;UNTIL=bald']) {
			expect(datesOf(rule)).toEqual({ dates: ['2025-10-23 02:30'], notes: ['1 rule-unreadable'] });
		}
		const reading = read(event('DTSTART:20251023T080000', 'RRULE:FREQ=FOO'));
		expect(linesOf(reading)).toEqual(['uid:u#20251023T0800 2025-10-23 08:00 – Erika']);
	});

	it('gets dates beside it, and never one day twice', () => {
		expect(datesOf('FREQ=DAILY;COUNT=2', 'RDATE;TZID=Europe/Berlin:20251024T023000,20251101T100000').dates).toEqual([
			'2025-10-23 02:30',
			'2025-10-24 02:30',
			'2025-11-01 10:00'
		]);
	});

	it.each(['FREQ=SECONDLY', 'FREQ=SECONDLY;COUNT=999999999', 'FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30'])(
		'like %s is cut, and says so',
		(rule) => expect(datesOf(rule).notes).toContain('1 series-cut')
	);

	it.each(['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=MONTHLY;BYDAY=9MO'])(
		'that never strikes, %s, ends',
		(rule) => expect(datesOf(rule)).toEqual({ dates: [], notes: ['1 not-in-window'] })
	);

	it('gives no more than 5,000 occurrences', () => {
		const everyMinuteOfSomeHours = `FREQ=DAILY;BYHOUR=8,9;BYMINUTE=${Array.from({ length: 60 }, (_, at) => at).join(',')}`;
		const { dates, notes } = datesOf(everyMinuteOfSomeHours);
		expect(dates).toHaveLength(5_000);
		expect(notes).toEqual(['1 series-cut']);
	});
});

it.each([
	['', 'empty'],
	[' \r\n', 'empty'],
	['BEGIN:VCALENDAR\r\nEND:VCALENDAR', 'no-events'],
	['Name;Datum\r\nErika;3.11.2025', 'not-known']
])('of %j says what it is', (text, reason) => {
	expect(read(text)).toEqual({ type: 'unreadable', reason });
});

it('names the guest where the subject is empty, and never the host', () => {
	const text = event(
		'DTSTART:20251103T080000',
		'ORGANIZER;CN=Bürgeramt:mailto:amt@example.org',
		'ATTENDEE;CN=Bürgeramt:mailto:amt@example.org',
		'ATTENDEE;CN="Mustermann, Erika":mailto:erika@example.org'
	);
	expect(taken(read(text.replace('SUMMARY:Erika\r\n', ''))).entries[0]?.facts.name).toBe('Mustermann, Erika');
	expect(taken(read(text)).entries[0]?.facts.name).toBe('Erika');
});

it('cuts a long description and says so, and writes U+FFFD for half a character', () => {
	const reading = taken(read(event('DTSTART:20251103T080000', `DESCRIPTION:\uD83D${'x'.repeat(30_000)}`)));
	expect(reading.entries[0]?.facts.note).toBe(`\uFFFD${'x'.repeat(1_999)}`);
	expect(reasonsOf(reading.notes)).toEqual(['1 text-cut']);
});
