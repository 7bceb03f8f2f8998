/** Whether to offer the day's list on paper: once a day, and only where there is something to print. */
import type { AppointmentRow } from '$lib/domain/appointment';
import type { LocalDate } from '$lib/domain/time';

/** How many appointments the list would hold; null: nothing is offered. `lastDay`: the day whose list was printed or refused last. */
export function printOffer(
	lastDay: LocalDate | null,
	today: LocalDate,
	rows: readonly Pick<AppointmentRow, 'date' | 'status' | 'mergedInto' | 'origin'>[]
): number | null {
	if (lastDay === today) return null;
	const count = rows.filter(
		({ date, status, mergedInto, origin }) =>
			date === today && mergedInto === null && status !== 'cancelled' && origin !== 'walk-in'
	).length;
	return count > 0 ? count : null;
}
