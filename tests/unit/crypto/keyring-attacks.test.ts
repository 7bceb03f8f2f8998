/** The keyring in its bad days: forged, planted, replayed and altered records, and people whose rights were taken. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { randomBytes } from '$lib/crypto/bytes';
import { commitmentOf } from '$lib/crypto/data-key';
import type { PasswordStretcher } from '$lib/crypto/key-derivation';
import {
	addPerson,
	changePassword,
	changeRole,
	decodeRecord,
	openNewDataKeys,
	openPerson,
	recordIdOf,
	removePerson,
	renewRecovery,
	resetPassword,
	revokeDevice,
	rotateKey,
	type KeyringState,
	type OpenedPerson
} from '$lib/crypto/keyring';
import { levelOf } from '$lib/crypto/keyring-rules';
import { wrapDataKey } from '$lib/crypto/person-keys';
import { generateSigningKeys, importSigningKey, sign } from '$lib/crypto/signature';
import type { DeviceId, KeyId, SpaceId, StaffId } from '$lib/domain/ids';
import type { KeyringPayload, KeyringRecord, PersonEntry } from '$lib/domain/keyring-record';
import { err } from '$lib/domain/result';
import type { Role } from '$lib/domain/workplace';
import { forgeRecord } from '../../support/forge-record';
import { quickStretch } from '../../support/quick-stretch';
import { must, testSpace, type TestSpace } from '../../support/test-space';

let space: TestSpace;
let base: KeyringRecord[];
const people = new Map<Role, OpenedPerson>();
const at = (role: Role): OpenedPerson => {
	const person = people.get(role);
	if (!person) throw new Error(role);
	return person;
};

/** A space with a person of each role; the password of each is the role. */
beforeAll(async () => {
	space = await testSpace();
	base = [space.record];
	for (const role of ['clerk', 'processing', 'feed', 'lead', 'admin'] as const) {
		const { records, person } = await space.withPerson(base, role, role);
		base = records;
		people.set(role, person);
	}
});

const reasonsIn = (state: KeyringState) => state.rejected.map(({ reason }) => reason);
const asNewPassword = async (state: KeyringState) => ({
	...(await space.passingOn(state)),
	password: 'geraten',
	stretch: quickStretch
});
const entryOf = (record: KeyringRecord): PersonEntry => {
	const { payload } = must(decodeRecord(record.bytes));
	if (payload.type !== 'person-added') throw new Error(payload.type);
	return payload.person;
};

