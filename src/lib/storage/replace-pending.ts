/** The cut: pending rows give way to the segments that stand for them, all in one transaction or not at all. */
import type { DeviceId } from '$lib/domain/ids';
import type { Segment } from '$lib/domain/operation-log';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import type { CounterDatabase } from './database';
import { loadDeviceHead, rangeEndValues, withSegment } from './device-heads';
import { pendingBetween, readPendingRow } from './pending-rows';
import { areEqual } from './row-shape';
import { segmentRowOf } from './segment-rows';

/** False: other rows are there than those the segments were made of, and nothing was done. */
export function replacePending(
	database: CounterDatabase,
	deviceId: DeviceId,
	fromSequence: number,
	toSequence: number,
	segments: readonly Segment[]
): Promise<boolean> {
	return Promise.resolve(
		database.transaction('rw', database.pending, database.segments, database.heads, async () => {
			if (!isWhole(deviceId, fromSequence, toSequence, segments)) return false;
			const rows = await pendingBetween(database, deviceId, fromSequence, toSequence).primaryKeys();
			if (rows.length !== toSequence - fromSequence + 1) return false;
			for (const segment of segments) if (!(await standsForRows(database, segment))) return false;
			await pendingBetween(database, deviceId, fromSequence, toSequence).delete();
			let head = await loadDeviceHead(database, deviceId);
			const chainAt = await rangeEndValues(database, head);
			for (const segment of segments)
				head = withSegment(head, segment, chainAt.set(lastSequenceOf(segment), segment.header.chainAfter));
			await database.segments.bulkPut(segments.map(segmentRowOf));
			await database.heads.put(head);
			return true;
		})
	);
}

/** The segments follow each other from the first row to the last. */
function isWhole(deviceId: DeviceId, from: number, to: number, segments: readonly Segment[]): boolean {
	let next = from;
	for (const segment of segments) {
		if (segment.header.deviceId !== deviceId || segment.header.firstSequence !== next) return false;
		next = lastSequenceOf(segment) + 1;
	}
	return next === to + 1 && segments.length > 0;
}

/** A segment ends where its last row does: by number and by chain value, which names the whole history up to it. */
async function standsForRows(database: CounterDatabase, segment: Segment): Promise<boolean> {
	const row = await database.pending.get([segment.header.deviceId, lastSequenceOf(segment)]);
	const last = row === undefined ? null : readPendingRow(database, row);
	return last !== null && areEqual(last.chainValue, segment.header.chainAfter);
}
