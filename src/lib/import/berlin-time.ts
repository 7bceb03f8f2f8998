/** Wall clocks: what a clock in Berlin, or in any other zone, shows at an instant, and the other way round. */
import type { LocalTime } from '$lib/domain/appointment-import';
import type { Instant, LocalDate } from '$lib/domain/time';

declare const brand: unique symbol;
/** What a clock on a wall shows, as milliseconds since 1970-01-01T00:00 of that same wall: to reckon with, never to compare between zones. */
export type WallTime = number & { readonly [brand]: 'WallTime' };

export interface LocalMoment {
	readonly date: LocalDate;
	readonly time: LocalTime;
}

interface ZoneClock {
	readonly format: Intl.DateTimeFormat;
	/** Milliseconds east of UTC, by quarter of an hour: every change since 1900 falls on one. */
	readonly offsets: Map<number, number>;
}

export const BERLIN = 'Europe/Berlin';
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
const QUARTER_MS = 15 * MINUTE_MS;
const MAX_KNOWN_OFFSETS = 20_000;
/** One for each zone of the world at most: names that Intl does not know are not kept. */
const clocks = new Map<string, ZoneClock>();

export const berlinOf = (instant: Instant): LocalMoment => momentOf(wallOf(BERLIN, instant));

export const momentOf = (wall: WallTime): LocalMoment => {
	const iso = new Date(wall).toISOString();
	return { date: iso.slice(0, 10) as LocalDate, time: iso.slice(11, 16) as LocalTime };
};

/** `month` from 1. Null: no such day or hour (31 June, 25:00). */
export function wallAt(year: number, month: number, day: number, hour = 0, minute = 0): WallTime | null {
	const wall = new Date(Date.UTC(year, month - 1, day, hour, minute));
	const exists = wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day && hour < 24 && minute < 60;
	return exists ? (wall.getTime() as WallTime) : null;
}

/** `zone`: a name that `isZone` knows. */
export const wallOf = (zone: string, instant: Instant): WallTime => (instant + offsetAt(zone, instant)) as WallTime;

/** An hour that the clock shows twice is the first of the two; one that it leaps over is shifted forward by the leap. */
export function instantOf(zone: string, wall: WallTime): Instant {
	const before = wall - offsetAt(zone, wall - DAY_MS);
	if (before + offsetAt(zone, before) === wall) return before as Instant;
	const after = wall - offsetAt(zone, wall + DAY_MS);
	return (after + offsetAt(zone, after) === wall ? after : before) as Instant;
}

/** Whether this machine knows an IANA zone of that name. */
export function isZone(name: string): boolean {
	if (clocks.has(name)) return true;
	if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,60}$/.test(name)) return false;
	try {
		clocks.set(name, { format: formatOf(name), offsets: new Map() });
		return true;
	} catch {
		return false;
	}
}

function offsetAt(zone: string, instantMs: number): number {
	if (!isZone(zone)) throw new Error(`no zone: ${zone}`);
	const { format, offsets } = clocks.get(zone)!;
	const quarter = Math.floor(instantMs / QUARTER_MS);
	const known = offsets.get(quarter);
	if (known !== undefined) return known;
	const offset = shownBy(format, quarter * QUARTER_MS) - quarter * QUARTER_MS;
	if (offsets.size >= MAX_KNOWN_OFFSETS) offsets.clear();
	offsets.set(quarter, offset);
	return offset;
}

function shownBy(format: Intl.DateTimeFormat, instantMs: number): number {
	const [month, day, year, hour, minute, second] = (format.format(instantMs).match(/\d+/g) ?? []).map(Number);
	return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
}

const formatOf = (timeZone: string): Intl.DateTimeFormat =>
	new Intl.DateTimeFormat('en-US', {
		timeZone,
		calendar: 'gregory',
		numberingSystem: 'latn',
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric'
	});
