/** What a verified keyring says: people, keys, devices that no longer count, and what was kept apart. */
import type { DeviceId, KeyId, RecordId, SpaceId, StaffId } from '$lib/domain/ids';
import type { KeyCommitment, KeyringBody, KeyringRecord, KeyWrap, Signer } from '$lib/domain/keyring-record';
import type { Role } from '$lib/domain/workplace';
import type { CredentialEntry } from './keyring-graph';

export interface Person {
	readonly staffId: StaffId;
	readonly name: string;
	readonly role: Role;
	/** Removed, or added only by a record that is kept apart; what was signed before still verifies. */
	readonly removed: boolean;
	/** True while any open entry has a password that somebody else set. */
	readonly mustChangePassword: boolean;
	/** Records that say the role now: what a change of role replaces. */
	readonly roleRecords: readonly RecordId[];
	/** Entries that open now: normally one; two after two offline password changes, until one more. */
	readonly entries: readonly CredentialEntry[];
	/** Every entry ever, the open ones too: the last one that opened on a device is kept until its successor has opened once. */
	readonly allEntries: readonly CredentialEntry[];
}

export interface RevokedDevice {
	readonly lastSequence: number;
	readonly lastChainValue: Uint8Array;
}

export type RejectReason =
	| 'malformed'
	| 'too-large'
	| 'wrong-space'
	| 'bad-signature'
	| 'not-allowed'
	/** Builds on a record that is not here or not accepted: tried again when more has come. */
	| 'unknown-ancestors'
	/** Accepted, but without effect: signed by a person who was removed or demoted, unseen by that act. */
	| 'signer-removed'
	/** Accepted, but without effect: its signer's rights stand on a record without effect. */
	| 'rights-kept-apart';

/** Of no effect, never dropped. */
export interface KeptApart {
	readonly id: RecordId;
	readonly reason: RejectReason;
}

/** A key that an open entry has not been given yet, e.g. because it was made while the key was rotated elsewhere. */
export interface LackingKey {
	readonly signer: Signer;
	readonly keyId: KeyId;
	readonly ecdhPublic: Uint8Array;
}

export interface KeyringState {
	readonly spaceId: SpaceId;
	/** False: the founding record is not among the records, and everything else is empty. */
	readonly founded: boolean;
	readonly spaceNonce: Uint8Array;
	readonly commune: string;
	readonly ags: string | null;
	readonly people: ReadonlyMap<StaffId, Person>;
	/** Open entries of the Notfallblatt. */
	readonly recovery: readonly CredentialEntry[];
	/** Commitments of keys to write under, newest last. */
	readonly keys: readonly KeyCommitment[];
	/** Commitments of all keys to read under: also those of rotations kept apart, since something may be sealed under them. */
	readonly readableKeys: readonly KeyCommitment[];
	readonly currentKeyId: KeyId;
	readonly revokedDevices: ReadonlyMap<DeviceId, RevokedDevice>;
	/** The newest accepted records. */
	readonly tips: readonly RecordId[];
	readonly acceptedIds: ReadonlySet<RecordId>;
	/** Accepted records, ancestors first, each with a signature that verified: what may be stored and passed on. */
	readonly records: readonly KeyringRecord[];
	readonly rejected: readonly KeptApart[];
	/** Whether this record is here and accepted. */
	has(id: RecordId): boolean;
	/** Accepted records that somebody with these tips lacks, ancestors first. */
	ancestorsMissing(tips: readonly RecordId[]): KeyringRecord[];
	/** All signing keys a person has had, newest first: what was signed before a new password still verifies. */
	signingKeysOf(staffId: StaffId): readonly CryptoKey[];
	/** Wraps of data keys made for this person or the recovery entry. */
	wrapsOf(signer: Signer): readonly KeyWrap[];
	readonly lackingKeys: readonly LackingKey[];
	/** Whether everybody who holds these records would accept and heed this act. */
	allows(body: KeyringBody): boolean;
	/** Whether the signature is by an entry that holds now: a password changed elsewhere brings other keys. */
	isSignedNow(record: KeyringRecord, signer: Signer): Promise<boolean>;
}
