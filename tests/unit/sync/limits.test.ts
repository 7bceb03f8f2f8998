/** Every count and length of a message: taken at its limit, refused one beyond it. The table of all limits: docs/security.md. */
import { describe, expect, it } from 'vitest';
import { MAX_RECORD_BYTES, MAX_RECORDS } from '$lib/domain/keyring-record';
import {
	MAX_CALL_BYTES,
	MAX_CODE_LENGTH,
	MAX_JOIN_USES,
	MAX_JOIN_VALID_MS,
	MAX_SEALED_PACKAGE_BYTES,
	parseDevicesOffer,
	parseHello,
	parseHelloOffer,
	parseJoinPackageAnswer,
	parseJoinPackageOffer,
	parseSpaceOffer,
	parseTaken,
	parseTakeOffer
} from '$lib/sync/calls';
import { MAX_HEADS, MAX_MESSAGE_BYTES, MAX_SEGMENTS, parseAnswer, parseOffer } from '$lib/sync/protocol';
import { encodeMessage, MAX_ITEMS } from '$lib/sync/wire';

const times = <T>(count: number, one: T): T[] => new Array<T>(count).fill(one);
const ID = new Uint8Array(16);
const RECORD = [new Uint8Array(1), new Uint8Array(64)];
const KEY = [ID, new Uint8Array(65)];
const head = (ranges: number) => [ID, 1, new Uint8Array(32), times(ranges, [3, 3])];
/** A frame that holds no segment: named and refused alone, but counted. */
const FRAME = times(4, new Uint8Array(0));
const OFFER = { nonce: ID, heads: [], segments: [], deviceKeys: [], keyring: { tips: [], records: [] } };
const ANSWER = { ...OFFER, refused: [], more: false, time: 0 };
const SPACE = { code: 'x', records: [RECORD], deviceKeys: [KEY] };
const PACKAGE = { packageId: ID, sealed: new Uint8Array(1), uses: 1, validForMs: 1 };

type Parse = (bytes: Uint8Array) => { readonly ok: boolean };
/** Name, reader, limit, and the message with so many of them. */
const COUNTED: readonly (readonly [string, Parse, number, (count: number) => object])[] = [
	['heads of an offer', parseOffer, MAX_HEADS, (n) => ({ ...OFFER, heads: times(n, head(0)) })],
	['ranges of a head', parseOffer, 1_000, (n) => ({ ...OFFER, heads: [head(n)] })],
	['segments of an offer', parseOffer, MAX_SEGMENTS, (n) => ({ ...OFFER, segments: times(n, FRAME) })],
	['device keys of an offer', parseOffer, MAX_HEADS, (n) => ({ ...OFFER, deviceKeys: times(n, KEY) })],
	['tips of an offer', parseOffer, MAX_RECORDS, (n) => ({ ...OFFER, keyring: { tips: times(n, ID), records: [] } })],
	[
		'records of an offer',
		parseOffer,
		MAX_RECORDS,
		(n) => ({ ...OFFER, keyring: { tips: [], records: times(n, RECORD) } })
	],
	['heads of an answer', parseAnswer, MAX_HEADS, (n) => ({ ...ANSWER, heads: times(n, head(0)) })],
	['refusals of an answer', parseAnswer, MAX_SEGMENTS, (n) => ({ ...ANSWER, refused: times(n, [ID, 1, 'malformed']) })],
	['device keys of an answer', parseAnswer, MAX_HEADS, (n) => ({ ...ANSWER, deviceKeys: times(n, KEY) })],
	['characters of a Betriebscode', parseSpaceOffer, MAX_CODE_LENGTH, (n) => ({ ...SPACE, code: 'x'.repeat(n) })],
	['records of a space', parseSpaceOffer, MAX_RECORDS, (n) => ({ ...SPACE, records: times(n, RECORD) })],
	['device keys of a space', parseSpaceOffer, MAX_HEADS, (n) => ({ ...SPACE, deviceKeys: times(n, KEY) })],
	[
		'bytes of a record',
		parseSpaceOffer,
		MAX_RECORD_BYTES,
		(n) => ({ ...SPACE, records: [[new Uint8Array(n), new Uint8Array(64)]] })
	],
	[
		'bytes of a sealed package',
		parseJoinPackageOffer,
		MAX_SEALED_PACKAGE_BYTES,
		(n) => ({ ...PACKAGE, sealed: new Uint8Array(n) })
	],
	[
		'bytes of a taken package',
		parseTaken,
		MAX_SEALED_PACKAGE_BYTES,
		(n) => ({ spaceId: ID, sealed: new Uint8Array(n) })
	],
	['uses of a package', parseJoinPackageOffer, MAX_JOIN_USES, (n) => ({ ...PACKAGE, uses: n })],
	['life of a package', parseJoinPackageOffer, MAX_JOIN_VALID_MS, (n) => ({ ...PACKAGE, validForMs: n })],
	['items of a message', parseOffer, MAX_ITEMS, (n) => ({ ...OFFER, z: times(n - ITEMS_BESIDE, 0) })]
];
/** The map, its seven keys and their values, two of the keyring with theirs. */
const ITEMS_BESIDE = 1 + 2 * 6 + 4;

describe('a message is read', () => {
	it.each(COUNTED)('with as many %s as there may be, and no more', (_name, parse, limit, message) => {
		expect(parse(encodeMessage(message(limit))).ok).toBe(true);
		expect(parse(encodeMessage(message(limit + 1))).ok).toBe(false);
	});

	it.each<[string, Parse, number, object]>([
		['an offer', parseOffer, MAX_MESSAGE_BYTES, OFFER],
		['an answer', parseAnswer, MAX_MESSAGE_BYTES, ANSWER],
		['a space', parseSpaceOffer, MAX_MESSAGE_BYTES, SPACE],
		['a join package', parseJoinPackageOffer, MAX_SEALED_PACKAGE_BYTES + MAX_CALL_BYTES, PACKAGE],
		['a taken package', parseTaken, MAX_SEALED_PACKAGE_BYTES + MAX_CALL_BYTES, { spaceId: ID, sealed: ID }],
		['a greeting', parseHelloOffer, MAX_CALL_BYTES, { nonce: ID }],
		['an answer to it', parseHello, MAX_CALL_BYTES, { nonce: ID, time: 0, service: 'notschalter', version: '1' }],
		['device keys', parseDevicesOffer, MAX_CALL_BYTES, { deviceKeys: [] }],
		['a device that takes', parseTakeOffer, MAX_CALL_BYTES, { deviceKey: KEY }],
		['the end of a package', parseJoinPackageAnswer, MAX_CALL_BYTES, { expiresAt: 1 }]
	])('up to the length that %s may have', (_name, parse, limit, message) => {
		const filled = (length: number) => encodeMessage({ ...message, zz: new Uint8Array(length) });
		// A byte string of this size has a head of five bytes, of three below 64 KiB.
		const beside = limit - filled(limit - 100).length + (limit - 100);
		const [fitting, over] = [filled(beside), filled(beside + 1)];
		expect([fitting.length, over.length]).toEqual([limit, limit + 1]);
		expect([parse(fitting).ok, parse(over).ok]).toEqual([true, false]);
	});

	it.each([0, 15, 17, 32])('with no nonce of %i bytes', (length) => {
		expect(parseOffer(encodeMessage({ ...OFFER, nonce: new Uint8Array(length) })).ok).toBe(false);
		expect(parseHelloOffer(encodeMessage({ nonce: new Uint8Array(length) })).ok).toBe(false);
	});
});
