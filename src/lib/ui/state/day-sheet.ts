/** What the day's list on paper holds. */
import type { AppointmentRow } from '$lib/domain/appointment';
import type { Instant, LocalDate } from '$lib/domain/time';

/** Everybody of the day, those that are off too: somebody of them may come all the same. */
export const sheetRows = (rows: readonly AppointmentRow[], day: LocalDate): readonly AppointmentRow[] =>
	rows.filter((row) => row.date === day && row.mergedInto === null);

/** When an import last said something of any of them; null: all were told by hand. */
export const listAsOf = (rows: readonly AppointmentRow[]): Instant | null =>
	rows.reduce<Instant | null>(
		(last, { importedAt }) => (importedAt !== null && (last === null || importedAt > last) ? importedAt : last),
		null
	);

/** Lines for people who come without an appointment. */
export const EMPTY_LINES = 8;
