/** What a server makes of segments it cannot open: numbers and chain values are all it compares. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Segment } from '$lib/domain/operation-log';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { borderOf, decideIntake } from '$lib/server/segment-intake';
import { testCounter, type TestCounter } from '../../support/test-counter';
import { testSpace } from '../../support/test-space';

const LENGTH = 24;
const runs = {
	numRuns: Number(process.env.RUNS ?? 100),
	seed: process.env.SEED ? Number(process.env.SEED) : undefined
};

let counter: TestCounter;
let clone: TestCounter;
/** Every stretch of the history, by `from:to`. */
const stretches = new Map<string, Segment>();
const stretch = (from: number, to: number) => stretches.get(`${from}:${to}`)!;

beforeAll(async () => {
	const space = await testSpace();
	counter = await testCounter(space);
	clone = await testCounter(space, counter.identity);
	await counter.write(LENGTH, 'original');
	await clone.write(LENGTH, 'clone');
	for (let from = 1; from <= LENGTH; from++)
		for (let to = from; to <= LENGTH; to++) stretches.set(`${from}:${to}`, (await counter.cut(from, to))[0]!);
});

const someStretch = fc
	.tuple(fc.integer({ min: 1, max: LENGTH }), fc.integer({ min: 1, max: LENGTH }))
	.map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);

describe('taking in', () => {
	it('[SY1][SY5] any stretches of one history, however cut, in any order and number, never clashes', () => {
		fc.assert(
			fc.property(fc.array(someStretch, { maxLength: 12 }), (cuts) => {
				const { clashing, ranges } = decideIntake(
					[],
					[],
					cuts.map(([from, to]) => stretch(from, to))
				);
				expect(clashing).toEqual([]);
				const expected = new Set(
					cuts.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i))
				);
				const held = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
				expect(held).toEqual([...expected].sort((a, b) => a - b));
			}),
			runs
		);
	});

	it('[SY1] what is held adds nothing', () => {
		fc.assert(
			fc.property(someStretch, ([from, to]) => {
				const held = stretch(1, LENGTH);
				const { added, clashing } = decideIntake([[1, LENGTH]], [borderOf(held)], [stretch(from, to)]);
				expect([added, clashing]).toEqual([[], []]);
			}),
			runs
		);
	});

	it.each([
		['begins where another history stands', 5, 8],
		['ends where another history stands', 3, 4],
		['has the same numbers', 1, 4]
	])('[SY1] a second history is told by its borders: it %s', async (_case, from, to) => {
		const held = [stretch(1, 4)];
		const [other] = await clone.cut(from, to);
		const { added, clashing } = decideIntake([[1, 4]], held.map(borderOf), [other!]);
		expect([added, clashing]).toEqual([[], [other]]);
	});

	it('a history that does not begin at zero clashes', () => {
		const segment = stretch(1, 3);
		const forged: Segment = { ...segment, header: { ...segment.header, chainBefore: new Uint8Array(32).fill(1) } };
		expect(decideIntake([], [], [forged]).clashing).toEqual([forged]);
	});

	it('[SY11] a predecessor that does not fit its successor clashes, and the successor stays', async () => {
		const successor = stretch(5, 8);
		const [other] = await clone.cut(1, 4);
		const { added, clashing } = decideIntake([], [], [successor, other!, stretch(1, 4)]);
		expect(clashing).toEqual([other]);
		expect(added.map(lastSequenceOf)).toEqual([8, 4]);
	});
});
