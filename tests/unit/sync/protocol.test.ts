/** Messages as bytes: they come back as they went, and what does not fit exactly is refused. */
import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesOfHex, type DeviceId, type RecordId, type SpaceId } from '$lib/domain/ids';
import type { Head, Segment } from '$lib/domain/operation-log';
import {
	encodeJoinPackageOffer,
	encodeSpaceOffer,
	encodeTaken,
	encodeTakeOffer,
	parseHello,
	parseJoinPackageOffer,
	parseSpaceOffer,
	parseTaken,
	parseTakeOffer
} from '$lib/sync/calls';
import {
	encodeAnswer,
	encodeOffer,
	MAX_MESSAGE_BYTES,
	parseAnswer,
	parseOffer,
	type ExchangeAnswer,
	type ExchangeOffer
} from '$lib/sync/protocol';
import { aSegment, testCounter } from '../../support/test-counter';
import { must, testSpace } from '../../support/test-space';

const runs = {
	numRuns: Number(process.env.RUNS ?? 100),
	seed: process.env.SEED ? Number(process.env.SEED) : undefined
};

const hex = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const count = fc.nat({ max: 1_000_000 });
const head: fc.Arbitrary<Head> = fc.record({
	sequence: count,
	chainValue: bytes(32),
	beyond: fc.array(
		fc.tuple(count, count).map(([from, length]): [number, number] => [from + 1, from + 1 + length]),
		{ maxLength: 4 }
	)
});
const offer: fc.Arbitrary<ExchangeOffer> = fc.record({
	nonce: bytes(16),
	heads: fc.array(fc.tuple(hex as fc.Arbitrary<DeviceId>, head)).map((entries) => new Map(entries)),
	segments: fc.constant([]),
	deviceKeys: fc.array(fc.record({ deviceId: hex as fc.Arbitrary<DeviceId>, publicKey: bytes(65) })),
	keyring: fc.record({
		tips: fc.array(hex as fc.Arbitrary<RecordId>),
		records: fc.array(fc.record({ bytes: fc.uint8Array({ maxLength: 200 }), signature: bytes(64) }))
	})
});
const answer: fc.Arbitrary<ExchangeAnswer> = fc
	.tuple(
		offer,
		fc.record({
			refused: fc.array(
				fc.record({
					deviceId: hex as fc.Arbitrary<DeviceId>,
					firstSequence: count,
					reason: fc.constantFrom('foreign-space' as const, 'second-history' as const)
				})
			),
			more: fc.boolean(),
			time: fc.maxSafeInteger()
		})
	)
	.map(([shared, rest]) => ({ ...shared, ...rest }));

let segment: Segment;
let whole: ExchangeOffer;
beforeAll(async () => {
	const counter = await testCounter(await testSpace());
	segment = await aSegment(counter);
	whole = {
		nonce: new Uint8Array(16).fill(1),
		heads: new Map([[counter.deviceId, { sequence: 3, chainValue: segment.header.chainAfter, beyond: [[5, 6]] }]]),
		segments: [segment],
		deviceKeys: [counter.deviceKey],
		keyring: { tips: [], records: [{ bytes: new Uint8Array([1]), signature: new Uint8Array(64) }] }
	};
});

describe('offers and answers', { timeout: 60_000 }, () => {
	it('come back as they went', () => {
		fc.assert(
			fc.property(offer, (one) => {
				expect(must(parseOffer(encodeOffer(one))).offer).toEqual(one);
			}),
			runs
		);
		fc.assert(
			fc.property(answer, (one) => {
				expect(must(parseAnswer(encodeAnswer(one)))).toEqual(one);
			}),
			runs
		);
	});

	it('carry segments byte for byte', () => {
		expect(must(parseOffer(encodeOffer(whole)))).toEqual({ offer: whole, unreadable: [] });
	});

	it('have one encoding: the order of heads does not show', () => {
		const twice = new Map([...whole.heads, ['0'.repeat(32) as DeviceId, whole.heads.values().next().value!]]);
		const reversed = new Map([...twice].reverse());
		expect(encodeOffer({ ...whole, heads: twice })).toEqual(encodeOffer({ ...whole, heads: reversed }));
	});

	it('leave unread what a later version may add', () => {
		const later = encode({ ...(decode(encodeOffer(whole)) as object), colour: 'blue' });
		expect(must(parseOffer(later)).offer).toEqual(whole);
	});

	it('from outside never throw, whatever the bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 400 }), (garbage) => {
				expect(parseOffer(garbage).ok).toBe(false);
				expect(parseAnswer(garbage).ok).toBe(false);
			}),
			runs
		);
		expect(parseOffer(new Uint8Array(MAX_MESSAGE_BYTES).fill(0x81)).ok).toBe(false);
	});

	it('survive no flipped bit unnoticed as another offer with the same bytes', () => {
		const encoded = encodeOffer(whole);
		fc.assert(
			fc.property(fc.nat({ max: encoded.length * 8 - 1 }), (bit) => {
				const flipped = encoded.slice();
				flipped[bit >> 3]! ^= 1 << (bit & 7);
				const parsed = parseOffer(flipped);
				if (parsed.ok) expect(parsed.value).not.toEqual({ offer: whole, unreadable: [] });
			}),
			runs
		);
	});
});

