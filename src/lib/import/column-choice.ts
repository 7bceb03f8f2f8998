/** Roles of columns become a mapping: who is the name where there are three of them, and what goes into the note. */
import type { ColumnMapping } from '$lib/domain/appointment-import';
import type { ColumnRole } from './column-names';

type Roles = readonly (ColumnRole | null)[];

/** The first column of each kind; further telephones go into the note, so that no number is lost. */
export function mappingOf(roles: Roles): ColumnMapping {
	const first = (role: ColumnRole): number | null => (roles.includes(role) ? roles.indexOf(role) : null);
	const name = nameColumns(roles);
	const subject = first('subject');
	const phones = columnsOf(roles, 'phone');
	const date = first('date');
	// „Beginn“ alone mostly holds the day as well.
	const time = first('time');
	return {
		date,
		time: time ?? date,
		endDate: first('endDate'),
		endTime: first('endTime'),
		minutes: first('minutes'),
		name,
		phone: phones[0] ?? null,
		email: first('email'),
		service: first('service') ?? (subject !== null && !name.includes(subject) ? subject : null),
		note: [...columnsOf(roles, 'note'), ...phones.slice(1)],
		number: first('number'),
		place: first('place'),
		uid: first('uid'),
		status: first('status')
	};
}

const columnsOf = (roles: Roles, role: ColumnRole): readonly number[] =>
	roles.flatMap((candidate, column) => (candidate === role ? [column] : []));

/** „Name“ beside „Vorname“ is the family name. The subject is the name only where nothing else is. */
function nameColumns(roles: Roles): readonly number[] {
	const [given] = columnsOf(roles, 'givenName');
	const [family] = columnsOf(roles, 'familyName');
	const [whole] = columnsOf(roles, 'name');
	const parts = given === undefined && family === undefined ? [whole] : [given, family ?? whole];
	const found = parts.filter((column) => column !== undefined);
	return found.length > 0 ? found : columnsOf(roles, 'subject').slice(0, 1);
}
