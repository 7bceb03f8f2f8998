/** What is held of each device: a small row kept up to date with its segments, so that heads cost O(devices) and not O(segments). */
import { parseDeviceId, type DeviceId } from '$lib/domain/ids';
import type { Head, Heads, OwnHead, Segment } from '$lib/domain/operation-log';
import { addRange, gapFreeEnd, insertRange, type OwnedRanges, type Ranges } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { CHAIN_ZERO, chainValueAt, chainValueAtBorder } from './chain-values';
import type { CounterDatabase } from './database';
import { pendingBetween } from './pending-rows';
import { isBytes, isCount, isRanges, isRow, ownBytes } from './row-shape';
import { readSegmentRow } from './segment-rows';

/** Of segments alone; pending rows are counted when heads are asked for. */
export interface DeviceHead {
	readonly deviceId: DeviceId;
	readonly ranges: Ranges;
	/** At the gap-free end of the ranges. */
	readonly chainValue: Uint8Array;
	readonly segmentCount: number;
}

export const emptyDeviceHead = (deviceId: DeviceId): DeviceHead => ({
	deviceId,
	ranges: [],
	chainValue: CHAIN_ZERO,
	segmentCount: 0
});

export const emptyOwnHead = (deviceId: DeviceId): OwnHead => ({
	deviceId,
	sequence: 0,
	chainValue: CHAIN_ZERO,
	tick: 0,
	caseCounter: 0
});

/** Null where there is no row, or a broken one: that is made anew from the segments by `rebuildDeviceHeads`. */
export function parseDeviceHead(row: unknown): DeviceHead | null {
	if (!isRow(row)) return null;
	const deviceId = parseDeviceId(row.deviceId);
	const { ranges, chainValue, segmentCount } = row;
	if (!deviceId.ok || !isRanges(ranges) || !isBytes(chainValue, 32) || !isCount(segmentCount)) return null;
	return { deviceId: deviceId.value, ranges, chainValue, segmentCount };
}

export function parseOwnHead(row: unknown): OwnHead | null {
	if (!isRow(row)) return null;
	const deviceId = parseDeviceId(row.deviceId);
	const { sequence, chainValue, tick, caseCounter, commonTo } = row;
	if (commonTo !== undefined && !isCount(commonTo)) return null;
	if (!deviceId.ok || !isCount(sequence) || !isBytes(chainValue, 32) || !isCount(tick) || !isCount(caseCounter))
		return null;
	const head = { deviceId: deviceId.value, sequence, chainValue, tick, caseCounter };
	return commonTo === undefined ? head : { ...head, commonTo };
}

export async function loadDeviceHead(database: CounterDatabase, deviceId: DeviceId): Promise<DeviceHead> {
	return parseDeviceHead(await database.heads.get(deviceId)) ?? emptyDeviceHead(deviceId);
}

export async function loadDeviceHeads(database: CounterDatabase): Promise<DeviceHead[]> {
	const rows = await database.heads.toArray();
	return rows.map(parseDeviceHead).filter((head) => head !== null);
}

async function loadOwnHeads(database: CounterDatabase): Promise<OwnHead[]> {
	const rows = await database.ownHead.toArray();
	return rows.map(parseOwnHead).filter((head) => head !== null);
}

/** The row after one more segment; `chainAt` holds the chain values at the ends of all ranges, and the segment's own. */
export function withSegment(head: DeviceHead, segment: Segment, chainAt: ReadonlyMap<number, Uint8Array>): DeviceHead {
	const ranges = addRange(head.ranges, segment.header.firstSequence, lastSequenceOf(segment));
	const end = gapFreeEnd(ranges);
	const chainValue = end === gapFreeEnd(head.ranges) ? head.chainValue : (chainAt.get(end) ?? CHAIN_ZERO);
	return { ...head, ranges, chainValue: ownBytes(chainValue), segmentCount: head.segmentCount + 1 };
}

