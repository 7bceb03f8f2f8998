/** Which segments of one device are new, known, or of a second history. Pure: the store asks, writes, and commits. */
import type { Segment } from '$lib/domain/operation-log';
import { countMissing, insertRange, type OwnedRanges, type Ranges } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import type { RefusedSegment } from '$lib/sync/protocol';

/** Where a held segment begins and ends, and the chain values there: all that a server can compare (it opens nothing). */
export interface Border {
	readonly firstSequence: number;
	readonly lastSequence: number;
	readonly chainBefore: Uint8Array;
	readonly chainAfter: Uint8Array;
}

/** What is held of a device. */
export interface HeldHistory {
	readonly ranges: Ranges;
	/** A second history was met: from then on only what links to the first is taken. */
	readonly forked: boolean;
}

export interface Refusal {
	readonly segment: Segment;
	readonly reason: Extract<RefusedSegment['reason'], 'second-history' | 'overlapping'>;
}

export interface Intake extends HeldHistory {
	readonly added: readonly Segment[];
	readonly refused: readonly Refusal[];
}

type Verdict = 'new' | 'known' | Refusal['reason'];

/**
 * What is held already, however it was cut, changes nothing (SY1). A segment is accepted before its predecessor; links are
 * checked when both are there (SY11). One that holds both old and new numbers cannot be compared with the old ones, so a
 * clone's history could come in by it and keep the true one out: it is refused as `overlapping`, and its device takes a new identity.
 */
export function decideIntake(held: HeldHistory, borders: readonly Border[], segments: readonly Segment[]): Intake {
	const chainValues = new Map<number, Uint8Array>([[0, new Uint8Array(32)]]);
	for (const border of borders) noteBorder(chainValues, border);
	const ranges: OwnedRanges = held.ranges.map(([from, to]) => [from, to]);
	const added: Segment[] = [];
	const refused: Refusal[] = [];
	let { forked } = held;
	for (const segment of [...segments].sort((a, b) => a.header.firstSequence - b.header.firstSequence)) {
		const border = borderOf(segment);
		const lacking = countMissing([[border.firstSequence, border.lastSequence]], ranges);
		const verdict = judge(chainValues, border, lacking, segment.header.count, forked);
		if (verdict === 'new') {
			added.push(segment);
			insertRange(ranges, border.firstSequence, border.lastSequence);
			noteBorder(chainValues, border);
		} else if (verdict !== 'known') {
			refused.push({ segment, reason: verdict });
			// What is held in full was not verified by anybody here: it must not change what is taken from the device.
			forked ||= lacking > 0;
		}
	}
	return { added, refused, ranges, forked };
}

function judge(
	chainValues: ReadonlyMap<number, Uint8Array>,
	border: Border,
	lacking: number,
	count: number,
	forked: boolean
): Verdict {
	const before = chainValues.get(border.firstSequence - 1);
	const after = chainValues.get(border.lastSequence);
	if (before && !areEqual(before, border.chainBefore)) return 'second-history';
	if (after && !areEqual(after, border.chainAfter)) return 'second-history';
	if (lacking === 0) return 'known';
	if (lacking < count) return 'overlapping';
	return forked && !before ? 'second-history' : 'new';
}

export const borderOf = (segment: Segment): Border => ({
	firstSequence: segment.header.firstSequence,
	lastSequence: lastSequenceOf(segment),
	chainBefore: segment.header.chainBefore,
	chainAfter: segment.header.chainAfter
});

function noteBorder(chainValues: Map<number, Uint8Array>, border: Border): void {
	chainValues.set(border.firstSequence - 1, border.chainBefore);
	chainValues.set(border.lastSequence, border.chainAfter);
}

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);
