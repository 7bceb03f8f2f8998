/** A second history can hide where no border tells it: inside segments. Its chain values are computed before anything is joined (SY1). */
import type { DeviceId } from '$lib/domain/ids';
import type { OperationLog, Segment } from '$lib/domain/operation-log';
import { countMissing, insertRange, type OwnedRanges } from '$lib/domain/ranges';
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
}

/**
 * Only what overlaps with something held is looked into: the log itself compares where borders meet. The last number of each
 * common stretch tells of all before it, because a chain value covers the whole history up to it.
 */
export async function partHistories(
	{ log, chainValueAt, chainValueIn }: HistoryPorts,
	segments: readonly Segment[]
): Promise<Parted> {
	const heads = await log.heads();
	const joining: Segment[] = [];
	const apart: Segment[] = [];
	const batch = new Map<DeviceId, { readonly ranges: OwnedRanges; readonly segments: Segment[] }>();

	const partsFromHeld = async (segment: Segment): Promise<boolean> => {
		const { deviceId, firstSequence, chainBefore } = segment.header;
		const last = lastSequenceOf(segment);
		const common = rangesOfHead(heads.get(deviceId)).filter(([from, to]) => from <= last && to >= firstSequence);
		if (common.length === 0) return false;
		if (differ(await chainValueAt(deviceId, firstSequence - 1), chainBefore)) return true;
		for (const [, to] of common) {
			const end = Math.min(to, last);
			if (differ(await chainValueAt(deviceId, end), await chainValueIn(segment, end))) return true;
		}
		return false;
	};
	/** A server cannot look inside either: what it sends at once may hold two histories. */
	const partsFromBatch = async (segment: Segment): Promise<boolean> => {
		const { deviceId, firstSequence, count } = segment.header;
		const last = lastSequenceOf(segment);
		const before = batch.get(deviceId);
		if (!before || countMissing([[firstSequence, last]], before.ranges) === count) return false;
		for (const other of before.segments) {
			if (other.header.firstSequence > last || lastSequenceOf(other) < firstSequence) continue;
			const end = Math.min(last, lastSequenceOf(other));
			if (differ(await chainValueIn(other, end), await chainValueIn(segment, end))) return true;
		}
		return false;
	};

	for (const segment of segments) {
		if ((await partsFromHeld(segment)) || (await partsFromBatch(segment))) {
			apart.push(segment);
			continue;
		}
		joining.push(segment);
		const { deviceId, firstSequence } = segment.header;
		const joined = batch.get(deviceId) ?? { ranges: [], segments: [] };
		insertRange(joined.ranges, firstSequence, lastSequenceOf(segment));
		joined.segments.push(segment);
		batch.set(deviceId, joined);
	}
	return { joining, apart };
}

/** What one side cannot tell is no difference. */
const differ = (held: Uint8Array | null, theirs: Uint8Array | null): boolean =>
	held !== null && theirs !== null && !held.every((byte, i) => byte === theirs[i]);
