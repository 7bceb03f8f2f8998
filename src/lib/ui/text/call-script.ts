/** What is said on the telephone: a text with places for name, day, time, matter and reason, filled for one appointment. */
import type { AppointmentRow } from '$lib/domain/appointment';
import { aboutWhen } from '$lib/ui/state/call-list';
import { formatWeekday } from './appointments';

export const SCRIPT_PLACES = ['Name', 'Datum', 'Uhrzeit', 'Anliegen', 'Grund'] as const;

export const DEFAULT_SCRIPT = `Guten Tag, hier ist die Stadtverwaltung. Spreche ich mit {Name}?

Es geht um den Termin am {Datum} um {Uhrzeit} ({Anliegen}). Dieser Termin muss leider ausfallen, weil unsere Technik gestört ist. Das tut uns leid.

Möchten Sie gleich einen neuen Termin vereinbaren?`;

/** Filled in one go: what stands in a name is never taken for a place. What is not known leaves no gap in the sentence. */
export function fillScript(script: string, row: AppointmentRow): string {
	const { date, time } = aboutWhen(row);
	const values: { readonly [P in (typeof SCRIPT_PLACES)[number]]: string } = {
		Name: row.name.trim() || '…',
		Datum: formatWeekday(date),
		Uhrzeit: time === null ? '' : `${time} Uhr`,
		Anliegen: row.service.trim(),
		Grund: row.cancelReason.trim()
	};
	const isEmpty = (place: string) => values[place as keyof typeof values] === '';
	return script.replace(
		/( um)? ?(\()?\{(Name|Datum|Uhrzeit|Anliegen|Grund)\}( Uhr)?(\))?/g,
		(all, um: string | undefined, opens: string | undefined, place: keyof typeof values, uhr: string | undefined) => {
			if (place === 'Uhrzeit' && isEmpty(place)) return '';
			if (isEmpty(place)) return opens && all.endsWith(')') ? '' : all.replace(`{${place}}`, () => '…');
			// „{Uhrzeit} Uhr“ says it twice.
			const once = place === 'Uhrzeit' && uhr ? all.replace(/ Uhr(?=\)?$)/, '') : all;
			return once.replace(`{${place}}`, () => values[place]);
		}
	);
}
