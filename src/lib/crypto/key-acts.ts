/** Acts on keys: a new data key, keys passed on to those who lack them, a new Notfallblatt. */
import type { KeyId, StaffId } from '$lib/domain/ids';
import type { KeyringRecord, KeyWrap, Signer } from '$lib/domain/keyring-record';
import { ok } from '$lib/domain/result';
import { randomBytes, wipe, type Bytes } from './bytes';
import { commitmentOf, newDataKey } from './data-key';
import { epochOf } from './keyring-graph';
import type { KeyringState } from './keyring-state';
import { newHolderKeys, recoveryWrappingKey, wrapDataKey } from './person-keys';
import { signAct, wrapAll, type Act, type ActContext, type PassingOn } from './sign-act';

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
