/** The clock of Berlin around its two leaps, and clocks elsewhere. */
import { expect, it } from 'vitest';
import type { Instant } from '$lib/domain/time';
import { berlinOf, instantOf, isZone, wallAt } from '$lib/import/berlin-time';
import { createFindZone } from '$lib/import/ics-zones';

const instant = (iso: string) => Date.parse(iso) as Instant;

it.each([
	['2025-10-26T00:30:00Z', '2025-10-26', '02:30'],
	['2025-10-26T01:30:00Z', '2025-10-26', '02:30'],
	['2026-03-29T00:59:00Z', '2026-03-29', '01:59'],
	['2026-03-29T01:00:00Z', '2026-03-29', '03:00'],
	['2025-12-31T23:00:00Z', '2026-01-01', '00:00']
])('at %s shows %s %s', (iso, date, time) => {
	expect(berlinOf(instant(iso))).toEqual({ date, time });
});

it.each([
	['Europe/Berlin', [2025, 10, 26, 2, 30], '2025-10-26T00:30:00Z'],
	['Europe/Berlin', [2025, 10, 26, 3, 0], '2025-10-26T02:00:00Z'],
	['Europe/Berlin', [2026, 3, 29, 2, 30], '2026-03-29T01:30:00Z'],
	['Europe/Berlin', [2026, 3, 29, 1, 59], '2026-03-29T00:59:00Z'],
	['America/New_York', [2026, 3, 8, 2, 30], '2026-03-08T07:30:00Z'],
	['Australia/Lord_Howe', [2025, 11, 3, 9, 0], '2025-11-02T22:00:00Z']
] as const)('a wall in %s at %j is the instant %s', (zone, wall, iso) => {
	expect(instantOf(zone, wallAt(...wall)!)).toBe(instant(iso));
});

it.each([
	[2025, 2, 29],
	[2025, 6, 31],
	[2025, 13, 1],
	[2025, 11, 3, 24]
] as const)('knows no day or hour %j', (...wall) => {
	expect(wallAt(...(wall as readonly [number, number, number]))).toBeNull();
});

it('knows zones by their IANA name only', () => {
	expect(['Europe/Berlin', 'CET', 'Foo/Bar', '../x', ''].map(isZone)).toEqual([true, true, false, false, false]);
});

it.each([
	['W. Europe Standard Time', '10:00'],
	['"w. europe standard time"', '10:00'],
	['Mitteleuropäische Zeit', '10:00'],
	['/mozilla.org/20050126_1/Europe/Berlin', '10:00'],
	['(UTC+01:00) Amsterdam\\, Berlin\\, Bern\\, Rome\\, Stockholm\\, Vienna', '10:00'],
	['(GMT+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien', '10:00'],
	['(UTC) Dublin, Edinburgh, Lisbon, London', '11:00'],
	['(UTC-05:00) Eastern Time (US and Canada)', '16:00'],
	['Eastern Standard Time', '16:00'],
	['(GMT+10:00) Canberra, Melbourne, Sydney', '00:00'],
	['UTC', '11:00']
])('ten o’clock in %s is %s in Berlin', (name, time) => {
	const zone = createFindZone([])(name);
	expect(zone.isKnown).toBe(true);
	expect(berlinOf(zone.instantOf(wallAt(2025, 11, 3, 10, 0)!)).time).toBe(time);
});
