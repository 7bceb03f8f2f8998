/** Does this device's id live a second life elsewhere (SY15)? Chain values tell, and how far both lives are the same. */
import type { DeviceId } from '$lib/domain/ids';
import type { Head, OperationLog, Segment } from '$lib/domain/operation-log';
import { lastSequenceOf } from '$lib/domain/segment-codec';

/** What somebody else holds under this device's id: the chain value at a number. */
export interface KnownPoint {
	readonly sequence: number;
	/** Null: held beyond a gap, without a chain value that is told. */
	readonly chainValue: Uint8Array | null;
}

export interface OwnForkPorts {
	readonly log: Pick<OperationLog, 'heads'>;
	readonly deviceId: DeviceId;
	/** c(sequence) of this device's own history; null where it cannot be told. */
	chainValueAt(sequence: number): Promise<Uint8Array | null>;
}

/** What a server's head says of this device. */
export function pointsOfHead(head: Head | undefined): KnownPoint[] {
	if (!head) return [];
	const points: KnownPoint[] = head.sequence > 0 ? [head] : [];
	const highest = head.beyond.at(-1)?.[1];
	return highest === undefined ? points : [...points, { sequence: highest, chainValue: null }];
}

/** What a segment's borders say; its signature has been verified. */
export const pointsOfSegment = (segment: Segment): KnownPoint[] => [
	{ sequence: segment.header.firstSequence - 1, chainValue: segment.header.chainBefore },
	{ sequence: lastSequenceOf(segment), chainValue: segment.header.chainAfter }
];

/** Null: all that others hold is this device's own history. Else the highest number known to be common. */
export async function findOwnFork(
	{ log, deviceId, chainValueAt }: OwnForkPorts,
	points: readonly KnownPoint[]
): Promise<{ readonly commonTo: number } | null> {
	const own = (await log.heads()).get(deviceId)?.sequence ?? 0;
	let commonTo = 0;
	let isForked = false;
	for (const { sequence, chainValue } of points) {
		if (sequence > own) isForked = true;
		if (sequence > own || chainValue === null) continue;
		const ours = sequence === 0 ? null : await chainValueAt(sequence);
		if (!ours) continue;
		if (areEqual(ours, chainValue)) commonTo = Math.max(commonTo, sequence);
		else isForked = true;
	}
	return isForked ? { commonTo } : null;
}

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);
