/** The keyring in its good days: founding, adding, passwords, rotation, Notfallblatt; opened by those it should, and nobody else. */
import { beforeAll, describe, expect, it } from 'vitest';
import { argon2id } from '$lib/crypto/argon2id';
import {
	changePassword,
	changeRole,
	foldKeyring,
	foundSpace,
	openNewDataKeys,
	openPerson,
	openRecovery,
	passKeysOn,
	removePerson,
	renewRecovery,
	resetPassword,
	revokeDevice,
	rotateKey,
	withDataKeyBytes,
	withRecoveryDataKeyBytes,
	type KeyringState
} from '$lib/crypto/keyring';
import type { DeviceId, StaffId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import { err } from '$lib/domain/result';
import { quickStretch } from '../../support/quick-stretch';
import { FOUNDER_PASSWORD, must, testSpace, type TestSpace } from '../../support/test-space';

let space: TestSpace;
let founding: KeyringRecord[];
beforeAll(async () => {
	space = await testSpace();
	founding = [space.record];
});

const open = async (records: readonly KeyringRecord[], staffId: StaffId, password: string) =>
	openPerson(await space.fold(records), staffId, password, space.spaceSecret, quickStretch);
const newPassword = async (state: KeyringState, password: string) => ({
	...(await space.passingOn(state)),
	password,
	stretch: quickStretch
});

describe('a founded space', { timeout: 60_000 }, () => {
	it('has one admin, one Notfallblatt and one key, and is named by its founding record', async () => {
		const state = await space.fold(founding);
		expect(state).toMatchObject({ founded: true, commune: 'Soest, Stadt', ags: '05974040', currentKeyId: '1.general' });
		expect([...state.people.values()]).toMatchObject([
			{ name: 'Erika Mustermann', role: 'admin', removed: false, mustChangePassword: false }
		]);
		expect(state.tips).toEqual([space.spaceId]);
		expect(state.rejected).toEqual([]);
		expect(state.recovery).toHaveLength(1);
	});

	it('opens by the password, in whatever form the umlauts were typed, with keys that cannot be exported', async () => {
		const opened = must(await open(founding, space.opened.staffId, FOUNDER_PASSWORD.normalize('NFD')));
		expect([...opened.dataKeys.keys()]).toEqual(['1.general']);
		for (const key of [opened.signingKey, opened.ecdhKey, ...opened.dataKeys.values()])
			expect(key.extractable).toBe(false);
		expect(space.opened).toMatchObject({ staffId: opened.staffId, entryId: opened.entryId, signer: opened.signer });
	});

	it('does not open by another password, with another space secret, or for somebody unknown', async () => {
		const wrong = err({ type: 'wrong-password' });
		const { staffId } = space.opened;
		expect(await open(founding, staffId, 'falsch')).toEqual(wrong);
		expect(await open(founding, '0'.repeat(32) as StaffId, FOUNDER_PASSWORD)).toEqual(wrong);
		const state = await space.fold(founding);
		expect(await openPerson(state, staffId, FOUNDER_PASSWORD, new Uint8Array(16), quickStretch)).toEqual(wrong);
	});

	it('opens by the Notfallblatt, and not by another key', async () => {
		const state = await space.fold(founding);
		const opened = must(await openRecovery(state, space.recoveryKey, space.spaceSecret));
		expect([...opened.dataKeys.keys()]).toEqual(['1.general']);
		expect(await openRecovery(state, new Uint8Array(16), space.spaceSecret)).toEqual(
			err({ type: 'wrong-recovery-key' })
		);
	});

	it('is empty without its founding record, or with that of another space', async () => {
		const other = await testSpace();
		for (const records of [[], [other.record]]) {
			const state = await space.fold(records);
			expect(state.founded).toBe(false);
			expect(state.people.size).toBe(0);
			expect(state.rejected.map(({ reason }) => reason)).toEqual(records.map(() => 'wrong-space'));
		}
	});

	it('works with real Argon2id', async () => {
		const input = { commune: 'Werl', ags: null, founderName: 'Max Mustermann', recordedAt: 0 };
		const real = must(await foundSpace({ ...input, password: 'vier Wörter am Morgen', stretch: argon2id }));
		const state = await foldKeyring(real.spaceId, [real.record]);
		const { staffId } = real.opened;
		expect((await openPerson(state, staffId, 'vier Wörter am Morgen', real.spaceSecret, argon2id)).ok).toBe(true);
		expect((await openPerson(state, staffId, 'vier Wörter am Abend', real.spaceSecret, argon2id)).ok).toBe(false);
	});

	it.each(['', '   ', 'Erika\u0000', 'Erika\uD800', 'x'.repeat(201)])(
		'is not founded by somebody named %j',
		async (founderName) => {
			const input = { commune: 'Werl', ags: null, founderName, recordedAt: 0, password: 'x', stretch: quickStretch };
			expect(await foundSpace(input)).toEqual(err({ type: 'malformed-record' }));
		}
	);
});

describe('a person', () => {
	it('who was added opens by the first password, and is told to change it', async () => {
		const { person, records } = await space.withPerson(founding, 'Aylin Yılmaz', 'clerk');
		expect(person.mustChangePassword).toBe(true);
		expect([...person.dataKeys.keys()]).toEqual(['1.general']);
		expect((await space.fold(records)).people.get(person.staffId)).toMatchObject({
			name: 'Aylin Yılmaz',
			role: 'clerk'
		});
	});

	it('changes the password: the old one opens nothing, and what was signed before still verifies', async () => {
		const { person, records } = await space.withPerson(founding, 'Aylin', 'clerk');
		const changed = await space.after(records, person, async (context) =>
			changePassword(context, await newPassword(context.state, 'neu'))
		);
		expect(await open(changed, person.staffId, 'Aylin')).toEqual(err({ type: 'wrong-password' }));
		const opened = must(await open(changed, person.staffId, 'neu'));
		expect(opened.mustChangePassword).toBe(false);
		expect((await space.fold(changed)).signingKeysOf(person.staffId)).toHaveLength(2);
	});

	it('signs into the keyring only with the key of the newest password', async () => {
		const { person, records } = await space.withPerson(founding, 'Leitung', 'lead');
		const changed = await space.after(records, person, async (context) =>
			changePassword(context, await newPassword(context.state, 'neu'))
		);
		const state = await space.fold(changed);
		expect(await rotateKey(space.as(state, person))).toEqual(err({ type: 'not-allowed' }));
		expect((await rotateKey(space.as(state, must(await open(changed, person.staffId, 'neu'))))).ok).toBe(true);
	});

	it('whose last entry opened here still opens by it, until its successor has opened once', async () => {
		const { person, records } = await space.withPerson(founding, 'Aylin', 'clerk');
		const changed = await space.after(records, space.opened, async (context) =>
			resetPassword(context, {
				...(await newPassword(context.state, 'neu')),
				staffId: person.staffId,
				mustChangePassword: true
			})
		);
		const state = await space.fold(changed);
		const { staffId, entryId } = person;
		const opened = await openPerson(state, staffId, 'Aylin', space.spaceSecret, quickStretch, entryId);
		expect(must(opened).entryId).toBe(entryId);
	});

	it('who changed the password twice at once opens by both, until one more change', async () => {
		const { person, records } = await space.withPerson(founding, 'Aylin', 'clerk');
		const change = (password: string) => async (context: Parameters<typeof changePassword>[0]) =>
			changePassword(context, await newPassword(context.state, password));
		const here = await space.after(records, person, change('hier'));
		const there = await space.after(records, person, change('dort'));
		const both = [...here, ...there.slice(-1)];
		expect((await open(both, person.staffId, 'hier')).ok).toBe(true);
		expect((await open(both, person.staffId, 'dort')).ok).toBe(true);
		expect(await open(both, person.staffId, 'Aylin')).toEqual(err({ type: 'wrong-password' }));
		const after = await space.after(both, must(await open(both, person.staffId, 'hier')), change('eins'));
		for (const [password, opens] of [
			['hier', false],
			['dort', false],
			['eins', true]
		] as const)
			expect((await open(after, person.staffId, password)).ok).toBe(opens);
	});

	it('who was removed opens nothing, with any entry', async () => {
		const { person, records } = await space.withPerson(founding, 'Aylin', 'clerk');
		const removed = await space.after(records, space.opened, (context) =>
			removePerson(context, { staffId: person.staffId })
		);
		const state = await space.fold(removed);
		expect(state.people.get(person.staffId)).toMatchObject({ removed: true, entries: [] });
		const { staffId, entryId } = person;
		expect(await openPerson(state, staffId, 'Aylin', space.spaceSecret, quickStretch, entryId)).toEqual(
			err({ type: 'wrong-password' })
		);
		expect(state.signingKeysOf(staffId)).toHaveLength(1);
	});

	it('has the role last given; of two given at once the one with fewer rights', async () => {
		const { staffId, records } = await space.withPerson(founding, 'Aylin', 'clerk');
		const give = (role: 'lead' | 'processing') => (context: Parameters<typeof changeRole>[0]) =>
			changeRole(context, { staffId, role });
		const lead = await space.after(records, space.opened, give('lead'));
		expect((await space.fold(lead)).people.get(staffId)?.role).toBe('lead');
		const processing = await space.after(records, space.opened, give('processing'));
		const both = [...lead, ...processing.slice(-1)];
		expect((await space.fold(both)).people.get(staffId)?.role).toBe('processing');
		expect((await space.fold(await space.after(both, space.opened, give('lead')))).people.get(staffId)?.role).toBe(
			'lead'
		);
	});
});

describe('a rotated key', () => {
	it('reaches everybody who is here and the Notfallblatt, and nobody who was removed', async () => {
		const { person, records } = await space.withPerson(founding, 'Aylin', 'clerk');
		const gone = await space.withPerson(records, 'Bernd', 'lead');
		const removed = await space.after(gone.records, space.opened, (context) =>
			removePerson(context, { staffId: gone.staffId })
		);
		const state = await space.fold(removed);
		const { records: added, keyId } = must(await rotateKey(space.as(state, space.opened)));
		const all = [...removed, ...added];
		const rotated = await space.fold(all);
		expect(rotated.currentKeyId).toBe(keyId);
		expect(keyId).toMatch(/^2-[0-9a-z]{4}\.general$/);
		expect(rotated.keys.map((key) => key.keyId)).toEqual(['1.general', keyId]);
		expect([...must(await open(all, person.staffId, 'Aylin')).dataKeys.keys()]).toEqual(['1.general', keyId]);
		expect([...(await openNewDataKeys(rotated, person)).keys()]).toEqual([keyId]);
		expect([...(await openNewDataKeys(rotated, gone.person)).keys()]).toEqual([]);
		expect((await space.recovery(all)).dataKeys.size).toBe(2);
		expect(rotated.lackingKeys).toEqual([]);
	});

	it('at two places at once gives two keys, and both open', async () => {
		const state = await space.fold(founding);
		const [one, two] = [
			must(await rotateKey(space.as(state, space.opened))),
			must(await rotateKey(space.as(state, space.opened)))
		];
		const both = await space.fold([...founding, ...one.records, ...two.records]);
		expect(both.keys).toHaveLength(3);
		expect((await openNewDataKeys(both, space.opened)).size).toBe(2);
	});

	it('is passed on to an entry that was made meanwhile', async () => {
		const { person, records } = await space.withPerson(founding, 'Aylin', 'clerk');
		const rotated = must(await rotateKey(space.as(await space.fold(records), space.opened)));
		const changed = await space.after(records, person, async (context) =>
			changePassword(context, await newPassword(context.state, 'neu'))
		);
		const both = [...records, ...rotated.records, ...changed.slice(-1)];
		const state = await space.fold(both);
		expect(state.lackingKeys.map(({ signer, keyId }) => [signer, keyId])).toEqual([[person.staffId, rotated.keyId]]);
		const opened = must(await open(both, person.staffId, 'neu'));
		expect([...opened.dataKeys.keys()]).toEqual(['1.general']);

		const passed = must(await passKeysOn(space.as(state, space.opened), await space.passingOn(state)));
		const after = await space.fold([...both, ...passed]);
		expect([...(await openNewDataKeys(after, opened)).keys()]).toEqual([rotated.keyId]);
		expect(after.lackingKeys).toEqual([]);
		expect(after.keys).toHaveLength(2);
	});
});

describe('data keys as bytes', () => {
	it('are there for one act, and overwritten after it, also when it fails', async () => {
		const state = await space.fold(founding);
		const kept: Uint8Array[] = [];
		const lend = (act: () => void) =>
			withDataKeyBytes(state, space.opened.staffId, FOUNDER_PASSWORD, space.spaceSecret, quickStretch, (bytes) => {
				for (const one of bytes.values()) {
					expect(one.some((byte) => byte !== 0)).toBe(true);
					kept.push(one);
				}
				act();
				return Promise.resolve('done');
			});
		expect(must(await lend(() => undefined))).toBe('done');
		await expect(
			lend(() => {
				throw new Error('act failed');
			})
		).rejects.toThrow('act failed');
		expect(kept).toHaveLength(2);
		for (const one of kept) expect(one.every((byte) => byte === 0)).toBe(true);
	});
});

describe('the Notfallblatt', () => {
	it('sets a new password for anybody, and adds an admin', async () => {
		const state = await space.fold(founding);
		const records = must(
			await withRecoveryDataKeyBytes(state, space.recoveryKey, space.spaceSecret, async (dataKeyBytes, opened) => {
				const input = { dataKeyBytes, spaceSecret: space.spaceSecret, stretch: quickStretch };
				const { staffId } = space.opened;
				const reset = await resetPassword(space.as(state, opened), {
					...input,
					staffId,
					password: 'wiedergefunden',
					mustChangePassword: false
				});
				return [...founding, must(reset)];
			})
		);
		expect((await open(records, space.opened.staffId, FOUNDER_PASSWORD)).ok).toBe(false);
		expect((await open(records, space.opened.staffId, 'wiedergefunden')).ok).toBe(true);
	});

	it('does nothing else', async () => {
		const context = space.as(await space.fold(founding), await space.recovery(founding));
		const notAllowed = err({ type: 'not-allowed' });
		expect(await removePerson(context, { staffId: space.opened.staffId })).toEqual(notAllowed);
		expect(await changeRole(context, { staffId: space.opened.staffId, role: 'clerk' })).toEqual(notAllowed);
		expect(await rotateKey(context)).toEqual(notAllowed);
		expect(await renewRecovery(context, await space.passingOn(context.state))).toEqual(notAllowed);
		expect(await changePassword(context, await newPassword(context.state, 'x'))).toEqual(notAllowed);
	});

	it('is worth nothing after a new one was made', async () => {
		const state = await space.fold(founding);
		const { record, recoveryKey } = must(
			await renewRecovery(space.as(state, space.opened), await space.passingOn(state))
		);
		const renewed = await space.fold([...founding, record]);
		expect(await openRecovery(renewed, space.recoveryKey, space.spaceSecret)).toEqual(
			err({ type: 'wrong-recovery-key' })
		);
		expect(must(await openRecovery(renewed, recoveryKey, space.spaceSecret)).dataKeys.size).toBe(1);
	});
});

describe('a revoked device', () => {
	it('is known with the last operation that is accepted; of two records the earlier cut holds', async () => {
		const deviceId = 'd'.repeat(32) as DeviceId;
		const revoke = (lastSequence: number) => (context: Parameters<typeof revokeDevice>[0]) =>
			revokeDevice(context, { deviceId, lastSequence, lastChainValue: new Uint8Array(32).fill(lastSequence) });
		const later = await space.after(founding, space.opened, revoke(9));
		const earlier = await space.after(founding, space.opened, revoke(4));
		expect((await space.fold(later)).revokedDevices.get(deviceId)?.lastSequence).toBe(9);
		const both = await space.fold([...later, ...earlier.slice(-1)]);
		expect(both.revokedDevices.get(deviceId)).toEqual({ lastSequence: 4, lastChainValue: new Uint8Array(32).fill(4) });
	});
});

describe('exchange of the keyring', () => {
	it('gives those with older tips what they lack, ancestors first', async () => {
		const { records } = await space.withPerson(founding, 'Aylin', 'clerk');
		const { records: all } = await space.withPerson(records, 'Bernd', 'clerk');
		const state = await space.fold(all);
		const older = await space.fold(records);
		expect(state.ancestorsMissing(older.tips)).toEqual(all.slice(2));
		expect(state.ancestorsMissing([])).toEqual(all);
		expect(state.ancestorsMissing(state.tips)).toEqual([]);
		expect(older.ancestorsMissing(state.tips)).toHaveLength(2);
		expect(older.tips.every((tip) => state.has(tip))).toBe(true);
		expect(state.tips.every((tip) => older.has(tip))).toBe(false);
	});

	it('verifies nothing twice when told what was verified', async () => {
		const { records } = await space.withPerson(founding, 'Aylin', 'clerk');
		const before = await space.fold(records);
		const spoiled = records.map((record, i) => (i === 0 ? record : { ...record, signature: new Uint8Array(64) }));
		const told = await foldKeyring(space.spaceId, spoiled, { verified: before.acceptedIds });
		expect(told.people.size).toBe(2);
		expect((await space.fold(spoiled)).people.size).toBe(1);
	});
});
