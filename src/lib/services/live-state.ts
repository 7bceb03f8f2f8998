/** The one value screens look at, replaced as a whole whenever a part of it changes. */
import type { RequestRow } from '$lib/domain/request';
import { compareRows } from './row-order';
import type { LiveView, Unsubscribe } from './workspace';

export interface LiveState {
	readonly view: LiveView;
	subscribe(listener: () => void): Unsubscribe;
	set(part: Partial<LiveView>): void;
	/** Rows that changed, or with `reset` all there are. */
	putRows(rows: readonly RequestRow[], complete: boolean, reset: boolean): void;
}

export function createLiveState(initial: LiveView): LiveState {
	let view = initial;
	let rowById = new Map(initial.rows.map((row) => [row.id, row]));
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
		putRows: (rows, complete, reset) => {
			if (reset) rowById = new Map();
			for (const row of rows) rowById.set(row.id, row);
			set({ rows: [...rowById.values()].sort(compareRows), complete: complete || (view.complete && !reset) });
		}
	};
}
