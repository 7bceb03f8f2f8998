/** CounterState: what a fold over operations leaves, in the shape the fold works on. Owned and changed by the keeper of the log alone. */
import type { DeviceId, OperationName, RequestId, SubjectId } from './ids';
import type { JsonValue } from './operation';
import type { OwnedRanges } from './ranges';
import type { FieldPath, HistoryEntry } from './request-view';
import { compareStamps, type Stamp } from './stamp';

/** One value of a field that nothing has replaced; `by` is shared with the history. */
export interface StoredValue {
	readonly value: JsonValue;
	readonly by: HistoryEntry;
}

/** A `request-opened`; normally one a request. Two windows that saved one draft at once give two. */
export interface Opening {
	readonly by: HistoryEntry;
	readonly caseNumber: string;
	readonly formId: string;
	readonly formVersion: number;
	readonly batchId: RequestId | null;
}

export interface SubjectState {
	/** Ascending: the first names the request. */
	readonly openings: Opening[];
	/** Values not replaced, the later first; no path without a value. */
	readonly fields: Map<FieldPath, readonly StoredValue[]>;
	/** In order of arrival; whoever shows it sorts it. */
	readonly history: HistoryEntry[];
	unknownOperations: number;
}

/** What a device said of itself when it joined. */
export interface DeviceFacts {
	readonly deviceId: DeviceId;
	readonly counter: string;
	readonly site: string;
	readonly deviceCode: string;
	readonly publicKey: string;
	/** Number of the saying operation: of two, the later in the device's own history holds, whatever its clock said. */
	readonly sequence: number;
	readonly joinedAt: Stamp;
}

export interface CounterState {
	readonly applied: Map<DeviceId, OwnedRanges>;
	readonly subjects: Map<SubjectId, SubjectState>;
	/** Subjects with operations that wait for what opens them. */
	readonly unopened: Set<SubjectId>;
	/** Operations named as replaced before they came, each with the registers (`subjectId/path`) it will not count in. */
	readonly replacedUnseen: Map<OperationName, Set<string>>;
	readonly devices: Map<DeviceId, DeviceFacts>;
	/** First names of operations that were recorded again: only these are looked up in a history (SY15). */
	readonly formerNames: Set<OperationName>;
	/** Highest Lamport tick seen. */
	maxTick: number;
	unknownCount: number;
}

export const emptyState = (): CounterState => ({
	applied: new Map(),
	subjects: new Map(),
	unopened: new Set(),
	replacedUnseen: new Map(),
	devices: new Map(),
	formerNames: new Set(),
	maxTick: 0,
	unknownCount: 0
});

export const emptySubject = (): SubjectState => ({
	openings: [],
	fields: new Map(),
	history: [],
	unknownOperations: 0
});

/** As stamps; names break a tie that only a broken device can make, so that the order is total. */
export const compareEntries = (a: HistoryEntry, b: HistoryEntry): number =>
	compareStamps(a.stamp, b.stamp) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** What opens a request or an appointment. */
const OPENING = new Set(['request-opened', 'appointment-imported', 'appointment-reported', 'walk-in-arrived']);
/** Types that stand for themselves; every other known type changes a request or an appointment, and waits until that is opened. */
const OWN_SUBJECT = new Set([
	...OPENING,
	'device-joined',
	'requests-exported',
	'import-profile-saved',
	'capacity-set',
	'unknown'
]);
export const opensSubject = (type: string): boolean => OPENING.has(type);
export const waitsForOpening = (type: string): boolean => !OWN_SUBJECT.has(type);
export const isOpened = (subject: SubjectState): boolean => subject.history.some(({ type }) => opensSubject(type));
