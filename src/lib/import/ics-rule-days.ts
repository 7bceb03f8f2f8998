/** Which days a rule takes: the BY… parts that speak of days (RFC 5545, 3.3.10). */
import { DAY_MS, type WallTime } from './berlin-time';
import type { NthWeekday, Rule } from './ics-rule';

interface DayFields {
	readonly month: number;
	readonly monthDay: number;
	readonly monthLength: number;
	readonly yearDay: number;
	readonly yearLength: number;
	/** 0: Sunday. */
	readonly weekday: number;
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

/** `day` since 1970. */
export function isRuleDay(rule: Rule, day: number): boolean {
	const fields = fieldsOf(day);
	if (rule.months.size > 0 && !rule.months.has(fields.month)) return false;
	if (!isAmong(rule.monthDays, fields.monthDay, fields.monthLength)) return false;
	if (!isAmong(rule.yearDays, fields.yearDay, fields.yearLength)) return false;
	if (rule.weekdays.length > 0 && !rule.weekdays.some((each) => isNth(rule, each, fields))) return false;
	return rule.weekNumbers.size === 0 || isRuleWeek(rule, day);
}

/** Counted from the begin, or from the end where it is negative. */
const isAmong = (numbers: ReadonlySet<number>, number: number, length: number): boolean =>
	numbers.size === 0 || numbers.has(number) || numbers.has(number - length - 1);

function isNth({ frequency, months, weekNumbers }: Rule, { nth, weekday }: NthWeekday, fields: DayFields): boolean {
	if (weekday !== fields.weekday) return false;
	const counts = nth !== 0 && weekNumbers.size === 0 && (frequency === 'MONTHLY' || frequency === 'YEARLY');
	if (!counts) return true;
	const inMonth = frequency === 'MONTHLY' || months.size > 0;
	const at = inMonth ? fields.monthDay : fields.yearDay;
	const length = inMonth ? fields.monthLength : fields.yearLength;
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
	/** 28 December is always in the last week when weeks begin on Monday; its like for other starts is found the same way. */
	const last = Date.UTC(year, 11, 31) / DAY_MS;
	const first = last - ((weekdayOf(last) - weekStart + 7) % 7);
	const middle = first + 3 > last ? first - 4 : first + 3;
	return Math.floor((middle - Date.UTC(year, 0, 1) / DAY_MS) / 7) + 1;
}

const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7;

function fieldsOf(day: number): DayFields {
	const date = new Date(day * DAY_MS);
	const year = date.getUTCFullYear();
	const month = date.getUTCMonth();
	const january = Date.UTC(year, 0, 1) / DAY_MS;
	return {
		month: month + 1,
		monthDay: date.getUTCDate(),
		monthLength: new Date(Date.UTC(year, month + 1, 0)).getUTCDate(),
		yearDay: day - january + 1,
		yearLength: Date.UTC(year + 1, 0, 1) / DAY_MS - january,
		weekday: date.getUTCDay()
	};
}
