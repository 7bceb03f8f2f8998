/**
 * Taking segments in: what is held already changes nothing, a second history is set aside, everything else is stored as it came.
 * Reads first, then decides without waiting for anything, then writes: a transaction ends by itself when nothing is asked of it.
 */
import type { DeviceId } from '$lib/domain/ids';
import type { AddedSegments, Segment } from '$lib/domain/operation-log';
import { countMissing, type Ranges } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { chainValueAt } from './chain-values';
import type { CounterDatabase } from './database';
import { loadDeviceHead, pendingRanges, rangeEndValues, union, withSegment, type DeviceHead } from './device-heads';
import { areEqual } from './row-shape';
import { segmentRowOf, setAsideIdOf, setAsideRowOf } from './segment-rows';

/** What is known of a device while a batch is taken in. */
interface Holder {
	head: DeviceHead;
	/** Own identities: numbers not cut yet. */
	readonly pending: Ranges;
	/** Chain values where the batch is to be compared, and those that it brings. */
	readonly chainAt: Map<number, Uint8Array>;
}
type Holders = ReadonlyMap<DeviceId, Holder>;
type Verdict = 'second-history' | 'held' | 'new';

/** Runs as one transaction over segments, heads, pending and setAside; `now` is the device clock, ms. */
export function addSegments(
	database: CounterDatabase,
	segments: readonly Segment[],
	now: number
): Promise<AddedSegments> {
	const { segments: table, heads, pending, setAside } = database;
	return Promise.resolve(
		database.transaction('rw', table, heads, pending, setAside, async () => {
			const holders = await readHolders(database, segments);
			const verdicts = segments.map((segment) => judge(holders, segment));
			const added = segments.filter((_, i) => verdicts[i] === 'new');
			if (added.length > 0) {
				await table.bulkPut(added.map(segmentRowOf));
				const changed = new Set(added.map(({ header }) => header.deviceId));
				await heads.bulkPut(
					[...holders.values()].map(({ head }) => head).filter(({ deviceId }) => changed.has(deviceId))
				);
			}
			const clashing = await putAside(
				database,
				segments.filter((_, i) => verdicts[i] === 'second-history'),
				now
			);
			return { added, clashing, known: segments.length - added.length - clashing.length };
		})
	);
}

async function readHolders(database: CounterDatabase, segments: readonly Segment[]): Promise<Holders> {
	const holders = new Map<DeviceId, Holder>();
	for (const deviceId of new Set(segments.map(({ header }) => header.deviceId))) {
		const head = await loadDeviceHead(database, deviceId);
		const pending = await pendingRanges(database, deviceId);
		const chainAt = await rangeEndValues(database, head);
		const highest = Math.max(head.ranges.at(-1)?.[1] ?? 0, pending.at(-1)?.[1] ?? 0);
		const borders = bordersOf(segments, deviceId).filter((sequence) => sequence <= highest && !chainAt.has(sequence));
		const values = await Promise.all(borders.map((sequence) => chainValueAt(database, deviceId, sequence)));
		for (const [i, sequence] of borders.entries()) {
			const value = values[i];
			if (value) chainAt.set(sequence, value);
		}
		holders.set(deviceId, { head, pending, chainAt });
	}
	return holders;
}

/** Chain values can be compared where both sides tell one: before a segment's first operation and after its last. */
function bordersOf(segments: readonly Segment[], deviceId: DeviceId): number[] {
	const borders = new Set<number>();
	for (const segment of segments)
		if (segment.header.deviceId === deviceId)
			borders.add(segment.header.firstSequence - 1).add(lastSequenceOf(segment));
	return [...borders];
}

/** Decides on one segment and, where it is new, counts it in for those that follow. */
function judge(holders: Holders, segment: Segment): Verdict {
	const { deviceId, firstSequence, chainBefore, chainAfter } = segment.header;
	const holder = holders.get(deviceId);
	if (!holder) throw new Error('add: a device was not read');
	const { head, pending, chainAt } = holder;
	const last = lastSequenceOf(segment);
	if (differs(chainAt.get(firstSequence - 1), chainBefore) || differs(chainAt.get(last), chainAfter))
		return 'second-history';
	if (countMissing([[firstSequence, last]], union(head.ranges, pending)) === 0) return 'held';
	chainAt.set(firstSequence - 1, chainBefore).set(last, chainAfter);
	holder.head = withSegment(head, segment, chainAt);
	return 'new';
}

const differs = (known: Uint8Array | undefined, chainValue: Uint8Array): boolean =>
	known !== undefined && !areEqual(known, chainValue);

/** Those that were not set aside before. */
async function putAside(database: CounterDatabase, segments: readonly Segment[], now: number): Promise<Segment[]> {
	const byId = new Map(segments.map((segment) => [setAsideIdOf(segment), segment]));
	if (byId.size === 0) return [];
	const held = await database.setAside.bulkGet([...byId.keys()]);
	const fresh = [...byId.values()].filter((_, i) => held[i] === undefined);
	await database.setAside.bulkAdd(
		fresh.map((segment) => setAsideRowOf({ segment, reason: 'second-history', setAsideAt: now }))
	);
	return fresh;
}
