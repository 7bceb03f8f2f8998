/** Finds requests by name, plate, FIN or case number: one short line of search text a request, looked through as a whole. */
import { findCaseNumber } from '$lib/domain/case-number';
import type { RequestId } from '$lib/domain/ids';
import type { RequestRow } from '$lib/domain/request';
import { searchForm } from '$lib/domain/search-key';
import type { Instant } from '$lib/domain/time';
import { compact, findLines, wordsOf } from './text-search';

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

/** Words of the name in DIN 91379 search form; plate, FIN and number without separators, as they are typed in all manners. */
const searchText = (row: RequestRow): string =>
	` ${searchForm(row.name)} ${wordsOf(searchForm(row.name))} ${compact(searchForm(row.plate))} ${compact(row.vin.toUpperCase())} ${compact(row.caseNumber)} ${searchForm(row.reference)}`;

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
			if (exact) return idsOf([...exact].flatMap((id) => entryById.get(id) ?? []).sort(newestFirst));
			return idsOf(findLines(entryById.values(), text, newestFirst));
		}
	};
}

const newestFirst = (a: Entry, b: Entry): number => b.receivedAt - a.receivedAt;
const idsOf = (entries: readonly Entry[]): RequestId[] => entries.map(({ id }) => id);
