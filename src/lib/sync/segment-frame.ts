/** Segments one by one: the frame each travels in, and how a refused one is named. */
import { decode } from 'cborg';
import type { DeviceId } from '$lib/domain/ids';
import type { Segment } from '$lib/domain/operation-log';
import { segmentOf } from '$lib/domain/segment-codec';
import { idFields, isCount, parseId, type Bytes } from './wire';

export interface RefusedSegment {
	readonly deviceId: DeviceId;
	readonly firstSequence: number;
	readonly reason: (typeof REFUSALS)[number];
}
const REFUSALS = [
	'foreign-space',
	'unknown-device',
	'bad-signature',
	'second-history',
	/** Holds both numbers that are there and new ones: cannot be compared, so its device records it again under a new identity. */
	'overlapping',
	'malformed',
	'too-large'
] as const;

export const refusedFields = ({ deviceId, firstSequence, reason }: RefusedSegment): unknown => [
	idFields(deviceId),
	firstSequence,
	reason
];

export function parseRefused(value: unknown): RefusedSegment | null {
	if (!Array.isArray(value) || value.length !== 3) return null;
	const [id, firstSequence, word] = value as unknown[];
	const deviceId = parseId<DeviceId>(id);
	const reason = REFUSALS.find((one) => one === word);
	return deviceId && isCount(firstSequence) && reason ? { deviceId, firstSequence, reason } : null;
}

export const segmentFields = ({ headerBytes, sealed, staffSignature, signature }: Segment): unknown => [
	headerBytes,
	sealed,
	staffSignature,
	signature
];

/** Four byte strings are the frame; a segment in it that this version cannot read is named as far as it can be. */
export function parseFrame(value: unknown): Segment | RefusedSegment | null {
	if (!Array.isArray(value) || value.length !== 4) return null;
	if (!value.every((part) => part instanceof Uint8Array)) return null;
	const [headerBytes, sealed, staffSignature, signature] = value as [Bytes, Bytes, Bytes, Bytes];
	const segment = segmentOf(headerBytes, sealed, staffSignature, signature);
	if (segment.ok) return segment.value;
	return { ...nameOf(headerBytes), reason: segment.error.detail === 'too-large' ? 'too-large' : 'malformed' };
}

/** What a header of another version most likely says about itself. */
function nameOf(headerBytes: Uint8Array): Pick<RefusedSegment, 'deviceId' | 'firstSequence'> {
	const nobody = { deviceId: '0'.repeat(32) as DeviceId, firstSequence: 0 };
	if (headerBytes.length > 1024) return nobody;
	try {
		const fields: unknown = decode(headerBytes, { strict: true, allowIndefinite: false });
		if (!Array.isArray(fields)) return nobody;
		const [, , , id, firstSequence] = fields as unknown[];
		return {
			deviceId: parseId<DeviceId>(id) ?? nobody.deviceId,
			firstSequence: isCount(firstSequence) ? firstSequence : 0
		};
	} catch {
		return nobody;
	}
}
