/** What the keeper knows of the counter: the folded state, its search, and what the stamps tell of clocks and devices. */
import type { AppointmentId, AppointmentRow, AppointmentView } from '$lib/domain/appointment';
import { caseNumberParts, parseCaseNumber } from '$lib/domain/case-number';
import type { DeviceId, RequestId, StaffId, SubjectId } from '$lib/domain/ids';
import type { AnyOperation } from '$lib/domain/operation';
import { decodeOperation } from '$lib/domain/operation-codec';
import {
	appliedRanges,
	applyOperation,
	appointmentIds,
	appointmentRow,
	appointmentView,
	deviceInfos,
	emptyState,
	isApplied,
	requestIds,
	requestRow,
	requestView,
	subjectFields,
	unknownCount,
	waitingCount,
	type CounterState,
	type DeviceFacts
} from '$lib/domain/projection';
import { SETTINGS, settingsOf, type OfficeSettings } from '$lib/domain/office-settings';
import type { Ranges } from '$lib/domain/ranges';
import type { RequestRow, RequestView } from '$lib/domain/request';
import type { Stamp } from '$lib/domain/stamp';
import { mayWrite } from '$lib/domain/role-writing';
import type { Clock, Instant, LocalDate } from '$lib/domain/time';
import type { Role } from '$lib/domain/workplace';
import { createAppointmentSearch } from './appointment-search';
import { waitingNumberOf } from '$lib/domain/waiting-number';
import { createRequestSearch } from './request-search';
import { compareRows } from './row-order';

export interface FoldFacts {
	readonly devices: readonly DeviceFacts[];
	/** Raw clock of each device's newest operation, ms. */
	readonly lastRecordedAt: ReadonlyMap<DeviceId, Instant>;
	readonly waitingCount: number;
	readonly unknownCount: number;
	readonly maxTick: number;
	/** Highest counter in this device's own case numbers: a profile put back from an older copy does not know it otherwise. */
	readonly ownCaseCounter: number;
	readonly clockWarnings: number;
	readonly settings: OfficeSettings;
}

/** What lists show, of both kinds. */
export interface CounterRows {
	readonly rows: readonly RequestRow[];
	readonly appointments: readonly AppointmentRow[];
}

/**
 * `other-person`: it says somebody else wrote it than the person who signed for it; that counts for nobody. Nor does what the role of
 * that person does not write: `beyond-role`.
 */
export type AppliedLine = 'applied' | 'known' | 'unreadable' | 'other-person' | 'beyond-role';

/** Who has signed a line. */
export interface LineSigner {
	readonly staffId: StaffId;
	readonly role: Role;
}

/** A clock further off than this is told to the people (SY8): an hour, so that a missed change of summer time shows. */
const CLOCK_TOLERANCE_MS = 59 * 60_000;

export type FoldedCounter = ReturnType<typeof createFoldedCounter>;

