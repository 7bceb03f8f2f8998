/** A second history can hide where no border tells it: inside segments. Its chain values are computed before anything is joined (SY1). */
import type { DeviceId } from '$lib/domain/ids';
import type { OperationLog, Segment } from '$lib/domain/operation-log';
import { countMissing, insertRange, type OwnedRanges, type Ranges } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { rangesOfHead } from '$lib/sync/heads';

export interface HistoryPorts {
	readonly log: Pick<OperationLog, 'heads'>;
	/** c(sequence) of what is held of a device; null where it cannot be told. */
	chainValueAt(deviceId: DeviceId, sequence: number): Promise<Uint8Array | null>;
	/** c(sequence) by what a segment says itself, held or not; null inside of one that does not open. */
	chainValueIn(segment: Segment, sequence: number): Promise<Uint8Array | null>;
}

export interface Parted {
	readonly joining: readonly Segment[];
	/** Of a second history: to be set aside. */
	readonly apart: readonly Segment[];
	/** Not to be told yet, and not to be kept: whoever sent it sends it again, since nobody claims to hold it. */
	readonly waiting: readonly Segment[];
}

/** `untold`: one of both does not open, because its key or its person is not known here yet. */
type Compared = 'same' | 'other' | 'untold';

/**
 * Only what overlaps with something held is looked into: the log itself compares where borders meet. The last number of each
 * common stretch tells of all before it, because a chain value covers the whole history up to it. What cannot be compared yet
 * is not joined: once it opened, the state would depend on which of two histories was read first (SY4).
 */
export async function partHistories(ports: HistoryPorts, segments: readonly Segment[]): Promise<Parted> {
	const heads = await ports.log.heads();
	const batch = createBatch(ports);
	const joining: Segment[] = [];
	const apart: Segment[] = [];
	const waiting: Segment[] = [];
	for (const segment of segments) {
		const held = rangesOfHead(heads.get(segment.header.deviceId));
		const compared = [await compareWithHeld(ports, held, segment), await batch.compareWith(segment)];
		if (compared.includes('other')) apart.push(segment);
		else if (compared.includes('untold')) waiting.push(segment);
		else {
			joining.push(segment);
			batch.join(segment);
		}
	}
	return { joining, apart, waiting };
}

async function compareWithHeld(
	{ chainValueAt, chainValueIn }: HistoryPorts,
	held: Ranges,
	segment: Segment
): Promise<Compared> {
	const { deviceId, firstSequence, chainBefore } = segment.header;
	const last = lastSequenceOf(segment);
	const common = held.filter(([from, to]) => from <= last && to >= firstSequence);
	if (common.length === 0) return 'same';
	if (compare(await chainValueAt(deviceId, firstSequence - 1), chainBefore) === 'other') return 'other';
	let compared: Compared = 'same';
	for (const [, to] of common) {
		const end = Math.min(to, last);
		compared = compare(await chainValueAt(deviceId, end), await chainValueIn(segment, end));
		if (compared === 'other') return 'other';
	}
	return compared;
}

/** A server cannot look inside either: what it sends at once may hold two histories. */
function createBatch({ chainValueIn }: HistoryPorts) {
	const joined = new Map<DeviceId, { readonly ranges: OwnedRanges; readonly segments: Segment[] }>();
	return {
		compareWith: async (segment: Segment): Promise<Compared> => {
			const { deviceId, firstSequence, count } = segment.header;
			const last = lastSequenceOf(segment);
			const before = joined.get(deviceId);
			if (!before || countMissing([[firstSequence, last]], before.ranges) === count) return 'same';
			let isTold = true;
			for (const other of before.segments) {
				if (other.header.firstSequence > last || lastSequenceOf(other) < firstSequence) continue;
				const end = Math.min(last, lastSequenceOf(other));
				const compared = compare(await chainValueIn(other, end), await chainValueIn(segment, end));
				if (compared === 'other') return 'other';
				isTold &&= compared === 'same';
			}
			return isTold ? 'same' : 'untold';
		},
		join: (segment: Segment): void => {
			const { deviceId, firstSequence } = segment.header;
			const before = joined.get(deviceId) ?? { ranges: [], segments: [] };
			insertRange(before.ranges, firstSequence, lastSequenceOf(segment));
			before.segments.push(segment);
			joined.set(deviceId, before);
		}
	};
}

const compare = (held: Uint8Array | null, theirs: Uint8Array | null): Compared => {
	if (held === null || theirs === null) return 'untold';
	return held.every((byte, i) => byte === theirs[i]) ? 'same' : 'other';
};
