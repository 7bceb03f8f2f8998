/** Segment and PendingRow, the two sealed shapes operations are kept in, and the OperationLog port that keeps them. */
import type { DeviceId, KeyId, SpaceId, StaffId } from './ids';
import type { Result } from './result';

/** Header of a segment in the order of its deterministic CBOR array (DESIGN § 3.2). */
export interface SegmentHeader {
	readonly version: 1;
	/** 1 = AES-256-GCM with ECDSA P-256/SHA-256. */
	readonly algorithm: 1;
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly firstSequence: number;
	readonly count: number;
	/** 32 bytes each: chain value before the first and after the last operation. */
	readonly chainBefore: Uint8Array;
	readonly chainAfter: Uint8Array;
	readonly keyId: KeyId;
	readonly staffId: StaffId;
}

/** A run of consecutive operations of one device and person: what is kept, carried and exchanged, as it is. */
export interface Segment {
	readonly header: SegmentHeader;
	/** The header's exact bytes: associated data of the seal and part of what is signed. */
	readonly headerBytes: Uint8Array;
	/** nonce (12) ‖ AES-256-GCM(content). */
	readonly sealed: Uint8Array;
	/** 64 bytes, the person's, over (spaceId, deviceId, last sequence, chainAfter). */
	readonly staffSignature: Uint8Array;
	/** 64 bytes, the device's, over SHA-256(headerBytes ‖ sealed ‖ staffSignature). */
	readonly signature: Uint8Array;
}

/** One operation, sealed alone, not yet cut into a segment. */
export interface PendingRow {
	readonly deviceId: DeviceId;
	readonly sequence: number;
	readonly staffId: StaffId;
	readonly keyId: KeyId;
	/** 32 bytes, c(sequence). */
	readonly chainValue: Uint8Array;
	readonly sealed: Uint8Array;
	readonly staffSignature: Uint8Array;
}

/** Highest gap-free sequence of a device, with its chain value; `beyond`: ranges [from, to] held behind a gap. */
export interface Head {
	readonly sequence: number;
	readonly chainValue: Uint8Array;
	readonly beyond: readonly (readonly [from: number, to: number])[];
}
export type Heads = ReadonlyMap<DeviceId, Head>;

/** What counts on this device only and moves with a save. */
export interface OwnHead {
	readonly deviceId: DeviceId;
	/** 0 before the first operation. */
	readonly sequence: number;
	/** 32 zero bytes before the first. */
	readonly chainValue: Uint8Array;
	readonly tick: number;
	/** The last case number's counter on this device; never restarts. */
	readonly caseCounter: number;
	/** Set when this identity is given up (SY15): nothing more is written under it, and up to here others are known to hold the same. */
	readonly commonTo?: number;
}

export type AppendError =
	/** Another window or a rolled-back profile was faster; nothing was written. */
	| { readonly type: 'head-moved'; readonly head: number }
	/** This identity is given up (SY15): a new one is to be taken first; nothing was written. */
	| { readonly type: 'given-up' }
	/** The disk refused (quota, I/O); nothing was written. `name` is the DOMException's name. */
	| { readonly type: 'not-written'; readonly name: string };

/** A segment that cannot be joined with what is here: kept apart, shown, never folded. */
export type SetAsideReason =
	| 'second-history'
	| 'bad-staff-signature'
	| 'unknown-staff'
	| 'broken-chain'
	| 'cannot-open'
	| 'revoked-device'
	/** What this device wrote behind the fork of an identity it has given up, and has recorded again since (SY15). */
	| 'given-up';

export interface SetAsideSegment {
	readonly segment: Segment;
	readonly reason: SetAsideReason;
	/** Device clock, ms. */
	readonly setAsideAt: number;
}

export interface AddedSegments {
	/** Newly stored. */
	readonly added: readonly Segment[];
	/** How many were held already, however cut (SY1), or set aside before. */
	readonly known: number;
	/** Another chain value at the same sequence (SY1): now set aside. */
	readonly clashing: readonly Segment[];
}

