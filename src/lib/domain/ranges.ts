/** Sets of sequence numbers, kept as sorted ranges: a device's history is nearly always one range, with a gap now and then. */

export type Range = readonly [from: number, to: number];
/** Ascending, never touching each other. */
export type Ranges = readonly Range[];
/** The same, owned by one holder that changes it in place. */
export type OwnedRanges = [from: number, to: number][];

/** A new set that also holds `from` … `to`, both included. */
export function addRange(ranges: Ranges, from: number, to: number): Ranges {
	const owned = ranges.map(([low, high]): [number, number] => [low, high]);
	insertRange(owned, from, to);
	return owned;
}

/** Adds `from` … `to` in place; numbers held already change nothing. */
export function insertRange(ranges: OwnedRanges, from: number, to: number): void {
	if (to < from) return;
	const last = ranges.at(-1);
	if (last !== undefined && from === last[1] + 1) {
		last[1] = to;
		return;
	}
	const start = firstEndingAtOrAfter(ranges, from - 1);
	let end = start;
	let low = from;
	let high = to;
	for (let next = ranges[end]; next !== undefined && next[0] <= to + 1; next = ranges[++end]) {
		low = Math.min(low, next[0]);
		high = Math.max(high, next[1]);
	}
	ranges.splice(start, end - start, [low, high]);
}

export function holds(ranges: Ranges, sequence: number): boolean {
	const range = ranges[firstEndingAtOrAfter(ranges, sequence)];
	return range !== undefined && range[0] <= sequence;
}

/** The highest n such that 1 … n are all held; 0 when 1 is lacking. */
export function gapFreeEnd(ranges: Ranges): number {
	const first = ranges[0];
	return first !== undefined && first[0] <= 1 ? first[1] : 0;
}

/** The highest number of all, also behind a gap: what follows must not be told twice (SY15). */
export const furthest = (sequence: number, ranges: Ranges): number => Math.max(sequence, ranges.at(-1)?.[1] ?? 0);

/** What is lacking between 1 and the highest number held (SY12). */
export function gaps(ranges: Ranges): Ranges {
	const lacking: Range[] = [];
	let next = 1;
	for (const [from, to] of ranges) {
		if (from > next) lacking.push([next, from - 1]);
		next = to + 1;
	}
	return lacking;
}

/** Index of the first range whose end is `sequence` or more; the length when there is none. */
function firstEndingAtOrAfter(ranges: Ranges, sequence: number): number {
	let low = 0;
	let high = ranges.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		const range = ranges[middle];
		if (range !== undefined && range[1] < sequence) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** How many numbers of `ours` are not in `theirs`. */
export function countMissing(ours: Ranges, theirs: Ranges): number {
	let missing = 0;
	for (const [from, to] of ours) {
		missing += to - from + 1;
		for (const [low, high] of theirs) missing -= Math.max(0, Math.min(to, high) - Math.max(from, low) + 1);
	}
	return missing;
}
