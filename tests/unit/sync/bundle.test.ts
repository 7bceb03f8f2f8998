/** A bundle of version 1, byte for byte, and what a reader makes of files that are none. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyBundleMessage } from '$lib/crypto/bundle-signature';
import { deviceIdOf } from '$lib/crypto/signature';
import { bytesOfHex, hexOf } from '$lib/domain/ids';
import { encodeBundleMessage, parseSignedFrame, type BundleFrame } from '$lib/sync/bundle';
import { encodeFrame, encodePartHeader, MAX_PAYLOAD_BYTES, PART_HEADER_BYTES } from '$lib/sync/bundle-frames';
import { encodeMessage } from '$lib/sync/wire';
import type { GoldenFounding, GoldenSegments } from '../../fixtures/golden/make-golden';
import { goldenFrames, makeGoldenBundle, type GoldenBundle } from '../../fixtures/golden/make-golden-bundle';
import { joined, payloadsOf, readPart } from '../../support/bundle-bytes';
import { must } from '../../support/test-space';

const PATH = 'tests/fixtures/golden/bundle-v1.json';
const fixture = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

let golden: GoldenBundle;
let frames: BundleFrame[];
let part: Uint8Array;

beforeAll(async () => {
	const segments = fixture<GoldenSegments>('tests/fixtures/golden/segments-v1.json');
	const founding = fixture<GoldenFounding>('tests/fixtures/golden/keyring-v1.json');
	const writer = await deviceIdOf(bytesOfHex(segments.device.publicKey));
	frames = goldenFrames(segments, founding, writer);
	if (!existsSync(PATH)) {
		const made = await makeGoldenBundle(segments, founding, writer);
		writeFileSync(PATH, `${JSON.stringify(made, null, '\t')}\n`);
		throw new Error(`${PATH} was not there; it is written now, to be looked at and committed`);
	}
	golden = fixture<GoldenBundle>(PATH);
	part = bytesOfHex(golden.part);
});

describe('a bundle of version 1', () => {
	it('is made again byte for byte, but for signatures', () => {
		expect(frames.map((frame) => hexOf(encodeBundleMessage(frame)))).toEqual(golden.messages);
	});

	it('reads as what was written, and its signatures hold', async () => {
		const { kind, read } = await readPart(part);
		expect(kind).toBe('ours');
		const parsed = payloadsOf(read).map((payload) => must(parseSignedFrame(payload)));
		expect(parsed).toHaveLength(3);
		for (const [i, { message, signature, writer, offer, unreadable, ...said }] of parsed.entries()) {
			expect(hexOf(message)).toBe(golden.messages[i]);
			expect(await verifyBundleMessage(writer, message, signature)).toBe(true);
			expect(unreadable).toEqual([]);
			expect({ ...said, writer, offer }).toEqual(frames[i]);
		}
	});

	it('reads the same in chunks of any size', async () => {
		const whole = payloadsOf((await readPart(part)).read).map(hexOf);
		for (const size of [1, 15, 16, 17, 1_000])
			expect(payloadsOf((await readPart(part, size)).read).map(hexOf)).toEqual(whole);
	});

	it('another writer, key or byte is not signed', async () => {
		const [payload] = payloadsOf((await readPart(part)).read);
		const { writer, message, signature } = must(parseSignedFrame(payload!));
		expect(await verifyBundleMessage({ ...writer, deviceId: 'f'.repeat(32) }, message, signature)).toBe(false);
		expect(await verifyBundleMessage(writer, message.slice(1), signature)).toBe(false);
		expect(await verifyBundleMessage({ ...writer, publicKey: new Uint8Array(65) }, message, signature)).toBe(false);
	});
});

describe('what is no frame', () => {
	it.each<[string, (said: Record<string, unknown>) => unknown]>([
		['no space', ({ space: _, ...rest }) => rest],
		['part 0', (said) => ({ ...said, part: 0 })],
		['part 10001', (said) => ({ ...said, part: 10_001 })],
		['another word for closing', (said) => ({ ...said, closes: 3 })],
		['a time that is no number', (said) => ({ ...said, writtenAt: 'gestern' })],
		['a key of another length', (said) => ({ ...said, writer: [new Uint8Array(16), new Uint8Array(64)] })],
		['nothing', () => null]
	])('%s is malformed', (_, change) => {
		const said = {
			space: new Uint8Array(16),
			writer: [new Uint8Array(16), new Uint8Array(65)],
			writtenAt: 1,
			part: 1,
			frame: 1,
			closes: 0
		};
		const offer = {
			nonce: new Uint8Array(16),
			heads: [],
			segments: [],
			deviceKeys: [],
			keyring: { tips: [], records: [] }
		};
		const payload = (bundle: unknown) => joined(new Uint8Array(64), encodeMessage({ ...offer, bundle }));
		expect(parseSignedFrame(payload(said)).ok).toBe(true);
		expect(parseSignedFrame(payload(change(said)))).toMatchObject({ ok: false });
	});

	it('a newer version is left alone, and a frame longer than any is not written', async () => {
		expect(await readPart(joined(encodePartHeader(2), part.subarray(PART_HEADER_BYTES)))).toEqual({
			kind: 'newer',
			read: []
		});
		expect(() => encodeFrame(new Uint8Array(MAX_PAYLOAD_BYTES + 1))).toThrow('longer');
	});

	it('a file without a header that still holds frames is ours', async () => {
		const { kind, read } = await readPart(part.subarray(7));
		expect(kind).toBe('ours');
		expect(payloadsOf(read)).toHaveLength(3);
	});

	it('frames that claim much and hold nothing are not summed without end', async () => {
		// Every sixteen bytes a sound head of four megabytes whose content is another.
		const head = encodeFrame(new Uint8Array(4 * 1024 * 1024)).subarray(0, 16);
		const hostile = new Uint8Array(Buffer.alloc(400_000 * head.length, head));
		const { read } = await readPart(joined(encodePartHeader(), hostile));
		expect(payloadsOf(read)).toEqual([]);
		// One for each sum, and one for each megabyte.
		expect(read.filter(({ type }) => type === 'searching').length).toBeLessThan(40);
	});

	it.each([
		['nothing', 0],
		['the first byte of a marker over and over', 0xf7]
	])('an unreadable stretch of %s can be stopped in, and costs one place', async (_, byte) => {
		const stretch = new Uint8Array(8_000_000).fill(byte);
		const { kind, read } = await readPart(joined(part, stretch, part.subarray(PART_HEADER_BYTES)), 1_000_000);
		expect(kind).toBe('ours');
		expect(payloadsOf(read)).toHaveLength(6);
		expect(read.filter(({ type }) => type === 'searching').length).toBeGreaterThanOrEqual(6);
		expect(read.filter(({ type }) => type === 'damaged')).toEqual([{ type: 'damaged', bytes: stretch.length }]);
	});
});
