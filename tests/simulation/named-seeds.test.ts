/** Seeds that found a fault, by what went wrong. A change of the simulation gives a seed another story: then it stays as one more. */
import { expect, it } from 'vitest';
import { runSeed } from './run-seed';

const TIMEOUT_MS = 300_000;

it.each([
	[22, 'a second history came in between two held numbers, and was joined'],
	[124, 'a second history that covers a held one and goes further was joined with it'],
	[467, 'a second history came together with the key it is sealed under, and was joined unopened'],
	[721, 'the only record of a revocation went with a profile put back, and the invariant still expected it to hold'],
	[853, 'the same, with a revoked device of which others hold more than was to count']
])('seed %i – %s', { timeout: TIMEOUT_MS }, async (seed) =>
	expect((await runSeed(seed)).operations).toBeGreaterThan(0)
);
