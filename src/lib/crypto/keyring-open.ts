/** Opening: password or Notfallblatt → private keys → the data keys that the keyring vouches for. */
import type { KeyId, RecordId, StaffId } from '$lib/domain/ids';
import type { Signer } from '$lib/domain/keyring-record';
import { err, ok, type Result } from '$lib/domain/result';
import { equalBytes, wipe, type Bytes } from './bytes';
import { commitmentOf, importDataKey } from './data-key';
import { checkKdf, type PasswordStretcher, type UnsafeParameters } from './key-derivation';
import type { CredentialEntry } from './keyring-graph';
import type { KeyringState } from './keyring-state';
import {
	openHolderKeys,
	passwordWrappingKey,
	recoveryWrappingKey,
	unwrapDataKey,
	type HolderKeys
} from './person-keys';

/** Keys in memory, none of which can be exported. */
export interface OpenedHolder extends HolderKeys {
	readonly signer: Signer;
	/** The record whose entry opened: kept as „last opened“ until its successor has opened once. */
	readonly entryId: RecordId;
	readonly ecdhPublic: Uint8Array;
	readonly dataKeys: ReadonlyMap<KeyId, CryptoKey>;
}
export interface OpenedPerson extends OpenedHolder {
	readonly signer: StaffId;
	readonly staffId: StaffId;
	/** The entry that opened has a password that somebody else set. */
	readonly mustChangePassword: boolean;
}
export interface OpenedRecovery extends OpenedHolder {
	readonly signer: 'recovery';
}

/** Every key offered has no commitment in a verified record: planted, or the keyring here is older than the wrap. */
export interface DataKeyNotVouchedFor {
	readonly type: 'data-key-not-vouched-for';
}
export type OpenPersonError = { readonly type: 'wrong-password' } | UnsafeParameters | DataKeyNotVouchedFor;
export type OpenRecoveryError = { readonly type: 'wrong-recovery-key' } | DataKeyNotVouchedFor;

/**
 * Opens a person by password: every open entry is tried, then the one that opened last on this device (`lastOpened`),
 * so that a broken new entry locks nobody out. A removed or unknown person has no entry: `wrong-password`.
 */
export async function openPerson(
	state: KeyringState,
	staffId: StaffId,
	password: string,
	spaceSecret: Uint8Array,
	stretch: PasswordStretcher,
	lastOpened: RecordId | null = null
): Promise<Result<OpenedPerson, OpenPersonError>> {
	const found = await findEntry(state, staffId, password, spaceSecret, stretch, lastOpened);
	if (!found.ok) return found;
	const { entry, keys } = found.value;
	const holder = { ...keys, signer: staffId, entryId: entry.recordId, ecdhPublic: entry.publicKeys.ecdh };
	const dataKeys = await importDataKeys(state, holder);
	if (dataKeys.size === 0) return err({ type: 'data-key-not-vouched-for' });
	return ok({ ...holder, staffId, mustChangePassword: entry.mustChangePassword, dataKeys });
}

/** Opens the Notfallblatt's entry by its 128-bit key. */
export async function openRecovery(
	state: KeyringState,
	recoveryKey: Uint8Array,
	spaceSecret: Uint8Array
): Promise<Result<OpenedRecovery, OpenRecoveryError>> {
	const holder = { spaceNonce: state.spaceNonce, signer: 'recovery' } as const;
	const wrappingKey = await recoveryWrappingKey(holder, recoveryKey, spaceSecret);
	for (const entry of state.recovery) {
		const keys = await openHolderKeys(holder, wrappingKey, entry);
		if (!keys) continue;
		const opened = { ...keys, signer: holder.signer, entryId: entry.recordId, ecdhPublic: entry.publicKeys.ecdh };
		const dataKeys = await importDataKeys(state, opened);
		return dataKeys.size === 0 ? err({ type: 'data-key-not-vouched-for' }) : ok({ ...opened, dataKeys });
	}
	return err({ type: 'wrong-recovery-key' });
}

/** After the keyring changed: data keys that `opened` does not hold yet. */
export async function openNewDataKeys(
	state: KeyringState,
	opened: OpenedHolder
): Promise<ReadonlyMap<KeyId, CryptoKey>> {
	const all = await importDataKeys(state, opened);
	return new Map([...all].filter(([keyId]) => !opened.dataKeys.has(keyId)));
}

