/** The device's signature of a segment: over header ‖ sealed ‖ staffSignature, hashed with SHA-256 by ECDSA itself. */
import type { Segment } from '$lib/domain/operation-log';
import { concat, type Bytes } from './bytes';
import { sign, verify } from './signature';

export type UnsignedSegment = Pick<Segment, 'headerBytes' | 'sealed' | 'staffSignature'>;

const statementOf = (segment: UnsignedSegment): Bytes =>
	concat(segment.headerBytes, segment.sealed, segment.staffSignature);

export const signSegment = (deviceKey: CryptoKey, segment: UnsignedSegment): Promise<Bytes> =>
	sign(deviceKey, statementOf(segment));

/** Needs no key of the space: servers check it too. */
export const verifySegmentSignature = (segment: Segment, deviceKey: CryptoKey): Promise<boolean> =>
	verify(deviceKey, statementOf(segment), segment.signature);
