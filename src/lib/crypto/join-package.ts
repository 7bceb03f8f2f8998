/** The join package: what a new device needs to become part of a space, sealed under the Aufnahmecode (DESIGN § 3.3). */
import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { hexOf, type SpaceId } from '$lib/domain/ids';
import { MAX_RECORD_BYTES, MAX_RECORDS, type KeyringRecord } from '$lib/domain/keyring-record';
import { err, ok, type Result } from '$lib/domain/result';
import { open, seal, type CannotOpen } from './aead';
import { labelled, owned, randomBytes, type RandomBytes } from './bytes';
import { recordIdOf } from './keyring-codec';
import { bytes, id, list, oneOf, record, type Shape } from './record-shape';
import { SIGNATURE_BYTES } from './signature';

export interface JoinPackage {
	readonly spaceId: SpaceId;
	readonly spaceSecret: Uint8Array;
	readonly records: readonly KeyringRecord[];
	/** Server the founding device uses; '' for none. */
	readonly origin: string;
	/** Plate code of the place, first part of case numbers; '' when not known. */
	readonly placeCode: string;
}
export type JoinPackageError =
	| CannotOpen
	/** It opened, but holds no package, or no founding record of the space it names. */
	| { readonly type: 'malformed-package' };

/** What the Aufnahmecode stands for: HKDF(code, 'id') names the package, HKDF(code, 'key') seals it. */
export interface JoinIds {
	/** 32 hex digits; tells the server nothing of the key. */
	readonly packageId: string;
	readonly key: CryptoKey;
}

export const newJoinCode = (random: RandomBytes = randomBytes) => random(16);

export async function joinIds(code: Uint8Array): Promise<JoinIds> {
	const material = await crypto.subtle.importKey('raw', owned(code), 'HKDF', false, ['deriveKey', 'deriveBits']);
	const hkdf = (purpose: string) => ({
		name: 'HKDF',
		hash: 'SHA-256',
		salt: new Uint8Array(0),
		info: labelled(`join-${purpose}`)
	});
	const idBits = await crypto.subtle.deriveBits(hkdf('id'), material, 128);
	const aes = { name: 'AES-GCM', length: 256 };
	return {
		packageId: hexOf(new Uint8Array(idBits)),
		key: await crypto.subtle.deriveKey(hkdf('key'), material, aes, false, ['encrypt', 'decrypt'])
	};
}

/** Seals space id, space secret and keyring; bound to the package's id. */
export function sealJoinPackage(
	{ packageId, key }: JoinIds,
	content: JoinPackage,
	random: RandomBytes = randomBytes
): Promise<Uint8Array<ArrayBuffer>> {
	const plain = encode(packageShape.write({ version: 1, ...content }), rfc8949EncodeOptions);
	return seal(key, plain, labelled('join-package', packageId), random);
}

/** Opens a package and checks that it holds the founding record of the space it names; `foldKeyring` checks the rest. */
export async function openJoinPackage(
	{ packageId, key }: JoinIds,
	sealed: Uint8Array
): Promise<Result<JoinPackage, JoinPackageError>> {
	const opened = await open(key, sealed, labelled('join-package', packageId));
	if (!opened.ok) return opened;
	const content = parsePackage(opened.value);
	if (!content) return err({ type: 'malformed-package' });
	for (const one of content.records)
		if ((await recordIdOf(one.bytes)) === (content.spaceId as string)) return ok(content);
	return err({ type: 'malformed-package' });
}

const shortText = (most: number): Shape<string> => ({
	write: (value) => value,
	read: (value) => {
		if (typeof value === 'string' && value.length <= most) return value;
		throw new TypeError();
	}
});

const packageShape = record<JoinPackage & { readonly version: 1 }>({
	version: oneOf(1),
	spaceId: id<SpaceId>(),
	spaceSecret: bytes(16),
	records: list(
		record<KeyringRecord>({ bytes: bytes(1, MAX_RECORD_BYTES), signature: bytes(SIGNATURE_BYTES) }),
		MAX_RECORDS
	),
	origin: shortText(300),
	placeCode: shortText(8)
});

function parsePackage(plain: Uint8Array): JoinPackage | null {
	try {
		const decoded: unknown = decode(plain, { strict: true, useMaps: true, rejectDuplicateMapKeys: true });
		const { spaceId, spaceSecret, records, origin, placeCode } = packageShape.read(decoded);
		return { spaceId, spaceSecret, records, origin, placeCode };
	} catch {
		return null;
	}
}
