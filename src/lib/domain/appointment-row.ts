/** AppointmentRow: an appointment as the list of a day shows it, sorts it and searches it. */
import type { AppointmentFacts, LocalTime } from './appointment-import';
import {
	appointmentConflicts,
	appointmentStatusOf,
	arrivedAtOf,
	claimsOf,
	contactsOf,
	effectiveFacts,
	importOf,
	mergedIntoOf,
	movedOf,
	notSameAs,
	reportOf,
	requestsOf,
	walkInOf,
	type AppointmentId,
	type AppointmentStatus,
	type AppointmentView,
	type Claim,
	type ContactEntry,
	type ReportSource
} from './appointment-view';
import { currentText, type WithFields } from './request-view';
import type { RequestId } from './ids';
import { compareStamps, type Stamp } from './stamp';
import type { Instant, LocalDate } from './time';

export interface AppointmentRow extends AppointmentFacts {
	readonly id: AppointmentId;
	readonly origin: 'import' | 'report' | 'walk-in';
	/** Of a report: where somebody heard of it. */
	readonly source: ReportSource | null;
	readonly status: AppointmentStatus;
	/** Since when the status is what it is; null while nobody touched it. */
	readonly statusAt: Instant | null;
	readonly claims: readonly Claim[];
	readonly arrivedAt: Instant | null;
	readonly cancelReason: string;
	readonly contact: ContactEntry | null;
	readonly contactCount: number;
	readonly requests: readonly RequestId[];
	readonly mergedInto: AppointmentId | null;
	readonly notSame: readonly AppointmentId[];
	/** What the booking system says otherwise than the counter: time (moved here or there), or that it is off. */
	readonly differs: readonly ('time' | 'cancelled')[];
	/** What the booking system says it is; null where it was not moved here. */
	readonly bookedFor: { readonly date: LocalDate; readonly time: LocalTime | null } | null;
	readonly conflicts: readonly string[];
	readonly unknownOperations: number;
	readonly changedAt: Stamp | null;
	/** When an import last said something of it. */
	readonly importedAt: Instant | null;
}

export function appointmentRow(view: AppointmentView): AppointmentRow {
	const imported = importOf(view);
	const report = reportOf(view);
	const contacts = contactsOf(view);
	const status = appointmentStatusOf(view);
	const moved = movedOf(view);
	const booked = imported ?? report;
	return {
		id: view.id,
		...withoutBookkeeping(view),
		origin: imported ? 'import' : report ? 'report' : walkInOf(view) ? 'walk-in' : 'report',
		source: imported ? null : (report?.source ?? null),
		status,
		statusAt: view.fields.status?.[0]?.stamp.recordedAt ?? null,
		claims: claimsOf(view),
		arrivedAt: arrivedAtOf(view),
		cancelReason: currentText(view, 'cancelReason'),
		contact: contacts[0] ?? null,
		contactCount: contacts.length,
		requests: requestsOf(view),
		mergedInto: mergedIntoOf(view),
		notSame: notSameAs(view),
		differs: [
			...(moved && booked && (moved.date !== booked.date || moved.time !== booked.time) ? (['time'] as const) : []),
			...(imported?.cancelled && status !== 'cancelled' ? (['cancelled'] as const) : [])
		],
		bookedFor: moved && booked ? { date: booked.date, time: booked.time } : null,
		conflicts: appointmentConflicts(view),
		unknownOperations: view.unknownOperations,
		changedAt: view.history.reduce<Stamp | null>(
			(last, { stamp }) => (last === null || compareStamps(stamp, last) > 0 ? stamp : last),
			null
		),
		importedAt: latest((view.fields.import ?? []).map(({ stamp }) => stamp.recordedAt))
	};
}

/** Key, SEQUENCE and the source's own time are for imports, not for lists. */
function withoutBookkeeping(view: WithFields): AppointmentFacts {
	const { date, time, minutes, name, phone, email, service, note, number, place, cancelled } = effectiveFacts(view);
	return { date, time, minutes, name, phone, email, service, note, number, place, cancelled };
}

const latest = (instants: readonly Instant[]): Instant | null =>
	instants.length === 0 ? null : (Math.max(...instants) as Instant);

/** By day and time; without a time first, then by number and name, and always the same way round. */
export const compareAppointments = (a: AppointmentRow, b: AppointmentRow): number =>
	ascending(a.date, b.date) ||
	ascending(a.time ?? '', b.time ?? '') ||
	ascending(a.number, b.number) ||
	ascending(a.name, b.name) ||
	ascending(a.id, b.id);

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