/** For acts that pass a key on: the password again, the keys as bytes for the time of `act`, then overwritten. */
export async function withDataKeyBytes<T>(
	state: KeyringState,
	staffId: StaffId,
	password: string,
	spaceSecret: Uint8Array,
	stretch: PasswordStretcher,
	act: (dataKeyBytes: ReadonlyMap<KeyId, Uint8Array>, opened: OpenedPerson) => Promise<T>
): Promise<Result<T, OpenPersonError>> {
	const opened = await openPerson(state, staffId, password, spaceSecret, stretch);
	return opened.ok ? ok(await lendBytes(state, opened.value, act)) : opened;
}

/** The same for the Notfallblatt. */
export async function withRecoveryDataKeyBytes<T>(
	state: KeyringState,
	recoveryKey: Uint8Array,
	spaceSecret: Uint8Array,
	act: (dataKeyBytes: ReadonlyMap<KeyId, Uint8Array>, opened: OpenedRecovery) => Promise<T>
): Promise<Result<T, OpenRecoveryError>> {
	const opened = await openRecovery(state, recoveryKey, spaceSecret);
	return opened.ok ? ok(await lendBytes(state, opened.value, act)) : opened;
}

async function findEntry(
	state: KeyringState,
	staffId: StaffId,
	password: string,
	spaceSecret: Uint8Array,
	stretch: PasswordStretcher,
	lastOpened: RecordId | null
): Promise<Result<{ readonly entry: CredentialEntry; readonly keys: HolderKeys }, OpenPersonError>> {
	const person = state.people.get(staffId);
	if (!person || person.removed) return err({ type: 'wrong-password' });
	const former = person.allEntries.filter(
		(entry) => entry.recordId === lastOpened && !person.entries.some((open) => open.recordId === lastOpened)
	);
	const holder = { spaceNonce: state.spaceNonce, signer: staffId };
	let hasTried = false;
	for (const entry of [...person.entries, ...former]) {
		const { kdf } = entry.wrappedKeys;
		if (!kdf || !checkKdf(kdf).ok) continue;
		hasTried = true;
		const wrappingKey = await passwordWrappingKey(holder, password, kdf, spaceSecret, stretch);
		const keys = await openHolderKeys(holder, wrappingKey, entry);
		if (keys) return ok({ entry, keys });
	}
	return err({ type: hasTried ? 'wrong-password' : 'unsafe-parameters' });
}

async function lendBytes<H extends Omit<OpenedHolder, 'dataKeys'>, T>(
	state: KeyringState,
	holder: H,
	act: (dataKeyBytes: ReadonlyMap<KeyId, Uint8Array>, holder: H) => Promise<T>
): Promise<T> {
	const dataKeyBytes = await unwrapDataKeys(state, holder);
	try {
		return await act(dataKeyBytes, holder);
	} finally {
		wipe(...dataKeyBytes.values());
	}
}

const importDataKeys = (state: KeyringState, holder: Omit<OpenedHolder, 'dataKeys'>): Promise<Map<KeyId, CryptoKey>> =>
	lendBytes(state, holder, async (dataKeyBytes) => {
		const keys = new Map<KeyId, CryptoKey>();
		for (const [keyId, bytes] of dataKeyBytes) keys.set(keyId, await importDataKey(bytes));
		return keys;
	});

/** Data keys wrapped to this holder whose commitment stands in a verified record; a planted key fits none and is passed over. */
async function unwrapDataKeys(
	state: KeyringState,
	{ signer, ecdhKey, ecdhPublic }: Omit<OpenedHolder, 'dataKeys'>
): Promise<Map<KeyId, Bytes>> {
	const { spaceNonce, readableKeys } = state;
	const dataKeys = new Map<KeyId, Bytes>();
	for (const wrap of state.wrapsOf(signer)) {
		if (dataKeys.has(wrap.keyId)) continue;
		const bytes = await unwrapDataKey({ spaceNonce, signer }, ecdhKey, ecdhPublic, wrap);
		if (!bytes) continue;
		const commitment = await commitmentOf(spaceNonce, wrap.keyId, bytes);
		const isVouchedFor = readableKeys.some((key) => key.keyId === wrap.keyId && equalBytes(key.commitment, commitment));
		if (isVouchedFor) dataKeys.set(wrap.keyId, bytes);
		else wipe(bytes);
	}
	return dataKeys;
}
