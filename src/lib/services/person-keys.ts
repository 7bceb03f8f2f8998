/** The keys of the person who works here: opened at unlocking, held in memory, forgotten at locking. */
import { deriveKeys, type PurposeKeys } from '$lib/crypto/data-key';
import { openNewDataKeys, type KeyringState, type OpenedPerson } from '$lib/crypto/keyring';
import type { KeyId, SpaceId, StaffId } from '$lib/domain/ids';

export interface PersonKeys {
	readonly staffId: StaffId;
	readonly signingKey: CryptoKey;
	/** Keys of the newest data key this person can open: what is written now is sealed under it. */
	current(): PurposeKeys;
	byId(keyId: KeyId): PurposeKeys | undefined;
	all(): readonly PurposeKeys[];
	/** After the keyring changed: opens data keys that have come since. */
	follow(keyring: KeyringState): Promise<void>;
}

/** Derives the keys of every data key that opened; the keyring says which is the newest. */
export async function createPersonKeys(
	spaceId: SpaceId,
	opened: OpenedPerson,
	keyring: KeyringState
): Promise<PersonKeys> {
	const byId = new Map<KeyId, PurposeKeys>();
	let currentKeyId: KeyId = keyring.currentKeyId;
	const derive = async (dataKeys: ReadonlyMap<KeyId, CryptoKey>) => {
		for (const [keyId, dataKey] of dataKeys)
			if (!byId.has(keyId)) byId.set(keyId, await deriveKeys(dataKey, spaceId, keyId));
	};
	const newestOpened = (state: KeyringState): KeyId =>
		state.keys.map((key) => key.keyId).findLast((keyId) => byId.has(keyId)) ?? currentKeyId;

	await derive(opened.dataKeys);
	currentKeyId = newestOpened(keyring);
	return {
		staffId: opened.staffId,
		signingKey: opened.signingKey,
		current: () => {
			const keys = byId.get(currentKeyId);
			if (!keys) throw new Error('no data key is open');
			return keys;
		},
		byId: (keyId) => byId.get(keyId),
		all: () => [...byId.values()],
		follow: async (state) => {
			await derive(await openNewDataKeys(state, opened));
			currentKeyId = newestOpened(state);
		}
	};
}
