/** The part of a log that an exchange needs, in memory: segments, heads, and what is kept apart. */
import type { DeviceId } from '$lib/domain/ids';
import type { Head, OperationLog, Segment, SetAsideSegment } from '$lib/domain/operation-log';
import { countMissing, gapFreeEnd, type Ranges } from '$lib/domain/ranges';
import { lastSequenceOf, segmentBytes } from '$lib/domain/segment-codec';
import { rangesOfHead } from '$lib/sync/heads';
import { borderOf, decideIntake } from '$lib/server/segment-intake';

export type SegmentShelf = ReturnType<typeof createSegmentShelf>;

export function createSegmentShelf() {
	const segmentsById = new Map<DeviceId, Segment[]>();
	const rangesById = new Map<DeviceId, Ranges>();
	const apart: SetAsideSegment[] = [];

	const heads = () =>
		new Map(
			[...rangesById].map(([deviceId, ranges]): [DeviceId, Head] => {
				const sequence = gapFreeEnd(ranges);
				const last = segmentsById.get(deviceId)?.find((segment) => lastSequenceOf(segment) === sequence);
				const chainValue = last?.header.chainAfter ?? new Uint8Array(32);
				return [deviceId, { sequence, chainValue, beyond: ranges.filter(([from]) => from > sequence) }];
			})
		);

	/** → how many were new. */
	function add(segments: readonly Segment[]): number {
		let added = 0;
		for (const segment of segments) {
			const { deviceId } = segment.header;
			const held = segmentsById.get(deviceId) ?? [];
			const intake = decideIntake(rangesById.get(deviceId) ?? [], held.map(borderOf), [segment]);
			segmentsById.set(deviceId, [...held, ...intake.added]);
			rangesById.set(deviceId, intake.ranges);
			added += intake.added.length;
			for (const clashing of intake.clashing)
				apart.push({ segment: clashing, reason: 'second-history', setAsideAt: 0 });
		}
		return added;
	}

	const log: Pick<OperationLog, 'heads' | 'segmentsBeyond' | 'setAsideSegments'> = {
		heads: () => Promise.resolve(heads()),
		setAsideSegments: () => Promise.resolve([...apart]),
		segmentsBeyond(theirs, maxBytes) {
			const lacking = [...segmentsById.values()]
				.flat()
				.filter((segment) => {
					const range: Ranges = [[segment.header.firstSequence, lastSequenceOf(segment)]];
					return countMissing(range, rangesOfHead(theirs.get(segment.header.deviceId))) > 0;
				})
				.sort((a, b) => a.header.firstSequence - b.header.firstSequence);
			let bytes = 0;
			const end = lacking.findIndex((segment, i) => (bytes += segmentBytes(segment)) > maxBytes && i > 0);
			return Promise.resolve({ segments: end < 0 ? lacking : lacking.slice(0, end), more: end >= 0 });
		}
	};
	return { log, add, apart };
}
