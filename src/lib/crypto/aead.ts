/** AES-256-GCM over bytes with associated data: nonce (12) ‖ ciphertext ‖ tag (16). */
import { err, ok, type Result } from '$lib/domain/result';
import { concat, owned, randomBytes, type Bytes, type RandomBytes } from './bytes';

export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;

export interface CannotOpen {
	readonly type: 'cannot-open';
}

/** The one size that is used; WebCrypto would take shorter keys too. */
const isAes256 = ({ algorithm }: CryptoKey): boolean => 'length' in algorithm && algorithm.length === 256;

/** Seals under a random nonce; a key is rotated long before 2^30 seals (DESIGN § 3.3). */
export async function seal(
	key: CryptoKey,
	plain: Uint8Array,
	associated: Uint8Array,
	random: RandomBytes = randomBytes
): Promise<Bytes> {
	if (!isAes256(key)) throw new TypeError('not a key of AES-256');
	const iv = random(NONCE_BYTES);
	const sealed = await crypto.subtle.encrypt(
		{ name: 'AES-GCM', iv, additionalData: owned(associated) },
		key,
		owned(plain)
	);
	return concat(iv, new Uint8Array(sealed));
}

/** `cannot-open`: another key, other associated data, or bytes that were touched; which one cannot be told. */
export async function open(
	key: CryptoKey,
	sealed: Uint8Array,
	associated: Uint8Array
): Promise<Result<Bytes, CannotOpen>> {
	if (!isAes256(key) || sealed.length < NONCE_BYTES + TAG_BYTES) return err({ type: 'cannot-open' });
	const iv = owned(sealed.subarray(0, NONCE_BYTES));
	try {
		const plain = await crypto.subtle.decrypt(
			{ name: 'AES-GCM', iv, additionalData: owned(associated) },
			key,
			owned(sealed.subarray(NONCE_BYTES))
		);
		return ok(new Uint8Array(plain));
	} catch {
		return err({ type: 'cannot-open' });
	}
}
