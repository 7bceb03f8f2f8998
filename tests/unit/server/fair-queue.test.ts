/** Turns: who waits with many holds up nobody who waits with one, and when it is full, the greediest gives way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFairQueue, type Amount } from '$lib/server/fair-queue';

const item = (name: string, sizeBytes = 1) => ({ name, sizeBytes });
const names = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);
const MANY: Amount = { count: 1_000, sizeBytes: 1_000_000 };

describe('the queue', () => {
	it('hands out one of each in turn', () => {
		const queue = createFairQueue<ReturnType<typeof item>>(MANY);
		for (const name of ['a1', 'a2', 'a3']) queue.add('a', item(name));
		queue.add('b', item('b1'));
		queue.add('c', item('c1'));
		expect(names(queue.take({ count: 4, sizeBytes: 100 }))).toEqual(['a1', 'b1', 'c1', 'a2']);
		queue.add('b', item('b2'));
		expect(names(queue.take(MANY))).toEqual(['a3', 'b2']);
		expect(queue.size).toBe(0);
	});

	it('goes on with whoever’s turn it was when there was enough', () => {
		const queue = createFairQueue<ReturnType<typeof item>>(MANY);
		for (const owner of ['a', 'b', 'c']) for (const i of [1, 2]) queue.add(owner, item(`${owner}${i}`));
		expect(names(queue.take({ count: 2, sizeBytes: 100 }))).toEqual(['a1', 'b1']);
		expect(names(queue.take({ count: 2, sizeBytes: 100 }))).toEqual(['c1', 'a2']);
	});

	it('hands out one that is too big for the rest alone, never none', () => {
		const queue = createFairQueue<ReturnType<typeof item>>(MANY);
		queue.add('a', item('big', 900));
		queue.add('b', item('small', 10));
		expect(names(queue.take({ count: 9, sizeBytes: 100 }))).toEqual(['big']);
		expect(names(queue.take({ count: 9, sizeBytes: 100 }))).toEqual(['small']);
	});

	it('drops the last of the greediest when it is full, and the new one among equals', () => {
		const queue = createFairQueue<ReturnType<typeof item>>({ count: 3, sizeBytes: 100 });
		for (const name of ['a1', 'a2', 'a3']) expect(queue.add('a', item(name))).toEqual([]);
		expect(names(queue.add('b', item('b1')))).toEqual(['a3']);
		expect(names(queue.add('c', item('c1')))).toEqual(['a2']);
		expect(names(queue.add('d', item('d1')))).toEqual(['d1']);
		expect(names(queue.take(MANY))).toEqual(['a1', 'b1', 'c1']);
	});

	it('is full by bytes as well, and drops as many as it takes', () => {
		const queue = createFairQueue<ReturnType<typeof item>>({ count: 100, sizeBytes: 100 });
		for (const name of ['a1', 'a2', 'a3']) queue.add('a', item(name, 30));
		expect(names(queue.add('b', item('b1', 60)))).toEqual(['a3', 'a2']);
		expect(names(queue.take(MANY))).toEqual(['a1', 'b1']);
	});

	it('loses and doubles nothing, and never lets an owner wait while another is served twice', () => {
		const owners = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 60 });
		fc.assert(
			fc.property(owners, fc.integer({ min: 1, max: 9 }), (added, count) => {
				const queue = createFairQueue<ReturnType<typeof item>>({ count: 40, sizeBytes: 1_000 });
				const gone = added.flatMap((owner, i) => names(queue.add(owner, item(`${owner}${i}`))));
				const taken: string[] = [];
				while (queue.size > 0) taken.push(...names(queue.take({ count, sizeBytes: 1_000 })));
				expect([...taken, ...gone].sort()).toEqual(added.map((owner, i) => `${owner}${i}`).sort());
				const left = new Map<string, number>();
				for (const name of taken) left.set(name[0]!, (left.get(name[0]!) ?? 0) + 1);
				// In each turn every owner that has something left comes once.
				for (let at = 0; left.size > 0;) {
					const turn = taken.slice(at, at + left.size).map((name) => name[0]!);
					expect(new Set(turn).size).toBe(left.size);
					at += left.size;
					for (const owner of turn) {
						const rest = left.get(owner)! - 1;
						if (rest === 0) left.delete(owner);
						else left.set(owner, rest);
					}
				}
			})
		);
	});
});
