/** Invented appointments of an invented day. */
import type { AppointmentId, AppointmentRow, LocalTime } from '$lib/domain/appointment';
import type { LocalDate } from '$lib/domain/time';
import { at, ERIKA, hex, NOW } from './invented-view';

export const THE_DAY = '2023-11-06' as LocalDate;

/** The n-th of the day, at half past nine; whatever matters to a test is laid over it. */
export const anAppointment = (n: number, over: Partial<AppointmentRow> = {}): AppointmentRow => ({
	id: hex(0x5000 + n) as AppointmentId,
	date: THE_DAY,
	time: '09:30' as LocalTime,
	minutes: null,
	name: `Mustermann ${n}`,
	phone: `02921 ${1000 + n}`,
	email: '',
	service: 'Umschreibung',
	note: '',
	number: String(100 + n),
	place: '',
	cancelled: false,
	origin: 'import',
	source: null,
	status: 'confirmed',
	statusAt: null,
	claims: [],
	arrivedAt: null,
	cancelReason: '',
	contact: null,
	contactCount: 0,
	requests: [],
	mergedInto: null,
	notSame: [],
	differs: [],
	bookedFor: null,
	conflicts: [],
	unknownOperations: 0,
	changedAt: null,
	importedAt: at('2023-11-06T06:50:00+01:00'),
	...over
});

export const aContact = (
	result: 'reached' | 'not-reached' | 'new-appointment',
	note = ''
): NonNullable<AppointmentRow['contact']> => ({ id: hex(0x6000), result, note, staffId: ERIKA.id, at: NOW });
