/** What the search everywhere shows: requests and appointments together, few enough to be looked at. */
import type { AppointmentId, AppointmentRow } from '$lib/domain/appointment';
import type { RequestId } from '$lib/domain/ids';
import type { RequestRow } from '$lib/domain/request';
import type { LocalDate } from '$lib/domain/time';

export interface Found {
	/** Best first. */
	readonly requests: readonly RequestId[];
	readonly appointments: readonly AppointmentId[];
}
export type SearchHit =
	| { readonly type: 'request'; readonly row: RequestRow }
	| { readonly type: 'appointment'; readonly row: AppointmentRow };

export const NOTHING_FOUND: Found = { requests: [], appointments: [] };
const MOST = 8;
/** Of each kind where there are many of both. */
const HALF = MOST / 2;

/** Requests first, for a scanned receipt means one; appointments of today before those to come, and those before past ones. */
export function searchHits(
	{ requests, appointments }: Found,
	rows: readonly RequestRow[],
	days: readonly AppointmentRow[],
	today: LocalDate
): readonly SearchHit[] {
	const wanted = new Set<string>(appointments);
	const booked = days
		.filter(({ id, mergedInto }) => mergedInto === null && wanted.has(id))
		.toSorted((a, b) => compareDays(a, b, today));
	const taken = requests.slice(0, Math.max(HALF, MOST - booked.length));
	const asked = new Set<string>(taken);
	const rowById = new Map(rows.filter(({ id }) => asked.has(id)).map((row) => [row.id, row]));
	const hits = taken.flatMap((id): SearchHit[] => {
		const row = rowById.get(id);
		return row ? [{ type: 'request', row }] : [];
	});
	return [...hits, ...booked.slice(0, MOST - hits.length).map((row): SearchHit => ({ type: 'appointment', row }))];
}

function compareDays(a: AppointmentRow, b: AppointmentRow, today: LocalDate): number {
	const isPast = (row: AppointmentRow): number => (row.date < today ? 1 : 0);
	const ascending = a.date < b.date ? -1 : a.date > b.date ? 1 : (a.time ?? '') < (b.time ?? '') ? -1 : 1;
	return isPast(a) - isPast(b) || (isPast(a) === 1 && a.date !== b.date ? -ascending : ascending);
}
