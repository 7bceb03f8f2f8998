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
	points: readonly KnownPoint[],
	isRefused = false
): Promise<{ readonly commonTo: number } | null> {
	const own = (await log.heads()).get(deviceId)?.sequence ?? 0;
	let commonTo = 0;
	let isForked = isRefused;
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

/** Looks at all that a server says of this device's id, and stops writing under it as soon as another life of it shows. */
export function createForkWatch(ports: OwnForkPorts & { readonly log: Pick<OperationLog, 'heads' | 'stopWriting'> }) {
	const points: KnownPoint[] = [];
	let isRefused = false;
	const isOwn = ({ header }: Segment) => header.deviceId === ports.deviceId;
	return {
		/** Heads that servers told before, and tell now: the common part is known by them. */
		note: (head: Head | undefined) => void points.push(...pointsOfHead(head)),
		/** A server holds another history where this one was offered. */
		noteRefused: () => (isRefused = true),
		/**
		 * Segments that may be added. Own ones fill gaps that damage left; what goes another way or further is not this device's own, and
		 * comes again as soon as that history is another device's.
		 */
		sift: async (segments: readonly Segment[]): Promise<Segment[]> => {
			const sound: Segment[] = [];
			for (const segment of segments) {
				const said = isOwn(segment) ? pointsOfSegment(segment) : [];
				points.push(...said);
				if (said.length === 0 || !(await findOwnFork(ports, said))) sound.push(segment);
			}
			return sound;
		},
		/** True: this identity is given up, and on the disk as such. */
		judge: async (): Promise<boolean> => {
			const fork = await findOwnFork(ports, points, isRefused);
			if (fork) await ports.log.stopWriting(ports.deviceId, fork.commonTo);
			return fork !== null;
		}
	};
}

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);
