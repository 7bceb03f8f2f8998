/** What of a comparison of both copies is worth telling a person. */
import type { CopiesReport } from './copies';
import type { CopiesNews } from './workspace';

/** Null: both copies are whole, and were. An append cut off by a crash was never shown as saved, so it is no news. */
export function copiesNews(report: CopiesReport): CopiesNews | null {
	const { rebuilt, restoredOperations, restoredDrafts, refusedOperations, lostOperations, damage, journal } = report;
	const unreadablePlaces = damage.places + damage.foreignFiles;
	const withoutSecond = journal === 'whole' ? null : journal;
	const counted = restoredOperations + restoredDrafts + refusedOperations + lostOperations + unreadablePlaces;
	if (!rebuilt && counted === 0 && withoutSecond === null) return null;
	return {
		rebuilt,
		restoredOperations,
		restoredDrafts,
		refusedOperations,
		lostOperations,
		unreadablePlaces,
		withoutSecond
	};
}
