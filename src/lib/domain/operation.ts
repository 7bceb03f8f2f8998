/** Operation: the one thing that is ever written. Everything the app shows is a fold over operations. */
import type { DeviceId, OperationName, RequestId, StaffId, SubjectId } from './ids';
import type { ClockOffset, Instant } from './time';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** An operation is at most 64 KiB of JSON; checked before saving, so that nothing saved can ever be refused for its size. */
export const MAX_OPERATION_BYTES = 64 * 1024;
/** What a reader takes: an operation recorded again carries its former name and longer names than it was saved with (SY15). */
export const MAX_LINE_BYTES = MAX_OPERATION_BYTES + 16 * 1024;
/** A free text (note, answer) holds 20,000 characters. */
export const MAX_TEXT_LENGTH = 20_000;

/** What changes a field: the new value and the operations whose values it replaces ([] for a field's first value). */
export interface FieldChange {
	readonly value: JsonValue;
	readonly replaces: readonly OperationName[];
}
/** Field paths: `status`, `urgency`, `answers/<fieldId>`, `papers/<paperId>`, `notes/<noteId>` … */
export type FieldChanges = { readonly [path: string]: FieldChange };

export interface RequestOpenedBody {
	readonly caseNumber: string;
	readonly formId: string;
	readonly formVersion: number;
	/** Several vehicles of a dealer taken at once: all requests of the batch name the first one's id. */
	readonly batchId: RequestId | null;
	readonly changes: FieldChanges;
}
/** Shape of every operation that does nothing but change fields: what it changes, with an optional reason. */
export interface ChangedBody {
	readonly changes: FieldChanges;
	readonly reason?: string;
}
export interface ReceiptIssuedBody {
	/** 1 = original, from 2 on „Zweitschrift“. Recorded when the clerk says „Ja, in Ordnung“. */
	readonly copy: number;
	readonly medium: 'a4' | 'roll' | 'handwritten';
	readonly changes: FieldChanges;
}
export interface DeviceJoinedBody {
	/** Raw P-256 public key, base64url; the device id is its hash. */
	readonly publicKey: string;
	/** Name of the Schalter. */
	readonly counter: string;
	readonly site: string;
	/** The device's four characters in case numbers. */
	readonly deviceCode: string;
	readonly changes: FieldChanges;
}
export interface RequestsExportedBody {
	readonly medium: 'csv' | 'print';
	readonly count: number;
	readonly changes: FieldChanges;
}

/** All operation types this version writes, with their bodies. Every body carries `changes`, which is all the fold needs. */
export interface OperationBodies {
	'request-opened': RequestOpenedBody;
	'request-amended': ChangedBody;
	'request-note-added': ChangedBody;
	'request-papers-marked': ChangedBody;
	'request-withdrawn': ChangedBody;
	'conflict-settled': ChangedBody;
	'receipt-issued': ReceiptIssuedBody;
	'reentry-progressed': ChangedBody;
	'reentry-completed': ChangedBody;
	'reentry-returned': ChangedBody;
	'device-joined': DeviceJoinedBody;
	'requests-exported': RequestsExportedBody;
	/** From a file of the booking system; the first one opens the appointment, later ones bring what the file says anew. */
	'appointment-imported': ChangedBody;
	/** A citizen told of it, and no file did. */
	'appointment-reported': ChangedBody;
	/** Somebody without an appointment took a number. */
	'walk-in-arrived': ChangedBody;
	/** One step of the day: arrived, called, being served, finished, missed, to come back; or a step taken back. */
	'appointment-advanced': ChangedBody;
	'appointment-amended': ChangedBody;
	'appointment-cancelled': ChangedBody;
	'appointment-moved': ChangedBody;
	/** A call to the citizen, and what came of it. */
	'appointment-contacted': ChangedBody;
	/** Two entries that are one appointment, or the word that they are not. */
	'appointments-merged': ChangedBody;
	/** A request was taken for it. */
	'appointment-linked': ChangedBody;
	/** Which columns of a table are what: kept under the table's header. */
	'import-profile-saved': ChangedBody;
	/** How many the office can serve at a time. */
	'capacity-set': ChangedBody;
	/** Settings: a server of the space, for the counters that do not use it yet. */
	'server-named': ChangedBody;
}
export type OperationType = keyof OperationBodies;

/** What is sealed: one line of JSON. Its name (`deviceId:sequence`) is given by its place in the device's history. */
export interface OperationContent<T extends OperationType = OperationType> {
	readonly type: T;
	/** Version of the body's shape, 1 for all of this release. */
	readonly version: number;
	readonly subjectId: SubjectId;
	readonly body: OperationBodies[T];
	readonly staffId: StaffId;
	readonly recordedAt: Instant;
	readonly clockOffset: ClockOffset | null;
	readonly tick: number;
	/** Set when a device under a new identity records again what it wrote under a lost one (SY15): the first name it ever had. */
	readonly formerName?: OperationName;
	/** Beside `formerName`: who wrote it, where `staffId` (who signs) is another person. What `staffId` says, not proven by a signature. */
	readonly authorId?: StaffId;
}

/** An operation of a known type with its name. */
export type Operation = {
	[T in OperationType]: OperationContent<T> & { readonly deviceId: DeviceId; readonly sequence: number };
}[OperationType];

/** An operation of an unknown type or newer version: kept, passed on, counted, never dropped (SY7). */
export interface UnknownOperation {
	readonly type: 'unknown';
	readonly writtenType: string;
	readonly version: number;
	readonly subjectId: SubjectId;
	readonly staffId: StaffId;
	readonly recordedAt: Instant;
	readonly clockOffset: ClockOffset | null;
	readonly tick: number;
	readonly formerName?: OperationName;
	readonly authorId?: StaffId;
	readonly deviceId: DeviceId;
	readonly sequence: number;
}
export type AnyOperation = Operation | UnknownOperation;
