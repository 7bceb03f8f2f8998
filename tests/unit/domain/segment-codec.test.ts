/** The header’s bytes, and what a segment from outside must be to be taken in. */
import { encode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { hexOf, type DeviceId, type KeyId, type SpaceId, type StaffId } from '$lib/domain/ids';
import type { SegmentHeader } from '$lib/domain/operation-log';
import { err, ok } from '$lib/domain/result';
import {
	decodeSegmentHeader,
	encodeSegmentHeader,
	lastSequenceOf,
	segmentBytes,
	segmentOf
} from '$lib/domain/segment-codec';

const header: SegmentHeader = {
	version: 1,
	algorithm: 1,
	spaceId: '11'.repeat(16) as SpaceId,
	deviceId: '22'.repeat(16) as DeviceId,
	firstSequence: 143,
	count: 12,
	chainBefore: new Uint8Array(32).fill(1),
	chainAfter: new Uint8Array(32).fill(2),
	keyId: '2-k3x9.general' as KeyId,
	staffId: '33'.repeat(16) as StaffId
};
const bytes = encodeSegmentHeader(header);
const signature = new Uint8Array(64);
const malformed = (detail: string) => err({ type: 'malformed-segment', detail });

/** The header's fields as CBOR takes them, with some changed. */
const fieldsWith = (changes: { readonly [index: number]: unknown }) => {
	const fields: unknown[] = [
		1,
		1,
		new Uint8Array(16).fill(0x11),
		new Uint8Array(16).fill(0x22),
		143,
		12,
		header.chainBefore,
		header.chainAfter,
		header.keyId,
		new Uint8Array(16).fill(0x33)
	];
	for (const [index, value] of Object.entries(changes)) fields[Number(index)] = value;
	return fields;
};

describe('a segment header', () => {
	it('comes back as it went', () => {
		expect(decodeSegmentHeader(bytes)).toEqual(ok(header));
		expect(hexOf(encode(fieldsWith({})))).toBe(hexOf(bytes));
	});

	it.each<[string, { readonly [index: number]: unknown }, string]>([
		['a newer version', { 0: 2 }, 'version'],
		['another algorithm', { 1: 2 }, 'version'],
		['a short space id', { 2: new Uint8Array(15) }, 'header'],
		['a device id as text', { 3: '22'.repeat(16) }, 'header'],
		['sequence 0', { 4: 0 }, 'header'],
		['a fractional sequence', { 4: 1.5 }, 'header'],
		['no operations', { 5: 0 }, 'header'],
		['1,001 operations', { 5: 1_001 }, 'header'],
		['a short chain value', { 6: new Uint8Array(31) }, 'header'],
		['a key id of another form', { 8: 'general' }, 'header'],
		['no staff id', { 9: null }, 'header'],
		['an eleventh field', { 10: 1 }, 'header']
	])('with %s is refused', (_, changes, detail) => {
		expect(decodeSegmentHeader(encode(fieldsWith(changes)))).toEqual(malformed(detail));
	});

	it('is refused in any other encoding of the same values', () => {
		const longCount = Uint8Array.of(...bytes.subarray(0, 1), 0x18, 1, ...bytes.subarray(2));
		const trailing = Uint8Array.of(...bytes, 0);
		const indefinite = Uint8Array.of(0x9f, ...bytes.subarray(1), 0xff);
		for (const other of [longCount, trailing, indefinite]) expect(decodeSegmentHeader(other).ok).toBe(false);
	});

	it.each([new Uint8Array(0), Uint8Array.of(0xff), new Uint8Array(64).fill(0x81), new Uint8Array(100_000).fill(0x81)])(
		'of garbage is refused',
		(garbage) => {
			expect(decodeSegmentHeader(garbage)).toEqual(malformed('header'));
		}
	);
});

describe('a segment', () => {
	it('knows its last operation and its size', () => {
		const segment = segmentOf(bytes, new Uint8Array(100), signature, signature);
		if (!segment.ok) throw new Error('segment');
		expect(segment.value.header).toEqual(header);
		expect(lastSequenceOf(segment.value)).toBe(154);
		expect(segmentBytes(segment.value)).toBe(bytes.length + 228);
	});

	it('is refused when it is too small, too large or not signed', () => {
		const largest = 256 * 1024 - bytes.length - 128;
		expect(segmentOf(bytes, new Uint8Array(28), signature, signature)).toEqual(malformed('sealed'));
		expect(segmentOf(bytes, new Uint8Array(largest), signature, signature).ok).toBe(true);
		expect(segmentOf(bytes, new Uint8Array(largest + 1), signature, signature)).toEqual(malformed('too-large'));
		expect(segmentOf(bytes, new Uint8Array(99), signature.subarray(1), signature)).toEqual(malformed('signature'));
		expect(segmentOf(bytes, new Uint8Array(99), signature, new Uint8Array(0))).toEqual(malformed('signature'));
		expect(segmentOf(bytes.subarray(1), new Uint8Array(99), signature, signature)).toEqual(malformed('header'));
	});
});
