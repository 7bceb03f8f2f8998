/** Segments on the disk: the bytes as they are carried, under a key that tells where in a device's history they lie. */
import { hexOf, type DeviceId } from '$lib/domain/ids';
import type { Segment, SetAsideReason, SetAsideSegment } from '$lib/domain/operation-log';
import { lastSequenceOf, MAX_SEGMENT_OPERATIONS, segmentOf } from '$lib/domain/segment-codec';
import type { CounterDatabase, SegmentKey } from './database';
import { isBytes, isRow, isTime, ownBytes } from './row-shape';

/** The header is not stored beside its bytes: one truth. */
interface SegmentBytes {
	readonly headerBytes: Uint8Array;
	readonly sealed: Uint8Array;
	readonly staffSignature: Uint8Array;
	readonly signature: Uint8Array;
}

const bytesOf = (segment: Segment): SegmentBytes => ({
	headerBytes: ownBytes(segment.headerBytes),
	sealed: ownBytes(segment.sealed),
	staffSignature: ownBytes(segment.staffSignature),
	signature: ownBytes(segment.signature)
});

export const segmentRowOf = (segment: Segment) => ({
	deviceId: segment.header.deviceId,
	lastSequence: lastSequenceOf(segment),
	firstSequence: segment.header.firstSequence,
	...bytesOf(segment)
});

/** Null for a row that is broken, or that lies under a key not its own; it is reported. */
export function readSegmentRow(database: CounterDatabase, row: unknown): Segment | null {
	const segment = parseSegment(row);
	if (segment && isRow(row) && row.lastSequence === lastSequenceOf(segment)) {
		const { deviceId, firstSequence } = segment.header;
		if (row.deviceId === deviceId && row.firstSequence === firstSequence) return segment;
	}
	database.damage.report('segments', isRow(row) ? `${row.deviceId}:${row.firstSequence}` : null);
	return null;
}

export function parseSegment(row: unknown): Segment | null {
	if (!isRow(row)) return null;
	const { headerBytes, sealed, staffSignature, signature } = row;
	if (!isBytes(headerBytes) || !isBytes(sealed) || !isBytes(staffSignature) || !isBytes(signature)) return null;
	const segment = segmentOf(headerBytes, sealed, staffSignature, signature);
	return segment.ok ? segment.value : null;
}

/** Segments of a device whose last operation lies between two sequence numbers, both included; by last, then first. */
export const segmentsEndingBetween = (database: CounterDatabase, deviceId: DeviceId, from: number, to: number) =>
	database.segments
		.where('[deviceId+lastSequence+firstSequence]')
		.between([deviceId, from, 0], [deviceId, to, Infinity], true, true);

/** Keys of the segments that begin at or before a sequence number and end behind it. */
export async function keysAcross(
	database: CounterDatabase,
	deviceId: DeviceId,
	sequence: number
): Promise<SegmentKey[]> {
	const reach = sequence + MAX_SEGMENT_OPERATIONS - 1;
	const keys = await segmentsEndingBetween(database, deviceId, sequence + 1, reach).primaryKeys();
	return keys.filter(([, , firstSequence]) => firstSequence <= sequence);
}

export async function segmentHolding(
	database: CounterDatabase,
	deviceId: DeviceId,
	sequence: number
): Promise<Segment | null> {
	const [next] = await segmentsEndingBetween(database, deviceId, sequence, Infinity).limit(1).primaryKeys();
	// Where two cuts overlap, the first to end need not be the one that holds it.
	const key = next && next[2] > sequence ? (await keysAcross(database, deviceId, sequence))[0] : next;
	return key ? readSegmentRow(database, await database.segments.get(key)) : null;
}

const REASONS: { readonly [R in SetAsideReason]: true } = {
	'second-history': true,
	'bad-staff-signature': true,
	'unknown-staff': true,
	'broken-chain': true,
	'cannot-open': true,
	'revoked-device': true,
	'given-up': true
};
const isReason = (value: unknown): value is SetAsideReason =>
	typeof value === 'string' && Object.hasOwn(REASONS, value);

/** The device's signature names a segment: no two have the same. */
export const setAsideIdOf = ({ signature }: Segment): string => hexOf(signature);

export const setAsideRowOf = ({ segment, reason, setAsideAt }: SetAsideSegment) => ({
	id: setAsideIdOf(segment),
	reason,
	setAsideAt,
	...bytesOf(segment)
});

export function readSetAsideRow(database: CounterDatabase, row: unknown): SetAsideSegment | null {
	const parsed = parseSetAside(row);
	if (!parsed) database.damage.report('setAside', isRow(row) ? row.id : null);
	return parsed;
}

export function parseSetAside(row: unknown): SetAsideSegment | null {
	const segment = parseSegment(row);
	if (!segment || !isRow(row) || !isReason(row.reason) || !isTime(row.setAsideAt)) return null;
	return { segment, reason: row.reason, setAsideAt: row.setAsideAt };
}
