/** The keys of the person who works here: opened at unlocking, held in memory, forgotten at locking. */
import { deriveKeys, type PurposeKeys } from '$lib/crypto/data-key';
import { openNewDataKeys, type KeyringState, type OpenedPerson } from '$lib/crypto/keyring';
import type { KeyId, SpaceId, StaffId } from '$lib/domain/ids';

export interface PersonKeys {
	readonly staffId: StaffId;
	signingKey(): CryptoKey;
	/** Keys of the newest data key this person can open: what is written now is sealed under it. */
	current(): PurposeKeys;
	byId(keyId: KeyId): PurposeKeys | undefined;
	/** The current ones last. */
	all(): readonly PurposeKeys[];
	/** After the keyring changed: opens data keys that have come since. */
	follow(keyring: KeyringState): Promise<void>;
	/** After a new password, which brings new key pairs. */
	renew(opened: OpenedPerson, keyring: KeyringState): Promise<void>;
}

/** Derives the keys of every data key that opened; the keyring says which is the newest. */
export async function createPersonKeys(
	spaceId: SpaceId,
	first: OpenedPerson,
	keyring: KeyringState
): Promise<PersonKeys> {
	const byId = new Map<KeyId, PurposeKeys>();
	let opened = first;
	let currentKeyId = keyring.currentKeyId;
	const take = async (dataKeys: ReadonlyMap<KeyId, CryptoKey>, state: KeyringState) => {
		for (const [keyId, dataKey] of dataKeys)
			if (!byId.has(keyId)) byId.set(keyId, await deriveKeys(dataKey, spaceId, keyId));
		const writable = state.keys.map((key) => key.keyId).filter((keyId) => byId.has(keyId));
		currentKeyId = byId.has(state.currentKeyId) ? state.currentKeyId : (writable.at(-1) ?? currentKeyId);
	};
	const current = () => {
		const keys = byId.get(currentKeyId);
		if (!keys) throw new Error('no data key is open');
		return keys;
	};

	await take(opened.dataKeys, keyring);
	return {
		staffId: opened.staffId,
		signingKey: () => opened.signingKey,
		current,
		byId: (keyId) => byId.get(keyId),
		all: () => [...[...byId.values()].filter((keys) => keys.keyId !== currentKeyId), current()],
		follow: async (state) => take(await openNewDataKeys(state, opened), state),
		renew: async (renewed, state) => {
			opened = renewed;
			await take(opened.dataKeys, state);
		}
	};
}
