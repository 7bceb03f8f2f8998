/** What lies beyond somebody's heads, read by ranges of keys: the cost grows with what is beyond, not with what is here. */
import type { DeviceId } from '$lib/domain/ids';
import type { Head, Heads, Segment } from '$lib/domain/operation-log';
import type { Range, Ranges } from '$lib/domain/ranges';
import { segmentBytes } from '$lib/domain/segment-codec';
import type { CounterDatabase, SegmentKey } from './database';
import { loadDeviceHeads } from './device-heads';
import { keysAcross, readSegmentRow } from './segment-rows';

const LARGEST_PAGE = 256;
/** Rows are read in pages that grow: segments may be 200 bytes each, or 256 KiB. */
const PAGE_GROWTH = 4;

export interface Beyond {
	readonly segments: readonly Segment[];
	readonly more: boolean;
}

/** Ordered by device, then by last and first sequence; stops when `maxBytes` are reached. */
export function segmentsBeyond(database: CounterDatabase, heads: Heads, maxBytes: number): Promise<Beyond> {
	return Promise.resolve(
		database.transaction('r', database.segments, database.heads, async () => {
			const bag = createBag(database, maxBytes);
			for (const { deviceId, ranges } of await loadDeviceHeads(database))
				for (const lacking of lackingRanges(ranges, heads.get(deviceId)))
					if ((await fill(bag, database, deviceId, lacking)) === 'full') return { segments: bag.segments, more: true };
			return { segments: bag.segments, more: false };
		})
	);
}

/** What is in `ours` and beyond the head: usually one range, or none. */
export function lackingRanges(ours: Ranges, head: Head | undefined): Range[] {
	const theirs: Ranges = head ? [[1, head.sequence] as const, ...head.beyond] : [];
	let lacking: Range[] = ours.map(([from, to]) => [from, to]);
	for (const [low, high] of theirs)
		lacking = lacking.flatMap(([from, to]): Range[] => {
			if (high < from || low > to) return [[from, to]];
			const rest: Range[] = [
				[from, low - 1],
				[high + 1, to]
			];
			return rest.filter(([start, end]) => start <= end);
		});
	return lacking;
}

/** Collects segments until they weigh enough; one at least always fits. */
function createBag(database: CounterDatabase, maxBytes: number) {
	const segments: Segment[] = [];
	const taken = new Set<string>();
	let bytes = 0;
	return {
		segments,
		/** How many more of the size seen so far would fit. */
		room: () => (segments.length === 0 ? 1 : Math.max(1, Math.floor((maxBytes - bytes) / (bytes / segments.length)))),
		/** False when it does not fit any more. */
		take: (key: SegmentKey, row: unknown): boolean => {
			if (taken.has(key.join())) return true;
			const segment = readSegmentRow(database, row);
			if (!segment) return true;
			if (segments.length > 0 && bytes + segmentBytes(segment) > maxBytes) return false;
			taken.add(key.join());
			segments.push(segment);
			bytes += segmentBytes(segment);
			return true;
		}
	};
}

/** Every segment that ends within the range, then those that reach across its end. */
async function fill(
	bag: ReturnType<typeof createBag>,
	database: CounterDatabase,
	deviceId: DeviceId,
	[from, to]: Range
): Promise<'full' | 'done'> {
	let after: SegmentKey = [deviceId, from, 0];
	for (let page = 1; ; page = Math.min(page * PAGE_GROWTH, LARGEST_PAGE)) {
		const limit = Math.min(page, bag.room());
		const within = database.segments
			.where('[deviceId+lastSequence+firstSequence]')
			.between(after, [deviceId, to, Infinity], false, true)
			.limit(limit);
		const [keys, rows] = await Promise.all([within.primaryKeys(), within.toArray()]);
		for (const [i, key] of keys.entries()) if (!bag.take(key, rows[i])) return 'full';
		const last = keys.at(-1);
		if (!last || keys.length < limit) break;
		after = last;
	}
	for (const key of await keysAcross(database, deviceId, to))
		if (!bag.take(key, await database.segments.get(key))) return 'full';
	return 'done';
}
