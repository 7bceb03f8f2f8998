/** Which requests a list shows: filters by status, type, urgency and day, with what each would leave. */
import type { RequestRow, RequestStatus, Urgency } from '$lib/domain/request';
import type { Instant } from '$lib/domain/time';

export interface RequestFilter {
	readonly status: RequestStatus | null;
	readonly formId: string | null;
	readonly urgency: Urgency | null;
	readonly today: boolean;
}

export const NO_FILTER: RequestFilter = { status: null, formId: null, urgency: null, today: false };

/** A day in the town hall; compared as numbers, since ten thousand rows are looked at for each filter. */
export interface Day {
	readonly from: Instant;
	/** The first instant of the next day. */
	readonly to: Instant;
}

const passes = (row: RequestRow, filter: RequestFilter, day: Day): boolean =>
	(filter.status === null || row.status === filter.status) &&
	(filter.formId === null || row.formId === filter.formId) &&
	(filter.urgency === null || row.urgency === filter.urgency) &&
	(!filter.today || (row.receivedAt >= day.from && row.receivedAt < day.to));

export const filterRows = (rows: readonly RequestRow[], filter: RequestFilter, day: Day): readonly RequestRow[] =>
	isUnfiltered(filter) ? rows : rows.filter((row) => passes(row, filter, day));

export const isUnfiltered = (filter: RequestFilter): boolean =>
	filter.status === null && filter.formId === null && filter.urgency === null && !filter.today;

export interface FilterCounts {
	readonly status: ReadonlyMap<RequestStatus, number>;
	readonly formId: ReadonlyMap<string, number>;
	readonly urgency: ReadonlyMap<Urgency, number>;
	readonly today: number;
}

/** How many rows each choice would show beside the other filters as they stand. */
export function countChoices(rows: readonly RequestRow[], filter: RequestFilter, day: Day): FilterCounts {
	const without = (part: Partial<RequestFilter>) => filterRows(rows, { ...filter, ...part }, day);
	return {
		status: countBy(without({ status: null }), (row) => row.status),
		formId: countBy(without({ formId: null }), (row) => row.formId),
		urgency: countBy(without({ urgency: null }), (row) => row.urgency),
		today: filterRows(rows, { ...filter, today: true }, day).length
	};
}

function countBy<K>(rows: readonly RequestRow[], keyOf: (row: RequestRow) => K): Map<K, number> {
	const counts = new Map<K, number>();
	for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
	return counts;
}
