/** What a server makes of segments it cannot open: numbers and chain values are all it compares. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Segment } from '$lib/domain/operation-log';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { borderOf, decideIntake, type Intake } from '$lib/server/segment-intake';
import { testCounter } from '../../support/test-counter';
import { testSpace } from '../../support/test-space';

const LENGTH = 24;
const runs = {
	numRuns: Number(process.env.RUNS ?? 100),
	seed: process.env.SEED ? Number(process.env.SEED) : undefined
};

/** Every stretch of the history, by `from:to`. */
const stretches = new Map<string, Segment>();
const ofClone = new Map<string, Segment>();
const stretch = (from: number, to: number) => stretches.get(`${from}:${to}`)!;
const cloned = (from: number, to: number) => ofClone.get(`${from}:${to}`)!;
const NOTHING = { ranges: [], forked: false };

beforeAll(async () => {
	const space = await testSpace();
	const counter = await testCounter(space);
	const clone = await testCounter(space, counter.identity);
	await counter.write(LENGTH, 'original');
	await clone.write(LENGTH, 'clone');
	for (let from = 1; from <= LENGTH; from++)
		for (let to = from; to <= LENGTH; to++) {
			stretches.set(`${from}:${to}`, (await counter.cut(from, to))[0]!);
			ofClone.set(`${from}:${to}`, (await clone.cut(from, to))[0]!);
		}
});

const someStretch = fc
	.tuple(fc.integer({ min: 1, max: LENGTH }), fc.integer({ min: 1, max: LENGTH }))
	.map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);

describe('taking in', () => {
	it('[SY5] the segments of one history in any order and number come to the whole of it', () => {
		const someCut = fc.uniqueArray(fc.integer({ min: 1, max: LENGTH - 1 }), { maxLength: 8 });
		fc.assert(
			fc.property(someCut, fc.infiniteStream(fc.nat()), fc.nat({ max: 5 }), (cut, random, twice) => {
				const ends = [...cut.sort((a, b) => a - b), LENGTH];
				const segments = ends.map((end, i) => stretch((ends[i - 1] ?? 0) + 1, end));
				const sent = [...segments, ...segments.slice(0, twice)].sort(() => (random.next().value % 2 === 0 ? 1 : -1));
				let held: Pick<Intake, 'ranges' | 'forked'> = NOTHING;
				const taken: Segment[] = [];
				for (const segment of sent) {
					const intake = decideIntake(held, taken.map(borderOf), [segment]);
					expect(intake.refused).toEqual([]);
					taken.push(...intake.added);
					held = intake;
				}
				expect(held).toMatchObject({ ranges: [[1, LENGTH]], forked: false });
				expect(taken).toHaveLength(segments.length);
			}),
			runs
		);
	});

	it('[SY1][SY15] stretches of two histories in any order never mix: what is held links up', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.boolean(), someStretch), { maxLength: 14 }), (sent) => {
				let held: Pick<Intake, 'ranges' | 'forked'> = NOTHING;
				const taken: Segment[] = [];
				for (const [ofClone, [from, to]] of sent) {
					const intake = decideIntake(held, taken.map(borderOf), [(ofClone ? cloned : stretch)(from, to)]);
					taken.push(...intake.added);
					held = intake;
				}
				const inOrder = taken.toSorted((a, b) => a.header.firstSequence - b.header.firstSequence);
				for (const [i, segment] of inOrder.entries()) {
					const next = inOrder[i + 1];
					if (!next) continue;
					expect(next.header.firstSequence).toBeGreaterThan(lastSequenceOf(segment));
					if (next.header.firstSequence === lastSequenceOf(segment) + 1)
						expect(next.header.chainBefore).toEqual(segment.header.chainAfter);
				}
			}),
			runs
		);
	});

	it('[SY15] after a second history was met, only what links to the first is taken', () => {
		const first = decideIntake(NOTHING, [], [stretch(1, 5)]);
		const borders = [borderOf(stretch(1, 5))];
		const met = decideIntake(first, borders, [cloned(3, 8), cloned(9, 12)]);
		expect(met.added).toEqual([]);
		expect(met.refused.map(({ reason }) => reason)).toEqual(['overlapping', 'second-history']);
		expect(met.forked).toBe(true);
		expect(decideIntake(met, borders, [stretch(6, 9)]).added).toEqual([stretch(6, 9)]);
	});

	it('what is held in full changes nothing, whatever it says: nobody verified it', () => {
		const first = decideIntake(NOTHING, [], [stretch(1, 5)]);
		const intake = decideIntake(first, [borderOf(stretch(1, 5))], [cloned(1, 5)]);
		expect(intake).toMatchObject({ added: [], refused: [{ reason: 'second-history' }], forked: false });
	});

	it('[SY1] what is held adds nothing', () => {
		fc.assert(
			fc.property(someStretch, ([from, to]) => {
				const held = stretch(1, LENGTH);
				const all = { ranges: [[1, LENGTH] as const], forked: false };
				const { added, refused } = decideIntake(all, [borderOf(held)], [stretch(from, to)]);
				expect([added, refused]).toEqual([[], []]);
			}),
			runs
		);
	});

	it.each([
		['begins where another history stands', 5, 8],
		['ends where another history stands', 3, 4],
		['has the same numbers', 1, 4]
	])('[SY1] a second history is told by its borders: it %s', (_case, from, to) => {
		const held = decideIntake(NOTHING, [], [stretch(1, 4)]);
		const { added, refused } = decideIntake(held, [borderOf(stretch(1, 4))], [cloned(from, to)]);
		expect([added, refused]).toEqual([[], [{ segment: cloned(from, to), reason: 'second-history' }]]);
	});

	it('a history that does not begin at zero clashes', () => {
		const segment = stretch(1, 3);
		const forged: Segment = { ...segment, header: { ...segment.header, chainBefore: new Uint8Array(32).fill(1) } };
		expect(decideIntake(NOTHING, [], [forged]).refused).toMatchObject([{ segment: forged }]);
	});

	it('[SY11] a predecessor that does not fit its successor clashes, and the successor stays', () => {
		const held = decideIntake(NOTHING, [], [stretch(5, 8)]);
		const borders = [borderOf(stretch(5, 8))];
		expect(decideIntake(held, borders, [cloned(1, 4)]).refused).toMatchObject([{ reason: 'second-history' }]);
		expect(decideIntake(held, borders, [stretch(1, 4)])).toMatchObject({ ranges: [[1, 8]], refused: [] });
	});
});
