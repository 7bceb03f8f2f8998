/** Order of every list of requests. */
import type { RequestRow } from '$lib/domain/request';

/** Newest first, and always the same way round: two devices that drew one code for their case numbers may give one number twice. */
export const compareRows = (a: RequestRow, b: RequestRow): number =>
	b.receivedAt - a.receivedAt || descending(a.caseNumber, b.caseNumber) || descending(a.id, b.id);

const descending = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0);
