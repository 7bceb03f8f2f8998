/** The operation log in memory, for tests: the same contract told as plainly as possible, everything counted anew each time. */
import type { DeviceId } from '$lib/domain/ids';
import type {
	Head,
	Heads,
	OperationLog,
	OwnHead,
	PendingRow,
	Segment,
	SetAsideSegment
} from '$lib/domain/operation-log';
import { gapFreeEnd, holds, insertRange, type OwnedRanges, type Range, type Ranges } from '$lib/domain/ranges';
import { err, ok } from '$lib/domain/result';
import { lastSequenceOf, segmentBytes } from '$lib/domain/segment-codec';

/** All that is on the disk of such a log. */
export interface MemoryLogContent {
	ownHeads: Map<DeviceId, OwnHead>;
	pending: PendingRow[];
	segments: Segment[];
	setAside: SetAsideSegment[];
}

export const emptyLogContent = (): MemoryLogContent => ({
	ownHeads: new Map(),
	pending: [],
	segments: [],
	setAside: []
});

/** As a disk is imaged: rows and segments are never changed, so they may be shared. */
export const copyLogContent = ({ ownHeads, pending, segments, setAside }: MemoryLogContent): MemoryLogContent => ({
	ownHeads: new Map(ownHeads),
	pending: [...pending],
	segments: [...segments],
	setAside: [...setAside]
});

export interface MemoryLogOptions {
	/** What was written before; a log opened on it again goes on with it. */
	readonly content?: MemoryLogContent;
	/** Ids of the drafts that a save deletes. */
	readonly drafts?: Set<string>;
	/** Throwing here is a disk that refuses. */
	readonly beforeCommit?: () => void;
	readonly now?: () => number;
}

const ZERO = new Uint8Array(32);
const joined = (ranges: Ranges): OwnedRanges => {
	const all: OwnedRanges = [];
	for (const [from, to] of ranges) insertRange(all, from, to);
	return all;
};
const isSame = (a: Uint8Array, b: Uint8Array) => a.join() === b.join();

