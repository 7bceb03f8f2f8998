/** Laws of sealing: what goes in comes out, however it is cut; and nothing that was touched on the way does. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { equalBytes, utf8 } from '$lib/crypto/bytes';
import type { PurposeKeys } from '$lib/crypto/data-key';
import {
	chainZero,
	cutSegments,
	openPending,
	openSegment,
	verifySegmentSignature,
	type OpenedRow
} from '$lib/crypto/seal';
import { MAX_OPERATION_BYTES } from '$lib/domain/operation';
import type { Segment } from '$lib/domain/operation-log';
import { MAX_SEGMENT_SIZE_BYTES, segmentBytes, segmentOf } from '$lib/domain/segment-codec';
import { TEST_SPACE, testDevice, testKeys, testStaff, type TestStaff } from '../support/test-pen';

const RUNS = Number(process.env.RUNS ?? 100);
const SEED = process.env.SEED === undefined ? undefined : Number(process.env.SEED);

let device: Awaited<ReturnType<typeof testDevice>>;
let staff: TestStaff[];
let keys: PurposeKeys[];
beforeAll(async () => {
	device = await testDevice();
	staff = [await testStaff('e1'), await testStaff('a2')];
	keys = [await testKeys('1.general'), await testKeys('2-abcd.general', 8)];
});

/** One line of JSON: short, long and repetitive, or with characters outside ASCII. */
const line = fc.oneof(
	{ weight: 6, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
	{ weight: 1, arbitrary: fc.nat(MAX_OPERATION_BYTES - 2).map((length) => 'ß'.repeat(length >> 1)) },
	{ weight: 1, arbitrary: fc.string({ minLength: 5_000, maxLength: 9_000 }) }
);
const entries = fc.array(fc.record({ line, staff: fc.nat(4), key: fc.nat(6) }), { minLength: 1, maxLength: 25 });
type Entries = { line: string; staff: number; key: number }[];

const write = (all: Entries): Promise<OpenedRow[]> =>
	device.write(
		all.map((entry) => ({
			bytes: utf8(JSON.stringify(entry.line)),
			staff: staff[entry.staff === 0 ? 1 : 0] as TestStaff,
			keys: keys[entry.key === 0 ? 1 : 0] as PurposeKeys
		}))
	);
const cut = (rows: readonly OpenedRow[], chainBefore: Uint8Array = chainZero()) =>
	cutSegments({
		rows,
		chainBefore,
		spaceId: TEST_SPACE,
		deviceId: device.deviceId,
		deviceKey: device.signingKey,
		keysById: new Map(keys.map((one) => [one.keyId, one]))
	});
const open = (segment: Segment) => {
	const one = keys.find(({ keyId }) => keyId === segment.header.keyId) as PurposeKeys;
	const by = staff.filter(({ staffId }) => staffId === segment.header.staffId);
	return openSegment(
		segment,
		one,
		by.map(({ verifyKey }) => verifyKey)
	);
};

describe('sealing', { timeout: 300_000 }, () => {
	it('gives every pending row back, and under one of two keys only', async () => {
		await fc.assert(
			fc.asyncProperty(entries, async (all) => {
				for (const { row, bytes } of await write(all))
					for (const one of keys) {
						const opened = await openPending({ ...row }, one, TEST_SPACE);
						expect(opened.ok).toBe(one.keyId === row.keyId);
						if (opened.ok) expect(equalBytes(opened.value, bytes)).toBe(true);
					}
			}),
			{ numRuns: RUNS, seed: SEED }
		);
	});

	it('gives all operations back in order, however the rows were cut', async () => {
		await fc.assert(
			fc.asyncProperty(entries, fc.nat(), async (all, at) => {
				const rows = await write(all);
				const middle = at % (rows.length + 1);
				const segments = [
					...(await cut(rows.slice(0, middle))),
					...(await cut(rows.slice(middle), rows[middle - 1]?.row.chainValue))
				];
				let sequence = 1;
				let chain: Uint8Array = chainZero();
				for (const segment of segments) {
					const { headerBytes, sealed, staffSignature, signature, header } = segment;
					expect(segmentOf(headerBytes, sealed, staffSignature, signature).ok).toBe(true);
					expect(segmentBytes(segment)).toBeLessThanOrEqual(MAX_SEGMENT_SIZE_BYTES);
					expect(await verifySegmentSignature(segment, device.verifyKey)).toBe(true);
					expect(header.firstSequence).toBe(sequence);
					expect(header.chainBefore).toEqual(chain);
					const opened = await open(segment);
					if (!opened.ok) throw new Error(opened.error.type);
					const expected = rows.slice(sequence - 1, sequence - 1 + header.count);
					expect(opened.value.operations).toHaveLength(expected.length);
					for (const [i, { bytes }] of expected.entries())
						expect(equalBytes(opened.value.operations[i] ?? new Uint8Array(0), bytes)).toBe(true);
					sequence += header.count;
					chain = header.chainAfter;
				}
				expect(sequence).toBe(rows.length + 1);
			}),
			{ numRuns: RUNS, seed: SEED }
		);
	});

	it('shows every touched byte, and which part it was in does not matter', async () => {
		const segments = await cut(await write([{ line: 'Müller', staff: 1, key: 1 }]));
		const [segment] = segments;
		if (!segment) throw new Error('nothing was cut');
		const parts = ['headerBytes', 'sealed', 'staffSignature', 'signature'] as const;
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...parts), fc.nat(), fc.integer({ min: 1, max: 255 }), async (part, at, by) => {
				const bytes = segment[part].slice();
				bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ by;
				const changed: Segment = { ...segment, [part]: bytes };
				const { headerBytes, sealed, staffSignature, signature } = changed;
				const touched = segmentOf(headerBytes, sealed, staffSignature, signature);
				if (!touched.ok) return;
				expect(await verifySegmentSignature(touched.value, device.verifyKey)).toBe(false);
				if (part === 'signature') return;
				const opened = await openSegment(
					touched.value,
					keys[0] as PurposeKeys,
					staff.map(({ verifyKey }) => verifyKey)
				);
				expect(opened.ok).toBe(false);
			}),
			{ numRuns: RUNS, seed: SEED }
		);
	});
});
