/** Bundles under any damage: never a throw, never a frame that was not written, and what damage did not touch is read. */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { parseSignedFrame } from '$lib/sync/bundle';
import { encodeFrame, encodePartHeader } from '$lib/sync/bundle-frames';
import { parseJoinFile } from '$lib/sync/join-file';
import { PROPERTY_RUNS, PROPERTY_TIMEOUT_MS } from '../fixtures/arbitraries';
import { joined, payloadsOf, readPart } from '../support/bundle-bytes';

vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });

const payloads = fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { minLength: 1, maxLength: 12 });
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const partOf = (contents: readonly Uint8Array[]): Uint8Array =>
	joined(encodePartHeader(), ...contents.map(encodeFrame));
const at = (share: number, length: number): number => Math.min(length - 1, Math.floor(share * length));
const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

it('reads back what was written, whatever the chunks', () =>
	fc.assert(
		fc.asyncProperty(payloads, fc.integer({ min: 1, max: 5_000 }), async (contents, chunk) => {
			const { kind, read } = await readPart(partOf(contents), chunk);
			expect(kind).toBe('ours');
			expect(read).toHaveLength(contents.length);
			expect(payloadsOf(read).map(hex)).toEqual(contents.map(hex));
		}),
		PROPERTY_RUNS
	));

it('a flipped bit costs one frame at most', () =>
	fc.assert(
		fc.asyncProperty(payloads, share, fc.integer({ min: 0, max: 7 }), async (contents, where, bit) => {
			const bytes = partOf(contents).slice();
			const place = at(where, bytes.length);
			bytes[place] = bytes[place]! ^ (1 << bit);
			const read = payloadsOf((await readPart(bytes)).read).map(hex);
			// A header that seems to be of a newer version fails its sum: it is damaged, not newer.
			expect(read.length).toBeGreaterThanOrEqual(contents.length - 1);
			expect(isSubsequence(read, contents.map(hex))).toBe(true);
		}),
		PROPERTY_RUNS
	));

it('cut off, with bytes lacking, put in or doubled: what was not touched is read, and nothing else', () =>
	fc.assert(
		fc.asyncProperty(
			payloads,
			share,
			fc.integer({ min: 0, max: 600 }),
			fc.uint8Array({ maxLength: 600 }),
			async (contents, where, lacking, put) => {
				const bytes = partOf(contents);
				const place = at(where, bytes.length);
				const changed = joined(bytes.subarray(0, place), put, bytes.subarray(place + lacking));
				const read = payloadsOf((await readPart(changed)).read).map(hex);
				expect(isSubsequence(read, contents.map(hex))).toBe(true);
				let end = 16;
				const untouched = contents.filter((content) => {
					const begin = end;
					end = begin + 16 + content.length;
					return end <= place || begin >= place + lacking;
				});
				expect(isSubsequence(untouched.map(hex), read)).toBe(true);
				const twice = payloadsOf((await readPart(joined(bytes, bytes))).read).map(hex);
				expect(twice).toEqual([...contents, ...contents].map(hex));
			}
		),
		PROPERTY_RUNS
	));

it('any bytes at all: no throw, neither from files nor from frames', () =>
	fc.assert(
		fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (bytes) => {
			expect((await readPart(bytes)).kind).not.toBe('ours');
			expect((await readPart(joined(encodePartHeader(), bytes))).kind).toBe('ours');
			expect(parseSignedFrame(bytes).ok).toBe(false);
			expect(parseJoinFile(bytes).ok).toBe(false);
		}),
		PROPERTY_RUNS
	));

function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
	let next = 0;
	for (const one of whole) if (next < part.length && one === part[next]) next++;
	return next === part.length;
}