describe('rights', { timeout: 60_000 }, () => {
	/** One act of each kind, on a clerk unless said otherwise. */
	const payloads = async (): Promise<KeyringPayload[]> => {
		const state = await space.fold(base);
		const target = at('processing').staffId;
		const { publicKeys, wrappedKeys, keyWraps } = entryOf(base[2] as KeyringRecord);
		const entry = { publicKeys, wrappedKeys, keyWraps };
		const key = { keyId: '7.general' as KeyId, commitment: new Uint8Array(32) };
		const person = { ...entryOf(base[2] as KeyringRecord), staffId: 'f'.repeat(32) as StaffId };
		const wraps = [{ staffId: target, wrap: keyWraps[0] as (typeof keyWraps)[0] }];
		expect(state.people.get(target)?.role).toBe('processing');
		return [
			{ type: 'person-added', person },
			{ type: 'role-changed', staffId: target, role: 'clerk' },
			{ type: 'password-changed', staffId: target, ...entry, mustChangePassword: false },
			{ type: 'person-removed', staffId: target },
			{
				type: 'device-revoked',
				deviceId: target as string as DeviceId,
				lastSequence: 0,
				lastChainValue: new Uint8Array(32)
			},
			{ type: 'key-rotated', key, wraps, recoveryWraps: [] },
			{ type: 'recovery-renewed', recovery: { ...entry, wrappedKeys: { ...wrappedKeys, kdf: null } } }
		];
	};

	it('for anything but the own password belong to leads and administration', async () => {
		const state = await space.fold(base);
		for (const payload of await payloads())
			for (const role of ['clerk', 'feed', 'lead', 'admin'] as const) {
				const after = await space.fold([...base, await forgeRecord(state, at(role), payload)]);
				expect([payload.type, role, reasonsIn(after)]).toEqual([
					payload.type,
					role,
					levelOf(role) === 0 ? ['not-allowed'] : []
				]);
			}
	});

	it('of the Einlesedienst end with its own password; nobody becomes it or ceases to be it', async () => {
		const state = await space.fold(base);
		const feed = at('feed');
		expect(state.people.get(feed.staffId)).toMatchObject({ role: 'feed', mustChangePassword: false });
		expect((await changePassword(space.as(state, feed), await asNewPassword(state))).ok).toBe(true);
		const turned: readonly KeyringPayload[] = [
			{ type: 'role-changed', staffId: feed.staffId, role: 'clerk' },
			{ type: 'role-changed', staffId: at('clerk').staffId, role: 'feed' }
		];
		for (const payload of turned) {
			const after = await space.fold([...base, await forgeRecord(state, at('admin'), payload)]);
			expect([payload, reasonsIn(after)]).toEqual([payload, ['not-allowed']]);
		}
		const again = { ...entryOf(base[3] as KeyringRecord), staffId: at('lead').staffId, role: 'feed' as const };
		const early = await space.fold([space.record]);
		const doubled = await forgeRecord(early, space.opened, { type: 'person-added', person: again });
		expect((await space.fold([...base, doubled])).people.get(at('lead').staffId)?.role).toBe('lead');
	});

	it('of a lead do not reach the administration, and give no admin', async () => {
		const state = await space.fold(base);
		const context = space.as(state, at('lead'));
		const { staffId } = at('admin');
		const notAllowed = err({ type: 'not-allowed' });
		const password = await asNewPassword(state);
		expect(await removePerson(context, { staffId })).toEqual(notAllowed);
		expect(await changeRole(context, { staffId, role: 'clerk' })).toEqual(notAllowed);
		expect(await changeRole(context, { staffId: at('clerk').staffId, role: 'admin' })).toEqual(notAllowed);
		expect(await resetPassword(context, { ...password, staffId, mustChangePassword: true })).toEqual(notAllowed);
		expect(await addPerson(context, { ...password, name: 'Neu', role: 'admin' })).toEqual(notAllowed);
		expect((await addPerson(context, { ...password, name: 'Neu', role: 'lead' })).ok).toBe(true);
		expect((await changeRole(context, { staffId: at('clerk').staffId, role: 'lead' })).ok).toBe(true);
	});

	it('end with the removal: what a removed lead signs after it is not accepted', async () => {
		const removed = await space.after(base, space.opened, (context) =>
			removePerson(context, { staffId: at('lead').staffId })
		);
		const state = await space.fold(removed);
		const payload: KeyringPayload = { type: 'person-removed', staffId: at('clerk').staffId };
		const after = await space.fold([...removed, await forgeRecord(state, at('lead'), payload)]);
		expect(reasonsIn(after)).toEqual(['not-allowed']);
		expect(after.people.get(at('clerk').staffId)?.removed).toBe(false);
	});
});

