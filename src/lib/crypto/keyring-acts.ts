/** Acts on the keyring: each gives a signed record, to be stored and folded like any other. */
import { idFromBytes, type DeviceId, type KeyId, type RecordId, type StaffId } from '$lib/domain/ids';
import {
	MAX_RECORD_BYTES,
	type KeyringBody,
	type KeyringPayload,
	type KeyringRecord,
	type KeyWrap,
	type Signer
} from '$lib/domain/keyring-record';
import { err, ok, type Result } from '$lib/domain/result';
import type { Role } from '$lib/domain/workplace';
import { randomBytes, wipe, type Bytes, type RandomBytes } from './bytes';
import { commitmentOf, newDataKey } from './data-key';
import { newKdf, type PasswordStretcher } from './key-derivation';
import { decodeRecord, encodeRecord } from './keyring-codec';
import { epochOf } from './keyring-graph';
import type { KeyringState } from './keyring-state';
import {
	newHolderKeys,
	passwordWrappingKey,
	recoveryWrappingKey,
	wrapDataKey,
	type NewHolderKeys
} from './person-keys';
import { sign } from './signature';

/** Who acts: an opened person, or the opened Notfallblatt. */
export interface Actor {
	readonly signer: Signer;
	readonly signingKey: CryptoKey;
}
export interface ActContext {
	readonly state: KeyringState;
	readonly actor: Actor;
	/** Device clock, ms; for display only. */
	readonly recordedAt: number;
	readonly random?: RandomBytes;
}
/** What passing keys on takes; the bytes come from `withDataKeyBytes` and live for one act. */
export interface PassingOn {
	readonly dataKeyBytes: ReadonlyMap<KeyId, Uint8Array>;
	readonly spaceSecret: Uint8Array;
}
export interface NewPassword extends PassingOn {
	readonly password: string;
	readonly stretch: PasswordStretcher;
}

export type ActError =
	/** Nobody would heed it: the actor lacks the right, was removed meanwhile, or was opened by a password changed since. */
	| { readonly type: 'not-allowed' }
	/** A name is empty, too long or holds control characters; or the record is over its limit. */
	| { readonly type: 'malformed-record' };
export type Act<T = KeyringRecord> = Promise<Result<T, ActError>>;

/** „Mitarbeitende aufnehmen“: the first password is to be changed at the first unlocking. */
export async function addPerson(
	context: ActContext,
	input: NewPassword & { readonly name: string; readonly role: Role }
): Act<{ readonly record: KeyringRecord; readonly staffId: StaffId }> {
	const staffId = idFromBytes<StaffId>((context.random ?? randomBytes)(16));
	const { keys, keyWraps } = await newCredential(context, staffId, input);
	const { publicKeys, wrappedKeys } = keys;
	const name = input.name.normalize('NFC').trim();
	const person = { staffId, name, role: input.role, publicKeys, wrappedKeys, keyWraps, mustChangePassword: true };
	const record = await signAct(context, { type: 'person-added', person });
	return record.ok ? ok({ record: record.value, staffId }) : record;
}

/** A new password of one's own, with new key pairs: the old password opens nothing that comes after. */
export const changePassword = (context: ActContext, input: NewPassword): Act =>
	context.actor.signer === 'recovery'
		? Promise.resolve(err({ type: 'not-allowed' }))
		: setPassword(context, context.actor.signer, input, false);

/** A password set by somebody else (lead, administration, Notfallblatt); `mustChangePassword` unless the person chose it. */
export const resetPassword = (
	context: ActContext,
	input: NewPassword & { readonly staffId: StaffId; readonly mustChangePassword: boolean }
): Act => setPassword(context, input.staffId, input, input.mustChangePassword);

async function setPassword(
	context: ActContext,
	staffId: StaffId,
	input: NewPassword,
	mustChangePassword: boolean
): Act {
	const { keys, keyWraps } = await newCredential(context, staffId, input);
	const { publicKeys, wrappedKeys } = keys;
	return signAct(
		context,
		{ type: 'password-changed', staffId, publicKeys, wrappedKeys, keyWraps, mustChangePassword },
		(context.state.people.get(staffId)?.entries ?? []).map((entry) => entry.recordId)
	);
}

export const changeRole = (context: ActContext, input: { readonly staffId: StaffId; readonly role: Role }): Act =>
	signAct(context, { type: 'role-changed', ...input }, context.state.people.get(input.staffId)?.roleRecords ?? []);

/** Replaces all of that person's records; the person's earlier acts stay good, later and unseen ones are kept apart. */
export const removePerson = (context: ActContext, input: { readonly staffId: StaffId }): Act =>
	signAct(
		context,
		{ type: 'person-removed', staffId: input.staffId },
		(context.state.people.get(input.staffId)?.entries ?? []).map((entry) => entry.recordId)
	);

/** Names the last operation that is accepted from a device; what comes later under its id is held apart. */
export const revokeDevice = (
	context: ActContext,
	input: { readonly deviceId: DeviceId; readonly lastSequence: number; readonly lastChainValue: Uint8Array }
): Act => signAct(context, { type: 'device-revoked', ...input });

/** A new Notfallblatt; the old one opens nothing any more. The key is printed once and overwritten by the caller. */
export async function renewRecovery(
	context: ActContext,
	input: PassingOn
): Act<{ readonly record: KeyringRecord; readonly recoveryKey: Bytes }> {
	const { state, random = randomBytes } = context;
	const recoveryKey = random(16);
	const holder = { spaceNonce: state.spaceNonce, signer: 'recovery' } as const;
	const wrappingKey = await recoveryWrappingKey(holder, recoveryKey, input.spaceSecret);
	const { publicKeys, wrappedKeys } = await newHolderKeys(holder, wrappingKey, null, random);
	const keyWraps = await wrapAll(state, 'recovery', publicKeys.ecdh, input.dataKeyBytes, random);
	const payload = { type: 'recovery-renewed', recovery: { publicKeys, wrappedKeys, keyWraps } } as const;
	const replaced = state.recovery.map((entry) => entry.recordId);
	const record = await signAct(context, payload, replaced);
	return record.ok ? ok({ record: record.value, recoveryKey }) : record;
}

