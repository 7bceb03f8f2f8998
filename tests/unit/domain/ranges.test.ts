/** Ranges: sets of sequence numbers, their gap-free end and their gaps. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { addRange, gapFreeEnd, gaps, holds, insertRange, type OwnedRanges, type Ranges } from '$lib/domain/ranges';
import { PROPERTY_RUNS } from '../../fixtures/arbitraries';

describe('addRange', () => {
	it.each<[string, Ranges, [number, number], Ranges]>([
		['begins a set', [], [3, 5], [[3, 5]]],
		['continues the last range', [[1, 2]], [3, 3], [[1, 3]]],
		[
			'joins two ranges across their gap',
			[
				[1, 2],
				[5, 6]
			],
			[3, 4],
			[[1, 6]]
		],
		[
			'swallows what it covers',
			[
				[2, 3],
				[5, 6],
				[9, 9]
			],
			[1, 7],
			[
				[1, 7],
				[9, 9]
			]
		],
		[
			'keeps order when it comes first',
			[[5, 6]],
			[1, 2],
			[
				[1, 2],
				[5, 6]
			]
		],
		['changes nothing when all is held', [[1, 9]], [3, 4], [[1, 9]]],
		['takes no empty range', [[1, 2]], [5, 4], [[1, 2]]]
	])('%s', (_, ranges, [from, to], expected) => {
		const before = structuredClone(ranges);
		expect(addRange(ranges, from, to)).toEqual(expected);
		expect(ranges).toEqual(before);
	});

	it('holds exactly what was put in, in whatever order', () => {
		const part = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 5 }));
		fc.assert(
			fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
				const ranges: OwnedRanges = [];
				const numbers = new Set<number>();
				for (const [from, more] of parts) {
					insertRange(ranges, from, from + more);
					for (let n = from; n <= from + more; n++) numbers.add(n);
				}
				for (let n = 0; n <= 50; n++) expect(holds(ranges, n)).toBe(numbers.has(n));
				for (let i = 1; i < ranges.length; i++) expect(ranges[i]?.[0]).toBeGreaterThan((ranges[i - 1]?.[1] ?? 0) + 1);
			}),
			PROPERTY_RUNS
		);
	});
});

describe('gaps', () => {
	it('[SY12] names what is lacking below the highest number', () => {
		expect(
			gaps([
				[2, 3],
				[6, 9]
			])
		).toEqual([
			[1, 1],
			[4, 5]
		]);
		expect(gaps([[1, 9]])).toEqual([]);
		expect(gaps([])).toEqual([]);
	});

	it('ends the gap-free part at the first of them', () => {
		expect(
			gapFreeEnd([
				[1, 3],
				[5, 9]
			])
		).toBe(3);
		expect(gapFreeEnd([[2, 9]])).toBe(0);
		expect(gapFreeEnd([])).toBe(0);
	});
});
