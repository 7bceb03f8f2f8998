/** What cells mean: a moment on the wall clock of Berlin, a yes, a cancellation. */
import type { LocalTime } from '$lib/domain/appointment-import';
import { err, ok, type Result } from '$lib/domain/result';
import { searchForm } from '$lib/domain/search-key';
import type { Instant, LocalDate } from '$lib/domain/time';
import { berlinOf } from './berlin-time';
import { readDateCell, type DateContext } from './calendar-cells';
import { readTimeCell } from './clock-cells';

export interface Moment {
	readonly date: LocalDate;
	readonly time: LocalTime | null;
	/** From a cell that holds an end as well. */
	readonly minutes: number | null;
}
export type MomentError = 'no-date' | 'date-unreadable' | 'time-unreadable';

/** Seconds and their fractions do not matter, the zone does. */
const WITH_ZONE = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})$/i;

/** A cell with a date and, mostly, a time. Midnight is how machines write a day without one. */
export function readMoment(text: string, context: DateContext): Result<Moment, MomentError> {
	if (text.trim() === '') return err('no-date');
	const day = readDateCell(text, context);
	if (day === null) return err('date-unreadable');
	if (WITH_ZONE.test(text.trim())) return readZoned(text.trim());
	const rest = day.rest.replace(/^T/, '');
	if (rest === '') return ok({ date: day.date, time: null, minutes: null });
	const time = readTimeCell(rest);
	if (time === null) return err('time-unreadable');
	const isDay = /^0?0[:.]00([:.]00([.,]0+)?)?$/.test(rest);
	return ok(isDay ? { date: day.date, time: null, minutes: null } : { date: day.date, ...time });
}

function readZoned(text: string): Result<Moment, MomentError> {
	const [, date = '', time = '', seconds = '00', zone = ''] = WITH_ZONE.exec(text) ?? [];
	const zoneText = /^z$/i.test(zone) ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
	const instant = Date.parse(`${date}T${time}:${seconds}${zoneText}`);
	return Number.isNaN(instant) ? err('time-unreadable') : ok({ ...berlinOf(instant as Instant), minutes: null });
}

/** The date of a cell, whatever stands behind it but what is said by a zone. */
export function readDay(text: string, context: DateContext): Result<LocalDate, MomentError> {
	if (text.trim() === '') return err('no-date');
	if (WITH_ZONE.test(text.trim())) {
		const zoned = readMoment(text, context);
		return zoned.ok ? ok(zoned.value.date) : zoned;
	}
	const day = readDateCell(text, context);
	return day === null ? err('date-unreadable') : ok(day.date);
}

/** `9` in a column of times, as it is typed by hand. Outside of any opening hours it is rather a number of something. */
const LONE_HOUR = /^(?:0?[6-9]|1\d|20)$/;

/** Of a cell with a time; Excel may hold the day in it as well. */
export function readTime(text: string, context: DateContext): Result<Pick<Moment, 'time' | 'minutes'>, MomentError> {
	if (/^\s*(?:[-–—]+|ganztägig|ganztags)?\s*$/iu.test(text)) return ok({ time: null, minutes: null });
	const time = readTimeCell(text);
	if (time !== null) return ok(time);
	const hour = LONE_HOUR.exec(text.trim());
	if (hour !== null) return ok({ time: `${hour[0].padStart(2, '0')}:00` as LocalTime, minutes: null });
	const moment = readMoment(text, context);
	return moment.ok && moment.value.time !== null ? moment : err('time-unreadable');
}

/** A word stands at the start; the letter behind it need not be looked at. */
const MAX_WORD_LENGTH = 40;

const YES = new Set(['EIN', 'WAHR', 'TRUE', 'JA', 'YES', 'ON', 'X', '1', 'GANZTAEGIG', 'GANZTAGS']);

/** The flag of an all-day event. */
export const isYes = (text: string): boolean => text !== '' && YES.has(searchForm(text.slice(0, MAX_WORD_LENGTH)));

const CANCELLED =
	/^(?:(?:WURDE|WIRD|IST|VOM|VON|DURCH|DER|DEM|DEN|KUNDE|KUNDEN|KUNDIN|BUERGER|BUERGERIN|AMT|BEHOERDE|TERMIN|BY|CUSTOMER)\b[ :]*)*(ABGESAGT|ABSAGE|STORNIERT|STORNO|STORNIERUNG|CANCELLED|CANCELED|GELOESCHT|DELETED|ENTFALLEN|ENTFAELLT|AUSGEFALLEN|FAELLT AUS|ABGELEHNT|ZURUECKGEZOGEN)\b/;

/** „nicht abgesagt“ is not. */
export const isCancelled = (text: string): boolean =>
	text !== '' && CANCELLED.test(searchForm(text.slice(0, MAX_WORD_LENGTH)));

/** What Outlook writes before the subject of a meeting that its host called off. */
export const isCancelledSubject = (text: string): boolean => /^(abgesagt|canceled|cancelled): /i.test(text.trim());