export function createMemoryOperationLog(options: MemoryLogOptions = {}): OperationLog {
	const { drafts = new Set(), beforeCommit, now = () => Date.now(), content = emptyLogContent() } = options;
	const { ownHeads, setAside } = content;

	const segmentsOf = (deviceId: DeviceId) =>
		content.segments
			.filter(({ header }) => header.deviceId === deviceId)
			.sort((a, b) => lastSequenceOf(a) - lastSequenceOf(b) || a.header.firstSequence - b.header.firstSequence);
	const rowsOf = (deviceId: DeviceId, from = 1, to = Infinity) =>
		content.pending.filter((row) => row.deviceId === deviceId && row.sequence >= from && row.sequence <= to);
	const segmentRanges = (deviceId: DeviceId): OwnedRanges =>
		joined(segmentsOf(deviceId).map((one) => [one.header.firstSequence, lastSequenceOf(one)]));
	const heldRanges = (deviceId: DeviceId): Ranges =>
		joined([...segmentRanges(deviceId), ...rowsOf(deviceId).map(({ sequence }): Range => [sequence, sequence])]);
	const holdsAll = (ranges: Ranges, { header }: Segment) =>
		Array.from({ length: header.count }, (_, i) => header.firstSequence + i).every((n) => holds(ranges, n));

	const chainAt = (deviceId: DeviceId, sequence: number): Uint8Array | null => {
		if (sequence === 0) return ZERO;
		const [row] = rowsOf(deviceId, sequence, sequence);
		if (row) return row.chainValue;
		const all = segmentsOf(deviceId);
		const ending = all.find((segment) => lastSequenceOf(segment) === sequence);
		if (ending) return ending.header.chainAfter;
		return all.find(({ header }) => header.firstSequence === sequence + 1)?.header.chainBefore ?? null;
	};
	const differs = (deviceId: DeviceId, sequence: number, value: Uint8Array) => {
		const known = chainAt(deviceId, sequence);
		return known !== null && !isSame(known, value);
	};

	const ownHead = (deviceId: DeviceId): OwnHead => {
		const own = ownHeads.get(deviceId) ?? { deviceId, sequence: 0, chainValue: ZERO, tick: 0, caseCounter: 0 };
		const ranges = segmentRanges(deviceId);
		const sequence = Math.max(own.sequence, ...ranges.map(([, to]) => to));
		return sequence === own.sequence ? own : { ...own, sequence, chainValue: chainAt(deviceId, sequence) ?? ZERO };
	};
	const devices = (): DeviceId[] => [
		...new Set(
			[...content.pending.map((row) => row.deviceId), ...content.segments.map(({ header }) => header.deviceId)].sort()
		)
	];
	const isAside = (segment: Segment) => setAside.some((aside) => isSame(aside.segment.signature, segment.signature));

	const takeOut = (givenUp: readonly Segment[]) => {
		for (const one of givenUp) {
			const { deviceId, firstSequence, chainAfter } = one.header;
			content.segments = content.segments.filter((segment) => !isSame(segment.signature, one.signature));
			const [last] = rowsOf(deviceId, lastSequenceOf(one), lastSequenceOf(one));
			if (!last || !isSame(last.chainValue, chainAfter)) continue;
			const out = new Set(rowsOf(deviceId, firstSequence, lastSequenceOf(one)));
			content.pending = content.pending.filter((row) => !out.has(row));
		}
	};

	return {
		ownHead: async (deviceId) => ownHead(deviceId),
		appendPending: async (rows, next, draftId) => {
			if (ownHeads.get(next.deviceId)?.commonTo !== undefined) return err({ type: 'given-up' });
			const head = ownHead(next.deviceId).sequence;
			if (rows[0]?.sequence !== head + 1) return err({ type: 'head-moved', head });
			try {
				beforeCommit?.();
			} catch (error) {
				return err({ type: 'not-written', name: (error as Error).name });
			}
			content.pending.push(...rows);
			ownHeads.set(next.deviceId, next);
			if (draftId !== null) drafts.delete(draftId);
			return ok(undefined);
		},
		stopWriting: async (deviceId, commonTo) => {
			const head = ownHeads.get(deviceId) ?? { deviceId, sequence: 0, chainValue: ZERO, tick: 0, caseCounter: 0 };
			ownHeads.set(deviceId, { ...head, commonTo: Math.max(commonTo, head.commonTo ?? 0) });
		},
		beginAnew: async ({ former, keptTo, givenUp, rows, next }) => {
			const head = ownHeads.get(former);
			const begun = ownHeads.get(next.deviceId);
			if (head?.commonTo === undefined || begun) return err({ type: 'head-moved', head: begun?.sequence ?? 0 });
			try {
				beforeCommit?.();
			} catch (error) {
				return err({ type: 'not-written', name: (error as Error).name });
			}
			takeOut(givenUp);
			for (const segment of givenUp)
				if (!isAside(segment)) setAside.push({ segment, reason: 'given-up', setAsideAt: now() });
			ownHeads.set(former, { ...head, sequence: keptTo, chainValue: chainAt(former, keptTo) ?? ZERO });
			content.pending.push(...rows);
			ownHeads.set(next.deviceId, next);
			return ok(undefined);
		},
		pendingRows: async (deviceId, from = 1) => rowsOf(deviceId, from).sort((a, b) => a.sequence - b.sequence),
		chainBefore: async (deviceId, sequence) => chainAt(deviceId, sequence - 1),
		replacePending: async (deviceId, from, to, cut) => {
			let next = from;
			for (const segment of cut) {
				const [last] = rowsOf(deviceId, lastSequenceOf(segment), lastSequenceOf(segment));
				if (segment.header.deviceId !== deviceId || segment.header.firstSequence !== next || !last) return false;
				if (!isSame(last.chainValue, segment.header.chainAfter)) return false;
				next = lastSequenceOf(segment) + 1;
			}
			if (cut.length === 0 || next !== to + 1 || rowsOf(deviceId, from, to).length !== to - from + 1) return false;
			content.pending = content.pending.filter(
				(row) => row.deviceId !== deviceId || row.sequence < from || row.sequence > to
			);
			content.segments.push(...cut);
			return true;
		},
		addSegments: async (incoming) => {
			const added: Segment[] = [];
			const clashing: Segment[] = [];
			for (const segment of incoming) {
				const { deviceId, firstSequence, chainBefore, chainAfter } = segment.header;
				const isForeign =
					differs(deviceId, firstSequence - 1, chainBefore) || differs(deviceId, lastSequenceOf(segment), chainAfter);
				if (isForeign && isAside(segment)) continue;
				if (isForeign) {
					setAside.push({ segment, reason: 'second-history', setAsideAt: now() });
					clashing.push(segment);
				} else if (!holdsAll(heldRanges(deviceId), segment)) {
					content.segments.push(segment);
					added.push(segment);
				}
			}
			return { added, clashing, known: incoming.length - added.length - clashing.length };
		},
		heads: async (): Promise<Heads> =>
			new Map(
				devices().map((deviceId): [DeviceId, Head] => {
					const ranges = heldRanges(deviceId);
					const sequence = gapFreeEnd(ranges);
					const beyond = ranges.filter(([from]) => from > sequence);
					return [deviceId, { sequence, chainValue: chainAt(deviceId, sequence) ?? ZERO, beyond }];
				})
			),
		segmentsBeyond: async (heads, maxBytes) => {
			const found: Segment[] = [];
			let bytes = 0;
			for (const deviceId of devices()) {
				const head = heads.get(deviceId);
				const theirs = joined([[1, head?.sequence ?? 0], ...(head?.beyond ?? [])]);
				for (const segment of segmentsOf(deviceId)) {
					if (holdsAll(theirs, segment)) continue;
					bytes += segmentBytes(segment);
					if (found.length > 0 && bytes > maxBytes) return { segments: found, more: true };
					found.push(segment);
				}
			}
			return { segments: found, more: false };
		},
		segmentWith: async (deviceId, sequence) =>
			segmentsOf(deviceId).find(
				(segment) => segment.header.firstSequence <= sequence && lastSequenceOf(segment) >= sequence
			) ?? null,
		setAside: async (aside) => {
			setAside.push(...aside.filter(({ segment }) => !isAside(segment)));
			takeOut(aside.filter(({ reason }) => reason === 'given-up').map(({ segment }) => segment));
		},
		setAsideSegments: async () => [...setAside],
		size: async () => ({
			pending: content.pending.length,
			segments: content.segments.length,
			operations: devices()
				.flatMap((deviceId) => heldRanges(deviceId))
				.reduce((sum, [from, to]) => sum + to - from + 1, 0)
		})
	};
}
