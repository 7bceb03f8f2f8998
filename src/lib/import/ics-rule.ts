/** An RRULE (RFC 5545, 3.3.10) as sets of days and times: ical.js reads it, and what it says is checked here. */
import ICAL from 'ical.js';
import type { IcsProperty } from './ics-properties';
import { firstMomentOf, type IcsMoment } from './ics-time';
import type { FindZone } from './ics-zones';

export type Frequency = 'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY' | 'HOURLY' | 'MINUTELY' | 'SECONDLY';
export interface NthWeekday {
	/** 0: every one; -1: the last. */
	readonly nth: number;
	/** 0: Sunday. */
	readonly weekday: number;
}
/** Empty sets: the rule does not tell. */
export interface Rule {
	readonly frequency: Frequency;
	readonly interval: number;
	readonly count: number | null;
	readonly until: IcsMoment | null;
	/** 0: Sunday. */
	readonly weekStart: number;
	readonly months: ReadonlySet<number>;
	readonly weekNumbers: ReadonlySet<number>;
	readonly yearDays: ReadonlySet<number>;
	readonly monthDays: ReadonlySet<number>;
	readonly weekdays: readonly NthWeekday[];
	readonly hours: ReadonlySet<number>;
	readonly minutes: ReadonlySet<number>;
	readonly positions: ReadonlySet<number>;
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const FREQUENCIES: readonly string[] = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'];
/** A step of centuries ends any series at its first; higher numbers would no longer be exact. */
const MAX_INTERVAL = 1_000_000;

/** Null: it cannot be read. The year 9999 is how some say „without end“. */
export function ruleOf(property: IcsProperty, findZone: FindZone): Rule | null {
	const until = /(?:^|;)UNTIL=(?!9999)([^;]*)/i.exec(property.raw)?.[1];
	const untilMoment = until === undefined ? null : firstMomentOf({ ...property, raw: until, isDate: false }, findZone);
	if (until !== undefined && untilMoment === null) return null;
	try {
		const recur = ICAL.Recur.fromString(property.raw.toUpperCase());
		const frequency = FREQUENCIES.find((name) => name === recur.freq) as Frequency | undefined;
		if (frequency === undefined) return null;
		return ruleWith(recur, frequency, untilMoment);
	} catch {
		return null;
	}
}

function ruleWith(recur: ICAL.Recur, frequency: Frequency, until: IcsMoment | null): Rule {
	const part = (name: string): readonly string[] => {
		const value: unknown = (recur.parts as Record<string, unknown>)[name];
		return Array.isArray(value) ? value.map(String) : [];
	};
	const numbers = (name: string): ReadonlySet<number> => new Set(part(name).map(Number));
	return {
		frequency,
		interval: Math.min(recur.interval, MAX_INTERVAL),
		count: recur.count || null,
		until,
		weekStart: recur.wkst - 1,
		months: numbers('BYMONTH'),
		weekNumbers: numbers('BYWEEKNO'),
		yearDays: numbers('BYYEARDAY'),
		monthDays: numbers('BYMONTHDAY'),
		weekdays: part('BYDAY').map(weekdayOf),
		hours: numbers('BYHOUR'),
		minutes: numbers('BYMINUTE'),
		positions: numbers('BYSETPOS')
	};
}

const weekdayOf = (text: string): NthWeekday => ({
	nth: Number(/^[+-]?\d+/.exec(text)?.[0] ?? 0),
	weekday: WEEKDAYS.indexOf(text.slice(-2))
});
