/** Taking segments in: what is held already changes nothing, a second history is set aside, everything else is stored as it came. */
import type { DeviceId } from '$lib/domain/ids';
import type { AddedSegments, Segment } from '$lib/domain/operation-log';
import { countMissing, gapFreeEnd, type Ranges } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { chainValueAt } from './chain-values';
import type { CounterDatabase } from './database';
import { loadDeviceHead, pendingRanges, union, withSegment, type DeviceHead } from './device-heads';
import { areEqual } from './row-shape';
import { segmentRowOf, setAsideIdOf, setAsideRowOf } from './segment-rows';

/** What is known of a device while a batch is taken in. */
interface Holder {
	head: DeviceHead;
	/** Own identities: numbers not cut yet. */
	readonly pending: Ranges;
	/** Nothing is held from here on, so nothing can clash there. */
	highest: number;
}

/** Runs as one transaction over segments, heads, pending and setAside; `now` is the device clock, ms. */
export function addSegments(
	database: CounterDatabase,
	segments: readonly Segment[],
	now: number
): Promise<AddedSegments> {
	const { segments: table, heads, pending, setAside } = database;
	const added: Segment[] = [];
	const clashing: Segment[] = [];
	let known = 0;
	return Promise.resolve(
		database.transaction('rw', table, heads, pending, setAside, async () => {
			const holders = new Map<DeviceId, Holder>();
			for (const segment of segments) {
				const holder = await holderOf(database, holders, segment.header.deviceId);
				if (await isSecondHistory(database, holder, segment)) {
					if (await putAside(database, segment, now)) clashing.push(segment);
					else known++;
				} else if (isHeld(holder, segment)) known++;
				else {
					await store(database, holder, segment);
					added.push(segment);
				}
			}
			const changed = new Set(added.map(({ header }) => header.deviceId));
			const rows = [...holders].filter(([deviceId]) => changed.has(deviceId)).map(([, { head }]) => head);
			await heads.bulkPut(rows);
			return { added, known, clashing };
		})
	);
}

async function holderOf(
	database: CounterDatabase,
	holders: Map<DeviceId, Holder>,
	deviceId: DeviceId
): Promise<Holder> {
	const known = holders.get(deviceId);
	if (known) return known;
	const head = await loadDeviceHead(database, deviceId);
	const pending = await pendingRanges(database, deviceId);
	const highest = Math.max(head.ranges.at(-1)?.[1] ?? 0, pending.at(-1)?.[1] ?? 0);
	const holder = { head, pending, highest };
	holders.set(deviceId, holder);
	return holder;
}

/** Chain values can be compared where both sides tell one: at the segment's two borders. */
async function isSecondHistory(database: CounterDatabase, holder: Holder, segment: Segment): Promise<boolean> {
	const { firstSequence, chainBefore, chainAfter } = segment.header;
	return (
		(await differs(database, holder, firstSequence - 1, chainBefore)) ||
		(await differs(database, holder, lastSequenceOf(segment), chainAfter))
	);
}

async function differs(
	database: CounterDatabase,
	{ head, highest }: Holder,
	sequence: number,
	chainValue: Uint8Array
): Promise<boolean> {
	if (sequence > highest) return false;
	const isEnd = sequence > 0 && sequence === gapFreeEnd(head.ranges);
	const known = isEnd ? head.chainValue : await chainValueAt(database, head.deviceId, sequence);
	return known !== null && !areEqual(known, chainValue);
}

const isHeld = ({ head, pending }: Holder, segment: Segment): boolean =>
	countMissing([[segment.header.firstSequence, lastSequenceOf(segment)]], union(head.ranges, pending)) === 0;

async function store(database: CounterDatabase, holder: Holder, segment: Segment): Promise<void> {
	await database.segments.put(segmentRowOf(segment));
	holder.head = await withSegment(database, holder.head, segment);
	holder.highest = Math.max(holder.highest, lastSequenceOf(segment));
}

/** False when it was set aside before. */
async function putAside(database: CounterDatabase, segment: Segment, now: number): Promise<boolean> {
	if ((await database.setAside.get(setAsideIdOf(segment))) !== undefined) return false;
	await database.setAside.add(setAsideRowOf({ segment, reason: 'second-history', setAsideAt: now }));
	return true;
}
