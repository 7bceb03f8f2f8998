/** The one value screens look at, replaced as a whole whenever a part of it changes. */
import { compareAppointments } from '$lib/domain/appointment';
import type { RequestId } from '$lib/domain/ids';
import type { RequestRow } from '$lib/domain/request';
import type { CounterRows } from './folded-counter';
import { compareRows, mergeRows } from './row-order';
import type { LiveView, Unsubscribe } from './workspace';

export interface LiveState {
	readonly view: LiveView;
	subscribe(listener: () => void): Unsubscribe;
	set(part: Partial<LiveView>): void;
	/** Rows that changed, or with `reset` all there are. */
	putRows(changed: CounterRows, complete: boolean, reset: boolean): void;
}

export function createLiveState(initial: LiveView): LiveState {
	let view = initial;
	let rowById = new Map(initial.rows.map((row) => [row.id, row]));
	let numbers = createNumbers();
	for (const id of numbers.put(initial.rows)) markShared(id);
	function markShared(id: RequestId): void {
		const row = rowById.get(id);
		if (row) rowById.set(id, { ...row, sharesNumberWith: numbers.othersOf(row) });
	}
	const listeners = new Set<() => void>();
	const set = (part: Partial<LiveView>) => {
		view = Object.freeze({ ...view, ...part });
		for (const listener of listeners) listener();
	};
	return {
		get view() {
			return view;
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		set,
		putRows: ({ rows, appointments }, complete, reset) => {
			if (reset) rowById = new Map();
			if (reset) numbers = createNumbers();
			for (const row of rows) rowById.set(row.id, row);
			for (const id of numbers.put(rows)) markShared(id);
			set({
				...(rows.length > 0 || reset ? { rows: [...rowById.values()].sort(compareRows) } : {}),
				...(appointments.length > 0 || reset
					? { appointments: mergeRows(reset ? [] : view.appointments, appointments, compareAppointments) }
					: {}),
				complete: complete || (view.complete && !reset)
			});
		}
	};
}

const numbersOf = ({ caseNumber, furtherCaseNumbers = [] }: RequestRow): readonly string[] => [
	caseNumber,
	...furtherCaseNumbers
];

/** Who bears which case number: two devices that were one gave some of them twice. */
function createNumbers() {
	const idsByNumber = new Map<string, Set<RequestId>>();
	return {
		/** Notes the numbers; → ids of all requests that share one of them. */
		put: (rows: readonly RequestRow[]): Set<RequestId> => {
			const shared = new Set<RequestId>();
			for (const row of rows)
				for (const number of numbersOf(row)) {
					const ids = idsByNumber.get(number) ?? new Set();
					idsByNumber.set(number, ids.add(row.id));
					if (ids.size > 1) for (const id of ids) shared.add(id);
				}
			return shared;
		},
		othersOf: (row: RequestRow): RequestId[] =>
			[...new Set(numbersOf(row).flatMap((number) => [...(idsByNumber.get(number) ?? [])]))].filter(
				(id) => id !== row.id
			)
	};
}