/** Begins empty, or with a state that was kept. */
export function createFoldedCounter(clock: Clock, ownId: DeviceId, kept: CounterState | null = null) {
	const state = kept ?? emptyState();
	const search = createRequestSearch();
	const appointmentSearch = createAppointmentSearch();
	const lastRecordedAt = new Map<DeviceId, Instant>();
	let clockWarnings = 0;
	let ownCaseCounter = 0;
	let touched = new Set<SubjectId>();

	const noteStamp = (stamp: Stamp) => {
		const { deviceId, recordedAt } = stamp;
		if (hasDoubtfulClock(stamp, clock.now())) clockWarnings++;
		if (recordedAt > (lastRecordedAt.get(deviceId) ?? -Infinity)) lastRecordedAt.set(deviceId, recordedAt);
	};
	const noteCaseNumber = (deviceId: DeviceId, written: string) => {
		const caseNumber = deviceId === ownId ? parseCaseNumber(written) : null;
		if (caseNumber?.ok) ownCaseCounter = Math.max(ownCaseCounter, caseNumberParts(caseNumber.value).sequence);
	};
	for (const { history, openings } of state.subjects.values()) {
		for (const { stamp } of history) noteStamp(stamp);
		for (const { by, caseNumber } of openings) noteCaseNumber(by.stamp.deviceId, caseNumber);
	}

	const rowsOf = (ids: Iterable<SubjectId>): RequestRow[] => {
		const rows: RequestRow[] = [];
		for (const id of ids) {
			const view = requestView(state, id);
			if (view) rows.push(requestRow(view));
		}
		return rows;
	};
	const appointmentsOf = (ids: Iterable<AppointmentId>): AppointmentRow[] => {
		const rows: AppointmentRow[] = [];
		for (const id of ids) {
			const view = appointmentView(state, id);
			if (view) rows.push(appointmentRow(view));
		}
		return rows;
	};
	const apply = (operation: AnyOperation): void => {
		const subject = applyOperation(state, operation);
		if (subject === null) return;
		touched.add(subject);
		noteStamp(operation);
		if (operation.type === 'request-opened') noteCaseNumber(operation.deviceId, operation.body.caseNumber);
	};

	return {
		state,
		/** One line as it was sealed and signed. A line that is no operation is passed over, its bytes stay in the log. */
		applyLine: (bytes: Uint8Array, deviceId: DeviceId, sequence: number, signer: LineSigner): AppliedLine => {
			if (isApplied(state, deviceId, sequence)) return 'known';
			const operation = decodeOperation(bytes, deviceId, sequence);
			if (!operation.ok) return 'unreadable';
			if (operation.value.staffId !== signer.staffId) return 'other-person';
			if (!mayWrite(signer.role, operation.value)) return 'beyond-role';
			apply(operation.value);
			return 'applied';
		},
		/** Whether all of these operations are in the state. */
		holdsAll: (deviceId: DeviceId, from: number, to: number): boolean => {
			for (let sequence = from; sequence <= to; sequence++) if (!isApplied(state, deviceId, sequence)) return false;
			return true;
		},
		applied: (): Map<DeviceId, Ranges> =>
			new Map([...appliedRanges(state)].map(([deviceId, ranges]) => [deviceId, [...ranges]])),
		/** Rows changed since this was asked last. */
		takeTouched: (): CounterRows => {
			const rows = rowsOf(touched);
			const appointments = appointmentsOf(touched);
			touched = new Set();
			search.put(rows);
			appointmentSearch.put(appointments);
			return { rows, appointments };
		},
		/** All rows, newest first. */
		rows: (): RequestRow[] => rowsOf(requestIds(state)).sort(compareRows),
		appointments: (): AppointmentRow[] => appointmentsOf(appointmentIds(state)),
		appointment: (id: AppointmentId): AppointmentView | null => appointmentView(state, id),
		findAppointments: (text: string): AppointmentId[] => appointmentSearch.find(text),
		settingsFields: () => subjectFields(state, SETTINGS),
		/** Highest waiting number this device has given for a day. */
		lastWaitingNumber: (date: LocalDate): number => {
			let last = 0;
			for (const { fields } of state.subjects.values())
				for (const { value, by } of fields.get('walkIn') ?? [])
					if (by.stamp.deviceId === ownId) last = Math.max(last, waitingNumberOf(value, date));
			return last;
		},
		makeSearchable: ({ rows, appointments }: CounterRows) => {
			search.put(rows);
			appointmentSearch.put(appointments);
		},
		view: (id: RequestId): RequestView | null => requestView(state, id),
		views: (rows: readonly RequestRow[]): RequestView[] =>
			rows.map((row) => requestView(state, row.id)).filter((view) => view !== null),
		find: (text: string): RequestId[] => search.find(text),
		facts: (): FoldFacts => ({
			devices: deviceInfos(state),
			lastRecordedAt,
			waitingCount: waitingCount(state),
			unknownCount: unknownCount(state),
			maxTick: state.maxTick,
			ownCaseCounter,
			clockWarnings,
			settings: settingsOf(subjectFields(state, SETTINGS))
		})
	};
}

/** A stamp from the future, or a clock known to have been wrong; a clock set back and never compared cannot be told from an old entry. */
const hasDoubtfulClock = ({ recordedAt, clockOffset }: Stamp, now: Instant): boolean =>
	Math.abs(clockOffset?.ms ?? 0) > CLOCK_TOLERANCE_MS || recordedAt + (clockOffset?.ms ?? 0) > now + CLOCK_TOLERANCE_MS;
