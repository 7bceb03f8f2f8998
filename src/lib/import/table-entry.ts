/** One row of a table becomes an appointment, or a problem that says why not. */
import type { ColumnMapping, ImportedAppointment, ImportProblem, LocalTime } from '$lib/domain/appointment-import';
import { err, ok, type Result } from '$lib/domain/result';
import type { LocalDate } from '$lib/domain/time';
import type { DateContext } from './calendar-cells';
import { isCancelled, isCancelledSubject, isYes, readDay, readMoment, readTime, type Moment } from './cell-values';
import { minuteOfDay, readDuration, readEndTime } from './clock-cells';
import { factsOf, problemOf } from './facts';
import { fingerprintOf } from './fingerprint';
import type { TableRow } from './table-row';

export interface RowContext {
	readonly source: string;
	readonly mapping: ColumnMapping;
	readonly allDay: number | null;
	readonly cancelled: number | null;
	readonly dates: DateContext;
	/** For a table of times. */
	readonly day: LocalDate | null;
	/** Where the table has no column for it. */
	readonly place: string;
}

export interface RowReading {
	readonly entry: ImportedAppointment;
	readonly notes: readonly ImportProblem[];
}

/** Longer ones are no ids; the list of the town hall keeps every key. */
const MAX_UID_LENGTH = 500;

export function readRow(row: TableRow, context: RowContext): Result<RowReading, ImportProblem> {
	const { mapping } = context;
	const texts = textsOf(row, context);
	if (texts.name === '' && texts.service === '' && texts.number === '') {
		return err(problemOf('no-content', row.at, row.cells.join(' ')));
	}
	const moment = momentOf(row, context);
	if (!moment.ok) return moment;
	const length = lengthOf(row, moment.value, context);
	const flag = cellAt(row, context.cancelled);
	const cancelled =
		isCancelled(cellAt(row, mapping.status)) || isCancelledSubject(texts.name) || isYes(flag) || isCancelled(flag);
	const { facts, notes } = factsOf({ ...moment.value, minutes: length.minutes, ...texts, cancelled }, row.at);
	const uid = cellAt(row, mapping.uid).slice(0, MAX_UID_LENGTH);
	const key =
		uid !== '' ? `uid:${uid}` : (dayListKey(facts.place, facts.date, facts.number, context) ?? fingerprintOf(facts));
	const entry = { key, sequence: 0, changedAt: null, facts, at: row.at };
	return ok({ entry, notes: length.note === null ? notes : [...notes, length.note] });
}

/** ZMS and spreadsheets put an apostrophe before what Excel would take for a formula. */
const GUARD = /^'(?=[=+\-@\t\r])/;

const cellAt = ({ cells }: TableRow, column: number | null | undefined): string =>
	(column == null ? '' : (cells[column] ?? '')).replace(GUARD, '').trim();

function textsOf(row: TableRow, { mapping, source, place }: RowContext) {
	const joined = (columns: readonly number[] | undefined, between: string): string =>
		(columns ?? [])
			.map((column) => cellAt(row, column))
			.filter((text) => text !== '')
			.join(between);
	const service = cellAt(row, mapping.service);
	return {
		name: joined(mapping.name, ' '),
		phone: cellAt(row, mapping.phone),
		email: cellAt(row, mapping.email),
		service: source === 'zms-day' && service === '-' ? '' : service,
		note: joined(mapping.note, '\n'),
		number: cellAt(row, mapping.number),
		place: cellAt(row, mapping.place) || place
	};
}

const dayListKey = (place: string, date: LocalDate, number: string, { source }: RowContext): string | null =>
	source === 'zms-day' && /[1-9]/.test(number) ? `zms:${place}:${date}:${number}` : null;

function momentOf(row: TableRow, context: RowContext): Result<Moment, ImportProblem> {
	const { mapping, dates, day } = context;
	const dateText = cellAt(row, mapping.date);
	const timeText = cellAt(row, mapping.time);
	const hasBoth = mapping.date !== null && mapping.time === mapping.date;
	const allDay = isYes(cellAt(row, context.allDay));
	if (hasBoth && !allDay) {
		const both = readMoment(dateText, dates);
		return both.ok ? both : err(problemOf(both.error, row.at, dateText || row.cells.join(' ')));
	}
	const date = mapping.date !== null ? readDay(dateText, dates) : day === null ? err('no-date' as const) : ok(day);
	if (!date.ok) return err(problemOf(date.error, row.at, dateText || row.cells.join(' ')));
	const time = allDay ? ok({ time: null, minutes: null }) : readTime(timeText, dates);
	return time.ok ? ok({ date: date.value, ...time.value }) : err(problemOf(time.error, row.at, timeText));
}

interface Length {
	readonly minutes: number | null;
	readonly note: ImportProblem | null;
}
const UNTOLD: Length = { minutes: null, note: null };

/** By a column of its own, by the end, or by an end that stands beside the start. */
function lengthOf(row: TableRow, { date, time, minutes }: Moment, { mapping, dates }: RowContext): Length {
	if (time === null) return UNTOLD;
	const duration = cellAt(row, mapping.minutes);
	if (duration !== '') {
		const told = readDuration(duration);
		return { minutes: told, note: told === null ? problemOf('time-unreadable', row.at, duration) : null };
	}
	const endText = cellAt(row, mapping.endTime);
	if (endText === '') return minutes === null ? UNTOLD : checked(minutes, row);
	const endDay = readDay(cellAt(row, mapping.endDate), dates);
	const end = endMinute(endText, { date, time }, endDay.ok ? endDay.value : date, dates);
	return end === null ? { minutes: null, note: problemOf('time-unreadable', row.at, endText) } : checked(end, row);
}

const checked = (minutes: number, row: TableRow): Length =>
	minutes < 0
		? { minutes: null, note: problemOf('end-before-start', row.at, row.cells.join(' ')) }
		: { minutes, note: null };

/** Minutes from the start; null: the end is unreadable. */
function endMinute(
	text: string,
	start: { readonly date: LocalDate; readonly time: LocalTime },
	endDay: LocalDate,
	dates: DateContext
): number | null {
	const clock = readEndTime(text);
	const days = (day: LocalDate): number => (Date.parse(day) - Date.parse(start.date)) / 86_400_000;
	if (clock !== null) return days(endDay) * 1_440 + clock - minuteOfDay(start.time);
	const moment = readMoment(text, dates);
	if (!moment.ok) return null;
	const minute = moment.value.time === null ? 0 : minuteOfDay(moment.value.time);
	return days(moment.value.date) * 1_440 + minute - minuteOfDay(start.time);
}
