/** Times and durations in cells: as clerks write them, as Excel shows them, as machines do. */
import type { LocalTime } from '$lib/domain/appointment-import';

export interface TimeCell {
	readonly time: LocalTime;
	/** Where the cell holds an end as well; below zero, the end comes first. */
	readonly minutes: number | null;
}

const CLOCK =
	/^(\d{1,2})(?:\s*(?:[:.,h]|uhr\s)\s*(\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?)?\s*(uhr|h|a\.?m?\.?|p\.?m?\.?)?(?![\p{L}\d])/iu;
const BARE = /^(\d{2})(\d{2})(?:\s*(uhr))?(?![\p{L}\d:.])/iu;
const UNTIL = /^\s*(?:-|–|—|bis|to|until)\s*/i;
const MAX_TIME_LENGTH = 120;
const FROM = /^(?:(?:um|von|ab|from|at|gegen|etwa|ca\.?)\s+)+/i;

/** `9:30`, `09.30 Uhr`, `9 Uhr`, `0930`, `9:30 AM`, `09:30:00`, `9:30 - 10:00`, `9–10 Uhr`, `9 Uhr 30`, `ca. 9,30`. Null: anything else, 24:00 included. */
export function readTimeCell(text: string): TimeCell | null {
	if (text.length > MAX_TIME_LENGTH) return null;
	const trimmed = text.trim().replace(FROM, '');
	const start = clockAt(trimmed);
	if (start === null) return null;
	const behind = trimmed.slice(start.length);
	if (behind.trim() === '')
		return start.sure && start.minute < DAY_MINUTES ? { time: timeOf(start.minute), minutes: null } : null;
	const until = UNTIL.exec(behind);
	const end = until === null ? null : clockAt(behind.slice(until[0].length));
	if (until === null || end === null || behind.slice(until[0].length + end.length).trim() !== '') return null;
	if (!end.sure || start.minute >= DAY_MINUTES) return null;
	return { time: timeOf(start.minute), minutes: end.minute - start.minute };
}

interface ClockReading {
	/** Of the day. */
	readonly minute: number;
	readonly length: number;
	/** False: an hour alone, which may be any number. */
	readonly sure: boolean;
}

const DAY_MINUTES = 1_440;

function clockAt(text: string): ClockReading | null {
	const bare = BARE.exec(text);
	if (bare !== null) return reading(bare[1], bare[2], bare[0].length, true, undefined);
	const found = CLOCK.exec(text);
	if (found === null || Number(found[3] ?? 0) > 59) return null;
	return reading(found[1], found[2], found[0].length, found[2] !== undefined || found[4] !== undefined, found[4]);
}

function reading(
	hourText: string | undefined,
	minuteText: string | undefined,
	length: number,
	sure: boolean,
	suffix: string | undefined
): ClockReading | null {
	const half = /^[ap]/i.exec(suffix ?? '')?.[0].toLowerCase();
	const typed = Number(hourText);
	const minute = Number(minuteText ?? 0);
	if (half !== undefined && (typed < 1 || typed > 12)) return null;
	const hour = half === undefined ? typed : (typed % 12) + (half === 'p' ? 12 : 0);
	const total = hour * 60 + minute;
	return minute > 59 || total > DAY_MINUTES ? null : { minute: total, length, sure };
}

const timeOf = (minute: number): LocalTime =>
	`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}` as LocalTime;

export const minuteOfDay = (time: LocalTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** An end may be 24:00. Minutes of the day; null: no time. */
export function readEndTime(text: string): number | null {
	if (text.length > MAX_TIME_LENGTH) return null;
	const end = clockAt(text.trim().replace(UNTIL, ''));
	const whole = end !== null && end.sure && end.length === text.trim().replace(UNTIL, '').length;
	return whole ? end.minute : null;
}

const HOURS_AND_MINUTES = /^(\d{1,3}):(\d{2})(?::\d{2})?\s*(?:h|std\.?|stunden?)?$/i;
const MINUTES = /^(\d{1,4})(?:[.,]0+)?\s*(?:m|min|min\.|minuten?|minutes?|')?$/i;
const HOURS =
	/^(\d{1,3})(?:[.,](\d{1,2}))?\s*(?:h|std|std\.|stunden?|hours?)(?:\s*(?:und)?\s*(\d{1,2})\s*(?:m|min|min\.|minuten?|minutes?))?$/i;
const ISO_DURATION = /^PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d+S)?$/i;

/** `30`, `30 min`, `0:30`, `1,5 Std.`, `1 h 15 min`, `PT30M`. In minutes; null: no duration. */
export function readDuration(text: string): number | null {
	if (text.length > MAX_TIME_LENGTH) return null;
	const trimmed = text.trim();
	const minutes = MINUTES.exec(trimmed);
	if (minutes !== null) return Number(minutes[1]);
	const clock = HOURS_AND_MINUTES.exec(trimmed);
	if (clock !== null) return Number(clock[2]) > 59 ? null : Number(clock[1]) * 60 + Number(clock[2]);
	const hours = HOURS.exec(trimmed);
	if (hours !== null) return Math.round(Number(`${hours[1] ?? '0'}.${hours[2] ?? '0'}`) * 60) + Number(hours[3] ?? 0);
	const iso = ISO_DURATION.exec(trimmed);
	if (iso === null || (iso[1] === undefined && iso[2] === undefined)) return null;
	return Number(iso[1] ?? 0) * 60 + Number(iso[2] ?? 0);
}