/** Wraps that fit into one record. */
const WRAPS_A_RECORD = 250;

/**
 * A new data key, wrapped to everybody who is here. Everything written from now on is sealed under it.
 * Several records for more than 250 entries: the first names the key, the others pass it on; store them in this order.
 */
export async function rotateKey(
	context: ActContext
): Act<{ readonly records: readonly KeyringRecord[]; readonly keyId: KeyId }> {
	const { state, random = randomBytes } = context;
	const newest = Math.max(0, ...state.readableKeys.map(({ keyId }) => epochOf(keyId)));
	const draw = new DataView(random(4).buffer).getUint32(0) % 36 ** 4;
	const keyId = `${newest + 1}-${draw.toString(36).padStart(4, '0')}.general` as KeyId;
	const dataKey = newDataKey(random);
	const everybody = [
		...[...state.people.values()].flatMap(({ staffId, entries }) =>
			entries.map((entry) => ({ signer: staffId as Signer, keyId, ecdhPublic: entry.publicKeys.ecdh }))
		),
		...state.recovery.map((entry) => ({ signer: 'recovery' as const, keyId, ecdhPublic: entry.publicKeys.ecdh }))
	];
	const records = await passKey(context, keyId, dataKey, everybody);
	wipe(dataKey);
	return records.ok ? ok({ records: records.value, keyId }) : records;
}

/** Gives keys to entries that lack them (`state.lackingKeys`), e.g. a password changed while the key was rotated elsewhere. */
export async function passKeysOn(
	context: ActContext,
	input: Pick<PassingOn, 'dataKeyBytes'>
): Act<readonly KeyringRecord[]> {
	const records: KeyringRecord[] = [];
	for (const [keyId, dataKey] of input.dataKeyBytes) {
		const lacking = context.state.lackingKeys.filter((lack) => lack.keyId === keyId);
		if (lacking.length === 0) continue;
		const passed = await passKey(context, keyId, dataKey, lacking);
		if (!passed.ok) return passed;
		records.push(...passed.value);
	}
	return ok(records);
}

async function passKey(
	context: ActContext,
	keyId: KeyId,
	dataKey: Uint8Array,
	to: KeyringState['lackingKeys']
): Act<readonly KeyringRecord[]> {
	const { state, random = randomBytes } = context;
	const key = { keyId, commitment: await commitmentOf(state.spaceNonce, keyId, dataKey) };
	const records: KeyringRecord[] = [];
	for (let from = 0; from === 0 || from < to.length; from += WRAPS_A_RECORD) {
		const wraps: { staffId: StaffId; wrap: KeyWrap }[] = [];
		const recoveryWraps: KeyWrap[] = [];
		for (const { signer, ecdhPublic } of to.slice(from, from + WRAPS_A_RECORD)) {
			const wrap = await wrapDataKey({ spaceNonce: state.spaceNonce, signer }, ecdhPublic, keyId, dataKey, random);
			if (signer === 'recovery') recoveryWraps.push(wrap);
			else wraps.push({ staffId: signer, wrap });
		}
		const record = await signAct(context, { type: 'key-rotated', key, wraps, recoveryWraps });
		if (!record.ok) return record;
		records.push(record.value);
	}
	return ok(records);
}

async function newCredential(
	{ state, random = randomBytes }: ActContext,
	staffId: StaffId,
	{ password, stretch, spaceSecret, dataKeyBytes }: NewPassword
): Promise<{ readonly keys: NewHolderKeys; readonly keyWraps: readonly KeyWrap[] }> {
	const holder = { spaceNonce: state.spaceNonce, signer: staffId };
	const kdf = newKdf(random(16));
	const wrappingKey = await passwordWrappingKey(holder, password, kdf, spaceSecret, stretch);
	const keys = await newHolderKeys(holder, wrappingKey, kdf, random);
	return { keys, keyWraps: await wrapAll(state, staffId, keys.publicKeys.ecdh, dataKeyBytes, random) };
}

const wrapAll = (
	{ spaceNonce }: KeyringState,
	signer: Signer,
	ecdhPublic: Uint8Array,
	dataKeyBytes: ReadonlyMap<KeyId, Uint8Array>,
	random: RandomBytes
): Promise<KeyWrap[]> =>
	Promise.all(
		[...dataKeyBytes].map(([keyId, bytes]) => wrapDataKey({ spaceNonce, signer }, ecdhPublic, keyId, bytes, random))
	);

const MAX_SEEN = 200;

async function signAct(context: ActContext, payload: KeyringPayload, replaces: readonly RecordId[] = []): Act {
	const { state, actor, recordedAt } = context;
	const body: KeyringBody = {
		version: 1,
		spaceId: state.spaceId,
		signer: actor.signer,
		recordedAt,
		seen: state.tips.slice(0, MAX_SEEN),
		replaces,
		payload
	};
	if (!state.allows(body)) return err({ type: 'not-allowed' });
	const bytes = encodeRecord(body);
	if (bytes.length > MAX_RECORD_BYTES || !decodeRecord(bytes).ok) return err({ type: 'malformed-record' });
	const record = { bytes, signature: await sign(actor.signingKey, bytes) };
	return (await state.isSignedNow(record, actor.signer)) ? ok(record) : err({ type: 'not-allowed' });
}
