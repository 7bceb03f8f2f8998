/** The rules of a VTIMEZONE, as Exchange brings them along for zones without a name. */
import type { Instant } from '$lib/domain/time';
import { DAY_MS, MINUTE_MS, wallAt, type WallTime } from './berlin-time';

/** One STANDARD or DAYLIGHT: from each onset on, the clock is `to` ahead of UTC, and was `from` before. */
interface Observance {
	readonly fromMs: number;
	readonly toMs: number;
	readonly first: WallTime;
	readonly yearly: YearlyOnset | null;
}
interface YearlyOnset {
	readonly month: number;
	/** -1: the last one of the month. */
	readonly nth: number;
	/** 0: Sunday. */
	readonly weekday: number;
	readonly until: number;
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
/** A file that brings more has not been made by a calendar. */
const MAX_OBSERVANCES = 200;

/** Wall → instant; null: no rule could be read. A doubled hour is the first of the two, a gap is shifted forward. */
export function ownZoneOf(lines: readonly string[]): ((wall: WallTime) => Instant) | null {
	const observances = partsOf(lines).slice(0, MAX_OBSERVANCES).flatMap(observanceOf);
	if (observances.length === 0) return null;
	return (wall) => (wall - offsetAt(observances, wall)) as Instant;
}

function offsetAt(observances: readonly Observance[], wall: WallTime): number {
	let latest: { onset: number; observance: Observance } | null = null;
	let earliest = observances[0]!;
	for (const observance of observances) {
		if (observance.first < earliest.first) earliest = observance;
		for (const onset of onsetsNear(observance, wall))
			if (onset <= wall && (latest === null || onset > latest.onset)) latest = { onset, observance };
	}
	if (latest === null) return earliest.fromMs;
	const { fromMs, toMs } = latest.observance;
	return wall < latest.onset + (toMs - fromMs) ? fromMs : toMs;
}

function onsetsNear({ first, yearly }: Observance, wall: WallTime): readonly number[] {
	if (yearly === null) return [first];
	const year = new Date(wall).getUTCFullYear();
	const timeOfDay = ((first % DAY_MS) + DAY_MS) % DAY_MS;
	const onsets = [year - 1, year].map((each) => nthWeekday(each, yearly) + timeOfDay);
	return [first, ...onsets.filter((onset) => onset >= first && onset <= yearly.until)];
}

function nthWeekday(year: number, { month, nth, weekday }: YearlyOnset): number {
	const edge = new Date(Date.UTC(year, nth > 0 ? month - 1 : month, nth > 0 ? 1 : 0));
	const days = nth > 0 ? (weekday - edge.getUTCDay() + 7) % 7 : -((edge.getUTCDay() - weekday + 7) % 7);
	return edge.getTime() + (days + (nth > 0 ? nth - 1 : nth + 1) * 7) * DAY_MS;
}

/** Lines of each STANDARD and DAYLIGHT. */
function partsOf(lines: readonly string[]): readonly (readonly string[])[] {
	const parts: string[][] = [];
	for (const line of lines) {
		if (/^BEGIN:/i.test(line)) parts.push([]);
		else parts.at(-1)?.push(line);
	}
	return parts;
}

function observanceOf(lines: readonly string[]): readonly Observance[] {
	const valueOf = (name: string): string =>
		lines.map((line) => new RegExp(`^${name}[^:]*:(.*)`, 'i').exec(line)?.[1]).find((value) => value !== undefined) ??
		'';
	const first = onsetOf(valueOf('DTSTART'));
	const fromMs = offsetOf(valueOf('TZOFFSETFROM'));
	const toMs = offsetOf(valueOf('TZOFFSETTO'));
	if (first === null || toMs === null) return [];
	const single = { fromMs: fromMs ?? toMs, toMs, yearly: yearlyOf(valueOf('RRULE')) };
	const dates = lines
		.filter((line) => /^RDATE/i.test(line))
		.flatMap((line) => line.slice(line.indexOf(':') + 1).split(','));
	const more = dates.map(onsetOf).filter((onset) => onset !== null);
	return [{ ...single, first }, ...more.map((onset) => ({ ...single, yearly: null, first: onset }))];
}

/** `16010101T000000`, as Exchange has it. */
function onsetOf(value: string): WallTime | null {
	const [, year, month, day, hour, minute] = /^\s*(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/.exec(value) ?? [];
	return year === undefined ? null : wallAt(Number(year), Number(month), Number(day), Number(hour), Number(minute));
}

/** `+0100` → milliseconds. */
function offsetOf(value: string): number | null {
	const [, sign, hours, minutes] = /^\s*([+-])(\d\d)(\d\d)/.exec(value) ?? [];
	return hours === undefined ? null : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}

function yearlyOf(rule: string): YearlyOnset | null {
	const month = Number(/BYMONTH=(\d{1,2})/i.exec(rule)?.[1]);
	const [, nth, weekday] = /BYDAY=([+-]?[1-5])?(SU|MO|TU|WE|TH|FR|SA)/i.exec(rule) ?? [];
	if (!/FREQ=YEARLY/i.test(rule) || !(month >= 1 && month <= 12) || weekday === undefined) return null;
	/** „The Sunday from the 8th to the 14th“ is the second one. */
	const fromDay = Number(/BYMONTHDAY=(\d{1,2})/i.exec(rule)?.[1] ?? 1);
	const last = /UNTIL=(\d{4})(\d\d)(\d\d)/i.exec(rule);
	return {
		month,
		nth: nth === undefined ? Math.ceil(fromDay / 7) : Number(nth),
		weekday: WEEKDAYS.indexOf(weekday.toUpperCase()),
		until: last ? Date.UTC(Number(last[1]), Number(last[2]) - 1, Number(last[3]) + 1) : Infinity
	};
}
