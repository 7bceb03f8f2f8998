/** CitizenRequest (Anliegen): its fields, what a list shows of it, and what may be done with it. */
import type { DeviceId, OperationName, RequestId, StaffId } from './ids';
import type { JsonValue } from './operation';
import type { Stamp } from './stamp';
import type { Instant } from './time';

/** open = waits for re-entry, query = back at the counter with a question, done = entered in the specialist system. */
export type RequestStatus = 'open' | 'query' | 'done' | 'withdrawn';
export type Urgency = 'normal' | 'high' | 'immediate';
/** liegt vor / fehlt / nicht nötig */
export type PaperStatus = 'present' | 'missing' | 'not-needed';

/** Value of the field `received`: an earlier „Eingang am“ with its reason; absent = received when recorded. */
export type EarlierReceipt = { readonly at: Instant; readonly reason: string };

/**
 * Field paths of a request. Values are JSON.
 * `status` RequestStatus · `urgency` Urgency · `urgencyReason` string · `received` EarlierReceipt · `answers/<fieldId>` string
 * `papers/<paperId>` PaperStatus · `note` string · `notes/<noteId>` string · `missing` string[] (field and paper ids lacking at the last save)
 * `withdrawnReason` string · `query` string · `reference` string (Aktenzeichen) · `reentry/<fieldId>` boolean (copied over)
 * `receipt` number (copies confirmed)
 */
export type FieldPath = string;

/** One value of a field that nothing has replaced, and who wrote it. */
export interface FieldValue {
	readonly value: JsonValue;
	readonly name: OperationName;
	readonly staffId: StaffId;
	readonly stamp: Stamp;
}

/** What happened, for the timeline; the operation itself is read from the log when somebody looks at it. */
export interface HistoryEntry {
	readonly name: OperationName;
	/** An OperationType, or `unknown`. */
	readonly type: string;
	readonly staffId: StaffId;
	readonly stamp: Stamp;
	/** Paths this operation changed. */
	readonly paths: readonly FieldPath[];
}

/** One request as folded: every field holds all values nothing has replaced, the later first. */
export interface RequestView {
	readonly id: RequestId;
	readonly caseNumber: string;
	readonly formId: string;
	readonly formVersion: number;
	readonly batchId: RequestId | null;
	readonly openedBy: StaffId;
	readonly openedAt: Stamp;
	readonly fields: { readonly [path: FieldPath]: readonly FieldValue[] };
	/** Ascending by stamp. */
	readonly history: readonly HistoryEntry[];
	/** Operations of unknown type or version that touched it (SY7). */
	readonly unknownOperations: number;
}

/** What lists show and sort by: small, plain, cheap to hand to another thread. */
export interface RequestRow {
	readonly id: RequestId;
	readonly caseNumber: string;
	readonly formId: string;
	readonly status: RequestStatus;
	readonly urgency: Urgency;
	readonly urgencyReason: string;
	/** Name of the holder or company, as typed. */
	readonly name: string;
	readonly plate: string;
	readonly vin: string;
	/** Effective receipt: `received.at` if set, else recordedAt corrected by the known offset. */
	readonly receivedAt: Instant;
	readonly openedAt: Stamp;
	readonly changedAt: Stamp;
	readonly deviceId: DeviceId;
	readonly missingCount: number;
	/** Fields with more than one value. */
	readonly conflictCount: number;
	readonly unknownOperations: number;
	readonly receiptCopies: number;
	readonly batchId: RequestId | null;
	readonly query: string;
	readonly reference: string;
}
