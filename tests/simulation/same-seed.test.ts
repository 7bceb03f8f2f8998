/** What a seed fixes: the order of all events. Keys, nonces and signatures are drawn anew and decide nothing. */
import { expect, it } from 'vitest';
import { runSeed } from './run-seed';

const TIMEOUT_MS = 300_000;

it.each([3, 8])('seed %i: the same events in the same order, twice', { timeout: TIMEOUT_MS }, async (seed) => {
	const [first, second] = [await runSeed(seed), await runSeed(seed)];
	expect(first.trace.length).toBeGreaterThan(500);
	expect(second.trace).toEqual(first.trace);
});

it('another seed: other events', { timeout: TIMEOUT_MS }, async () => {
	const [one, other] = [await runSeed(1), await runSeed(2)];
	expect(one.trace).not.toEqual(other.trace);
});
