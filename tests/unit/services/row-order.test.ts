import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeRows } from '$lib/services/row-order';

interface Row {
	readonly id: string;
	readonly at: number;
}
const compare = (a: Row, b: Row): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const rows = fc.array(fc.record({ id: fc.constantFrom(...'abcdefghij'), at: fc.integer({ min: 0, max: 5 }) }));

it('gives the list that sorting anew would give, the last word on each row counting', () => {
	fc.assert(
		fc.property(fc.array(rows), (pieces) => {
			const byId = new Map<string, Row>();
			let merged: readonly Row[] = [];
			for (const piece of pieces) {
				for (const row of piece) byId.set(row.id, row);
				merged = mergeRows(merged, piece, compare);
			}
			expect(merged).toEqual([...byId.values()].sort(compare));
		})
	);
});