/** Chain values at the ends of a device's ranges, one of which a segment may close up with; and c(0). */
export async function rangeEndValues(database: CounterDatabase, head: DeviceHead): Promise<Map<number, Uint8Array>> {
	const chainAt = new Map<number, Uint8Array>([[0, CHAIN_ZERO]]);
	chainAt.set(gapFreeEnd(head.ranges), head.chainValue);
	const ends = head.ranges.map(([, to]) => to).filter((end) => !chainAt.has(end));
	const values = await Promise.all(ends.map((end) => chainValueAtBorder(database, head.deviceId, end)));
	for (const [i, end] of ends.entries()) {
		const value = values[i];
		if (value) chainAt.set(end, value);
	}
	return chainAt;
}

/** Numbers of the pending rows of an identity; one range but after damage. */
export async function pendingRanges(database: CounterDatabase, deviceId: DeviceId): Promise<Ranges> {
	const ranges: OwnedRanges = [];
	for (const [, sequence] of await pendingBetween(database, deviceId, 0, Infinity).primaryKeys())
		insertRange(ranges, sequence, sequence);
	return ranges;
}

/** Heads of all devices, pending rows counted in. */
export async function readHeads(database: CounterDatabase): Promise<Heads> {
	const heads = new Map<DeviceId, Head>();
	for (const { deviceId, ranges, chainValue } of await loadDeviceHeads(database))
		heads.set(deviceId, headOf(ranges, chainValue));
	for (const { deviceId } of await loadOwnHeads(database)) {
		const pending = await pendingRanges(database, deviceId);
		if (pending.length === 0) continue;
		const ranges = union((await loadDeviceHead(database, deviceId)).ranges, pending);
		heads.set(deviceId, headOf(ranges, (await chainValueAt(database, deviceId, gapFreeEnd(ranges))) ?? CHAIN_ZERO));
	}
	return heads;
}

const headOf = (ranges: Ranges, chainValue: Uint8Array): Head => {
	const sequence = gapFreeEnd(ranges);
	return { sequence, chainValue, beyond: sequence > 0 ? ranges.slice(1) : ranges };
};

export const union = (a: Ranges, b: Ranges): Ranges =>
	b.reduce<Ranges>((all, [from, to]) => addRange(all, from, to), a);

/** Rows, segments, and different operations in both. */
export async function readSize(database: CounterDatabase) {
	let segments = 0;
	const heldBy = new Map<DeviceId, Ranges>();
	for (const head of await loadDeviceHeads(database)) {
		segments += head.segmentCount;
		heldBy.set(head.deviceId, head.ranges);
	}
	for (const { deviceId } of await loadOwnHeads(database))
		heldBy.set(deviceId, union(heldBy.get(deviceId) ?? [], await pendingRanges(database, deviceId)));
	const operations = [...heldBy.values()].flat().reduce((sum, [from, to]) => sum + to - from + 1, 0);
	return { pending: await database.pending.count(), segments, operations };
}

/** Makes all rows anew from the segments that can be read; what cannot shows as a gap, and an exchange fills it. */
export async function rebuildDeviceHeads(database: CounterDatabase): Promise<void> {
	await database.transaction('rw', database.heads, database.segments, database.pending, async () => {
		const rangesById = new Map<
			DeviceId,
			{ ranges: OwnedRanges; segmentCount: number; chainAt: Map<number, Uint8Array> }
		>();
		await database.segments.each((row) => {
			const segment = readSegmentRow(database, row);
			if (!segment) return;
			const { deviceId, firstSequence, chainAfter } = segment.header;
			const held = rangesById.get(deviceId) ?? { ranges: [], segmentCount: 0, chainAt: new Map() };
			insertRange(held.ranges, firstSequence, lastSequenceOf(segment));
			held.segmentCount++;
			held.chainAt.set(lastSequenceOf(segment), ownBytes(chainAfter));
			rangesById.set(deviceId, held);
		});
		await database.heads.clear();
		await database.heads.bulkPut(
			[...rangesById].map(([deviceId, { ranges, segmentCount, chainAt }]): DeviceHead => ({
				deviceId,
				ranges,
				segmentCount,
				chainValue: chainAt.get(gapFreeEnd(ranges)) ?? CHAIN_ZERO
			}))
		);
	});
}
