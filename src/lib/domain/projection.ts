/** The fold: operations → CounterState. Devices that hold the same operations show the same, whatever the order of arrival [SY4]. */
import { compareEntries, emptyState, emptySubject, isOpened, opensSubject, waitsForOpening } from './counter-state';
import type { CounterState, DeviceFacts, Opening, StoredValue, SubjectState } from './counter-state';
import { operationName, type DeviceId, type OperationName, type SubjectId } from './ids';
import type { AnyOperation, FieldChange, FieldChanges, RequestOpenedBody } from './operation';
import { holds, insertRange, type OwnedRanges } from './ranges';
import { entryOf, findTwin, isNamed, merged } from './recorded-again';
import type { FieldPath, HistoryEntry } from './request-view';
import { isNameApplied } from './state-reading';

export { canonicalState } from './canonical-state';
export { emptyState, type CounterState, type DeviceFacts } from './counter-state';
export { requestRow } from './request-row';
export { decodeState, encodeState, FOLD_VERSION } from './state-codec';
export { appointmentRow } from './appointment-row';
export {
	appliedHeads,
	appliedRanges,
	appointmentIds,
	appointmentView,
	deviceInfos,
	isApplied,
	requestIds,
	requestRows,
	requestView,
	subjectFields,
	unknownCount,
	waitingCount
} from './state-reading';

const NO_CHANGES: FieldChanges = {};
const NO_VALUES: readonly StoredValue[] = [];

/** What one operation changes, and where. */
interface Write {
	readonly state: CounterState;
	readonly subjectId: SubjectId;
	readonly fields: SubjectState['fields'];
	readonly by: HistoryEntry;
	/** Registers in which an operation that came earlier has replaced this one already. */
	readonly replacedBefore: ReadonlySet<string> | null;
}

export function foldOperations(operations: Iterable<AnyOperation>): CounterState {
	const state = emptyState();
	for (const operation of operations) applyOperation(state, operation);
	return state;
}

/** Applies one operation in place. The subject it touched; null when it was applied already, which changes nothing. */
export function applyOperation(state: CounterState, operation: AnyOperation): SubjectId | null {
	if (!markApplied(state, operation.deviceId, operation.sequence)) return null;
	const { subjectId, tick } = operation;
	const changes = operation.type === 'unknown' ? NO_CHANGES : operation.body.changes;
	const entry = entryOf(operation);
	const subject = subjectOf(state, subjectId);
	if (tick > state.maxTick) state.maxTick = tick;
	const write: Write = {
		state,
		subjectId,
		fields: subject.fields,
		by: entry,
		replacedBefore: takeReplaced(state, operationName(operation.deviceId, operation.sequence))
	};
	const twin = findTwin(state, subject, entry);
	if (twin) {
		joinTwin(write, subject, twin, changes);
		return subjectId;
	}
	subject.history.push(entry);
	for (const [path, change] of Object.entries(changes)) applyChange(write, path, change);
	applyFacts(state, operation, subject, entry);
	return subjectId;
}

/** The same operation under a second name (SY15): nothing is counted twice, and what replaces either name replaces it. */
function joinTwin(write: Write, subject: SubjectState, twin: HistoryEntry, changes: FieldChanges): void {
	const { state, subjectId, fields, by } = write;
	const both = merged(twin, by);
	const named = <T extends { readonly by: HistoryEntry }>(one: T): T => (one.by === twin ? { ...one, by: both } : one);
	subject.history.splice(subject.history.indexOf(twin), 1, both);
	subject.openings.splice(0, Infinity, ...subject.openings.map(named).sort((a, b) => compareEntries(a.by, b.by)));
	for (const [path, values] of fields)
		if (values.some((value) => value.by === twin))
			fields.set(
				path,
				values.map(named).sort((a, b) => compareEntries(b.by, a.by))
			);
	for (const [path, { replaces }] of Object.entries(changes)) {
		rememberUnseen(state, replaces, registerKey(subjectId, path));
		const isReplaced = write.replacedBefore?.has(registerKey(subjectId, path)) ?? false;
		const stays = (value: StoredValue) => (value.by === both ? !isReplaced : !isNamed(value.by, replaces));
		setValues(fields, path, (fields.get(path) ?? NO_VALUES).filter(stays));
	}
}

