/** Dates in cells → calendar dates: German, ISO, with slashes and in words; an impossible day is never the one next to it. */
import { readDate } from '$lib/domain/validators/calendar-date';
import { searchForm } from '$lib/domain/search-key';
import type { LocalDate } from '$lib/domain/time';

/** How `11/03/2025` is read; null: the column says both, so what could be either is neither. */
export type SlashOrder = 'day-first' | 'month-first' | null;

export interface DateContext {
	readonly today: LocalDate;
	readonly slashes: SlashOrder;
}

export interface DateCell {
	readonly date: LocalDate;
	/** What stands behind the date, mostly a time. */
	readonly rest: string;
}

/** Longer is a text that a date begins, if any. */
const MAX_DATE_LENGTH = 120;
const WEEKDAY =
	/^\s*(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*[.,]*\s+|^\s*(?:mo|di|mi|do|fr|sa|so)[.,]+/i;
/** „Montag, den 3. November“, „am 3.11.2025“. */
const ARTICLE = /^\s*(?:der|den|dem|am|vom)\s+/i;
const DOTTED = /^(\d{1,2})\s*[.-]\s*(\d{1,2})\s*[.-]\s*(\d{4}|\d{2})(?!\d)/;
const ISO = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/;
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?!\d)/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?=$|T|\s)/;
const WORDED = /^(\d{1,2})[.-]?\s*([\p{L}]{3,9})[.-]?,?\s*(\d{4}|\d{2})(?![\d:.])/u;
/** `3.11.` and `03. Nov`, as people type it and a German Excel shows it: of the year in which it is nearest. */
const WITHOUT_YEAR = /^(\d{1,2})\.\s*(?:(\d{1,2})\.|([\p{L}]{3,9})\.?)(?=$|[\s,;|])/u;
const WORDED_ENGLISH = /^(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/u;

/** Null: there is no date at the start of the text, or no such day. */
export function readDateCell(text: string, context: DateContext): DateCell | null {
	if (text.length > MAX_DATE_LENGTH) return null;
	const trimmed = text.trim().replace(ARTICLE, '').replace(WEEKDAY, '').replace(ARTICLE, '');
	const typed = typedDate(trimmed, context.slashes) ?? dateWithoutYear(trimmed, context.today);
	if (typed === null) return null;
	const reading = readDate(`${typed.day}.${typed.month}.${typed.year}`, context.today, 'nearest', false);
	if (reading.type !== 'date') return null;
	return { date: reading.value as LocalDate, rest: trimmed.slice(typed.length).replace(/^[\s,;|]+/, '') };
}

interface TypedDate {
	readonly day: string;
	readonly month: string;
	readonly year: string;
	/** Characters it takes. */
	readonly length: number;
}

function typedDate(text: string, slashes: SlashOrder): TypedDate | null {
	const parts = (found: RegExpExecArray, day: number, month: number, year: number): TypedDate => ({
		day: found[day] ?? '',
		month: found[month] ?? '',
		year: found[year] ?? '',
		length: found[0].length
	});
	const dotted = DOTTED.exec(text);
	if (dotted !== null) return parts(dotted, 1, 2, 3);
	const iso = ISO.exec(text);
	if (iso !== null) return parts(iso, 4, 3, 1);
	const compact = COMPACT.exec(text);
	if (compact !== null) return parts(compact, 3, 2, 1);
	const slashed = SLASHED.exec(text);
	if (slashed === null) return wordedDate(text);
	const order = orderOf(slashed) ?? slashes;
	if (order === null) return null;
	return order === 'day-first' ? parts(slashed, 1, 2, 3) : parts(slashed, 2, 1, 3);
}

function wordedDate(text: string): TypedDate | null {
	const german = WORDED.exec(text);
	const found = german ?? WORDED_ENGLISH.exec(text);
	if (found === null) return null;
	const month = monthNumber(found[german === null ? 1 : 2] ?? '');
	if (month === null) return null;
	return { day: found[german === null ? 2 : 1] ?? '', month, year: found[3] ?? '', length: found[0].length };
}

function dateWithoutYear(text: string, today: LocalDate): TypedDate | null {
	const found = WITHOUT_YEAR.exec(text);
	const month = found?.[2] ?? monthNumber(found?.[3] ?? '');
	if (found === null || month === null) return null;
	const day = found[1] ?? '';
	const year = Number(today.slice(0, 4));
	const distance = (candidate: number): number =>
		Math.abs(Date.UTC(candidate, Number(month) - 1, Number(day)) - Date.parse(today));
	const [nearest = year] = [year, year - 1, year + 1].toSorted((a, b) => distance(a) - distance(b));
	return { day, month, year: String(nearest), length: found[0].length };
}

/** In search form; the whole name, or as many letters of its start as tell it. */
const MONTHS = [
	['JANUAR', 'JANUARY', 'JAENNER'],
	['FEBRUAR', 'FEBRUARY', 'FEBER'],
	['MAERZ', 'MARCH', 'MARZ', 'MRZ'],
	['APRIL'],
	['MAI', 'MAY'],
	['JUNI', 'JUNE'],
	['JULI', 'JULY'],
	['AUGUST'],
	['SEPTEMBER'],
	['OKTOBER', 'OCTOBER'],
	['NOVEMBER'],
	['DEZEMBER', 'DECEMBER']
];

function monthNumber(word: string): string | null {
	const form = searchForm(word);
	const index = MONTHS.findIndex((names) => names.some((name) => form.length >= 3 && name.startsWith(form)));
	return index < 0 ? null : String(index + 1);
}

/** Null: it could be either. */
function orderOf([, first, second]: RegExpExecArray): SlashOrder {
	if (Number(first) > 12) return 'day-first';
	if (Number(second) > 12) return 'month-first';
	return null;
}

/** What the whole column says of its dates with slashes; `usual` where none of them says anything. */
export function slashOrder(cells: Iterable<string>, usual: 'day-first' | 'month-first'): SlashOrder {
	const orders = new Set<SlashOrder>();
	for (const cell of cells) {
		const found = SLASHED.exec(cell.slice(0, MAX_DATE_LENGTH).trim().replace(WEEKDAY, ''));
		const order = found === null ? null : orderOf(found);
		if (order !== null) orders.add(order);
	}
	if (orders.size === 0) return usual;
	return orders.size > 1 ? null : ([...orders][0] ?? null);
}
