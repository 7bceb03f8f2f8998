/** Segments into the log on SQLite, and those beyond somebody's heads out of it. Within the caller's transaction. */
import type { DeviceId } from '$lib/domain/ids';
import type { AddedSegments, Heads, Segment } from '$lib/domain/operation-log';
import { countMissing } from '$lib/domain/ranges';
import { lastSequenceOf, segmentBytes } from '$lib/domain/segment-codec';
import { areEqual } from '$lib/storage/row-shape';
import { lackingRanges } from '$lib/storage/segments-beyond';
import type { FeedDatabase } from './feed-database';
import {
	chainValueAt,
	devicesIn,
	heldRanges,
	putAside,
	putSegment,
	segmentRanges,
	segmentsWhere
} from './sqlite-segments';

/** Each is judged by all that is here and came before it in the batch: a second history is set aside, what is held changes nothing. */
export function addSegments(database: FeedDatabase, segments: readonly Segment[], setAsideAt: number): AddedSegments {
	const added: Segment[] = [];
	const clashing: Segment[] = [];
	for (const segment of segments) {
		const { deviceId, firstSequence, chainBefore, chainAfter } = segment.header;
		const last = lastSequenceOf(segment);
		const differs = (sequence: number, value: Uint8Array): boolean => {
			const known = chainValueAt(database, deviceId, sequence);
			return known !== null && !areEqual(known, value);
		};
		if (differs(firstSequence - 1, chainBefore) || differs(last, chainAfter)) {
			if (putAside(database, segment, 'second-history', setAsideAt)) clashing.push(segment);
		} else if (countMissing([[firstSequence, last]], heldRanges(database, deviceId)) > 0) {
			putSegment(database, segment);
			added.push(segment);
		}
	}
	return { added, clashing, known: segments.length - added.length - clashing.length };
}

export function segmentsBeyond(database: FeedDatabase, heads: Heads, maxBytes: number) {
	const found: Segment[] = [];
	let bytes = 0;
	for (const deviceId of devicesIn(database))
		for (const [first, last] of cutsBeyond(database, deviceId, heads)) {
			const key = 'deviceId = ? and firstSequence = ? and lastSequence = ?';
			const [segment] = segmentsWhere(database, key, deviceId, first, last);
			if (!segment) continue;
			bytes += segmentBytes(segment);
			if (found.length > 0 && bytes > maxBytes) return { segments: found, more: true };
			found.push(segment);
		}
	return { segments: found, more: false };
}

/** First and last numbers of the segments that hold anything beyond the head. */
function cutsBeyond(database: FeedDatabase, deviceId: DeviceId, heads: Heads): [first: number, last: number][] {
	const lacking = lackingRanges(segmentRanges(database, deviceId), heads.get(deviceId));
	const lowest = lacking[0]?.[0];
	if (lowest === undefined) return [];
	const sql =
		'select firstSequence, lastSequence from segments where deviceId = ? and lastSequence >= ? order by lastSequence, firstSequence';
	return database
		.all(sql, deviceId, lowest)
		.map(({ firstSequence, lastSequence }): [number, number] => [Number(firstSequence), Number(lastSequence)])
		.filter((cut) => countMissing([cut], lacking) < cut[1] - cut[0] + 1);
}