describe('a forged record', () => {
	const anyPayload: KeyringPayload = { type: 'person-removed', staffId: 'f'.repeat(32) as StaffId };

	it('in the name of another is known by its signature', async () => {
		const state = await space.fold(base);
		const payload: KeyringPayload = { type: 'person-removed', staffId: at('lead').staffId };
		const actor = { signer: at('admin').staffId, signingKey: at('clerk').signingKey };
		expect(reasonsIn(await space.fold([...base, await forgeRecord(state, actor, payload)]))).toEqual(['bad-signature']);
	});

	it('by somebody who never was here is not accepted', async () => {
		const state = await space.fold(base);
		const signingKey = await importSigningKey((await generateSigningKeys()).privateKey);
		const stranger = { signer: 'f'.repeat(32) as StaffId, signingKey };
		expect(reasonsIn(await space.fold([...base, await forgeRecord(state, stranger, anyPayload)]))).toEqual([
			'not-allowed'
		]);
	});

	it('of which a bit was changed is not accepted, and nothing else is harmed', async () => {
		const last = base[base.length - 1] as KeyringRecord;
		for (let i = 0; i < last.bytes.length; i += 37) {
			const bytes = last.bytes.slice();
			bytes[i] = (bytes[i] ?? 0) ^ 1;
			const state = await space.fold([...base.slice(0, -1), { ...last, bytes }]);
			expect(state.people.size).toBe(5);
			expect(state.rejected).toHaveLength(1);
		}
	});

	it('of the same bytes with a false signature does not stand in the way of the true one', async () => {
		const last = base[base.length - 1] as KeyringRecord;
		const copy = { ...last, signature: new Uint8Array(64) };
		for (const records of [
			[copy, ...base],
			[...base, copy]
		]) {
			const state = await space.fold(records);
			expect(state.people.size).toBe(6);
			expect(state.rejected).toEqual([]);
			expect(state.records.some((record) => record.signature.every((byte) => byte === 0))).toBe(false);
		}
	});

	it('of another space, too large or malformed is kept apart with its reason', async () => {
		const state = await space.fold(base);
		const other = await forgeRecord(state, at('admin'), anyPayload, { spaceId: 'f'.repeat(32) as SpaceId });
		const noSpace = await forgeRecord(state, at('admin'), anyPayload, { spaceId: null });
		const large = { bytes: new Uint8Array(64 * 1024 + 1), signature: new Uint8Array(64) };
		const garbage = { bytes: new Uint8Array(20_000).fill(0x81), signature: new Uint8Array(64) };
		const trailing = { ...other, bytes: Uint8Array.of(...(base[0] as KeyringRecord).bytes, 0) };
		const after = await space.fold([...base, other, noSpace, large, garbage, trailing]);
		expect(reasonsIn(after).sort()).toEqual(['malformed', 'malformed', 'too-large', 'wrong-space', 'wrong-space']);
		expect(after.rejected.map(({ id }) => id)).toContain(await recordIdOf(other.bytes));
		expect(after.people).toEqual(state.people);
	});

	it('that builds on nothing, or on what is not here, waits', async () => {
		const state = await space.fold(base);
		const rootless = await forgeRecord(state, at('admin'), anyPayload, { seen: [] });
		expect(reasonsIn(await space.fold([...base, rootless]))).toEqual(['unknown-ancestors']);
		const [record] = (await space.withPerson(base, 'Bernd', 'clerk')).records.slice(-1);
		const early = await space.fold([space.record, record as KeyringRecord]);
		expect(reasonsIn(early)).toEqual(['unknown-ancestors']);
		expect(early.has(await recordIdOf((record as KeyringRecord).bytes))).toBe(false);
	});

	it('replaces nothing but what it may: nobody’s entry by another’s, no record it has not seen', async () => {
		const state = await space.fold(base);
		const { publicKeys, wrappedKeys, keyWraps } = entryOf(base[1] as KeyringRecord);
		const own = { type: 'password-changed', staffId: at('clerk').staffId, publicKeys, wrappedKeys, keyWraps } as const;
		const payload = { ...own, mustChangePassword: false };
		const ofAdmin = state.people.get(at('admin').staffId)?.entries[0]?.recordId;
		const ofClerk = state.people.get(at('clerk').staffId)?.entries[0]?.recordId;
		if (!ofAdmin || !ofClerk) throw new Error('entries');
		for (const [replaces, seen, reasons] of [
			[[ofAdmin], state.tips, ['not-allowed']],
			[[space.spaceId as string as typeof ofAdmin], state.tips, ['not-allowed']],
			[['f'.repeat(32) as typeof ofAdmin], state.tips, ['not-allowed']],
			[[ofClerk, ofClerk], state.tips, ['malformed']],
			[[ofClerk], state.tips, []]
		] as const) {
			const record = await forgeRecord(state, at('clerk'), payload, { replaces, seen });
			expect(reasonsIn(await space.fold([...base, record]))).toEqual(reasons);
		}
	});

	it('does not take the id of somebody who is here', async () => {
		const state = await space.fold(base);
		const person: PersonEntry = {
			...entryOf(base[1] as KeyringRecord),
			name: 'Falsch',
			staffId: at('processing').staffId
		};
		const after = await space.fold([...base, await forgeRecord(state, at('lead'), { type: 'person-added', person })]);
		expect(reasonsIn(after)).toEqual(['not-allowed']);
	});
});

