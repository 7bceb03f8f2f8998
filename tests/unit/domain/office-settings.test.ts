/** Settings that every counter shares, and waiting numbers. */
import { describe, expect, it } from 'vitest';
import {
	decideCapacity,
	decideProfile,
	decideServer,
	NO_SETTINGS,
	SETTINGS,
	settingsOf
} from '$lib/domain/office-settings';
import type { OperationName } from '$lib/domain/ids';
import type { Fields } from '$lib/domain/request';
import { buildWaitingNumber, waitingNumberOf } from '$lib/domain/waiting-number';
import type { LocalDate } from '$lib/domain/time';
import { MONDAY, staffId, deviceId } from '../../fixtures/builders';
import type { Decision } from '$lib/domain/decision';
import type { Result } from '$lib/domain/result';

const stamp = { recordedAt: MONDAY, clockOffset: null, tick: 1, deviceId: deviceId(1) };
/** The fields as they are after what was decided. */
function after(fields: Fields, decided: Result<Decision, unknown>): Fields {
	if (!decided.ok) throw new Error('refused');
	const written = Object.entries(decided.value.body.changes).map(([path, { value }]) => [
		path,
		[{ value, name: 'x:1' as OperationName, staffId: staffId(1), stamp }]
	]);
	return { ...fields, ...Object.fromEntries(written) };
}
const profile = { header: 'SPALTE A|SPALTE B', name: 'Liste der Pforte', mapping: { date: 0, name: [1] } };

it('nothing said is nothing set', () => expect(settingsOf({})).toEqual(NO_SETTINGS));

it('a profile is found again under its header, and a later one replaces it', () => {
	const first = after({}, decideProfile({ id: SETTINGS, fields: {} }, profile));
	const decided = decideProfile({ id: SETTINGS, fields: first }, { ...profile, name: 'Neu' });
	expect(decided.ok && Object.values(decided.value.body.changes)[0]?.replaces).toEqual(['x:1']);
	expect(settingsOf(after(first, decided)).profiles).toMatchObject([
		{ header: profile.header, name: 'Neu', mapping: { date: 0, name: [1], note: [], time: null } }
	]);
});

it.each([null, 'x', { header: 1 }, { header: 'A', name: 'x' }, { header: 'A', name: 'x', mapping: [] }])(
	'a profile of the shape %j is none',
	(value) => {
		const fields = { 'profiles/1': [{ value, name: 'x:1' as OperationName, staffId: staffId(1), stamp }] };
		expect(settingsOf(fields as unknown as Fields).profiles).toEqual([]);
	}
);

it('the capacity is kept, and nonsense is none', () => {
	const set = (perSlot: number) =>
		settingsOf(after({}, decideCapacity({ id: SETTINGS, fields: {} }, { perSlot, slotMinutes: 15 }))).capacity;
	expect(set(4)).toEqual({ perSlot: 4, slotMinutes: 15 });
	expect(set(0)).toBeNull();
	expect(set(1.5)).toBeNull();
});

describe('servers of the space', () => {
	const HUB = 'https://hub.example:4780';
	const CENTRE = 'https://centre.example';
	const view = (fields: Fields) => ({ id: SETTINGS, fields });
	const named = (fields: Fields, origin: string, isNamed = true) => {
		const decided = decideServer(view(fields), origin, isNamed);
		if (!decided) throw new Error('nothing to tell');
		return after(fields, decided);
	};

	it('are told once, and one by one', () => {
		const both = named(named({}, HUB), CENTRE);
		expect(settingsOf(both).servers.toSorted()).toEqual([CENTRE, HUB]);
		expect(decideServer(view(both), HUB, true)).toBeNull();
		expect(decideServer(view({}), HUB, false)).toBeNull();
		expect(settingsOf(named(both, HUB, false)).servers).toEqual([CENTRE]);
	});

	it.each(['ftp://x', 'https://a/b', 'https://user@host', 'javascript:alert(1)', '', 7, null])(
		'%j is none',
		(value) => {
			const fields = { 'servers/1': [{ value, name: 'x:1' as OperationName, staffId: staffId(1), stamp }] };
			expect(settingsOf(fields as unknown as Fields).servers).toEqual([]);
		}
	);
});

it('a waiting number is read back for its day alone', () => {
	const date = '2026-03-02' as LocalDate;
	const walkIn = { date, number: buildWaitingNumber('7KXM', 12) };
	expect(walkIn.number).toBe('7KXM-12');
	expect(waitingNumberOf(walkIn, date)).toBe(12);
	expect(waitingNumberOf(walkIn, '2026-03-03' as LocalDate)).toBe(0);
	expect(waitingNumberOf({ date, number: '17' }, date)).toBe(0);
	expect(waitingNumberOf(null, date)).toBe(0);
});
