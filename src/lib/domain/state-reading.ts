/** Reading a CounterState: requests as views and rows, devices, what waits, what has been applied. Made on demand; nothing is kept. */
import type { AppointmentId, AppointmentView } from './appointment-view';
import { compareEntries, waitsForOpening } from './counter-state';
import type { CounterState, DeviceFacts, StoredValue, SubjectState } from './counter-state';
import { splitOperationName, type DeviceId, type OperationName, type RequestId, type SubjectId } from './ids';
import { gapFreeEnd, holds, type Ranges } from './ranges';
import { requestRow } from './request-row';
import type { FieldPath, Fields, FieldValue, RequestRow, RequestView } from './request-view';

export const isApplied = (state: CounterState, deviceId: DeviceId, sequence: number): boolean =>
	holds(state.applied.get(deviceId) ?? [], sequence);

export function isNameApplied(state: CounterState, name: OperationName): boolean {
	const { deviceId, sequence } = splitOperationName(name);
	return isApplied(state, deviceId, sequence);
}

/** What has been applied; the state's own ranges, not to be changed. */
export const appliedRanges = (state: CounterState): ReadonlyMap<DeviceId, Ranges> => state.applied;

/** Per device the highest gap-free number applied. */
export const appliedHeads = (state: CounterState): ReadonlyMap<DeviceId, number> =>
	new Map([...state.applied].map(([deviceId, ranges]) => [deviceId, gapFreeEnd(ranges)]));

/** Operations on requests and appointments that are not opened yet. */
export function waitingCount(state: CounterState): number {
	let count = 0;
	for (const id of state.unopened)
		for (const { type } of state.subjects.get(id)?.history ?? []) if (waitsForOpening(type)) count++;
	return count;
}

export const unknownCount = (state: CounterState): number => state.unknownCount;

/** Devices that joined, by id. */
export const deviceInfos = (state: CounterState): DeviceFacts[] =>
	[...state.devices.values()].sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));

/** Ids of all opened requests. */
export function requestIds(state: CounterState): RequestId[] {
	const ids: RequestId[] = [];
	for (const [id, subject] of state.subjects) if (subject.openings.length > 0) ids.push(id);
	return ids;
}

/** null while the request is not opened, or is none. */
export function requestView(state: CounterState, id: RequestId): RequestView | null {
	const subject = state.subjects.get(id);
	const [first, ...further] = subject?.openings ?? [];
	if (subject === undefined || first === undefined) return null;
	const { by, ...opening } = first;
	const view: RequestView = {
		id,
		...opening,
		openedBy: by.staffId,
		openedAt: by.stamp,
		...factsOfSubject(subject)
	};
	return further.length === 0 ? view : { ...view, furtherCaseNumbers: further.map((other) => other.caseNumber) };
}

function fieldsOf(subject: SubjectState): Fields {
	const fields: Record<FieldPath, readonly FieldValue[]> = {};
	for (const [path, values] of subject.fields) fields[path] = values.map(fieldValue);
	return fields;
}

const fieldValue = ({ value, by: { name, staffId, stamp } }: StoredValue): FieldValue => ({
	value,
	name,
	staffId,
	stamp
});

export function requestRows(state: CounterState): RequestRow[] {
	const rows: RequestRow[] = [];
	for (const id of state.subjects.keys()) {
		const view = requestView(state, id);
		if (view !== null) rows.push(requestRow(view));
	}
	return rows;
}

/** What opens an appointment gives it one of these fields; none of them is ever left without a value. */
const isAppointmentSubject = ({ fields }: SubjectState): boolean =>
	fields.has('import') || fields.has('report') || fields.has('walkIn');

/** Ids of all appointments, and of people who came without one. */
export const appointmentIds = (state: CounterState): AppointmentId[] => {
	const ids: AppointmentId[] = [];
	for (const [id, subject] of state.subjects) if (isAppointmentSubject(subject)) ids.push(id);
	return ids;
};

/** null while it is not opened, or is none. */
export function appointmentView(state: CounterState, id: AppointmentId): AppointmentView | null {
	const subject = state.subjects.get(id);
	if (subject === undefined || !isAppointmentSubject(subject)) return null;
	return { id, ...factsOfSubject(subject) };
}

/** Fields of anything else that is kept: profiles of imports, the office's capacity. */
export function subjectFields(state: CounterState, id: SubjectId): Fields {
	const subject = state.subjects.get(id);
	return subject === undefined ? {} : fieldsOf(subject);
}

/** Fields and history of a subject, as every view has them. */
const factsOfSubject = (subject: SubjectState) => ({
	fields: fieldsOf(subject),
	history: subject.history.toSorted(compareEntries),
	unknownOperations: subject.unknownOperations
});
