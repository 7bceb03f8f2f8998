/** Pending rows and segments: what is sealed comes back, and nothing that was changed on the way does. */
import { beforeAll, describe, expect, it } from 'vitest';
import { seal } from '$lib/crypto/aead';
import { concat, equalBytes, utf8 } from '$lib/crypto/bytes';
import {
	chainValue,
	chainZero,
	cutSegments,
	openPending,
	openSegment,
	verifySegmentSignature,
	type CutInput,
	type OpenedRow
} from '$lib/crypto/seal';
import { sign } from '$lib/crypto/signature';
import type { KeyId } from '$lib/domain/ids';
import type { Segment } from '$lib/domain/operation-log';
import { MAX_LINE_BYTES } from '$lib/domain/operation';
import { err, ok } from '$lib/domain/result';
import { encodeSegmentHeader, segmentBytes, segmentOf } from '$lib/domain/segment-codec';
import { TEST_SPACE, testDevice, testKeys, testStaff, type TestStaff } from '../../support/test-pen';
import type { PurposeKeys } from '$lib/crypto/data-key';

let device: Awaited<ReturnType<typeof testDevice>>;
let erika: TestStaff;
let max: TestStaff;
let keys: PurposeKeys;
let newKeys: PurposeKeys;

beforeAll(async () => {
	[device, erika, max] = [await testDevice(), await testStaff('e1'), await testStaff('a2')];
	[keys, newKeys] = [await testKeys('1.general'), await testKeys('2-abcd.general', 8)];
});

const line = (i: number, length = 40) => utf8(JSON.stringify({ type: 'request-opened', i, text: 'x'.repeat(length) }));
const noise = (length: number, seed: number) => {
	let state = seed * 2_654_435_761 + 1;
	const characters = Array.from({ length }, () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return 33 + ((state >>> 16) % 94);
	});
	return Uint8Array.from(characters);
};
const byErika = (bytes: Uint8Array) => ({ bytes, staff: erika, keys });
const cutInput = (rows: readonly OpenedRow[]): CutInput => ({
	rows,
	chainBefore: chainZero(),
	spaceId: TEST_SPACE,
	deviceId: device.deviceId,
	deviceKey: device.signingKey,
	keysById: new Map([keys, newKeys].map((one) => [one.keyId, one]))
});
const cut = async (rows: readonly OpenedRow[]) => cutSegments(cutInput(rows));
const one = async (count = 3): Promise<Segment> => {
	const [segment] = await cut(await device.write(Array.from({ length: count }, (_, i) => byErika(line(i)))));
	if (!segment) throw new Error('nothing was cut');
	return segment;
};

describe('a pending row', () => {
	it('opens to the operation it was made of', async () => {
		const [first, second] = await device.write([byErika(line(1)), byErika(line(2))]);
		if (!first || !second) throw new Error('rows');
		expect(await openPending(first.row, keys, TEST_SPACE)).toEqual(ok(line(1)));
		expect(first.row.chainValue).toEqual(await chainValue(keys.chain, chainZero(), line(1)));
		expect(second.row.chainValue).toEqual(await chainValue(keys.chain, first.row.chainValue, line(2)));
	});

	it('does not open at another place in the history, for another person or under another key', async () => {
		const [first, second] = await device.write([byErika(line(1)), byErika(line(2))]);
		if (!first || !second) throw new Error('rows');
		for (const row of [
			{ ...first.row, sequence: 2 },
			{ ...first.row, chainValue: second.row.chainValue },
			{ ...first.row, staffId: max.staffId },
			{ ...first.row, deviceId: '0'.repeat(32) as typeof first.row.deviceId },
			{ ...first.row, keyId: '2.general' as KeyId }
		])
			expect(await openPending(row, keys, TEST_SPACE)).toEqual(err({ type: 'cannot-open' }));
		expect((await openPending(first.row, newKeys, TEST_SPACE)).ok).toBe(false);
	});

	it('is never made of two lines, which would open as two operations', async () => {
		await expect(device.write([byErika(utf8('{}\n{}'))])).rejects.toThrow('one line');
	});
});

