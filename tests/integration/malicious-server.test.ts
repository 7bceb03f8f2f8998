/** A server that is taken over: what it plants, replaces, takes back or floods in a real exchange changes nothing here. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitmentOf } from '$lib/crypto/data-key';
import { openPerson, rotateKey, type KeyringState, type OpenedPerson } from '$lib/crypto/keyring';
import { wrapDataKey } from '$lib/crypto/person-keys';
import { deviceIdOf, generateDeviceKeys, generateSigningKeys, importSigningKey } from '$lib/crypto/signature';
import type { DeviceId, KeyId, StaffId } from '$lib/domain/ids';
import { MAX_RECORDS, type KeyringRecord } from '$lib/domain/keyring-record';
import { encodeAnswer, parseAnswer, type ExchangeAnswer } from '$lib/sync/protocol';
import { exchangePair, type ExchangePair } from '../support/exchange-pair';
import type { Line } from '../support/faulty-line';
import { forgeRecord } from '../support/forge-record';
import { quickStretch } from '../support/quick-stretch';
import { testCounter } from '../support/test-counter';
import { must } from '../support/test-space';

const PASSWORD = 'Jens Beispiel';
let pair: ExchangePair;
/** Founder, a lead and a clerk, known to both devices and the server. */
let records: KeyringRecord[];
let lead: OpenedPerson;
let clerk: OpenedPerson;
let before: KeyringState;

beforeEach(async () => {
	pair = await exchangePair();
	({ records, person: lead } = await pair.space.withPerson([pair.space.record], 'Olaf Leiter', 'lead'));
	({ records, person: clerk } = await pair.space.withPerson(records, PASSWORD, 'clerk'));
	await pair.one.desk.keyringStore.addRecords(records);
	await pair.one.write(2);
	await pair.two.write(3);
	await pair.expectEqualAfterGoodExchanges();
	before = await pair.two.desk.keyring();
	expect(before.people.size).toBe(3);
});
afterEach(() => pair.close());

/** The server says what it likes; every message is well formed and carries the right nonce. */
const saying =
	(lie: (answer: ExchangeAnswer) => ExchangeAnswer): Line =>
	async (call) => {
		const given = await call.pass();
		return { ...given, body: encodeAnswer(lie(must(parseAnswer(given.body)))) };
	};
const adding = (forged: readonly KeyringRecord[]): Line =>
	saying((answer) => ({
		...answer,
		keyring: { ...answer.keyring, records: [...answer.keyring.records, ...forged] }
	}));

/** What a device thinks of people and keys, and what it keeps on its disk. */
async function keyringOf({ desk }: ExchangePair['two']) {
	const { people, tips, currentKeyId, acceptedIds, revokedDevices } = await desk.keyring();
	return { people, tips, currentKeyId, acceptedIds, revokedDevices, kept: await desk.held() };
}

/** Both devices meet the lie with work to exchange; neither is changed by it, neither is held up. */
async function expectNothingOf(line: Line): Promise<void> {
	const known = [await keyringOf(pair.one), await keyringOf(pair.two)];
	await pair.one.write(1);
	await pair.two.write(1);
	pair.line.set(line);
	for (const device of [pair.one, pair.two, pair.one])
		expect(await device.exchange()).toMatchObject({ error: null, keyringChanged: false });
	expect([await keyringOf(pair.one), await keyringOf(pair.two)]).toEqual(known);
	expect((await pair.one.desk.sequences()).get(pair.two.counter.deviceId)).toBe(pair.two.counter.written());
	await pair.expectEqualAfterGoodExchanges();
	const { spaceSecret } = pair.space;
	const opened = await openPerson(await pair.two.desk.keyring(), clerk.staffId, PASSWORD, spaceSecret, quickStretch);
	expect(must(opened).dataKeys.size).toBe(1);
}

const aStranger = async (signer: StaffId | 'recovery') => ({
	signer,
	signingKey: await importSigningKey((await generateSigningKeys()).privateKey)
});

/** A key that the server knows, wrapped to the clerk with all that belongs to it but a right to do so. */
async function planted(keyId: KeyId) {
	const bytes = new Uint8Array(32).fill(9);
	const holder = { spaceNonce: before.spaceNonce, signer: clerk.staffId };
	const wrap = await wrapDataKey(holder, clerk.ecdhPublic, keyId, bytes);
	const key = { keyId, commitment: await commitmentOf(before.spaceNonce, keyId, bytes) };
	return { type: 'key-rotated', key, wraps: [{ staffId: clerk.staffId, wrap }], recoveryWraps: [] } as const;
}

