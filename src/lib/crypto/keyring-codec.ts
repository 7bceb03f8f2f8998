/** Keyring records as bytes: deterministic CBOR, read strictly, named by their hash. */
import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { idFromBytes, parseKeyId, type DeviceId, type RecordId, type SpaceId, type StaffId } from '$lib/domain/ids';
import {
	MAX_RECORD_BYTES,
	type KdfParameters,
	type KeyCommitment,
	type KeyringBody,
	type KeyringPayload,
	type KeyWrap,
	type PersonEntry,
	type PublicKeys,
	type RecoveryEntry,
	type Signer,
	type WrappedKeys
} from '$lib/domain/keyring-record';
import { err, ok, type Result } from '$lib/domain/result';
import { ROLES } from '$lib/domain/workplace';
import { equalBytes, sha256, type Bytes } from './bytes';
import { bytes, flag, id, integer, list, oneOf, orNull, parsed, record, text, union, type Shape } from './record-shape';
import { PUBLIC_KEY_BYTES } from './signature';

export interface MalformedRecord {
	readonly type: 'malformed-record' | 'record-too-large';
}

/** First 128 bits of SHA-256 of the record's bytes; the founding record's id is the space id. */
export const recordIdOf = async (recordBytes: Uint8Array): Promise<RecordId> =>
	idFromBytes<RecordId>(await sha256(recordBytes));

export const encodeRecord = (body: KeyringBody): Bytes =>
	new Uint8Array(encode(bodyShape.write(body), rfc8949EncodeOptions));

/** The bytes of a record that others will take; refused where a name holds what no name may. */
export function writeRecord(body: KeyringBody): Result<Bytes, MalformedRecord> {
	try {
		const recordBytes = encodeRecord(body);
		const read = decodeRecord(recordBytes);
		return read.ok ? ok(recordBytes) : read;
	} catch {
		return err({ type: 'malformed-record' });
	}
}

/** Takes exactly the bytes that `encodeRecord` writes; parameters of key derivation are read as they are and judged before use. */
export function decodeRecord(recordBytes: Uint8Array): Result<KeyringBody, MalformedRecord> {
	if (recordBytes.length > MAX_RECORD_BYTES) return err({ type: 'record-too-large' });
	try {
		const body = bodyShape.read(decode(recordBytes, STRICT));
		return equalBytes(encodeRecord(body), recordBytes) ? ok(body) : err({ type: 'malformed-record' });
	} catch {
		return err({ type: 'malformed-record' });
	}
}

const STRICT = {
	strict: true,
	useMaps: true,
	rejectDuplicateMapKeys: true,
	allowIndefinite: false,
	allowUndefined: false,
	allowInfinity: false,
	allowNaN: false,
	allowBigInt: false
} as const;

const MAX_NAME = 200;
const MAX_LINKS = 200;
const MAX_WRAPS = 1_000;

const staffId = id<StaffId>();
const recordId = id<RecordId>();
const keyId = parsed(parseKeyId);
const role = oneOf(...ROLES);

const kdf = record<KdfParameters>({
	algorithm: oneOf('argon2id'),
	salt: bytes(0, 1_024),
	memoryKiB: integer(0),
	iterations: integer(0),
	parallelism: integer(0)
});
const publicKeys = record<PublicKeys>({ ecdh: bytes(PUBLIC_KEY_BYTES), ecdsa: bytes(PUBLIC_KEY_BYTES) });
const wrappedKeys = record<WrappedKeys>({
	kdf: orNull(kdf),
	wrappedEcdh: bytes(28, 1_024),
	wrappedEcdsa: bytes(28, 1_024)
});
const keyWrap = record<KeyWrap>({ keyId, ephemeralPublic: bytes(PUBLIC_KEY_BYTES), wrapped: bytes(28, 256) });
const keyWraps = list(keyWrap, MAX_WRAPS);
const commitment = record<KeyCommitment>({ keyId, commitment: bytes(32) });
const person = record<PersonEntry>({
	staffId,
	name: text(MAX_NAME),
	role,
	publicKeys,
	wrappedKeys,
	keyWraps,
	mustChangePassword: flag
});
const recovery = record<RecoveryEntry>({ publicKeys, wrappedKeys, keyWraps });

type PayloadOf<T extends KeyringPayload['type']> = Extract<KeyringPayload, { readonly type: T }>;
const payload = union<KeyringPayload>({
	'space-founded': record<PayloadOf<'space-founded'>>({
		type: oneOf('space-founded'),
		commune: text(MAX_NAME),
		ags: orNull(text(12)),
		founder: person,
		recovery,
		key: commitment,
		nonce: bytes(16)
	}),
	'person-added': record<PayloadOf<'person-added'>>({ type: oneOf('person-added'), person }),
	'role-changed': record<PayloadOf<'role-changed'>>({ type: oneOf('role-changed'), staffId, role }),
	'password-changed': record<PayloadOf<'password-changed'>>({
		type: oneOf('password-changed'),
		staffId,
		publicKeys,
		wrappedKeys,
		keyWraps,
		mustChangePassword: flag
	}),
	'person-removed': record<PayloadOf<'person-removed'>>({ type: oneOf('person-removed'), staffId }),
	'device-revoked': record<PayloadOf<'device-revoked'>>({
		type: oneOf('device-revoked'),
		deviceId: id<DeviceId>(),
		lastSequence: integer(0),
		lastChainValue: bytes(32)
	}),
	'key-rotated': record<PayloadOf<'key-rotated'>>({
		type: oneOf('key-rotated'),
		key: commitment,
		wraps: list(record<{ staffId: StaffId; wrap: KeyWrap }>({ staffId, wrap: keyWrap }), MAX_WRAPS),
		recoveryWraps: list(keyWrap, MAX_WRAPS)
	}),
	'recovery-renewed': record<PayloadOf<'recovery-renewed'>>({ type: oneOf('recovery-renewed'), recovery })
});

/** A person's id as bytes, or the word `recovery`. */
const signer: Shape<Signer> = {
	write: (value) => (value === 'recovery' ? value : staffId.write(value)),
	read: (value) => (value === 'recovery' ? value : staffId.read(value))
};

const bodyShape = record<KeyringBody>({
	version: oneOf(1),
	spaceId: orNull(id<SpaceId>()),
	signer,
	recordedAt: integer(0),
	seen: list(recordId, MAX_LINKS),
	replaces: list(recordId, MAX_LINKS),
	payload
});