describe('a malformed offer', () => {
	const changed = (change: Record<string, unknown>) =>
		parseOffer(encode({ ...(decode(encodeOffer(whole)) as object), ...change }, rfc8949EncodeOptions));

	it.each([
		['nonce', { nonce: new Uint8Array(15) }],
		['heads', { heads: [[new Uint8Array(16), -1, new Uint8Array(32), []]] }],
		['heads', { heads: [[new Uint8Array(16), 1.5, new Uint8Array(32), []]] }],
		['heads', { heads: [[new Uint8Array(16), 1, new Uint8Array(32), [[6, 5]]]] }],
		['heads', { heads: {} }],
		['segments', { segments: [[new Uint8Array(1), new Uint8Array(1), new Uint8Array(1)]] }],
		['segments', { segments: [['a', 'b', 'c', 'd']] }],
		['deviceKeys', { deviceKeys: [[new Uint8Array(16), new Uint8Array(64)]] }],
		['keyring', { keyring: { tips: [], records: [[new Uint8Array(64 * 1024 + 1), new Uint8Array(64)]] } }],
		['keyring', { keyring: null }]
	])('is refused for its %s', (detail, change) => {
		expect(changed(change)).toEqual({ ok: false, error: { type: 'malformed-message', detail } });
	});

	it('is refused when it is no map, not strict CBOR or longer than a message', () => {
		expect(parseOffer(encode([1]))).toMatchObject({ error: { detail: 'map' } });
		expect(parseOffer(Uint8Array.from([0xbf, 0xff]))).toMatchObject({ error: { detail: 'cbor' } });
		expect(parseOffer(new Uint8Array(MAX_MESSAGE_BYTES + 1))).toMatchObject({ error: { detail: 'size' } });
	});

	it('[SY10] is not one because of a segment it cannot read: that is named, the rest is there', () => {
		const [, sealed, staffSignature, signature] = ['', segment.sealed, segment.staffSignature, segment.signature];
		const newer = encode(
			[2, 1, new Uint8Array(16), bytesOfHex(segment.header.deviceId), 7, 'later'],
			rfc8949EncodeOptions
		);
		const frames = [
			[newer, sealed, staffSignature, signature],
			[segment.headerBytes, sealed, staffSignature, signature],
			[segment.headerBytes, new Uint8Array(256 * 1024), staffSignature, signature],
			[new Uint8Array([0xff]), sealed, staffSignature, signature]
		];
		const parsed = must(changed({ segments: frames }));
		expect(parsed.offer.segments).toEqual([segment]);
		expect(parsed.unreadable).toEqual([
			{ deviceId: segment.header.deviceId, firstSequence: 7, reason: 'malformed' },
			{ deviceId: segment.header.deviceId, firstSequence: 1, reason: 'too-large' },
			{ deviceId: '0'.repeat(32), firstSequence: 0, reason: 'malformed' }
		]);
	});
});

describe('a malformed answer', () => {
	const changed = (change: Record<string, unknown>) => {
		const good = encodeAnswer({ ...whole, refused: [], more: false, time: 1 });
		return parseAnswer(encode({ ...(decode(good) as object), ...change }, rfc8949EncodeOptions));
	};

	it.each([
		['segments', { segments: [Array.from({ length: 4 }, () => new Uint8Array(1))] }],
		['refused', { refused: [[new Uint8Array(16), 1, 'because']] }],
		['more', { more: 1 }],
		['time', { time: 'now' }]
	])('[SY2] is not believed at all: %s', (detail, change) => {
		expect(changed(change)).toEqual({ ok: false, error: { type: 'malformed-message', detail } });
	});
});

describe('the other calls', () => {
	it('come back as they went', () => {
		const joinPackage = { packageId: 'a'.repeat(32), sealed: new Uint8Array([1]), uses: 20, validForMs: 900_000 };
		expect(must(parseJoinPackageOffer(encodeJoinPackageOffer(joinPackage)))).toEqual(joinPackage);
		const [deviceKey] = whole.deviceKeys;
		expect(must(parseTakeOffer(encodeTakeOffer(deviceKey!)))).toEqual(deviceKey);
		const taken = { spaceId: 'b'.repeat(32) as SpaceId, sealed: new Uint8Array([4]) };
		expect(must(parseTaken(encodeTaken(taken)))).toEqual(taken);
		const space = { code: 'ABCD', records: whole.keyring.records, deviceKeys: whole.deviceKeys };
		expect(must(parseSpaceOffer(encodeSpaceOffer(space)))).toEqual(space);
	});

	it.each([{ uses: 0 }, { uses: 101 }, { validForMs: 0 }, { validForMs: 25 * 3_600_000 }])(
		'keep a join package within bounds: %j',
		(change) => {
			const good = { packageId: 'a'.repeat(32), sealed: new Uint8Array(1), uses: 1, validForMs: 1 };
			expect(parseJoinPackageOffer(encodeJoinPackageOffer({ ...good, ...change })).ok).toBe(false);
		}
	);

	it('[SY14] take a greeting only from a service of this name', () => {
		const hello = { nonce: new Uint8Array(16), time: 1, service: 'other', version: '1' };
		expect(parseHello(encode(hello, rfc8949EncodeOptions)).ok).toBe(false);
	});
});
