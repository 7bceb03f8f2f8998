/** Laws of the keyring: the order of arrival does not matter, less is never more, and a touched record counts for nothing. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
	addPerson,
	changeRole,
	removePerson,
	resetPassword,
	rotateKey,
	type Actor,
	type KeyringState
} from '$lib/crypto/keyring';
import { openHolderKeys, passwordWrappingKey } from '$lib/crypto/person-keys';
import { hexOf, type StaffId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import { ROLES } from '$lib/domain/workplace';
import { quickStretch } from '../support/quick-stretch';
import { testSpace, type TestSpace } from '../support/test-space';

const RUNS = Number(process.env.RUNS ?? 100);
const SEED = process.env.SEED === undefined ? undefined : Number(process.env.SEED);
/** A history costs some dozens of key pairs; fewer are made, and each is looked at in many orders. */
const HISTORIES = Math.max(3, Math.ceil(RUNS / 12));

/** Everything that a screen or the fold of operations would see of a keyring. */
const shownBy = (state: KeyringState) => ({
	people: [...state.people.values()]
		.map(({ staffId, role, removed, entries }) => [staffId, role, removed, entries.map((entry) => entry.recordId)])
		.sort(),
	keys: state.keys.map((key) => `${key.keyId} ${hexOf(key.commitment)}`),
	readable: state.readableKeys.length,
	current: state.currentKeyId,
	recovery: state.recovery.map((entry) => entry.recordId),
	tips: state.tips,
	accepted: [...state.acceptedIds],
	rejected: state.rejected
});

type Step = { device: number; hears: number; actor: number; target: number; act: number; role: number };
const step: fc.Arbitrary<Step> = fc.record({
	device: fc.nat(2),
	hears: fc.nat(2),
	actor: fc.nat(9),
	target: fc.nat(9),
	act: fc.nat(5),
	role: fc.nat(3)
});

let space: TestSpace;
beforeAll(async () => {
	space = await testSpace();
});

/** Three devices that hear of each other now and then; everybody who can be opened anywhere acts, with or without the right. */
async function history(steps: readonly Step[]): Promise<KeyringRecord[]> {
	const views: KeyringRecord[][] = [[space.record], [space.record], [space.record]];
	const actors: (Actor & { readonly staffId: StaffId })[] = [space.opened];
	for (const { device, hears, actor, target, act, role } of steps) {
		const own = views[device] ?? [];
		for (const record of views[hears] ?? []) if (!own.includes(record)) own.push(record);
		const state = await space.fold(own);
		const context = space.as(state, actors[actor % actors.length] ?? space.opened);
		const staffId = (actors[target % actors.length] ?? space.opened).staffId;
		const password = { password: 'p', stretch: quickStretch, spaceSecret: space.spaceSecret, dataKeyBytes: new Map() };
		if (act <= 1) {
			const named = { ...password, name: 'Neu', role: ROLES[role] ?? 'clerk' };
			const added = await addPerson(context, named);
			if (!added.ok) continue;
			own.push(added.value.record);
			const opened = await openWithoutKeys(own, added.value.staffId);
			if (opened) actors.push(opened);
			continue;
		}
		const done =
			act === 2
				? await changeRole(context, { staffId, role: ROLES[role] ?? 'clerk' })
				: act === 3
					? await removePerson(context, { staffId })
					: act === 4
						? await resetPassword(context, { ...password, staffId, mustChangePassword: false })
						: await rotateKey(context);
		if (!done.ok) continue;
		own.push(...('records' in done.value ? done.value.records : [done.value]));
	}
	return [...new Set(views.flat())];
}

/** The added person's signing key; these people hold no data keys, which no law here needs. */
async function openWithoutKeys(records: readonly KeyringRecord[], staffId: StaffId) {
	const state = await space.fold(records);
	const entry = state.people.get(staffId)?.entries[0];
	if (!entry?.wrappedKeys.kdf) return null;
	const holder = { spaceNonce: state.spaceNonce, signer: staffId };
	const wrapping = await passwordWrappingKey(holder, 'p', entry.wrappedKeys.kdf, space.spaceSecret, quickStretch);
	const keys = await openHolderKeys(holder, wrapping, entry);
	return keys && { ...keys, signer: staffId, staffId };
}

const histories = fc.array(step, { minLength: 4, maxLength: 14 });
const shuffled = <T>(items: readonly T[], order: readonly number[]): T[] =>
	items
		.map((item, i) => ({ item, key: order[i % order.length] ?? 0, i }))
		.sort((a, b) => a.key - b.key || b.i - a.i)
		.map(({ item }) => item);
const orders = fc.array(fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 }), { minLength: 4, maxLength: 4 });

describe('a keyring', { timeout: 300_000 }, () => {
	it('says the same in whatever order its records came, and however often', async () => {
		await fc.assert(
			fc.asyncProperty(histories, orders, async (steps, shuffles) => {
				const records = await history(steps);
				const expected = shownBy(await space.fold(records));
				for (const order of shuffles) {
					const twice = shuffled([...records, ...records.slice(0, order[0] ?? 0)], order);
					expect(shownBy(await space.fold(twice))).toEqual(expected);
				}
			}),
			{ numRuns: HISTORIES, seed: SEED }
		);
	});

	it('accepts of a part no record that it does not accept of the whole, and becomes the whole when the rest comes', async () => {
		await fc.assert(
			fc.asyncProperty(histories, orders, async (steps, shuffles) => {
				const records = await history(steps);
				const whole = await space.fold(records);
				for (const order of shuffles) {
					const part = shuffled(records, order).slice(0, 1 + ((order[0] ?? 0) % records.length));
					const state = await space.fold(part);
					for (const id of state.acceptedIds) expect(whole.has(id)).toBe(true);
					const rest = whole.ancestorsMissing(state.tips);
					expect(shownBy(await space.fold([...part, ...rest]))).toEqual(shownBy(whole));
				}
			}),
			{ numRuns: HISTORIES, seed: SEED }
		);
	});

	it('never gives back rights that a removal took, whatever else comes', async () => {
		await fc.assert(
			fc.asyncProperty(histories, orders, async (steps, shuffles) => {
				const records = await history(steps);
				const whole = await space.fold(records);
				for (const order of shuffles) {
					const part = await space.fold(shuffled(records, order).slice(0, 1 + ((order[1] ?? 0) % records.length)));
					for (const person of part.people.values())
						if (person.removed) expect(whole.people.get(person.staffId)?.removed).toBe(true);
				}
			}),
			{ numRuns: HISTORIES, seed: SEED }
		);
	});

	it('takes nothing from a record of which any byte was touched', async () => {
		const records = await history([
			{ device: 0, hears: 0, actor: 0, target: 0, act: 0, role: 1 },
			{ device: 0, hears: 0, actor: 0, target: 0, act: 0, role: 3 },
			{ device: 0, hears: 0, actor: 1, target: 2, act: 5, role: 0 },
			{ device: 0, hears: 0, actor: 0, target: 1, act: 3, role: 0 }
		]);
		await fc.assert(
			fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }), async (which, at, by) => {
				const index = which % records.length;
				const touched = records.map((record, i) => {
					if (i !== index) return record;
					const bytes = record.bytes.slice();
					bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ by;
					return { ...record, bytes };
				});
				const without = shownBy(await space.fold(records.filter((_, i) => i !== index)));
				const state = await space.fold(touched);
				expect({ ...shownBy(state), rejected: [] }).toEqual({ ...without, rejected: [] });
			}),
			{ numRuns: RUNS, seed: SEED }
		);
	});
});