describe('a server that was taken over', { timeout: 60_000 }, () => {
	it('plants no data key, in whosever name it signs', async () => {
		const forged: KeyringRecord[] = [];
		for (const signer of [
			before.people.keys().next().value!,
			lead.staffId,
			'recovery',
			'f'.repeat(32) as StaffId
		] as const)
			forged.push(await forgeRecord(before, await aStranger(signer), await planted('9.general' as KeyId)));
		await expectNothingOf(adding(forged));
	});

	it('replaces nobody’s entry, neither by one of its own nor by an old one', async () => {
		const entry = before.people.get(clerk.staffId)?.entries[0];
		if (!entry) throw new Error('the clerk has an entry');
		const { publicKeys, wrappedKeys, keyWraps, recordId } = entry;
		const mine = { ecdh: publicKeys.ecdh, ecdsa: (await generateDeviceKeys()).publicKey };
		const payload = {
			type: 'password-changed',
			staffId: clerk.staffId,
			publicKeys: mine,
			wrappedKeys,
			keyWraps,
			mustChangePassword: false
		} as const;
		const forged: KeyringRecord[] = [];
		for (const signer of [clerk.staffId, lead.staffId])
			forged.push(await forgeRecord(before, await aStranger(signer), payload, { replaces: [recordId] }));
		const touched = records.map(({ bytes, signature }) => ({
			bytes: bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
			signature
		}));
		await expectNothingOf(adding([...forged, ...touched]));
	});

	it('rolls nothing back: what it hides stays here, and is offered to it again', async () => {
		const founding = records.slice(0, 1);
		await expectNothingOf(
			saying((answer) => ({
				...answer,
				keyring: { tips: [pair.space.spaceId as string as (typeof answer.keyring.tips)[0]], records: founding }
			}))
		);
	});

	it('floods neither keyring nor device keys', async () => {
		const junk = Array.from({ length: MAX_RECORDS - 10 }, (_, i) => ({
			bytes: new Uint8Array([1, i >> 8, i & 255]),
			signature: new Uint8Array(64).fill(i & 255)
		}));
		const strangers: { deviceId: DeviceId; publicKey: Uint8Array }[] = [];
		for (let i = 0; i < 200; i++) {
			const { publicKey } = await generateDeviceKeys();
			strangers.push({ deviceId: await deviceIdOf(publicKey), publicKey });
		}
		const keys = [await pair.one.desk.keyIds(), await pair.two.desk.keyIds()];
		await expectNothingOf(
			saying((answer) => ({
				...answer,
				deviceKeys: [...answer.deviceKeys, ...strangers],
				keyring: { ...answer.keyring, records: [...answer.keyring.records, ...junk] }
			}))
		);
		expect([await pair.one.desk.keyIds(), await pair.two.desk.keyIds()]).toEqual(keys);
	});

	it('gets nothing from a clerk’s forged act of a lead', async () => {
		const forged: KeyringRecord[] = [];
		const asClerk = { signer: clerk.staffId, signingKey: clerk.signingKey };
		const asLead = { signer: lead.staffId, signingKey: clerk.signingKey };
		const founder = before.people.keys().next().value!;
		for (const actor of [asClerk, asLead]) {
			forged.push(await forgeRecord(before, actor, { type: 'role-changed', staffId: clerk.staffId, role: 'admin' }));
			forged.push(await forgeRecord(before, actor, { type: 'person-removed', staffId: founder }));
			forged.push(await forgeRecord(before, actor, await planted('9.general' as KeyId)));
			forged.push(
				await forgeRecord(before, actor, {
					type: 'device-revoked',
					deviceId: pair.one.counter.deviceId,
					lastSequence: 0,
					lastChainValue: new Uint8Array(32)
				})
			);
		}
		await expectNothingOf(adding(forged));
	});

	it('keeps no true act of a lead from going through beside its lies', async () => {
		const rotation = must(await rotateKey(pair.space.as(before, pair.space.opened)));
		await pair.one.desk.keyringStore.addRecords(rotation.records);
		const forged = await forgeRecord(before, await aStranger(lead.staffId), await planted('9.general' as KeyId));
		pair.line.set(adding([forged]));
		await pair.one.exchange();
		await pair.two.exchange();
		const after = await pair.two.desk.keyring();
		expect(after.currentKeyId).toBe(rotation.keyId);
		expect(await pair.two.desk.held()).toHaveLength(records.length + rotation.records.length);
		await pair.expectEqualAfterGoodExchanges();
	});

	it('that claims to hold what it was never given is believed only until it is asked without lying', async () => {
		await pair.one.write(4);
		const stranger = await testCounter(pair.space);
		pair.line.set(
			saying((answer) => ({
				...answer,
				heads: new Map([
					...[...answer.heads].map(([id, head]) => [id, { ...head, sequence: head.sequence + 1_000 }] as const),
					[stranger.deviceId, { sequence: 9, chainValue: new Uint8Array(32), beyond: [] }]
				])
			}))
		);
		await pair.one.exchange();
		await pair.expectEqualAfterGoodExchanges();
	});
});
