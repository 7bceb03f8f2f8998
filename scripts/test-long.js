/**
 * `npm run test:long`: property tests and simulations with many more runs; `RUNS`, `SEEDS` and `SEED` may be set.
 * `npm run test:long -- --seeds N`: the simulation alone, with the seeds 1 to N.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { seeds } = parseArgs({ options: { seeds: { type: 'string' } } }).values;
if (seeds !== undefined && !/^[1-9]\d*$/.test(seeds)) throw new Error(`--seeds takes a number, not ${seeds}`);

const environment = {
	...process.env,
	RUNS: process.env['RUNS'] ?? '5000',
	SEEDS: seeds ?? process.env['SEEDS'] ?? '3000'
};
const folders = seeds === undefined ? ['tests/property', 'tests/simulation'] : ['tests/simulation'];
const args = ['run', '--project', 'unit', ...folders, '--testTimeout', '1800000'];
process.exitCode =
	spawnSync('node_modules/.bin/vitest', args, {
		stdio: 'inherit',
		env: environment,
		shell: process.platform === 'win32'
	}).status ?? 1;
