/** ECDSA P-256 with SHA-256: key pairs of devices and persons, and how a device's private key is kept. */
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { bytesOfHex, idFromBytes } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import { open, seal, type CannotOpen } from './aead';
import { labelled, owned, randomBytes, sha256, wipe, type Bytes, type RandomBytes } from './bytes';
import type { PurposeKeys } from './data-key';

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;

export const PUBLIC_KEY_BYTES = 65;
export const SIGNATURE_BYTES = 64;

/** A new pair: the public key as raw uncompressed point (65 bytes), the private key as PKCS#8, to be wrapped and overwritten. */
export interface KeyPairBytes {
	readonly publicKey: Bytes;
	readonly privateKey: Bytes;
}

export async function generateSigningKeys(): Promise<KeyPairBytes> {
	const pair = await crypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']);
	return {
		publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
		privateKey: new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
	};
}

/** PKCS#8 → signing key that cannot be exported. */
export const importSigningKey = (privateKey: Uint8Array): Promise<CryptoKey> =>
	crypto.subtle.importKey('pkcs8', owned(privateKey), ECDSA, false, ['sign']);

/** Raw point → verifying key; null when the bytes are no point of the curve. */
export async function importVerifyKey(publicKey: Uint8Array): Promise<CryptoKey | null> {
	if (publicKey.length !== PUBLIC_KEY_BYTES) return null;
	try {
		return await crypto.subtle.importKey('raw', owned(publicKey), ECDSA, true, ['verify']);
	} catch {
		return null;
	}
}

/** 64 bytes, r ‖ s. */
export const sign = async (key: CryptoKey, message: Uint8Array): Promise<Bytes> =>
	new Uint8Array(await crypto.subtle.sign(SIGNING, key, owned(message)));

export const verify = async (key: CryptoKey, message: Uint8Array, signature: Uint8Array): Promise<boolean> =>
	signature.length === SIGNATURE_BYTES && (await crypto.subtle.verify(SIGNING, key, owned(signature), owned(message)));

/** First 128 bits of SHA-256 of the raw public key: a device's key proves its id. */
export const deviceIdOf = async (publicKey: Uint8Array): Promise<DeviceId> =>
	idFromBytes<DeviceId>(await sha256(publicKey));

export interface NewDeviceKeys {
	readonly deviceId: DeviceId;
	readonly publicKey: Bytes;
	/** PKCS#8; wrap it with `wrapDeviceKey`, which overwrites it. */
	readonly privateKey: Bytes;
	readonly signingKey: CryptoKey;
}

/** The identity of a new device. */
export async function generateDeviceKeys(): Promise<NewDeviceKeys> {
	const { publicKey, privateKey } = await generateSigningKeys();
	return {
		deviceId: await deviceIdOf(publicKey),
		publicKey,
		privateKey,
		signingKey: await importSigningKey(privateKey)
	};
}

const deviceWrapBinding = (spaceId: SpaceId, deviceId: DeviceId): Bytes =>
	labelled('device-key', bytesOfHex(spaceId), bytesOfHex(deviceId));

/** Seals a device's private key for the disk and overwrites the PKCS#8 bytes. `keys.keyId` is to be kept beside it. */
export async function wrapDeviceKey(
	keys: PurposeKeys,
	spaceId: SpaceId,
	deviceId: DeviceId,
	privateKey: Uint8Array,
	random: RandomBytes = randomBytes
): Promise<Bytes> {
	const wrapped = await seal(keys.deviceWrap, privateKey, deviceWrapBinding(spaceId, deviceId), random);
	wipe(privateKey);
	return wrapped;
}

/** Opens a device's private key as a signing key that cannot be exported. */
export async function unwrapDeviceKey(
	keys: PurposeKeys,
	spaceId: SpaceId,
	deviceId: DeviceId,
	wrapped: Uint8Array
): Promise<Result<CryptoKey, CannotOpen>> {
	const opened = await open(keys.deviceWrap, wrapped, deviceWrapBinding(spaceId, deviceId));
	if (!opened.ok) return opened;
	try {
		return ok(await importSigningKey(opened.value));
	} catch {
		return err({ type: 'cannot-open' });
	} finally {
		wipe(opened.value);
	}
}