describe('a planted data key', () => {
	const planted = async (state: KeyringState, keyId: KeyId) => {
		const bytes = randomBytes(32);
		const holder = { spaceNonce: state.spaceNonce, signer: at('clerk').staffId };
		const wrap = await wrapDataKey(holder, at('clerk').ecdhPublic, keyId, bytes);
		const key = { keyId, commitment: await commitmentOf(state.spaceNonce, keyId, bytes) };
		return { type: 'key-rotated', key, wraps: [{ staffId: holder.signer, wrap }], recoveryWraps: [] } as const;
	};

	it('by a server, with a commitment and correctly wrapped, counts for nothing', async () => {
		const state = await space.fold(base);
		const signingKey = await importSigningKey((await generateSigningKeys()).privateKey);
		for (const signer of ['f'.repeat(32) as StaffId, at('admin').staffId, 'recovery' as const]) {
			const payload = await planted(state, '9.general' as KeyId);
			const after = await space.fold([...base, await forgeRecord(state, { signer, signingKey }, payload)]);
			expect(after.currentKeyId).toBe('1.general');
			expect(await openNewDataKeys(after, at('clerk'))).toEqual(new Map());
		}
	});

	it('under the name of a key that is there is not accepted, even from a lead', async () => {
		const state = await space.fold(base);
		const record = await forgeRecord(state, at('lead'), await planted(state, '1.general' as KeyId));
		expect(reasonsIn(await space.fold([...base, record]))).toEqual(['not-allowed']);
	});

	it('without commitment in any verified record does not open, and the person is told so', async () => {
		const state = await space.fold(base);
		const { record, staffId } = must(
			await addPerson(space.as(state, at('lead')), {
				name: 'Neu',
				role: 'clerk',
				password: 'Neu',
				stretch: quickStretch,
				spaceSecret: space.spaceSecret,
				dataKeyBytes: new Map([['1.general' as KeyId, randomBytes(32)]])
			})
		);
		const after = await space.fold([...base, record]);
		expect(await openPerson(after, staffId, 'Neu', space.spaceSecret, quickStretch)).toEqual(
			err({ type: 'data-key-not-vouched-for' })
		);
	});
});

describe('parameters of 4 GiB in a record', () => {
	it('are refused before anything runs; a good entry beside them still opens', async () => {
		const state = await space.fold(base);
		const { staffId } = at('clerk');
		const entry = state.people.get(staffId)?.entries[0];
		if (!entry?.wrappedKeys.kdf) throw new Error('entry');
		const kdf = { ...entry.wrappedKeys.kdf, memoryKiB: 4 * 1024 * 1024 };
		const payload: KeyringPayload = {
			type: 'password-changed',
			staffId,
			publicKeys: entry.publicKeys,
			wrappedKeys: { ...entry.wrappedKeys, kdf },
			keyWraps: entry.keyWraps,
			mustChangePassword: false
		};
		const stretch = vi.fn<PasswordStretcher>(quickStretch);
		const open = async (record: KeyringRecord) =>
			openPerson(await space.fold([...base, record]), staffId, 'clerk', space.spaceSecret, stretch);
		const replacing = await forgeRecord(state, at('lead'), payload, { replaces: [entry.recordId] });
		expect(await open(replacing)).toEqual(err({ type: 'unsafe-parameters' }));
		expect(stretch).not.toHaveBeenCalled();
		expect((await open(await forgeRecord(state, at('lead'), payload))).ok).toBe(true);
		expect(stretch).toHaveBeenCalledOnce();
	});
});

