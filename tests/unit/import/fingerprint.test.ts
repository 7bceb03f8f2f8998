/** Names of entries that have none: stable, blind to spelling, distinct within a file. */
import { describe, expect, it } from 'vitest';
import type { AppointmentFacts } from '$lib/domain/appointment-import';
import { fingerprintOf, fnv1a64, numbered } from '$lib/import/fingerprint';

const facts = (changes: Partial<Record<keyof AppointmentFacts, string | null>> = {}): AppointmentFacts =>
	({
		date: '2025-11-03',
		time: '09:30',
		name: 'Erika Müller',
		service: 'Reisepass',
		number: '12',
		...changes
	}) as never;

describe('fnv1a64', () => {
	it.each([
		['', 'cbf29ce484222325'],
		['a', 'af63dc4c8601ec8c'],
		['foobar', '85944171f73967e8']
	])('of %j is the published %s', (text, expected) => {
		expect(fnv1a64(text)).toBe(expected);
	});
});

describe('fingerprintOf', () => {
	it('stays what it was in every version: kept appointments are found by it', () => {
		expect(fingerprintOf(facts())).toBe('row:358d8c5025bcb91b');
	});

	it('is blind to spelling, notes and places', () => {
		expect(fingerprintOf(facts({ name: ' ERIKA  Mueller', service: 'REISEPASS', note: 'x', place: 'y' }))).toBe(
			fingerprintOf(facts())
		);
	});

	it.each([
		{ date: '2025-11-04' },
		{ time: '09:31' },
		{ time: null },
		{ name: 'Max' },
		{ service: '' },
		{ number: '13' }
	])('differs with %j', (changes) => {
		expect(fingerprintOf(facts(changes))).not.toBe(fingerprintOf(facts()));
	});
});

describe('numbered', () => {
	const keysOf = (...keys: string[]): string[] => numbered(keys.map((key) => ({ key }))).map(({ key }) => key);

	it('tells equal ones apart in their order', () => {
		expect(keysOf('row:a', 'row:b', 'row:a', 'row:a')).toEqual(['row:a', 'row:b', 'row:a~2', 'row:a~3']);
	});

	it('takes no name that is there already', () => {
		expect(keysOf('uid:a', 'uid:a', 'uid:a~2', 'uid:a')).toEqual(['uid:a', 'uid:a~3', 'uid:a~2', 'uid:a~4']);
	});
});