describe('cutting', { timeout: 60_000 }, () => {
	it('makes one segment of one person’s operations under one key', async () => {
		const segment = await one();
		expect(segment.header).toMatchObject({ firstSequence: 1, count: 3, chainBefore: chainZero(), keyId: '1.general' });
		expect(await verifySegmentSignature(segment, device.verifyKey)).toBe(true);
		expect(await openSegment(segment, keys, [erika.verifyKey])).toEqual(
			ok({ operations: [line(0), line(1), line(2)] })
		);
	});

	it('begins a new segment with each person and each key', async () => {
		const rows = await device.write([
			byErika(line(1)),
			byErika(line(2)),
			{ bytes: line(3), staff: max, keys },
			{ bytes: line(4), staff: max, keys: newKeys },
			byErika(line(5))
		]);
		const segments = await cut(rows);
		expect(segments.map(({ header }) => [header.firstSequence, header.count, header.staffId, header.keyId])).toEqual([
			[1, 2, erika.staffId, '1.general'],
			[3, 1, max.staffId, '1.general'],
			[4, 1, max.staffId, '2-abcd.general'],
			[5, 1, erika.staffId, '1.general']
		]);
		segments.forEach(({ header }, i) =>
			expect(header.chainBefore).toEqual(i === 0 ? chainZero() : segments[i - 1]?.header.chainAfter)
		);
	});

	it('puts at most 1,000 operations into a segment', async () => {
		const segments = await cut(await device.write(Array.from({ length: 2_001 }, (_, i) => byErika(line(i)))));
		expect(segments.map(({ header }) => header.count)).toEqual([1_000, 1_000, 1]);
		for (const segment of segments) expect((await openSegment(segment, keys, [erika.verifyKey])).ok).toBe(true);
	});

	it('splits what does not fit into 256 KiB, and every part is taken by the border', async () => {
		const rows = await device.write(Array.from({ length: 12 }, (_, i) => byErika(noise(60_000, i))));
		const segments = await cut(rows);
		expect(segments.length).toBeGreaterThan(2);
		expect(segments.reduce((sum, { header }) => sum + header.count, 0)).toBe(12);
		const back: Uint8Array[] = [];
		for (const segment of segments) {
			expect(segmentBytes(segment)).toBeLessThanOrEqual(256 * 1024);
			const { headerBytes, sealed, staffSignature, signature } = segment;
			expect(segmentOf(headerBytes, sealed, staffSignature, signature).ok).toBe(true);
			const opened = await openSegment(segment, keys, [erika.verifyKey]);
			if (opened.ok) back.push(...opened.value.operations);
		}
		expect(back).toHaveLength(rows.length);
		for (const [i, { bytes }] of rows.entries()) expect(equalBytes(back[i] ?? new Uint8Array(0), bytes)).toBe(true);
	});

	it('keeps chain values however the same rows are cut', async () => {
		const rows = await device.write(Array.from({ length: 9 }, (_, i) => byErika(line(i))));
		const whole = await cut(rows);
		const parts = [
			...(await cut(rows.slice(0, 4))),
			...(await cutSegments({
				...cutInput(rows.slice(4)),
				chainBefore: rows[3]?.row.chainValue ?? chainZero()
			}))
		];
		expect(parts.at(-1)?.header.chainAfter).toEqual(whole[0]?.header.chainAfter);
		for (const part of parts) expect((await openSegment(part, keys, [erika.verifyKey])).ok).toBe(true);
	});

	it('deflates above 4 KiB only', async () => {
		const small = await one(2);
		const large = await one(400);
		expect(small.sealed.length).toBe(12 + 16 + 1 + line(0).length + line(1).length + 2);
		expect(large.sealed.length).toBeLessThan(4_096);
	});

	it('throws on rows with a gap, and on a key that is not given', async () => {
		const rows = await device.write([byErika(line(1)), byErika(line(2)), byErika(line(3))]);
		await expect(cut(rows.filter((_, i) => i !== 1))).rejects.toThrow('not consecutive');
		await expect(cutSegments({ ...cutInput(rows), keysById: new Map() })).rejects.toThrow('key');
		expect(await cut([])).toEqual([]);
	});

	it('of 30,000 operations with both signatures costs less than 1.5 seconds of computing', async () => {
		const [first] = await device.write([byErika(line(0))]);
		if (!first) throw new Error('row');
		const rows = Array.from({ length: 30_000 }, (_, i) => ({
			row: { ...first.row, sequence: i + 1 },
			bytes: line(i, 200)
		}));
		// Time on the processor, not by the clock: other programs on this machine do not matter.
		const begun = process.cpuUsage();
		expect(await cut(rows)).toHaveLength(30);
		const { user, system } = process.cpuUsage(begun);
		expect((user + system) / 1_000).toBeLessThan(1_500);
	});
});

