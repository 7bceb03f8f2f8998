/** The seeds of a run, dealt out to a few files so that they run beside each other. `SEEDS` = how many; `SEED` = that one alone. */
import { expect, it } from 'vitest';
import { runSeed } from './run-seed';

const SHARDS = 4;
const SEEDS = Number(process.env.SEEDS ?? 300);
const ALONE = process.env.SEED === undefined ? null : Number(process.env.SEED);
/** A machine that does much else besides may need long for one. */
const TIMEOUT_MS = 120_000 + SEEDS * 10_000;

const shardOf = (seed: number): number => (seed % SHARDS) + 1;

export const fileOf = (seed: number): string => `tests/simulation/seeds-${shardOf(seed)}.test.ts`;

/** Every fourth seed; every invariant is checked within. */
export function runShard(shard: number): void {
	const all = ALONE === null ? Array.from({ length: SEEDS }, (_, i) => i + 1) : [ALONE];
	const seeds = all.filter((seed) => shardOf(seed) === shard);
	it(`${seeds.length} sites lose nothing and come to show the same`, { timeout: TIMEOUT_MS }, async () => {
		for (const seed of seeds) expect((await runSeed(seed)).operations).toBeGreaterThan(0);
	});
}
