/** CitizenRequest (Anliegen) as folded: its fields, what a list shows of it, and how its values are read. */
import { sameValue } from './canonical-json';
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

/** An operation that a device recorded again under a new identity (SY15). */
export interface RecordedAgain {
	/** The first name it ever had. Under this device and number another operation may stand by now. */
	readonly formerName: OperationName;
	/** Every name it was met under, ascending; `formerName` only if it was met under it. */
	readonly names: readonly OperationName[];
	/** Who signed for it, where that is not the person who wrote it. */
	readonly signedBy: StaffId | null;
}

/** What happened, for the timeline; the operation itself is read from the log when somebody looks at it. */
export interface HistoryEntry {
	/** The newest name it was met under. */
	readonly name: OperationName;
	/** An OperationType, or `unknown`. */
	readonly type: string;
	readonly staffId: StaffId;
	readonly stamp: Stamp;
	/** Paths this operation changed. */
	readonly paths: readonly FieldPath[];
	readonly again?: RecordedAgain;
}

/** Every field holds all values that nothing has replaced, the later first. */
export type Fields = { readonly [path: FieldPath]: readonly FieldValue[] };
/** Anything that has fields: a request, an appointment. */
export interface WithFields {
	readonly fields: Fields;
}

/** One request as folded: every field holds all values nothing has replaced, the later first. */
export interface RequestView {
	readonly id: RequestId;
	readonly caseNumber: string;
	/** Numbers of further openings of this id (one draft saved in two windows at once): perhaps on a receipt, so still found. */
	readonly furtherCaseNumbers?: readonly string[];
	readonly formId: string;
	readonly formVersion: number;
	readonly batchId: RequestId | null;
	readonly openedBy: StaffId;
	readonly openedAt: Stamp;
	readonly fields: Fields;
	/** Ascending by stamp. */
	readonly history: readonly HistoryEntry[];
	/** Operations of unknown type or version that touched it (SY7). */
	readonly unknownOperations: number;
}

/** What lists show and sort by: small, plain, cheap to hand to another thread. */
export interface RequestRow {
	readonly id: RequestId;
	readonly caseNumber: string;
	readonly furtherCaseNumbers?: readonly string[];
	/** Other requests that bear one of these numbers: a copied device gave it a second time (SY15). */
	readonly sharesNumberWith?: readonly RequestId[];
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

export const answerPath = (fieldId: string): FieldPath => `answers/${fieldId}`;
export const paperPath = (paperId: string): FieldPath => `papers/${paperId}`;
export const notePath = (noteId: string): FieldPath => `notes/${noteId}`;
export const reentryPath = (fieldId: string): FieldPath => `reentry/${fieldId}`;

/** A field's new value together with the operations whose values it was seen to replace. */
export interface ProposedChange {
	readonly path: FieldPath;
	readonly value: JsonValue;
	readonly replaces: readonly OperationName[];
}

/** What the field shows: of several values the later one; undefined when it never had one. */
export const currentValue = (view: WithFields, path: FieldPath): JsonValue | undefined => view.fields[path]?.[0]?.value;

/** The same for a field that holds text; '' when it holds none. */
export function currentText(view: WithFields, path: FieldPath): string {
	const value = currentValue(view, path);
	return typeof value === 'string' ? value : '';
}

export const statusOf = (view: RequestView): RequestStatus =>
	oneOf<RequestStatus>(['open', 'query', 'done', 'withdrawn'], currentValue(view, 'status')) ?? 'open';

export const urgencyOf = (view: RequestView): Urgency =>
	oneOf<Urgency>(['normal', 'high', 'immediate'], currentValue(view, 'urgency')) ?? 'normal';

export const paperStatusOf = (view: RequestView, paperId: string): PaperStatus | null =>
	oneOf<PaperStatus>(['present', 'missing', 'not-needed'], currentValue(view, paperPath(paperId)));

/** The earlier „Eingang am“, if one was given. */
export function earlierReceiptOf(view: RequestView): EarlierReceipt | null {
	const value = currentValue(view, 'received');
	if (typeof value !== 'object' || value === null || !('at' in value) || !('reason' in value)) return null;
	const { at, reason } = value;
	return typeof at === 'number' && typeof reason === 'string' ? { at: at as Instant, reason } : null;
}

/** Effective time of receipt: the earlier one if given, else the device's time corrected by what was known of its error. */
export const receivedAtOf = (view: RequestView): Instant =>
	earlierReceiptOf(view)?.at ?? ((view.openedAt.recordedAt + (view.openedAt.clockOffset?.ms ?? 0)) as Instant);

/** Copies of the receipt confirmed so far. Two counters may each have confirmed one: the higher number counts. */
export const receiptCopiesOf = (view: RequestView): number =>
	Math.max(0, ...(view.fields.receipt ?? []).map(({ value }) => (typeof value === 'number' ? value : 0)));

/** Replaces every value the screen could see, so that nothing seen is left beside the new one. */
export const changeOf = (view: WithFields, path: FieldPath, value: JsonValue): ProposedChange => ({
	path,
	value,
	replaces: (view.fields[path] ?? []).map(({ name }) => name)
});

/** A field's values without those that say the same: two counters that typed the same do not contradict each other. */
export function distinctValues(view: WithFields, path: FieldPath): readonly FieldValue[] {
	const distinct: FieldValue[] = [];
	for (const value of view.fields[path] ?? [])
		if (!distinct.some((other) => sameValue(other.value, value.value))) distinct.push(value);
	return distinct;
}

/** Bookkeeping that is merged by rule and needs nobody to settle it. */
const isMerged = (path: FieldPath): boolean => path === 'missing' || path === 'receipt' || path.startsWith('reentry/');

/** Fields that two counters changed without having seen each other, and not to the same; a person settles them (SY9). */
export const conflictPaths = (view: RequestView): FieldPath[] =>
	Object.keys(view.fields)
		.filter((path) => !isMerged(path) && distinctValues(view, path).length > 1)
		.sort();

/**
 * Ids of fields and papers that are lacking: those that any save named and that have come by no other since.
 * So two counters that each hand in one paper do not leave each other's in the list.
 */
export function missingOf(view: RequestView): string[] {
	const named = (view.fields.missing ?? []).flatMap(({ value }) => (Array.isArray(value) ? value : []));
	return [...new Set(named)]
		.filter((id) => typeof id === 'string')
		.filter((id) => currentText(view, answerPath(id)) === '' && !isPaperSettled(paperStatusOf(view, id)));
}

const isPaperSettled = (status: PaperStatus | null): boolean => status === 'present' || status === 'not-needed';

export const oneOf = <T extends string>(words: readonly T[], value: JsonValue | undefined): T | null =>
	words.find((word) => word === value) ?? null;
