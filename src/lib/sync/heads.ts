/** Heads compared: what to claim, what is left out, and where two histories of one device part. */
import type { DeviceId } from '$lib/domain/ids';
import type { Head, Heads, Segment } from '$lib/domain/operation-log';
import { addRange, insertRange, type OwnedRanges, type Ranges } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';

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
	const offered = new Map<DeviceId, Head>(known.map((deviceId) => [deviceId, NOTHING]));
	for (const [deviceId, head] of heads) offered.set(deviceId, head);
	return claimed(offered, apart);
}

/** What the other side holds, counting what it refused as held: it is not offered again in this run. */
export const withRefused = (heads: Heads, refused: readonly Segment[]): Heads => claimed(new Map(heads), refused);

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