/** What follows on an identity that was given up: its history behind `keptTo` is set aside, and recorded again under the next (SY15). */
export interface NewBeginning {
	readonly former: DeviceId;
	/** The last number that stays under the former identity. */
	readonly keptTo: number;
	/** What stood behind it, cut into segments; nothing else leaves the log. */
	readonly givenUp: readonly Segment[];
	/** First rows of the next identity, from 1 on. */
	readonly rows: readonly PendingRow[];
	readonly next: OwnHead;
}

/**
 * The log of one device: its own pending rows and everybody's segments. Append-only (LG1).
 * Contract: tests/contract/operation-log.contract.ts. Implementations: Dexie (IndexedDB) and memory (tests).
 */
export interface OperationLog {
	/**
	 * The head of this device's own identity; sequence 0 when nothing was written yet. Where own segments reach further (filled
	 * up from another copy on this device), theirs, also behind a gap: the next operation continues them and takes no number twice.
	 * What comes from elsewhere and reaches further is never added, but ends the identity (SY15).
	 */
	ownHead(deviceId: DeviceId): Promise<OwnHead>;
	/**
	 * One strict transaction: appends the rows (consecutive, beginning at head + 1), moves the head to `next`, deletes the draft.
	 * Called under the Web Lock `write`; rows are sealed already, so nothing is awaited in it but the database.
	 */
	appendPending(rows: readonly PendingRow[], next: OwnHead, draftId: string | null): Promise<Result<void, AppendError>>;
	/**
	 * Gives an identity up: from now on `appendPending` refuses it. Done twice, the higher `commonTo` counts. Strict, so that a
	 * device that has met its own id elsewhere (SY15) does not forget it.
	 */
	stopWriting(deviceId: DeviceId, commonTo: number): Promise<void>;
	/**
	 * One strict transaction, under the Web Lock `write`: takes what is given up out of pending rows and segments, sets it aside
	 * (`given-up`), appends the rows of the next identity. Refused as `head-moved` when the former is not given up or the next has begun.
	 */
	beginAnew(beginning: NewBeginning): Promise<Result<void, AppendError>>;
	/** Pending rows of a device from `fromSequence` on, ascending. */
	pendingRows(deviceId: DeviceId, fromSequence?: number): Promise<PendingRow[]>;
	/** Chain value before an operation, c(sequence − 1); null where no pending row and no segment's border tells it. */
	chainBefore(deviceId: DeviceId, sequence: number): Promise<Uint8Array | null>;
	/**
	 * One strict transaction: checks that exactly these rows are still there and that the segments stand for them (numbers and
	 * chain values), deletes the rows, writes the segments. False: something moved, nothing was done.
	 */
	replacePending(
		deviceId: DeviceId,
		fromSequence: number,
		toSequence: number,
		segments: readonly Segment[]
	): Promise<boolean>;
	/**
	 * Takes in segments whose device signature was verified; in one strict transaction. A segment whose chain value differs from
	 * what is known at its first or last border is a second history: set aside. What overlaps only in part is stored as it is.
	 */
	addSegments(segments: readonly Segment[]): Promise<AddedSegments>;
	/** Heads of all devices; the own one counts its pending rows too. */
	heads(): Promise<Heads>;
	/** Segments (never pending rows) holding anything beyond `heads`, ordered by device and sequence, at most about `maxBytes` (at least one); `more`: there are others. */
	segmentsBeyond(
		heads: Heads,
		maxBytes: number
	): Promise<{ readonly segments: readonly Segment[]; readonly more: boolean }>;
	/** A segment that holds this operation; null when it is pending or not here. */
	segmentWith(deviceId: DeviceId, sequence: number): Promise<Segment | null>;
	/** A segment set aside already stays as it was first. One that is given up (SY15) leaves the log by that. */
	setAside(segments: readonly SetAsideSegment[]): Promise<void>;
	setAsideSegments(): Promise<SetAsideSegment[]>;
	/** Number of rows, segments, and different operations in both: for figures and for deciding on a snapshot. Costs O(devices). */
	size(): Promise<{ readonly pending: number; readonly segments: number; readonly operations: number }>;
}
