/** Appointments as a table for letters and mails that are sent from elsewhere. */
import type { AppointmentRow } from '$lib/domain/appointment';
import type { LocalDate } from '$lib/domain/time';
import { aboutWhen } from '$lib/ui/state/call-list';
import { letterText as text } from './contact';
import { formatLocalDate } from './format';

/** Head row first. `day`: whose appointments these were; `site` where the appointment itself names no place. */
export const mailMergeTable = (rows: readonly AppointmentRow[], day: LocalDate, site: string): string[][] => [
	[...text.columns],
	...rows.map((row) => {
		const { date, time } = aboutWhen(row, day);
		const when = [formatLocalDate(date), time ?? ''];
		return [row.name, row.email, row.phone, ...when, row.service, row.cancelReason, row.place || site];
	})
];
