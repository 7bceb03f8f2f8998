import { describe, expect, it } from 'vitest';
import { mappingOf, rolesError, rolesOf, type ColumnRole } from '$lib/ui/state/import-roles';

describe('a suggestion', () => {
	it('puts the given name before the family name, wherever they stand', () => {
		const roles = rolesOf({ date: 0, time: 1, name: [3, 2] }, 5);
		expect(roles).toEqual(['date', 'time', 'name', 'givenName', '']);
		expect(mappingOf(roles)).toMatchObject({ date: 0, time: 1, name: [3, 2] });
	});

	it('says of one column for both that it is a date with a time', () => {
		const roles = rolesOf({ date: 0, time: 0, endDate: 1, endTime: 1, name: [], service: 2 }, 3);
		expect(roles).toEqual(['dateTime', 'endDateTime', 'service']);
		expect(mappingOf(roles)).toMatchObject({ date: 0, time: 0, endDate: 1, endTime: 1, service: 2, name: [] });
	});

	it('leaves out columns that the table does not have', () =>
		expect(rolesOf({ date: 9, name: [1], note: [7] }, 2)).toEqual(['', 'name']));
});

it('a mapping names every column it was given, and no other', () => {
	const roles: ColumnRole[] = ['uid', 'date', '', 'note', 'note', 'status', 'minutes', 'name'];
	expect(mappingOf(roles)).toEqual({
		date: 1,
		time: null,
		endDate: null,
		endTime: null,
		minutes: 6,
		name: [7],
		phone: null,
		email: null,
		service: null,
		note: [3, 4],
		number: null,
		place: null,
		status: 5,
		uid: 0
	});
});

describe('choices are refused', () => {
	it.each<[ColumnRole[], unknown]>([
		[['name', 'service'], { type: 'no-date' }],
		[['date', 'time'], { type: 'nothing-to-call' }],
		[['date', 'time', 'time', 'name'], { type: 'twice', role: 'time' }],
		[['date', 'dateTime', 'name'], { type: 'twice', role: 'date' }],
		[['date', 'name', 'name', 'note', 'note', '', ''], null],
		[['time', 'service'], null]
	])('%j', (roles, error) => expect(rolesError(roles)).toEqual(error));
});
