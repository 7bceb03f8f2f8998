/** Which days a rule takes: the BY… parts that speak of days (RFC 5545, 3.3.10). */
import { DAY_MS, type WallTime } from './berlin-time';
import type { Rule } from './ics-rule';

interface Place {
	/** From 1. */
	readonly at: number;
	readonly length: number;
}

/** What a rule does not say, the start of the series does. */
export function withDefaults(rule: Rule, start: WallTime): Rule {
	const { frequency, months, weekNumbers, yearDays, monthDays, weekdays } = rule;
	const date = new Date(start);
	if (yearDays.size > 0 || monthDays.size > 0 || weekdays.length > 0) return rule;
	const sameWeekday = [{ nth: 0, weekday: date.getUTCDay() }];
	const sameDay = new Set([date.getUTCDate()]);
	if (frequency === 'WEEKLY' || weekNumbers.size > 0) return { ...rule, weekdays: sameWeekday };
	if (frequency === 'MONTHLY') return { ...rule, monthDays: sameDay };
	if (frequency !== 'YEARLY') return rule;
	return { ...rule, monthDays: sameDay, months: months.size > 0 ? months : new Set([date.getUTCMonth() + 1]) };
}

/** `day` since 1970. What costs least is looked at first: of a long series most days fall out by their weekday. */
export function isRuleDay(rule: Rule, day: number): boolean {
	const { weekdays, months, monthDays, yearDays } = rule;
	const weekday = weekdayOf(day);
	const alike = weekdays.length === 0 ? weekdays : weekdays.filter((each) => each.weekday === weekday);
	if (weekdays.length > 0 && alike.length === 0) return false;
	const counted = alike.length > 0 && alike.every(({ nth }) => nth !== 0);
	if (months.size + monthDays.size + yearDays.size > 0 || counted) {
		const date = new Date(day * DAY_MS);
		if (months.size > 0 && !months.has(date.getUTCMonth() + 1)) return false;
		if (monthDays.size > 0 && !isAmong(monthDays, placeInMonth(date))) return false;
		if (yearDays.size > 0 && !isAmong(yearDays, placeInYear(date))) return false;
		if (counted && !alike.some(({ nth }) => isNth(rule, nth, date))) return false;
	}
	return rule.weekNumbers.size === 0 || isRuleWeek(rule, day);
}

/** Counted from the begin, or from the end where it is negative. */
const isAmong = (numbers: ReadonlySet<number>, { at, length }: Place): boolean =>
	numbers.has(at) || numbers.has(at - length - 1);

/** `2MO`: the second Monday, of the month or of the year; rules by the week do not count. */
function isNth({ frequency, months, weekNumbers }: Rule, nth: number, date: Date): boolean {
	if (weekNumbers.size > 0 || (frequency !== 'MONTHLY' && frequency !== 'YEARLY')) return true;
	const { at, length } = frequency === 'MONTHLY' || months.size > 0 ? placeInMonth(date) : placeInYear(date);
	return nth > 0 ? Math.ceil(at / 7) === nth : Math.ceil((length - at + 1) / 7) === -nth;
}

/** Week 1 is the first that has four days of the year (ISO 8601 with any day as the first of the week). */
function isRuleWeek({ weekNumbers, weekStart }: Rule, day: number): boolean {
	const first = day - ((weekdayOf(day) - weekStart + 7) % 7);
	const year = new Date((first + 3) * DAY_MS).getUTCFullYear();
	const week = Math.floor((first + 3 - Date.UTC(year, 0, 1) / DAY_MS) / 7) + 1;
	const weeks = weekNumbers.has(week) ? 0 : weeksOf(year, weekStart);
	return weekNumbers.has(week) || weekNumbers.has(week - weeks - 1);
}

function weeksOf(year: number, weekStart: number): number {
	const last = Date.UTC(year, 11, 31) / DAY_MS;
	const first = last - ((weekdayOf(last) - weekStart + 7) % 7);
	const middle = first + 3 > last ? first - 4 : first + 3;
	return Math.floor((middle - Date.UTC(year, 0, 1) / DAY_MS) / 7) + 1;
}

/** 0: Sunday; 1 January 1970 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

const placeInMonth = (date: Date): Place => ({
	at: date.getUTCDate(),
	length: new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
});

function placeInYear(date: Date): Place {
	const january = Date.UTC(date.getUTCFullYear(), 0, 1);
	const length = (Date.UTC(date.getUTCFullYear() + 1, 0, 1) - january) / DAY_MS;
	return { at: Math.floor((date.getTime() - january) / DAY_MS) + 1, length };
}
