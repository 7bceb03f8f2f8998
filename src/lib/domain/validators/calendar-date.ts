/** Dates as clerks type them → all the calendar dates they can mean. */
import type { LocalDate } from '../time';

/** How a two-digit year is completed: `past` to the latest date not after today, `nearest` to the nearest century. */
export type YearReading = 'past' | 'nearest';

interface TypedDate {
	readonly day: string;
	readonly month: string;
	readonly year: string;
}

export type DateReading =
	| { readonly type: 'date'; readonly value: string }
	/** Several dates are possible, e.g. `11260`. */
	| { readonly type: 'ambiguous'; readonly values: readonly string[] }
	/** Day, month and year were typed, but there is no such day. */
	| { readonly type: 'impossible' }
	| { readonly type: 'not-a-date' };

/**
 * Reads `1.2.60`, `1.2.1960`, `1/2/60`, `1260`, `010260`, `01021960`, `1960-02-01`; blanks count as separators.
 * With `partial`, day or day and month may be 00 (registers know such birth dates). Value: yyyy-mm-dd.
 */
export function readDate(input: string, today: LocalDate, years: YearReading, partial: boolean): DateReading {
	const levels = typedDates(input.trim());
	if (levels.length === 0) return { type: 'not-a-date' };
	for (const level of levels) {
		const values = level
			.map((typed) => completed(typed, today, years, partial))
			.filter((value): value is string => value !== null);
		const [value] = [...new Set(values)];
		if (value === undefined) continue;
		const all = [...new Set(values)];
		return all.length === 1 ? { type: 'date', value } : { type: 'ambiguous', values: all };
	}
	return { type: 'impossible' };
}

/** Digits without separators: where day, month and year end, the usual reading first. */
const SPLITS: { readonly [length: number]: readonly (readonly (readonly [day: number, month: number])[])[] } = {
	4: [[[1, 1]]],
	5: [
		[
			[1, 2],
			[2, 1]
		]
	],
	6: [[[2, 2]], [[1, 1]]],
	7: [
		[
			[1, 2],
			[2, 1]
		]
	],
	8: [[[2, 2]]]
};

function typedDates(text: string): readonly (readonly TypedDate[])[] {
	const iso = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})$/.exec(text);
	if (iso !== null) return [[{ year: iso[1] ?? '', month: iso[2] ?? '', day: iso[3] ?? '' }]];
	const parted = /^([0-9]{1,2})(?: ?[.,/-] ?| )([0-9]{1,2})(?: ?[.,/-] ?| )([0-9]{4}|[0-9]{2})$/.exec(text);
	if (parted !== null) return [[{ day: parted[1] ?? '', month: parted[2] ?? '', year: parted[3] ?? '' }]];
	if (!/^[0-9]{4,8}$/.test(text)) return [];
	const levels = (SPLITS[text.length] ?? []).map((splits) =>
		splits.map(([day, month]) => ({
			day: text.slice(0, day),
			month: text.slice(day, day + month),
			year: text.slice(day + month)
		}))
	);
	const isoDigits = { year: text.slice(0, 4), month: text.slice(4, 6), day: text.slice(6) };
	return text.length === 8 ? [...levels, [isoDigits]] : levels;
}

function completed(typed: TypedDate, today: LocalDate, years: YearReading, partial: boolean): string | null {
	const month = Number(typed.month);
	const day = Number(typed.day);
	const possible = (year: number): boolean => (partial && day === 0 ? month <= 12 : isCalendarDay(year, month, day));
	const dates = yearsMeant(typed.year, today)
		.filter(possible)
		.map((year) => `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
	if (typed.year.length === 4) return dates[0] ?? null;
	if (years === 'past') return dates.filter((date) => date <= today).at(-1) ?? null;
	return dates.toSorted((a, b) => daysBetween(a, today) - daysBetween(b, today))[0] ?? null;
}

/** Ascending. */
function yearsMeant(typed: string, today: LocalDate): readonly number[] {
	if (typed.length === 4) return [Number(typed)];
	const century = Math.floor(Number(today.slice(0, 4)) / 100) * 100;
	return [-100, 0, 100].map((offset) => century + offset + Number(typed));
}

const pad = (value: number, length: number): string => String(value).padStart(length, '0');

/** Near enough to compare centuries. */
const daysBetween = (a: string, b: string): number => Math.abs(roughDay(a) - roughDay(b));
const roughDay = (date: string): number =>
	Number(date.slice(0, 4)) * 372 + Number(date.slice(5, 7)) * 31 + Number(date.slice(8));

export const daysInMonth = (year: number, month: number): number =>
	month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const isCalendarDay = (year: number, month: number, day: number): boolean =>
	month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
