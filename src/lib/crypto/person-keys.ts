/** Key pairs of persons and of the recovery entry: made, wrapped by password or recovery key; and data keys wrapped to them. */
import { bytesOfHex, type KeyId } from '$lib/domain/ids';
import type { KdfParameters, KeyWrap, PublicKeys, Signer, WrappedKeys } from '$lib/domain/keyring-record';
import { open, seal } from './aead';
import { labelled, owned, randomBytes, wipe, type Bytes, type RandomBytes } from './bytes';
import type { PasswordStretcher } from './key-derivation';
import { generateSigningKeys, importSigningKey } from './signature';

const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;
const AES = { name: 'AES-GCM', length: 256 } as const;

/** Whose keys these are, in which space; `spaceNonce` is the founding record's, since the space id is that record's hash. */
export interface Holder {
	readonly spaceNonce: Uint8Array;
	readonly signer: Signer;
}
const holderParts = ({ spaceNonce, signer }: Holder): readonly Uint8Array[] => [
	spaceNonce,
	signer === 'recovery' ? new Uint8Array(0) : bytesOfHex(signer)
];

/** What opens a holder's private keys. */
export type WrappingKey = CryptoKey;

/** HKDF(Argon2id(password), space secret). The parameters have been checked. */
export async function passwordWrappingKey(
	holder: Holder,
	password: string,
	kdf: KdfParameters,
	spaceSecret: Uint8Array,
	stretch: PasswordStretcher
): Promise<WrappingKey> {
	const stretched = await stretch(password, kdf);
	const key = await hkdfAesKey(stretched, spaceSecret, labelled('password', ...holderParts(holder)));
	wipe(stretched);
	return key;
}

/** HKDF(recovery key, space secret): 128 random bits need no stretching. */
export const recoveryWrappingKey = (
	holder: Holder,
	recoveryKey: Uint8Array,
	spaceSecret: Uint8Array
): Promise<WrappingKey> => hkdfAesKey(recoveryKey, spaceSecret, labelled('recovery', ...holderParts(holder)));

export interface NewHolderKeys {
	readonly publicKeys: PublicKeys;
	readonly wrappedKeys: WrappedKeys;
	readonly signingKey: CryptoKey;
	readonly ecdhKey: CryptoKey;
}

/** Two fresh key pairs, private halves sealed under the wrapping key, and usable (not exportable) for now. */
export async function newHolderKeys(
	holder: Holder,
	wrappingKey: WrappingKey,
	kdf: KdfParameters | null,
	random: RandomBytes = randomBytes
): Promise<NewHolderKeys> {
	const signing = await generateSigningKeys();
	const agreement = await crypto.subtle.generateKey(ECDH, true, ['deriveBits']);
	const ecdhPrivate = new Uint8Array(await crypto.subtle.exportKey('pkcs8', agreement.privateKey));
	const ecdh = new Uint8Array(await crypto.subtle.exportKey('raw', agreement.publicKey));
	const publicKeys: PublicKeys = { ecdh, ecdsa: signing.publicKey };
	const keys: NewHolderKeys = {
		publicKeys,
		wrappedKeys: {
			kdf,
			wrappedEcdh: await seal(wrappingKey, ecdhPrivate, privateKeyBinding(holder, 'ecdh', publicKeys), random),
			wrappedEcdsa: await seal(wrappingKey, signing.privateKey, privateKeyBinding(holder, 'ecdsa', publicKeys), random)
		},
		signingKey: await importSigningKey(signing.privateKey),
		ecdhKey: await importEcdhKey(ecdhPrivate)
	};
	wipe(ecdhPrivate, signing.privateKey);
	return keys;
}

export interface HolderKeys {
	readonly signingKey: CryptoKey;
	readonly ecdhKey: CryptoKey;
}