describe('an old state played back by a server', () => {
	it('verifies as what it was, and does not undo what is here', async () => {
		for (let length = 1; length <= base.length; length++) {
			const older = await space.fold(base.slice(0, length));
			expect(older.people.size).toBe(length);
			expect(older.rejected).toEqual([]);
		}
		expect((await space.fold([...base, ...base.slice(0, 2)])).people.size).toBe(6);
	});
});

describe('rights taken in the meantime', { timeout: 60_000 }, () => {
	const remove = (records: readonly KeyringRecord[], by: OpenedPerson, staffId: StaffId) =>
		space.after(records, by, (context) => removePerson(context, { staffId }));
	const join = (...views: readonly KeyringRecord[][]) => [...new Set(views.flat())];

	it('keep apart what a removed lead did unseen, but not what the removal had seen', async () => {
		const before = await space.withPerson(base, 'Vorher', 'clerk', at('lead'));
		const here = await remove(before.records, space.opened, at('lead').staffId);
		const there = await space.withPerson(before.records, 'Inzwischen', 'clerk', at('lead'));
		const state = await space.fold(join(here, there.records));
		expect(state.people.get(before.staffId)?.removed).toBe(false);
		expect(state.people.get(there.staffId)?.removed).toBe(true);
		expect(reasonsIn(state)).toEqual(['signer-removed']);
		// What the person wrote in good faith still verifies.
		expect(state.signingKeysOf(there.staffId)).toHaveLength(1);
	});

	it('keep apart also what rests on such an act, but not the acts of others that have merely seen it', async () => {
		const here = await remove(base, space.opened, at('lead').staffId);
		const second = await space.withPerson(base, 'Zweite Leitung', 'lead', at('lead'));
		const third = await space.withPerson(second.records, 'Dritter', 'clerk', second.person);
		const honest = await space.withPerson(third.records, 'Ehrlich', 'clerk', at('admin'));
		const state = await space.fold(join(here, honest.records));
		expect(reasonsIn(state).sort()).toEqual(['rights-kept-apart', 'signer-removed']);
		expect(state.people.get(third.staffId)?.removed).toBe(true);
		expect(state.people.get(honest.staffId)?.removed).toBe(false);
	});

	it('keep apart what was signed with a password that a removed lead set', async () => {
		const here = await remove(base, space.opened, at('lead').staffId);
		const reset = await space.after(base, at('lead'), async (context) =>
			resetPassword(context, {
				...(await asNewPassword(context.state)),
				staffId: at('processing').staffId,
				mustChangePassword: false
			})
		);
		const promoted = await space.after(reset, space.opened, (context) =>
			changeRole(context, { staffId: at('processing').staffId, role: 'lead' })
		);
		const thief = await space.openAs(promoted, at('processing').staffId, 'geraten');
		const acted = await remove(promoted, thief, at('clerk').staffId);
		const added = await space.withPerson(acted, 'Eingeschleust', 'lead', thief);
		const state = await space.fold(join(here, added.records));
		expect(state.people.get(added.staffId)?.removed).toBe(true);
		const { staffId } = at('processing');
		expect(await openPerson(state, staffId, 'geraten', space.spaceSecret, quickStretch)).toEqual(
			err({ type: 'wrong-password' })
		);
		expect((await openPerson(state, staffId, 'processing', space.spaceSecret, quickStretch)).ok).toBe(true);
	});

	it('of two leads who remove each other remove both', async () => {
		const { person: other, staffId, records } = await space.withPerson(base, 'Zweite Leitung', 'lead');
		const here = await remove(records, at('lead'), staffId);
		const there = await remove(records, other, at('lead').staffId);
		const state = await space.fold(join(here, there));
		expect(state.people.get(staffId)?.removed).toBe(true);
		expect(state.people.get(at('lead').staffId)?.removed).toBe(true);
		expect(state.rejected).toEqual([]);
	});

	it('of a demoted lead leave the own password alone, and what came after a new promotion', async () => {
		const { staffId } = at('lead');
		const give = (role: Role) => (context: Parameters<typeof changeRole>[0]) => changeRole(context, { staffId, role });
		const demoted = await space.after(base, space.opened, give('clerk'));
		const unseen = await space.withPerson(base, 'Inzwischen', 'clerk', at('lead'));
		const ownPassword = await space.after(base, at('lead'), async (context) =>
			resetPassword(context, { ...(await asNewPassword(context.state)), staffId, mustChangePassword: false })
		);
		const both = await space.fold(join(demoted, unseen.records, ownPassword));
		expect(reasonsIn(both)).toEqual(['signer-removed']);
		expect(both.people.get(unseen.staffId)?.removed).toBe(true);
		expect((await openPerson(both, staffId, 'geraten', space.spaceSecret, quickStretch)).ok).toBe(true);

		const again = await space.after(demoted, space.opened, give('lead'));
		const later = await space.withPerson(again, 'Später', 'clerk', at('lead'));
		expect(reasonsIn(await space.fold(later.records))).toEqual([]);
	});

	it('let nobody remove a person who came after the own removal', async () => {
		const removed = await remove(base, space.opened, at('lead').staffId);
		const { staffId, records } = await space.withPerson(removed, 'Neu', 'clerk');
		const old = await space.fold(base);
		const record = await forgeRecord(old, at('lead'), { type: 'person-removed', staffId });
		const state = await space.fold([...records, record]);
		expect(reasonsIn(state)).toEqual(['not-allowed']);
		expect(state.people.get(staffId)?.removed).toBe(false);
	});

	it('of a replaced Notfallblatt keep apart whom it added meanwhile', async () => {
		const sheet = await space.recovery(base);
		const stolen = await space.withPerson(base, 'Diebin', 'admin', sheet);
		const renewed = await space.after(base, space.opened, async (context) => {
			const { record } = must(await renewRecovery(context, await space.passingOn(context.state)));
			return { ok: true, value: record };
		});
		expect((await space.fold(stolen.records)).people.get(stolen.staffId)?.removed).toBe(false);
		const state = await space.fold(join(stolen.records, renewed));
		expect(state.people.get(stolen.staffId)?.removed).toBe(true);
	});

	it('keep a key that a removed lead rotated readable, but nothing new is written under it', async () => {
		const here = await remove(base, space.opened, at('lead').staffId);
		const rotated = must(await rotateKey(space.as(await space.fold(base), at('lead'))));
		const state = await space.fold(join(here, [...base, ...rotated.records]));
		expect(state.currentKeyId).toBe('1.general');
		expect(state.keys.map(({ keyId }) => keyId)).toEqual(['1.general']);
		expect([...(await openNewDataKeys(state, at('clerk'))).keys()]).toEqual([rotated.keyId]);
	});

	it('do not hold a device revoked by a removed lead', async () => {
		const deviceId = 'd'.repeat(32) as DeviceId;
		const here = await remove(base, space.opened, at('lead').staffId);
		const there = await space.after(base, at('lead'), (context) =>
			revokeDevice(context, { deviceId, lastSequence: 0, lastChainValue: new Uint8Array(32) })
		);
		expect((await space.fold(there)).revokedDevices.has(deviceId)).toBe(true);
		expect((await space.fold(join(here, there))).revokedDevices.has(deviceId)).toBe(false);
	});
});

it('a record signed twice, each time differently, is one record', async () => {
	const last = base[base.length - 1] as KeyringRecord;
	const again = { ...last, signature: await sign(space.opened.signingKey, last.bytes) };
	expect((await space.fold([...base, again])).records).toHaveLength(base.length);
});
