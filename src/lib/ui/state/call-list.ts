/** Which appointments of a day are to be cancelled, whom to call about it, and in which order. */
import type { AppointmentId, AppointmentRow, AppointmentStatus } from '$lib/domain/appointment';
import type { LocalDate } from '$lib/domain/time';

/** Still to come: only these are cancelled in bulk. */
export const TO_COME = ['confirmed', 'queued', 'pending'] as const satisfies readonly AppointmentStatus[];
export type ToCome = (typeof TO_COME)[number];
const isToCome = (status: AppointmentStatus): status is ToCome => TO_COME.some((one) => one === status);

export interface Choice {
	readonly date: LocalDate;
	/** Null: all of them. '' is a service of its own: none named. */
	readonly service: string | null;
	readonly status: ToCome | null;
}

/** Those of the day that may still be cancelled; people who wait without an appointment are none. */
const cancellableOf = (rows: readonly AppointmentRow[], date: LocalDate): readonly AppointmentRow[] =>
	rows.filter(
		(row) => row.date === date && row.mergedInto === null && row.origin !== 'walk-in' && isToCome(row.status)
	);

export const cancellable = (rows: readonly AppointmentRow[], { date, service, status }: Choice) =>
	cancellableOf(rows, date).filter(
		(row) => (service === null || row.service === service) && (status === null || row.status === status)
	);

/** How many each status would leave, with the service as it is chosen. */
export function countStatuses(rows: readonly AppointmentRow[], { date, service }: Choice): ReadonlyMap<ToCome, number> {
	const left = cancellable(rows, { date, service, status: null });
	return new Map(TO_COME.map((status) => [status, left.filter((row) => row.status === status).length]));
}

/** Services of these rows and how often, by name; without one last. */
export function countServices(rows: readonly AppointmentRow[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const { service } of rows) counts.set(service, (counts.get(service) ?? 0) + 1);
	return new Map([...counts].toSorted(([a], [b]) => Number(a === '') - Number(b === '') || a.localeCompare(b, 'de')));
}

/** Of whom the list tells: those that are off, or everybody who is still expected too. */
export type CallScope = 'cancelled' | 'all';
export interface CallList {
	/** With a telephone number: never called first, then not reached, at the end those that are done. */
	readonly calls: readonly AppointmentRow[];
	readonly withoutNumber: readonly AppointmentRow[];
}

/** Whoever was moved to another day by a call stays in the list of the day it was about. */
export function concerned(rows: readonly AppointmentRow[], date: LocalDate, scope: CallScope): AppointmentRow[] {
	return rows.filter((row) => {
		if (row.mergedInto !== null || row.origin === 'walk-in') return false;
		const movedAway = row.bookedFor?.date === date && row.contact !== null;
		if (row.date !== date && !movedAway) return false;
		return row.status === 'cancelled' || movedAway || (scope === 'all' && isToCome(row.status));
	});
}

export function callList(rows: readonly AppointmentRow[]): CallList {
	const calls = rows.filter(({ phone }) => phone.trim() !== '');
	const rank = (row: AppointmentRow) => (isDone(row) ? 2 : row.contact ? 1 : 0);
	return {
		calls: calls.toSorted((a, b) => rank(a) - rank(b)),
		withoutNumber: rows.filter(({ phone }) => phone.trim() === '')
	};
}

/** Nobody has to call again. */
export const isDone = ({ contact }: Pick<AppointmentRow, 'contact'>): boolean =>
	contact !== null && contact.result !== 'not-reached';

/** The appointment the call is about: that of this day, wherever it was moved to since. */
export const aboutWhen = (
	{ bookedFor, date, time }: AppointmentRow,
	day: LocalDate
): Pick<AppointmentRow, 'date' | 'time'> => (bookedFor && date !== day ? bookedFor : { date, time });

/** To whom letters go out. */
export const LETTER_GROUPS = ['no-number', 'not-reached', 'all'] as const;
export type LetterGroup = (typeof LETTER_GROUPS)[number];

export const lettersTo = (rows: readonly AppointmentRow[], group: LetterGroup): AppointmentId[] =>
	rows
		.filter((row) => {
			const silent = row.phone.trim() === '' && !isDone(row);
			if (group === 'no-number') return silent;
			return group === 'all' || silent || row.contact?.result === 'not-reached';
		})
		.map(({ id }) => id);
