/** One data key, and from it a key for each purpose: nothing sealed for one purpose opens as another. */
import type { KeyId, SpaceId } from '$lib/domain/ids';
import { bytesOfHex } from '$lib/domain/ids';
import { labelled, owned, randomBytes, sha256, type Bytes, type RandomBytes } from './bytes';

export const DATA_KEY_BYTES = 32;

/** Keys derived from one data key. They live in memory only and cannot be exported. */
export interface PurposeKeys {
	readonly keyId: KeyId;
	readonly segment: CryptoKey;
	readonly pending: CryptoKey;
	readonly draft: CryptoKey;
	readonly snapshot: CryptoKey;
	readonly deviceWrap: CryptoKey;
	/** HMAC-SHA-256, for chain values. */
	readonly chain: CryptoKey;
}

export const newDataKey = (random: RandomBytes = randomBytes): Bytes => random(DATA_KEY_BYTES);

/** 32 bytes → HKDF key that cannot be exported; the caller overwrites the bytes. */
export const importDataKey = (bytes: Uint8Array): Promise<CryptoKey> =>
	crypto.subtle.importKey('raw', owned(bytes), 'HKDF', false, ['deriveKey']);

/** Derives the keys of all purposes by HKDF-SHA-256, info = purpose ‖ spaceId ‖ keyId. */
export async function deriveKeys(dataKey: CryptoKey, spaceId: SpaceId, keyId: KeyId): Promise<PurposeKeys> {
	const hkdf = (purpose: string) => ({
		name: 'HKDF',
		hash: 'SHA-256',
		salt: new Uint8Array(0),
		info: labelled(purpose, bytesOfHex(spaceId), keyId)
	});
	const aes = (purpose: string) =>
		crypto.subtle.deriveKey(hkdf(purpose), dataKey, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
	const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 };
	const [segment, pending, draft, snapshot, deviceWrap, chain] = await Promise.all([
		aes('segment'),
		aes('pending'),
		aes('draft'),
		aes('snapshot'),
		aes('device-wrap'),
		crypto.subtle.deriveKey(hkdf('chain'), dataKey, hmac, false, ['sign'])
	]);
	return { keyId, segment, pending, draft, snapshot, deviceWrap, chain };
}

/**
 * SHA-256 commitment to a data key. A data key counts only if its commitment stands in a verified keyring record.
 * `spaceNonce` is the founding record's nonce: it names the space, whose id is the hash of the record that holds this commitment.
 */
export const commitmentOf = (spaceNonce: Uint8Array, keyId: KeyId, bytes: Uint8Array): Promise<Bytes> =>
	sha256(labelled('data-key-commitment', spaceNonce, keyId, bytes));
