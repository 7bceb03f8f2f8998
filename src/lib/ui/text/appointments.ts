/** Words for an appointment wherever it is shown: where it stands, when it is, whose it is. */
import type { AppointmentRow, AppointmentStatus, ReportSource, Step } from '$lib/domain/appointment';
import type { LocalDate } from '$lib/domain/time';
import { formatLocalDate } from './format';
import { isolated } from './isolated';

export const appointmentStatusText: { readonly [S in AppointmentStatus]: string } = {
	confirmed: 'gebucht',
	queued: 'erschienen',
	called: 'aufgerufen',
	processing: 'in Bearbeitung',
	pending: 'kommt wieder',
	finished: 'fertig',
	missed: 'nicht erschienen',
	cancelled: 'abgesagt'
};

export const stepText: { readonly [S in Step]: string } = {
	arrive: 'Erschienen',
	call: 'Aufrufen',
	serve: 'In Bearbeitung',
	finish: 'Fertig',
	return: 'Kommt wieder',
	miss: 'Nicht erschienen',
	back: 'Zurück auf gebucht'
};

export const sourceText: { readonly [S in ReportSource]: string } = {
	mail: 'laut E-Mail',
	letter: 'laut Brief',
	phone: 'laut Telefon',
	memory: 'aus dem Gedächtnis'
};

/** `09:30`, or that there is none. */
export const appointmentTime = ({ time }: Pick<AppointmentRow, 'time'>): string => time ?? 'ohne Zeit';

const weekday = new Intl.DateTimeFormat('de-DE', { weekday: 'long', timeZone: 'UTC' });

/** `Montag, 06.11.2023` */
export const formatWeekday = (date: LocalDate): string =>
	`${weekday.format(Date.parse(`${date}T12:00:00Z`))}, ${formatLocalDate(date)}`;

/** `09:30 Uhr, Mustermann, Erika` */
export const appointmentWords = (row: Pick<AppointmentRow, 'time' | 'name' | 'number' | 'origin'>): string =>
	[
		row.origin === 'walk-in' ? row.number : row.time === null ? '' : `${row.time} Uhr`,
		row.name === '' ? '' : isolated(row.name)
	]
		.filter(Boolean)
		.join(', ') || 'ohne Namen';

export const handoffText = {
	forAppointment: (row: AppointmentRow) => `Für den Termin: ${appointmentWords(row)}`,
	without: 'Ohne diesen Termin aufnehmen'
} as const;

export const badgeText = {
	walkIn: 'ohne Termin',
	reported: 'gemeldet',
	moved: 'verlegt',
	calendarSaysCancelled: 'laut Kalender abgesagt',
	calledTwice: 'zweimal aufgerufen',
	conflict: 'Widerspruch',
	newer: 'von neuerer Version',
	since: (time: string) => `seit ${time}`
} as const;