/** Opens both private keys, not exportable; null: the password or recovery key is another. */
export async function openHolderKeys(
	holder: Holder,
	wrappingKey: WrappingKey,
	{ publicKeys, wrappedKeys }: { readonly publicKeys: PublicKeys; readonly wrappedKeys: WrappedKeys }
): Promise<HolderKeys | null> {
	const ecdh = await open(wrappingKey, wrappedKeys.wrappedEcdh, privateKeyBinding(holder, 'ecdh', publicKeys));
	const ecdsa = await open(wrappingKey, wrappedKeys.wrappedEcdsa, privateKeyBinding(holder, 'ecdsa', publicKeys));
	if (!ecdh.ok || !ecdsa.ok) return null;
	try {
		return { signingKey: await importSigningKey(ecdsa.value), ecdhKey: await importEcdhKey(ecdh.value) };
	} catch {
		return null;
	} finally {
		wipe(ecdh.value, ecdsa.value);
	}
}

/** Wraps a data key to a holder by an ephemeral key: ECDH → HKDF → AES-GCM, bound to space, key and holder. */
export async function wrapDataKey(
	holder: Holder,
	ecdhPublic: Uint8Array,
	keyId: KeyId,
	dataKey: Uint8Array,
	random: RandomBytes = randomBytes
): Promise<KeyWrap> {
	const ephemeral = await crypto.subtle.generateKey(ECDH, true, ['deriveBits']);
	const ephemeralPublic = new Uint8Array(await crypto.subtle.exportKey('raw', ephemeral.publicKey));
	const binding = wrapBinding(holder, keyId, ephemeralPublic, ecdhPublic);
	const key = await agreedKey(ephemeral.privateKey, ecdhPublic, binding);
	return { keyId, ephemeralPublic, wrapped: await seal(key, dataKey, binding, random) };
}

/** Bytes of the data key, to be checked against its commitment and overwritten; null: not wrapped to this key. */
export async function unwrapDataKey(
	holder: Holder,
	ecdhKey: CryptoKey,
	ecdhPublic: Uint8Array,
	wrap: KeyWrap
): Promise<Bytes | null> {
	const binding = wrapBinding(holder, wrap.keyId, wrap.ephemeralPublic, ecdhPublic);
	try {
		const opened = await open(await agreedKey(ecdhKey, wrap.ephemeralPublic, binding), wrap.wrapped, binding);
		return opened.ok ? opened.value : null;
	} catch {
		return null; // the ephemeral public key is no point of the curve
	}
}

const privateKeyBinding = (holder: Holder, purpose: 'ecdh' | 'ecdsa', publicKeys: PublicKeys): Bytes =>
	labelled(`private-key-${purpose}`, ...holderParts(holder), publicKeys.ecdh, publicKeys.ecdsa);

const wrapBinding = (holder: Holder, keyId: KeyId, ephemeralPublic: Uint8Array, ecdhPublic: Uint8Array): Bytes =>
	labelled('data-key-wrap', ...holderParts(holder), keyId, ephemeralPublic, ecdhPublic);

const importEcdhKey = (privateKey: Bytes): Promise<CryptoKey> =>
	crypto.subtle.importKey('pkcs8', privateKey, ECDH, false, ['deriveBits']);

async function agreedKey(privateKey: CryptoKey, publicKey: Uint8Array, info: Bytes): Promise<CryptoKey> {
	const other = await crypto.subtle.importKey('raw', owned(publicKey), ECDH, true, []);
	const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, privateKey, 256));
	const key = await hkdfAesKey(shared, new Uint8Array(0), info);
	wipe(shared);
	return key;
}

async function hkdfAesKey(secret: Uint8Array, salt: Uint8Array, info: Bytes): Promise<CryptoKey> {
	const material = await crypto.subtle.importKey('raw', owned(secret), 'HKDF', false, ['deriveKey']);
	const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: owned(salt), info };
	return crypto.subtle.deriveKey(hkdf, material, AES, false, ['encrypt', 'decrypt']);
}
