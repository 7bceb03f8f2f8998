/** Segments as bytes: the header in deterministic CBOR (RFC 8949 § 4.2.1), and the borders that a segment from outside passes. */
import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { bytesOfHex, idFromBytes, parseKeyId, type DeviceId, type SpaceId, type StaffId } from './ids';
import type { Segment, SegmentHeader } from './operation-log';
import { err, ok, type Result } from './result';

export const MAX_SEGMENT_OPERATIONS = 1_000;
/** Of a whole segment as carried: header, sealed content, both signatures. */
export const MAX_SEGMENT_SIZE_BYTES = 256 * 1024;

const ID_BYTES = 16;
const CHAIN_VALUE_BYTES = 32;
const SIGNATURE_BYTES = 64;
const MAX_HEADER_BYTES = 256;
/** nonce, tag, and the byte that names the encoding. */
const MIN_SEALED_BYTES = 12 + 16 + 1;
const STRICT = {
	strict: true,
	allowIndefinite: false,
	allowUndefined: false,
	allowInfinity: false,
	allowNaN: false,
	allowBigInt: false
} as const;

export interface MalformedSegment {
	readonly type: 'malformed-segment';
	/** A machine word: what was wrong. */
	readonly detail: 'header' | 'version' | 'not-canonical' | 'sealed' | 'signature' | 'too-large';
}

/** `[version, algorithm, spaceId, deviceId, firstSequence, count, chainBefore, chainAfter, keyId, staffId]`, ids as byte strings. */
export const encodeSegmentHeader = (header: SegmentHeader): Uint8Array<ArrayBuffer> =>
	new Uint8Array(
		encode(
			[
				header.version,
				header.algorithm,
				bytesOfHex(header.spaceId),
				bytesOfHex(header.deviceId),
				header.firstSequence,
				header.count,
				header.chainBefore,
				header.chainAfter,
				header.keyId,
				bytesOfHex(header.staffId)
			],
			rfc8949EncodeOptions
		)
	);

/** Takes exactly the bytes that `encodeSegmentHeader` writes: anything else is refused, even where it means the same. */
export function decodeSegmentHeader(bytes: Uint8Array): Result<SegmentHeader, MalformedSegment> {
	if (bytes.length > MAX_HEADER_BYTES) return malformed('header');
	const fields = decodeArray(bytes);
	if (!fields || fields.length !== 10) return malformed('header');
	const [version, algorithm, spaceId, deviceId, firstSequence, count, chainBefore, chainAfter, key, staffId] = fields;
	if (version !== 1 || algorithm !== 1) return malformed('version');
	const keyId = parseKeyId(key);
	if (
		!isBytes(spaceId, ID_BYTES) ||
		!isBytes(deviceId, ID_BYTES) ||
		!isNumber(firstSequence, Number.MAX_SAFE_INTEGER - MAX_SEGMENT_OPERATIONS) ||
		!isNumber(count, MAX_SEGMENT_OPERATIONS) ||
		!isBytes(chainBefore, CHAIN_VALUE_BYTES) ||
		!isBytes(chainAfter, CHAIN_VALUE_BYTES) ||
		!keyId.ok ||
		!isBytes(staffId, ID_BYTES)
	)
		return malformed('header');
	const header: SegmentHeader = {
		version,
		algorithm,
		spaceId: idFromBytes<SpaceId>(spaceId),
		deviceId: idFromBytes<DeviceId>(deviceId),
		firstSequence,
		count,
		chainBefore,
		chainAfter,
		keyId: keyId.value,
		staffId: idFromBytes<StaffId>(staffId)
	};
	return areEqual(encodeSegmentHeader(header), bytes) ? ok(header) : malformed('not-canonical');
}

/** A segment from outside: checks shape and size; signatures and content are checked by those who hold keys. */
export function segmentOf(
	headerBytes: Uint8Array,
	sealed: Uint8Array,
	staffSignature: Uint8Array,
	signature: Uint8Array
): Result<Segment, MalformedSegment> {
	if (sealed.length < MIN_SEALED_BYTES) return malformed('sealed');
	if (staffSignature.length !== SIGNATURE_BYTES || signature.length !== SIGNATURE_BYTES) return malformed('signature');
	if (headerBytes.length + sealed.length + 2 * SIGNATURE_BYTES > MAX_SEGMENT_SIZE_BYTES) return malformed('too-large');
	const header = decodeSegmentHeader(headerBytes);
	return header.ok ? ok({ header: header.value, headerBytes, sealed, staffSignature, signature }) : header;
}

export const lastSequenceOf = ({ header }: Segment): number => header.firstSequence + header.count - 1;

/** Size of a segment as carried, in bytes. */
export const segmentBytes = (segment: Segment): number =>
	segment.headerBytes.length + segment.sealed.length + segment.staffSignature.length + segment.signature.length;

const malformed = (detail: MalformedSegment['detail']): Result<never, MalformedSegment> =>
	err({ type: 'malformed-segment', detail });

function decodeArray(bytes: Uint8Array): readonly unknown[] | null {
	try {
		const value: unknown = decode(bytes, STRICT);
		return Array.isArray(value) ? value : null;
	} catch {
		return null;
	}
}

const isBytes = (value: unknown, length: number): value is Uint8Array =>
	value instanceof Uint8Array && value.length === length;

const isNumber = (value: unknown, most: number): value is number =>
	typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= most;

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);
