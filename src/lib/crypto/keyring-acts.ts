/** Acts on people and devices: each gives a signed record, to be stored and folded like any other. */
import { idFromBytes, type DeviceId, type StaffId } from '$lib/domain/ids';
import type { KeyringRecord, KeyWrap } from '$lib/domain/keyring-record';
import { err, ok } from '$lib/domain/result';
import type { Role } from '$lib/domain/workplace';
import { randomBytes } from './bytes';
import { newKdf } from './key-derivation';
import { newHolderKeys, passwordWrappingKey, type NewHolderKeys } from './person-keys';
import { signAct, wrapAll, type Act, type ActContext, type NewPassword } from './sign-act';

/** „Mitarbeitende aufnehmen“: the first password is to be changed at the first unlocking; a machine keeps the one it was given. */
export async function addPerson(
	context: ActContext,
	input: NewPassword & { readonly name: string; readonly role: Role }
): Act<{ readonly record: KeyringRecord; readonly staffId: StaffId }> {
	const staffId = idFromBytes<StaffId>((context.random ?? randomBytes)(16));
	const { keys, keyWraps } = await newCredential(context, staffId, input);
	const { publicKeys, wrappedKeys } = keys;
	const name = input.name.normalize('NFC').trim();
	const person = {
		staffId,
		name,
		role: input.role,
		publicKeys,
		wrappedKeys,
		keyWraps,
		mustChangePassword: input.role !== 'feed'
	};
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