describe('opening a segment', { timeout: 60_000 }, () => {
	it('takes any key the person has had, and nobody else’s', async () => {
		const segment = await one();
		expect((await openSegment(segment, keys, [max.verifyKey, erika.verifyKey])).ok).toBe(true);
		expect(await openSegment(segment, keys, [max.verifyKey])).toEqual(err({ type: 'bad-staff-signature' }));
		expect(await openSegment(segment, keys, [])).toEqual(err({ type: 'bad-staff-signature' }));
	});

	it('fails under another data key, and when a bit of header or content was touched', async () => {
		const segment = await one();
		expect(await openSegment(segment, newKeys, [erika.verifyKey])).toEqual(err({ type: 'cannot-open' }));
		for (const at of [0, 20, segment.sealed.length - 1]) {
			const sealed = segment.sealed.slice();
			sealed[at] = (sealed[at] ?? 0) ^ 1;
			const touched = { ...segment, sealed };
			expect(await openSegment(touched, keys, [erika.verifyKey])).toEqual(err({ type: 'cannot-open' }));
			expect(await verifySegmentSignature(touched, device.verifyKey)).toBe(false);
		}
		const header = { ...segment.header, firstSequence: 2, count: 2 };
		const moved = { ...segment, header, headerBytes: encodeSegmentHeader(header) };
		expect(await openSegment(moved, keys, [erika.verifyKey])).toEqual(err({ type: 'cannot-open' }));
	});

	/** A segment made by somebody who holds all keys but lies about its content. */
	const forged = async (content: Uint8Array, changes: Partial<Segment['header']> = {}): Promise<Segment> => {
		const { header, staffSignature } = await one();
		const changed = { ...header, ...changes };
		const headerBytes = encodeSegmentHeader(changed);
		const sealed = await seal(keys.segment, content, headerBytes);
		const signature = await sign(device.signingKey, concat(headerBytes, sealed, staffSignature));
		return { header: changed, headerBytes, sealed, staffSignature, signature };
	};
	const lines = (...operations: Uint8Array[]) =>
		concat(Uint8Array.of(0), ...operations.flatMap((operation) => [operation, utf8('\n')]));
	const deflated = async (bytes: Uint8Array<ArrayBuffer>) => {
		const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
		return concat(Uint8Array.of(1), new Uint8Array(await new Response(stream).arrayBuffer()));
	};

	it('finds operations that are not those the person signed', async () => {
		const opened = (segment: Segment) => openSegment(segment, keys, [erika.verifyKey]);
		expect((await opened(await forged(lines(line(0), line(1), line(2))))).ok).toBe(true);
		for (const other of [
			lines(line(0), line(2), line(1)),
			lines(line(0), line(1), line(3)),
			lines(line(0), line(1)),
			lines(line(0), line(1), line(2), line(3))
		])
			expect(await opened(await forged(other))).toEqual(err({ type: 'broken-chain' }));
		expect(
			await opened(await forged(lines(line(0), line(1), line(2)), { chainBefore: new Uint8Array(32).fill(1) }))
		).toEqual(err({ type: 'broken-chain' }));
	});

	it('refuses garbage, an encoding it does not know, and a last line without end', async () => {
		for (const content of [
			Uint8Array.of(2, 1, 2, 3),
			Uint8Array.of(1, 255, 255, 255),
			concat(Uint8Array.of(0), line(0)),
			(await deflated(lines(line(0)))).subarray(0, 10)
		])
			expect(await openSegment(await forged(content), keys, [erika.verifyKey])).toEqual(err({ type: 'cannot-open' }));
	});

	it('stops inflating at the limit of what so many operations can hold', async () => {
		const bomb = await deflated(new Uint8Array(60 * 1024 * 1024));
		expect(bomb.length).toBeLessThan(100_000);
		expect(await openSegment(await forged(bomb), keys, [erika.verifyKey])).toEqual(err({ type: 'too-large' }));
		const long = concat(Uint8Array.of(0), new Uint8Array(MAX_LINE_BYTES + 1).fill(65), utf8('\n'));
		expect(await openSegment(await forged(long), keys, [erika.verifyKey])).toEqual(err({ type: 'too-large' }));
	});
});
