/** One loop for all: together, in turns, answered only when it is done, and a fault of one is that one's alone. */
import { describe, expect, it } from 'vitest';
import { createCommitLoop, type CommitLoopPorts } from '$lib/server/commit-loop';

interface Call {
	readonly name: string;
	readonly sizeBytes: number;
}
const call = (name: string): Call => ({ name, sizeBytes: 1 });

/** `together` waits at a gate that the test opens, round by round. */
function gatedLoop(ports: Partial<CommitLoopPorts<Call, string>> = {}) {
	const rounds: string[][] = [];
	let open: () => void = () => undefined;
	const loop = createCommitLoop<Call, string>({
		limit: { count: 100, sizeBytes: 100 },
		atOnce: { count: 4, sizeBytes: 100 },
		together: async (calls) => {
			rounds.push(calls.map(({ name }) => name));
			await new Promise<void>((resolve) => (open = resolve));
			return calls.map(({ name }) => `${name} is stored`);
		},
		meetsAll: () => false,
		gather: () => Promise.resolve(),
		...ports
	});
	return { loop, rounds, open: () => open() };
}

const settled = async (promise: Promise<unknown>): Promise<boolean> =>
	Promise.race([
		promise.then(
			() => true,
			() => true
		),
		new Promise<false>((resolve) => setImmediate(() => resolve(false)))
	]);
const nextRound = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the commit loop', () => {
	it('answers nobody before the commit, and joins what comes meanwhile into the next one', async () => {
		const { loop, rounds, open } = gatedLoop();
		const first = loop.submit('a', call('a1'));
		await nextRound();
		const others = [loop.submit('b', call('b1')), loop.submit('c', call('c1'))];
		expect(await settled(first)).toBe(false);
		expect(rounds).toEqual([['a1']]);
		open();
		expect(await first).toEqual({ ok: true, value: 'a1 is stored' });
		await nextRound();
		expect(rounds).toEqual([['a1'], ['b1', 'c1']]);
		expect(await settled(others[0]!)).toBe(false);
		open();
		expect(await Promise.all(others)).toEqual([
			{ ok: true, value: 'b1 is stored' },
			{ ok: true, value: 'c1 is stored' }
		]);
	});

	it('serves an owner with one call in the round of the first of an owner with many', async () => {
		const { loop, rounds, open } = gatedLoop();
		for (let i = 1; i <= 9; i++) void loop.submit('greedy', call(`greedy${i}`));
		void loop.submit('modest', call('modest1'));
		await nextRound();
		expect(rounds[0]).toContain('modest1');
		open();
	});

	it('starts again after it has come to rest', async () => {
		const { loop } = gatedLoop({ together: async (calls) => calls.map(({ name }) => name) });
		expect(await loop.submit('a', call('a1'))).toEqual({ ok: true, value: 'a1' });
		expect(await loop.submit('a', call('a2'))).toEqual({ ok: true, value: 'a2' });
	});

	it('does not let the fault of one fail the others', async () => {
		const { loop } = gatedLoop({
			together: async (calls) => {
				if (calls.some(({ name }) => name === 'bad')) throw new Error('a bug that only this call meets');
				return calls.map(({ name }) => name);
			}
		});
		const [good, bad, alsoGood] = ['good', 'bad', 'also-good'].map((name) => loop.submit(name, call(name)));
		await expect(bad).rejects.toThrow('a bug that only this call meets');
		expect(await Promise.all([good, alsoGood])).toEqual([
			{ ok: true, value: 'good' },
			{ ok: true, value: 'also-good' }
		]);
	});

	it('tries nothing alone when the disk refuses, and goes on with the next', async () => {
		let tries = 0;
		let isFull = true;
		const { loop } = gatedLoop({
			meetsAll: () => true,
			together: async (calls) => {
				tries++;
				if (isFull) throw new Error('full');
				return calls.map(({ name }) => name);
			}
		});
		const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => loop.submit(name, call(name))));
		expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
		expect(tries).toBe(1);
		isFull = false;
		expect(await loop.submit('a', call('a'))).toEqual({ ok: true, value: 'a' });
	});

	it('refuses what is too much at once, and answers all the rest', async () => {
		const { loop, open } = gatedLoop({ limit: { count: 3, sizeBytes: 100 } });
		const calls = Array.from({ length: 8 }, (_, i) => loop.submit(`device${i}`, call(`call${i}`)));
		await nextRound();
		open();
		const answers = await Promise.all(calls);
		expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
		expect(answers.filter(({ ok }) => !ok)).toEqual(
			Array.from({ length: 5 }, () => ({ ok: false, error: { type: 'overloaded' } }))
		);
	});
});
