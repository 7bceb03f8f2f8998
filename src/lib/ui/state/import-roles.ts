/** What each column of a table is said to be, one choice per column, and the mapping that readers want made of it. */
import type { ColumnMapping } from '$lib/domain/appointment-import';

/** In the order in which they are offered; '' leaves the column out. */
export const COLUMN_ROLES = [
	'',
	'date',
	'time',
	'dateTime',
	'endTime',
	'endDate',
	'endDateTime',
	'minutes',
	'name',
	'givenName',
	'phone',
	'email',
	'service',
	'note',
	'number',
	'place',
	'status',
	'uid'
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** Those that several columns may have. */
const PUT_TOGETHER: readonly ColumnRole[] = ['', 'name', 'givenName', 'note'];

const SINGLE = ['minutes', 'phone', 'email', 'service', 'number', 'place', 'status', 'uid'] as const;

export type RolesError =
	| { readonly type: 'no-date' }
	| { readonly type: 'nothing-to-call' }
	| { readonly type: 'twice'; readonly role: ColumnRole };

/** A column that is suggested twice keeps the first meaning. */
export function rolesOf(mapping: ColumnMapping, width: number): ColumnRole[] {
	const roles = Array<ColumnRole>(width).fill('');
	const give = (column: number | null | undefined, role: ColumnRole): void => {
		if (column != null && column < width && roles[column] === '') roles[column] = role;
	};
	const { date, time, endDate, endTime, name, note = [] } = mapping;
	give(date, date !== null && time === date ? 'dateTime' : 'date');
	give(time, 'time');
	give(endDate, endDate != null && endTime === endDate ? 'endDateTime' : 'endDate');
	give(endTime, 'endTime');
	// „Erika Mustermann“, though the family name may stand first in the table.
	for (const [place, column] of name.entries()) give(column, place === 0 && name.length > 1 ? 'givenName' : 'name');
	for (const role of SINGLE) give(mapping[role], role);
	for (const column of note) give(column, 'note');
	return roles;
}

export function mappingOf(roles: readonly ColumnRole[]): ColumnMapping {
	const all = (role: ColumnRole): number[] =>
		roles.flatMap((candidate, column) => (candidate === role ? [column] : []));
	const first = (...wanted: readonly ColumnRole[]): number | null => wanted.flatMap(all)[0] ?? null;
	return {
		...Object.fromEntries(SINGLE.map((role) => [role, first(role)])),
		date: first('date', 'dateTime'),
		time: first('time', 'dateTime'),
		endDate: first('endDate', 'endDateTime'),
		endTime: first('endTime', 'endDateTime'),
		name: [...all('givenName'), ...all('name')],
		note: all('note')
	};
}

/** What is wrong with it, as far as it can be told without reading. A list of times alone is for one day, which is asked for. */
export function rolesError(roles: readonly ColumnRole[]): RolesError | null {
	const has = (...wanted: readonly ColumnRole[]): boolean => roles.some((role) => wanted.includes(role));
	const twice = roles.find((role, column) => !PUT_TOGETHER.includes(role) && roles.indexOf(role) !== column);
	if (twice) return { type: 'twice', role: twice };
	if (has('date') && has('dateTime')) return { type: 'twice', role: 'date' };
	if (!has('date', 'dateTime', 'time')) return { type: 'no-date' };
	return has('name', 'givenName', 'service') ? null : { type: 'nothing-to-call' };
}
