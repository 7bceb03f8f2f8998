/** Heads compared: what to claim, what is left out, and where two histories of one device part. */
import type { DeviceId } from '$lib/domain/ids';
import type { Head, Heads, Segment } from '$lib/domain/operation-log';
import { addRange, countMissing, insertRange, type OwnedRanges, type Ranges } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { rangesPerHead } from './protocol';

/** A history that parts from ours (SY1), or our own device known elsewhere beyond what we have (SY15). */
export interface Divergence {
	readonly deviceId: DeviceId;
	readonly kind: 'other-chain' | 'own-head-beyond';
	readonly sequence: number;
}

const NOTHING: Head = { sequence: 0, chainValue: new Uint8Array(32), beyond: [] };

/** Everything a device is known to hold, as ranges. */
export function rangesOfHead(head: Pick<Head, 'sequence' | 'beyond'> | undefined): Ranges {
	if (!head) return [];
	const ranges: OwnedRanges = head.sequence > 0 ? [[1, head.sequence]] : [];
	for (const [from, to] of head.beyond) insertRange(ranges, from, to);
	return ranges;
}

/**
 * What a device claims to hold: its log, and what it keeps apart, so that nobody sends that again and again and so keeps
 * other things back (SY5). Devices it only has the key of stand at 0.
 */
export function offeredHeads(heads: Heads, apart: readonly Segment[], known: readonly DeviceId[]): Heads {
	return withinRanges(heldHeads(heads, apart, known));
}

/** The same without what has no room: whoever writes it down for others must never claim what is not here. The codec leaves ranges out. */
export function heldHeads(heads: Heads, apart: readonly Segment[], known: readonly DeviceId[]): Heads {
	const offered = new Map<DeviceId, Head>(known.map((deviceId) => [deviceId, NOTHING]));
	for (const [deviceId, head] of heads) offered.set(deviceId, head);
	return claimed(offered, apart);
}

/**
 * More ranges than a message may name come together in the last one: what lies in its gaps is fetched when the earlier
 * gaps are filled. Left out, they would be sent again in every round and keep the other devices' work back (SY5).
 */
function withinRanges(heads: Heads): Heads {
	const most = rangesPerHead(heads);
	const within = ([deviceId, head]: [DeviceId, Head]): [DeviceId, Head] => {
		const from = head.beyond[most - 1]?.[0];
		const to = head.beyond.at(-1)?.[1];
		if (from === undefined || to === undefined) return [deviceId, head];
		return [deviceId, { ...head, beyond: [...head.beyond.slice(0, most - 1), [from, to]] }];
	};
	return new Map([...heads].map(within));
}

/** What the other side holds, counting what it has answered to as held: it is not offered again in this run. */
export const withSettled = (heads: Heads, settled: readonly Segment[]): Heads => claimed(new Map(heads), settled);

/** Whether all operations of a segment are among what these heads claim. */
export const isClaimed = (heads: Heads, segment: Segment): boolean => {
	const { deviceId, firstSequence } = segment.header;
	return countMissing([[firstSequence, lastSequenceOf(segment)]], rangesOfHead(heads.get(deviceId))) === 0;
};

function claimed(heads: Map<DeviceId, Head>, segments: readonly Segment[]): Heads {
	for (const segment of segments) {
		const { deviceId, firstSequence } = segment.header;
		const head = heads.get(deviceId) ?? NOTHING;
		const ranges = addRange(rangesOfHead(head), firstSequence, lastSequenceOf(segment));
		// The chain value belongs to `sequence`, so that stays: what is claimed lies beyond it.
		const beyond = ranges
			.map(([from, to]): [number, number] => [Math.max(from, head.sequence + 1), to])
			.filter(([from, to]) => from <= to);
		heads.set(deviceId, { ...head, beyond });
	}
	return heads;
}

/** Any difference counts, also a step back: a server restored from an old copy is refilled by itself. */
export function haveChanged(before: Heads, after: Heads): boolean {
	if (before.size !== after.size) return true;
	return [...after].some(([deviceId, head]) => {
		const old = before.get(deviceId);
		return !old || old.sequence !== head.sequence || JSON.stringify(old.beyond) !== JSON.stringify(head.beyond);
	});
}

/** Another chain value at the same sequence, or the own device beyond its own head. */
export function divergences(ours: Heads, theirs: Heads, ownDeviceId: DeviceId): Divergence[] {
	const found: Divergence[] = [];
	for (const [deviceId, head] of theirs) {
		const mine = ours.get(deviceId) ?? NOTHING;
		if (head.sequence > 0 && mine.sequence === head.sequence && !areEqual(mine.chainValue, head.chainValue))
			found.push({ deviceId, kind: 'other-chain', sequence: head.sequence });
		const highest = head.beyond.at(-1)?.[1] ?? head.sequence;
		if (deviceId === ownDeviceId && highest > mine.sequence)
			found.push({ deviceId, kind: 'own-head-beyond', sequence: highest });
	}
	return found;
}

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);
