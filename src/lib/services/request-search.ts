/** Finds requests by name, plate, FIN or case number: one short line of search text a request, looked through as a whole. */
import { findCaseNumber } from '$lib/domain/case-number';
import type { RequestId } from '$lib/domain/ids';
import type { RequestRow } from '$lib/domain/request';
import { searchForm } from '$lib/domain/search-key';
import type { Instant } from '$lib/domain/time';

export interface RequestSearch {
	put(rows: readonly RequestRow[]): void;
	/** Ids, newest first; a complete case number, also as a scanner with the wrong keyboard types it, gives exactly those that bear it: nearly always one. */
	find(text: string): RequestId[];
}

interface Entry {
	readonly id: RequestId;
	readonly text: string;
	readonly receivedAt: Instant;
}

const MOST_HITS = 500;
const compact = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

/** Hyphens and brackets part words: „Strauß“ finds Schmidt-Strauß, and „Meyer“ finds „Blumen Huber (Meyer)“. */
const wordsOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ');

/** Words of the name in DIN 91379 search form; plate, FIN and number without separators, as they are typed in all manners. */
const searchText = (row: RequestRow): string =>
	` ${searchForm(row.name)} ${wordsOf(searchForm(row.name))} ${compact(searchForm(row.plate))} ${compact(row.vin.toUpperCase())} ${compact(row.caseNumber)} ${searchForm(row.reference)}`;

/**
 * Every word typed must stand at the beginning of a word; the whole without separators may stand anywhere in plate, FIN or number.
 * A scan and no index: 10,000 lines take a millisecond or two, and there is nothing to build, keep or get wrong.
 */
export function createRequestSearch(): RequestSearch {
	const entryById = new Map<RequestId, Entry>();
	const idsByCaseNumber = new Map<string, Set<RequestId>>();
	return {
		put: (rows) => {
			for (const row of rows) {
				entryById.set(row.id, { id: row.id, text: searchText(row), receivedAt: row.receivedAt });
				for (const number of [row.caseNumber, ...(row.furtherCaseNumbers ?? [])])
					idsByCaseNumber.set(number, (idsByCaseNumber.get(number) ?? new Set()).add(row.id));
			}
		},
		find: (text) => {
			const number = findCaseNumber(text);
			const exact = number && idsByCaseNumber.get(number);
			if (exact) return newestFirst([...exact].map((id) => entryById.get(id)).filter((entry) => entry !== undefined));
			const words = searchForm(text).split(/\s+/).filter(Boolean);
			const whole = compact(searchForm(text));
			if (words.length === 0 || whole === '') return [];
			const hits = [...entryById.values()].filter(
				(entry) =>
					words.every((word) => entry.text.includes(` ${word}`)) || (whole.length >= 3 && entry.text.includes(whole))
			);
			return newestFirst(hits).slice(0, MOST_HITS);
		}
	};
}

const newestFirst = (entries: Entry[]): RequestId[] =>
	entries.sort((a, b) => b.receivedAt - a.receivedAt).map(({ id }) => id);
