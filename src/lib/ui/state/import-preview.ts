/** The preview of an import, sorted into what a clerk looks at: what would be written first, then all the rest. */
import type { ImportedAppointment, ImportProblem } from '$lib/domain/appointment-import';
import type { Intake, IntakeKind } from '$lib/domain/appointment-intake';
import type { ImportPreview } from '$lib/services/appointment-desk';

export interface PreviewEntry {
	readonly entry: ImportedAppointment;
	readonly intake: Intake;
}
/** `writable`: new, changed and cancelled ones together. */
export type PreviewFilter = 'writable' | IntakeKind | 'lost' | 'outside' | 'notes';

export interface SortedPreview {
	readonly format: ImportPreview['reading']['format'];
	readonly source: string;
	readonly entries: { readonly [F in 'writable' | IntakeKind]: readonly PreviewEntry[] };
	/** `outside`: read well, but not of the days that were asked for. */
	readonly problems: { readonly [F in 'lost' | 'outside' | 'notes']: readonly ImportProblem[] };
}

export function sortPreview({ reading, intakes }: ImportPreview): SortedPreview {
	const kinds: { [K in 'writable' | IntakeKind]: PreviewEntry[] } = {
		writable: [],
		new: [],
		changed: [],
		cancelled: [],
		unchanged: [],
		older: []
	};
	for (const [place, entry] of reading.entries.entries()) {
		const intake = intakes[place];
		if (!intake) continue;
		kinds[intake.kind].push({ entry, intake });
		if (isWritten(intake.kind)) kinds.writable.push({ entry, intake });
	}
	const [outside, notes] = split(reading.notes, ({ reason }) => reason === 'not-in-window');
	return {
		format: reading.format,
		source: reading.source,
		entries: kinds,
		problems: { lost: reading.problems, outside, notes }
	};
}

const isWritten = (kind: IntakeKind): boolean => kind === 'new' || kind === 'changed' || kind === 'cancelled';

export const isOfEntries = (filter: PreviewFilter): filter is 'writable' | IntakeKind =>
	filter === 'writable' || isWritten(filter as IntakeKind) || filter === 'unchanged' || filter === 'older';

export const countOf = ({ entries, problems }: SortedPreview, filter: PreviewFilter): number =>
	isOfEntries(filter) ? entries[filter].length : problems[filter].length;

/** Where a clerk looks first: at what would be written, else at what was found at all. */
export function firstFilter(preview: SortedPreview): PreviewFilter {
	const order: readonly PreviewFilter[] = ['writable', 'lost', 'unchanged', 'older', 'outside', 'notes'];
	return order.find((filter) => countOf(preview, filter) > 0) ?? 'writable';
}

function split<T>(all: readonly T[], test: (one: T) => boolean): readonly [T[], T[]] {
	const [passed, others]: [T[], T[]] = [[], []];
	for (const one of all) (test(one) ? passed : others).push(one);
	return [passed, others];
}
