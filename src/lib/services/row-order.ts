/** Order of every list of requests, and how rows that changed find their place in one. */
import type { RequestRow } from '$lib/domain/request';

/** Newest first, and always the same way round: two devices that drew one code for their case numbers may give one number twice. */
export const compareRows = (a: RequestRow, b: RequestRow): number =>
	b.receivedAt - a.receivedAt || descending(a.caseNumber, b.caseNumber) || descending(a.id, b.id);

const descending = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0);

/** The list with rows that are new or changed; sorted anew, twenty thousand would hold up the page with every piece that comes. */
export function mergeRows<T extends { readonly id: string }>(
	sorted: readonly T[],
	changed: readonly T[],
	compare: (a: T, b: T) => number
): T[] {
	const changedById = new Map(changed.map((row) => [row.id, row]));
	const incoming = [...changedById.values()].sort(compare);
	const merged: T[] = [];
	let next = 0;
	for (const row of sorted) {
		if (changedById.has(row.id)) continue;
		for (let first = incoming[next]; first && compare(first, row) < 0; first = incoming[++next]) merged.push(first);
		merged.push(row);
	}
	return merged.concat(incoming.slice(next));
}
