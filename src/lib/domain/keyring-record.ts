/** Keyring records: the append-only, signed set that says who works here, which keys count and which devices do not (DESIGN § 3.3). */
import type { DeviceId, KeyId, RecordId, SpaceId, StaffId } from './ids';
import type { Role } from './workplace';

/** Cost of Argon2id; from outside it must lie in m 64–256 MiB, t 1–10, p 1–4 before it is used. */
export interface KdfParameters {
	readonly algorithm: 'argon2id';
	readonly salt: Uint8Array;
	readonly memoryKiB: number;
	readonly iterations: number;
	readonly parallelism: number;
}

/** How a person's private keys are opened. */
export interface WrappedKeys {
	/** null: opened by the Notfallblatt's 128-bit key, which needs no stretching. */
	readonly kdf: KdfParameters | null;
	/** nonce ‖ AES-GCM of PKCS#8. */
	readonly wrappedEcdh: Uint8Array;
	readonly wrappedEcdsa: Uint8Array;
}

export interface PublicKeys {
	/** Raw uncompressed P-256 points, 65 bytes. */
	readonly ecdh: Uint8Array;
	readonly ecdsa: Uint8Array;
}

/** A data key wrapped to a person's ECDH key by an ephemeral key. */
export interface KeyWrap {
	readonly keyId: KeyId;
	readonly ephemeralPublic: Uint8Array;
	readonly wrapped: Uint8Array;
}

/** keyId and SHA-256 commitment: a data key counts only if its commitment stands in a verified record. */
export interface KeyCommitment {
	readonly keyId: KeyId;
	readonly commitment: Uint8Array;
}

export interface PersonEntry {
	readonly staffId: StaffId;
	readonly name: string;
	readonly role: Role;
	readonly publicKeys: PublicKeys;
	readonly wrappedKeys: WrappedKeys;
	readonly keyWraps: readonly KeyWrap[];
	readonly mustChangePassword: boolean;
}

export interface RecoveryEntry {
	readonly publicKeys: PublicKeys;
	readonly wrappedKeys: WrappedKeys;
	readonly keyWraps: readonly KeyWrap[];
}

export type KeyringPayload =
	| {
			readonly type: 'space-founded';
			readonly commune: string;
			readonly ags: string | null;
			readonly founder: PersonEntry;
			readonly recovery: RecoveryEntry;
			readonly key: KeyCommitment;
			/** 16 random bytes, so that no two spaces share an id. */
			readonly nonce: Uint8Array;
	  }
	| { readonly type: 'person-added'; readonly person: PersonEntry }
	| { readonly type: 'role-changed'; readonly staffId: StaffId; readonly role: Role }
	| {
			readonly type: 'password-changed';
			readonly staffId: StaffId;
			readonly publicKeys: PublicKeys;
			readonly wrappedKeys: WrappedKeys;
			readonly keyWraps: readonly KeyWrap[];
			readonly mustChangePassword: boolean;
	  }
	| { readonly type: 'person-removed'; readonly staffId: StaffId }
	| {
			readonly type: 'device-revoked';
			readonly deviceId: DeviceId;
			readonly lastSequence: number;
			readonly lastChainValue: Uint8Array;
	  }
	| {
			readonly type: 'key-rotated';
			readonly key: KeyCommitment;
			readonly wraps: readonly { readonly staffId: StaffId; readonly wrap: KeyWrap }[];
			/** One for each open recovery entry. Naming a key again that has a commitment only passes it on to those who lack it. */
			readonly recoveryWraps: readonly KeyWrap[];
	  }
	| { readonly type: 'recovery-renewed'; readonly recovery: RecoveryEntry };

/** Signed by a person, or by the recovery entry. */
export type Signer = StaffId | 'recovery';

/** Decoded body of a record. */
export interface KeyringBody {
	readonly version: 1;
	/** null in the founding record only: its hash is the space id. */
	readonly spaceId: SpaceId | null;
	readonly signer: Signer;
	/** Device clock, ms; for display only. */
	readonly recordedAt: number;
	/** The newest records the signer had seen (tips of the hash graph): gives „earlier“ a meaning without clocks. */
	readonly seen: readonly RecordId[];
	/** Records this one replaces. Records that nothing replaced all hold. */
	readonly replaces: readonly RecordId[];
	readonly payload: KeyringPayload;
}

/** As kept and carried: the exact bytes (deterministic CBOR of KeyringBody) and the ECDSA P-256 signature over them. */
export interface KeyringRecord {
	readonly bytes: Uint8Array;
	readonly signature: Uint8Array;
}

export const MAX_RECORD_BYTES = 64 * 1024;
export const MAX_RECORDS = 5_000;