/** Registers know nothing of types; this is all that types add. */
function applyFacts(state: CounterState, operation: AnyOperation, subject: SubjectState, entry: HistoryEntry): void {
	switch (operation.type) {
		case 'unknown':
			state.unknownCount++;
			subject.unknownOperations++;
			return;
		case 'request-opened':
			insertOpening(subject.openings, openingOf(operation.body, entry));
			state.unopened.delete(operation.subjectId);
			return;
		case 'device-joined':
			noteDevice(state, factsOf(operation, entry));
			return;
		default:
			if (opensSubject(operation.type)) state.unopened.delete(operation.subjectId);
			else if (waitsForOpening(operation.type) && !isOpened(subject)) state.unopened.add(operation.subjectId);
	}
}

/**
 * One multi-value register: the values that nothing has replaced, the later first. Replaced is what an operation names,
 * never what a clock makes look older. A replaced operation that has not come yet is remembered until it comes, and no longer.
 */
function applyChange(write: Write, path: FieldPath, { value, replaces }: FieldChange): void {
	const { state, fields, by } = write;
	rememberUnseen(state, replaces, registerKey(write.subjectId, path));
	const kept = (fields.get(path) ?? NO_VALUES).filter((other) => !isNamed(other.by, replaces));
	const isReplaced = write.replacedBefore?.has(registerKey(write.subjectId, path)) ?? false;
	setValues(fields, path, isReplaced ? kept : inserted(kept, { value, by }));
}

function setValues(fields: SubjectState['fields'], path: FieldPath, values: readonly StoredValue[]): void {
	if (values.length === 0) fields.delete(path);
	else fields.set(path, values);
}

function rememberUnseen(state: CounterState, replaces: readonly OperationName[], register: string): void {
	for (const name of replaces) if (!isNameApplied(state, name)) rememberReplaced(state, name, register);
}

const registerKey = (subjectId: SubjectId, path: FieldPath): string => `${subjectId}/${path}`;

/** From now on the operation itself is here, and nothing about it needs to be remembered. */
function takeReplaced(state: CounterState, name: OperationName): ReadonlySet<string> | null {
	if (state.replacedUnseen.size === 0) return null;
	const registers = state.replacedUnseen.get(name) ?? null;
	state.replacedUnseen.delete(name);
	return registers;
}

function rememberReplaced(state: CounterState, name: OperationName, register: string): void {
	const registers = state.replacedUnseen.get(name);
	if (registers) registers.add(register);
	else state.replacedUnseen.set(name, new Set([register]));
}

function inserted(values: readonly StoredValue[], value: StoredValue): readonly StoredValue[] {
	if (values.length === 0) return [value];
	const index = values.findIndex((other) => compareEntries(other.by, value.by) < 0);
	return values.toSpliced(index < 0 ? values.length : index, 0, value);
}

/**
 * An id opened twice (one draft saved in two windows at once) stays one request: the earlier opening names it,
 * the other's case number may be on a receipt, so it stays findable; the values of both stand in the fields.
 */
function insertOpening(openings: Opening[], opening: Opening): void {
	const index = openings.findIndex((other) => compareEntries(other.by, opening.by) > 0);
	openings.splice(index < 0 ? openings.length : index, 0, opening);
}

const openingOf = ({ caseNumber, formId, formVersion, batchId }: RequestOpenedBody, by: HistoryEntry): Opening => ({
	by,
	caseNumber,
	formId,
	formVersion,
	batchId
});

const factsOf = (
	{ body, deviceId, sequence }: Extract<AnyOperation, { type: 'device-joined' }>,
	entry: HistoryEntry
): DeviceFacts => ({
	deviceId,
	counter: body.counter,
	site: body.site,
	deviceCode: body.deviceCode,
	publicKey: body.publicKey,
	sequence,
	joinedAt: entry.stamp
});

function noteDevice(state: CounterState, facts: DeviceFacts): void {
	const known = state.devices.get(facts.deviceId);
	if (known === undefined || known.sequence < facts.sequence) state.devices.set(facts.deviceId, facts);
}

function markApplied(state: CounterState, deviceId: DeviceId, sequence: number): boolean {
	let ranges: OwnedRanges | undefined = state.applied.get(deviceId);
	if (ranges === undefined) state.applied.set(deviceId, (ranges = []));
	if (holds(ranges, sequence)) return false;
	insertRange(ranges, sequence, sequence);
	return true;
}

function subjectOf(state: CounterState, id: SubjectId): SubjectState {
	let subject = state.subjects.get(id);
	if (subject === undefined) state.subjects.set(id, (subject = emptySubject()));
	return subject;
}
