/** Words of the day's list of appointments. */
import type { AppointmentRow, AppointmentStatus, ReportSource, Step } from '$lib/domain/appointment';
import type { LocalDate } from '$lib/domain/time';
import { formatLocalDate } from './format';

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
