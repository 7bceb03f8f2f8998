/** Which segments of one device are new, known, or of a second history. Pure: the store asks, writes, and commits. */
import type { Segment } from '$lib/domain/operation-log';
import { countMissing, holds, insertRange, type OwnedRanges, type Ranges } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';

/** Where a held segment begins and ends, and the chain values there: all that a server can compare (it opens nothing). */
export interface Border {
	readonly firstSequence: number;
	readonly lastSequence: number;
	readonly chainBefore: Uint8Array;
	readonly chainAfter: Uint8Array;
}

export interface Intake {
	readonly added: readonly Segment[];
	/** Another chain value at the same sequence (SY1). */
	readonly clashing: readonly Segment[];
	/** All that is held afterwards. */
	readonly ranges: Ranges;
}

/**
 * A segment is accepted before its predecessor; links are checked when both are there (SY11). What is held already,
 * however it was cut, changes nothing (SY1).
 */
export function decideIntake(held: Ranges, borders: readonly Border[], segments: readonly Segment[]): Intake {
	const chainValues = new Map<number, Uint8Array>([[0, new Uint8Array(32)]]);
	for (const border of borders) noteBorder(chainValues, border);
	const added: Segment[] = [];
	const clashing: Segment[] = [];
	const ranges: OwnedRanges = held.map(([from, to]) => [from, to]);
	for (const segment of segments) {
		const border = borderOf(segment);
		if (contradicts(chainValues, border)) clashing.push(segment);
		else if (!isHeld(ranges, border)) {
			added.push(segment);
			insertRange(ranges, border.firstSequence, border.lastSequence);
			noteBorder(chainValues, border);
		}
	}
	return { added, clashing, ranges };
}

export const borderOf = (segment: Segment): Border => ({
	firstSequence: segment.header.firstSequence,
	lastSequence: lastSequenceOf(segment),
	chainBefore: segment.header.chainBefore,
	chainAfter: segment.header.chainAfter
});

const isHeld = (ranges: Ranges, { firstSequence, lastSequence }: Border): boolean =>
	holds(ranges, firstSequence) && countMissing([[firstSequence, lastSequence]], ranges) === 0;

function noteBorder(chainValues: Map<number, Uint8Array>, border: Border): void {
	chainValues.set(border.firstSequence - 1, border.chainBefore);
	chainValues.set(border.lastSequence, border.chainAfter);
}

function contradicts(chainValues: ReadonlyMap<number, Uint8Array>, border: Border): boolean {
	const before = chainValues.get(border.firstSequence - 1);
	const after = chainValues.get(border.lastSequence);
	return (
		(before !== undefined && !areEqual(before, border.chainBefore)) ||
		(after !== undefined && !areEqual(after, border.chainAfter))
	);
}

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);
