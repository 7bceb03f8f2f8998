/** The journal: the second copy of all that a device keeps, as entries in the order in which they were written (DESIGN § 3.5). */
import type { DeviceId, KeyId, StaffId } from './ids';
import type { KeyringRecord } from './keyring-record';
import type { OwnHead, PendingRow, Segment, SetAsideSegment } from './operation-log';
import type { JournalContent } from './journal-content';
import type { Result } from './result';
import type { Instant } from './time';

/** A half-filled form as it is kept; beside the seal only who, when and under which key. */
export interface SealedDraft {
	readonly id: string;
	readonly ownerId: StaffId;
	readonly keyId: KeyId;
	readonly changedAt: Instant;
	readonly sealed: Uint8Array;
}

/** Who this device is, as the store of identities writes it and parses it again: plain values and bytes. */
export type IdentityRow = { readonly [field: string]: unknown };

/**
 * One thing that was written. Together they suffice to rebuild the database from nothing; what is sealed stays sealed as it is.
 * Where two speak of the same (a number, a draft, the identity), the later counts.
 */
export type JournalEntry =
	| { readonly type: 'identity'; readonly row: IdentityRow }
	| { readonly type: 'keyring-record'; readonly record: KeyringRecord }
	| { readonly type: 'device-key'; readonly deviceId: DeviceId; readonly publicKey: Uint8Array }
	| { readonly type: 'server'; readonly origin: string; readonly paused: boolean }
	| { readonly type: 'server-removed'; readonly origin: string }
	/** One save: its rows, the head it moved, the draft it came from. Rows behind the head of the last save count for nothing. */
	| {
			readonly type: 'saved';
			readonly rows: readonly PendingRow[];
			readonly head: OwnHead;
			readonly draftId: string | null;
	  }
	/** Rows that the database holds, written down once more: in a new generation, or where a save did not reach the journal. */
	| { readonly type: 'kept'; readonly rows: readonly PendingRow[]; readonly head: OwnHead }
	| { readonly type: 'segment'; readonly segment: Segment }
	| { readonly type: 'set-aside'; readonly setAside: SetAsideSegment }
	| { readonly type: 'draft'; readonly draft: SealedDraft }
	| { readonly type: 'draft-removed'; readonly id: string }
	/** Of a newer version of the app: kept as it is, never dropped (SY7). */
	| { readonly type: 'unknown'; readonly payload: Uint8Array };

/** What could not be read. None of it was taken in, and none of it is believed. */
export interface JournalDamage {
	/** Stretches between readable entries, and how many bytes they hold. */
	readonly places: number;
	readonly bytes: number;
	/** An append that a crash cut off: normal, and never shown as saved. */
	readonly tornBytes: number;
	/** Files that are none of ours, or lost everything; left alone. */
	readonly foreignFiles: number;
}

export interface JournalReading {
	readonly content: JournalContent;
	readonly damage: JournalDamage;
	/** Of all files together. */
	readonly sizeBytes: number;
}

export type JournalError =
	/** Written by a newer version of the app; this one leaves it alone. */
	| { readonly type: 'newer-version' }
	/** The disk refused (quota, I/O), the browser has no such files, or the writing came too late. `name` is the exception's name. */
	| { readonly type: 'not-written'; readonly name: string };

/**
 * The second copy beside the database. Append-only; all windows of a device write one after the other, so its order is that of the writing.
 * Contract: tests/contract/journal.contract.ts. Implementation: files in OPFS.
 */
export interface Journal {
	/** Resolves when all of it is flushed. Refused after `notAfter` (ms of the device clock): whoever asked has given it up by then. */
	append(entries: readonly JournalEntry[], notAfter?: number): Promise<Result<void, JournalError>>;
	/** All that can be read, whatever happened to the rest. */
	read(): Promise<Result<JournalReading, JournalError>>;
	/**
	 * When the files are more than twice as long as what lives in them, or `always`: writes a new generation, flushes it, and only
	 * then removes the old one. True: it did.
	 */
	compact(always?: boolean): Promise<Result<boolean, JournalError>>;
}
