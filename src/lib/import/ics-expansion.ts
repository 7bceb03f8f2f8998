/**
 * The walls at which a rule strikes, within a window and a number of steps. Not by the iterator of ical.js: with rules that never
 * match it goes on for ever (FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30).
 */
import { DAY_MS, MINUTE_MS, type WallTime } from './berlin-time';
import { isRuleDay, withDefaults } from './ics-rule-days';
import type { Rule } from './ics-rule';

/** Shared by all series of a file: days looked at, and occurrences made. */
export interface Budget {
	steps: number;
}
export interface Expansion {
	readonly walls: readonly WallTime[];
	/** There were more than may be. */
	readonly isCut: boolean;
}
export interface Span {
	readonly from: WallTime;
	readonly to: WallTime;
}

/** A series of one a day fills thirteen years with it; more is no calendar of a town hall. */
export const MAX_OCCURRENCES = 5_000;
export const FILE_STEPS = 3_000_000;
const SERIES_STEPS = 200_000;
/** An occurrence costs more than a day that is looked at, and so does a period of less than a day. */
const OCCURRENCE_STEPS = 10;
const UNIT_MS = { HOURLY: 60 * MINUTE_MS, MINUTELY: MINUTE_MS, SECONDLY: 1000 };

const NONE: readonly WallTime[] = [];

interface Run {
	readonly rule: Rule;
	readonly start: WallTime;
	readonly span: Span;
	readonly found: WallTime[];
	counted: number;
	steps: number;
}

/** Ascending; `start` itself only where the rule strikes it. */
export function expand(rule: Rule, start: WallTime, span: Span, budget: Budget): Expansion {
	const allowed = Math.min(SERIES_STEPS, budget.steps);
	const run: Run = { rule: withDefaults(rule, start), start, span, found: [], counted: 0, steps: allowed };
	for (let period = firstPeriod(run); run.steps > 0 && run.found.length <= MAX_OCCURRENCES; period++) {
		const walls = wallsIn(run, period);
		if (walls === null || walls.some((wall) => isOver(run, wall))) break;
	}
	budget.steps -= allowed - run.steps;
	return { walls: run.found.slice(0, MAX_OCCURRENCES), isCut: run.steps <= 0 || run.found.length > MAX_OCCURRENCES };
}

/** Counts one; true: there is none after it. */
function isOver(run: Run, wall: WallTime): boolean {
	const { rule, start, span, found } = run;
	run.steps--;
	if (wall < start) return false;
	if (wall > span.to || (rule.count !== null && run.counted >= rule.count)) return true;
	run.counted++;
	if (wall >= span.from) {
		run.steps -= OCCURRENCE_STEPS;
		found.push(wall);
	}
	return run.steps <= 0 || found.length > MAX_OCCURRENCES;
}

/** Without a COUNT nothing before the window needs to be looked at. */
function firstPeriod({ rule, start, span }: Run): number {
	if (rule.count !== null || span.from <= start) return 0;
	const days = (span.from - start) / DAY_MS;
	switch (rule.frequency) {
		case 'YEARLY':
			return Math.max(0, Math.floor(days / 366 / rule.interval) - 1);
		case 'MONTHLY':
			return Math.max(0, Math.floor(days / 31 / rule.interval) - 1);
		case 'WEEKLY':
			return Math.max(0, Math.floor(days / 7 / rule.interval) - 1);
		case 'DAILY':
			return Math.max(0, Math.floor(days / rule.interval) - 1);
		default:
			return Math.floor((span.from - start) / (rule.interval * UNIT_MS[rule.frequency]));
	}
}

/** Ascending; null: the period is after the window. */
function wallsIn(run: Run, period: number): readonly WallTime[] | null {
	const { rule, start, span } = run;
	if (rule.frequency === 'HOURLY' || rule.frequency === 'MINUTELY' || rule.frequency === 'SECONDLY') {
		const wall = (start + period * rule.interval * UNIT_MS[rule.frequency]) as WallTime;
		if (wall > span.to) return null;
		run.steps -= OCCURRENCE_STEPS;
		return isRuleDay(rule, Math.floor(wall / DAY_MS)) && isRuleTime(rule, wall) ? [wall] : [];
	}
	const [first, length] = daysOf(rule, start, period);
	if (!(first * DAY_MS <= span.to)) return null;
	run.steps -= length;
	const days: number[] = [];
	for (let day = first; day < first + length; day++) if (isRuleDay(rule, day)) days.push(day);
	if (days.length === 0) return NONE;
	const times = timesOf(rule, start);
	return inPositions(
		rule,
		days.flatMap((day) => times.map((time) => (day * DAY_MS + time) as WallTime))
	);
}

/** First day since 1970, and how many. */
function daysOf({ frequency, interval, weekStart }: Rule, start: WallTime, period: number): readonly [number, number] {
	const day = Math.floor(start / DAY_MS);
	if (frequency === 'DAILY') return [day + period * interval, 1];
	if (frequency === 'WEEKLY')
		return [day - ((new Date(start).getUTCDay() - weekStart + 7) % 7) + period * interval * 7, 7];
	const date = new Date(start);
	const isMonth = frequency === 'MONTHLY';
	const year = date.getUTCFullYear() + (isMonth ? 0 : period * interval);
	const month = isMonth ? date.getUTCMonth() + period * interval : 0;
	const first = Date.UTC(year, month, 1) / DAY_MS;
	return [first, Date.UTC(year, month + (isMonth ? 1 : 12), 1) / DAY_MS - first];
}

/** Milliseconds of the day, ascending. */
function timesOf({ hours, minutes }: Rule, start: WallTime): readonly number[] {
	const date = new Date(start);
	const ascending = (numbers: ReadonlySet<number>, own: number): readonly number[] =>
		numbers.size === 0 ? [own] : [...numbers].sort((a, b) => a - b);
	return ascending(hours, date.getUTCHours()).flatMap((hour) =>
		ascending(minutes, date.getUTCMinutes()).map((minute) => (hour * 60 + minute) * MINUTE_MS)
	);
}

function isRuleTime({ hours, minutes }: Rule, wall: WallTime): boolean {
	const date = new Date(wall);
	return (
		(hours.size === 0 || hours.has(date.getUTCHours())) && (minutes.size === 0 || minutes.has(date.getUTCMinutes()))
	);
}

/** BYSETPOS: the first, the last … of a period. */
const inPositions = ({ positions }: Rule, walls: readonly WallTime[]): readonly WallTime[] =>
	positions.size === 0 ? walls : walls.filter((_, at) => positions.has(at + 1) || positions.has(at - walls.length));
