/** What is said on the telephone: a text with places for name, day, time, matter and reason, filled for one appointment. */
import type { AppointmentRow } from '$lib/domain/appointment';
import type { LocalDate } from '$lib/domain/time';
import { aboutWhen } from '$lib/ui/state/call-list';
import { formatWeekday } from './appointments';
import { isolated } from './isolated';

export const SCRIPT_PLACES = ['Name', 'Datum', 'Uhrzeit', 'Anliegen', 'Grund'] as const;

export const DEFAULT_SCRIPT = `Guten Tag, hier ist die Stadtverwaltung. Spreche ich mit {Name}?

Es geht um den Termin am {Datum} um {Uhrzeit} ({Anliegen}). Dieser Termin muss leider ausfallen, weil unsere Technik gestört ist. Das tut uns leid.

Möchten Sie gleich einen neuen Termin vereinbaren?`;

/** Values are put in last and in one go: what stands in a name is never taken for a place. What is not known leaves no gap. */
export function fillScript(script: string, row: AppointmentRow, day: LocalDate): string {
	const { date, time } = aboutWhen(row, day);
	const values: { readonly [P in (typeof SCRIPT_PLACES)[number]]: string } = {
		Name: isolated(row.name.trim()),
		Datum: formatWeekday(date),
		Uhrzeit: time === null ? '' : `${time} Uhr`,
		Anliegen: isolated(row.service.trim()),
		Grund: isolated(row.cancelReason.trim())
	};
	const fitting = script
		.replace(/\{Uhrzeit\} Uhr/g, '{Uhrzeit}')
		.replace(/(?: um)? ?\{Uhrzeit\}/g, (all) => (time === null ? '' : all))
		.replace(/ ?\(\{(Anliegen|Grund)\}\)/g, (all, place: 'Anliegen' | 'Grund') => (values[place] === '' ? '' : all));
	return fitting.replace(
		/\{(Name|Datum|Uhrzeit|Anliegen|Grund)\}/g,
		(_, place: (typeof SCRIPT_PLACES)[number]) => values[place] || '…'
	);
}
