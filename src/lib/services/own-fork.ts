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
	readonly log: Pick<OperationLog, 'heads' | 'segmentWith'>;
	readonly deviceId: DeviceId;
	/** c(sequence) of this device's own history; null where it cannot be told. */
	chainValueAt(sequence: number): Promise<Uint8Array | null>;
}

/** What a head says of this device. */
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

const NOTHING = { sequence: 0, chainValue: new Uint8Array(32) };

interface Compared {
	readonly isForked: boolean;
	/** Points of both lives, as far as what was said of each is true. */
	readonly equal: readonly { readonly sequence: number; readonly chainValue: Uint8Array }[];
	/** The lowest number at which the other life is known to be another; Infinity: none is. */
	readonly partedAt: number;
}

async function compare(
	{ log, deviceId, chainValueAt }: OwnForkPorts,
	points: readonly KnownPoint[]
): Promise<Compared> {
	const own = (await log.heads()).get(deviceId)?.sequence ?? 0;
	const equal: { sequence: number; chainValue: Uint8Array }[] = [];
	let isForked = false;
	let partedAt = Infinity;
	for (const { sequence, chainValue } of points) {
		if (sequence > own) isForked = true;
		if (sequence > own || chainValue === null) continue;
		const ours = sequence === 0 ? null : await chainValueAt(sequence);
		if (!ours) continue;
		if (areEqual(ours, chainValue)) equal.push({ sequence, chainValue });
		else {
			isForked = true;
			partedAt = Math.min(partedAt, sequence);
		}
	}
	return { isForked, equal, partedAt };
}

/** What is equal elsewhere tells nothing beyond the place where the other life has gone its own way. */
const commonBelow = (equal: Compared['equal'], partedAt: number): Compared['equal'][number] =>
	equal.reduce((best, one) => (one.sequence < partedAt && one.sequence > best.sequence ? one : best), NOTHING);

/**
 * `ended`: this identity is given up, and on the disk as such. `in-doubt`: a server says so and has not shown it yet; told that
 * this device holds no more than `offer` of itself, it sends what it has.
 */
export type Judgement = { readonly type: 'none' | 'ended' } | { readonly type: 'in-doubt'; readonly offer: Head };

/**
 * Looks at all that is said of this device's id, and stops writing under it as soon as another life of it shows. A server's
 * heads and refusals are signed by nobody: they raise the question, and what this device has signed answers it (decision 44).
 */
export function createForkWatch(ports: OwnForkPorts & { readonly log: Pick<OperationLog, 'stopWriting'> }) {
	/** Signed by this device, or by another of this space. */
	const shown: KnownPoint[] = [];
	const said: KnownPoint[] = [];
	/** Told before, maybe by others: says how much is common, and raises no question. */
	const former: KnownPoint[] = [];
	let refusedFrom = Infinity;
	let isOtherwiseCut = false;
	/** Where segments that go another way begin: the border may be equal, and the way part right behind it. */
	let shownFrom = Infinity;
	const isOwn = ({ header }: Segment) => header.deviceId === ports.deviceId;

	async function noteCut({ header: { deviceId, firstSequence, count } }: Segment): Promise<void> {
		const held = await ports.log.segmentWith(deviceId, firstSequence);
		if (held && (held.header.firstSequence !== firstSequence || held.header.count !== count)) isOtherwiseCut = true;
	}

	return {
		/** Heads that servers told before: the common part is known by them. */
		noteFormer: (head: Head | undefined) => void former.push(...pointsOfHead(head)),
		/** What a server says now. */
		noteSaid: (head: Head | undefined) => void said.push(...pointsOfHead(head)),
		/** What a device of this space says, and signs. */
		noteShown: (head: Head | undefined) => void shown.push(...pointsOfHead(head)),
		/** A server holds another history where this one was offered, or the same one cut so that it can take nothing more. */
		noteRefused: (firstSequence: number) => void (refusedFrom = Math.min(refusedFrom, firstSequence)),
		/**
		 * Segments that may be added. Own ones fill gaps that damage left; what goes another way or further is not this device's own, and
		 * comes again as soon as that history is another device's.
		 */
		sift: async (segments: readonly Segment[]): Promise<Segment[]> => {
			const sound: Segment[] = [];
			for (const segment of segments) {
				const points = isOwn(segment) ? pointsOfSegment(segment) : [];
				shown.push(...points);
				if (points.length > 0) await noteCut(segment);
				if (points.length === 0 || !(await compare(ports, points)).isForked) sound.push(segment);
				else shownFrom = Math.min(shownFrom, segment.header.firstSequence);
			}
			return sound;
		},
		judge: async (): Promise<Judgement> => {
			const [proof, doubt, before] = [
				await compare(ports, shown),
				await compare(ports, said),
				await compare(ports, former)
			];
			const partedAt = Math.min(proof.partedAt, doubt.partedAt, shownFrom, refusedFrom);
			const now = [...proof.equal, ...doubt.equal];
			if (proof.isForked || (refusedFrom < Infinity && isOtherwiseCut)) {
				const { sequence } = commonBelow([...now, ...before.equal], partedAt);
				await ports.log.stopWriting(ports.deviceId, sequence);
				return { type: 'ended' };
			}
			if (!doubt.isForked && refusedFrom === Infinity) return { type: 'none' };
			// Not by what others hold: that is this life, and the server is asked for the other one from where both may still be the same.
			return { type: 'in-doubt', offer: { ...commonBelow(now, partedAt), beyond: [] } };
		}
	};
}

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);
