/** Which segments of an offer may be stored: of this space, by a known device, with its signature. */
import { verifySegmentSignature } from '$lib/crypto/segment-signature';
import { importVerifyKey } from '$lib/crypto/signature';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import type { Heads, Segment } from '$lib/domain/operation-log';
import { countMissing } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { rangesOfHead } from '$lib/sync/heads';
import type { RefusedSegment } from '$lib/sync/protocol';

/** A fault of one segment is that segment's alone (SY10). What is held already is not verified again. */
export async function checkSegments(
	spaceId: SpaceId,
	segments: readonly Segment[],
	known: ReadonlyMap<DeviceId, Uint8Array>,
	heads: Heads
): Promise<{ readonly good: Segment[]; readonly refused: RefusedSegment[] }> {
	const keys = new Map<DeviceId, Promise<CryptoKey | null>>();
	const faults = await Promise.all(segments.map(faultOf));
	return {
		good: segments.filter((_segment, i) => faults[i] === null),
		refused: segments.flatMap(({ header: { deviceId, firstSequence } }, i) => {
			const reason = faults[i];
			return reason ? [{ deviceId, firstSequence, reason }] : [];
		})
	};

	async function faultOf(segment: Segment): Promise<RefusedSegment['reason'] | null> {
		const { deviceId, firstSequence } = segment.header;
		if (segment.header.spaceId !== spaceId) return 'foreign-space';
		const publicKey = known.get(deviceId);
		if (!publicKey) return 'unknown-device';
		const held = rangesOfHead(heads.get(deviceId));
		if (countMissing([[firstSequence, lastSequenceOf(segment)]], held) === 0) return null;
		const importing = keys.get(deviceId) ?? importVerifyKey(publicKey);
		keys.set(deviceId, importing);
		const key = await importing;
		return key && (await verifySegmentSignature(segment, key)) ? null : 'bad-signature';
	}
}
