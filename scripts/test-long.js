/**
 * `npm run test:long`: property tests, simulations, server kills and cut answers with many more runs; `RUNS`, `KILLS`, `CUTS` and
 * `SEED` may be set.
 */
import { spawnSync } from 'node:child_process';

const environment = {
	...process.env,
	RUNS: process.env['RUNS'] ?? '5000',
	KILLS: process.env['KILLS'] ?? '100',
	CUTS: process.env['CUTS'] ?? '200'
};
const folders = [
	'tests/property',
	'tests/simulation',
	'tests/integration/server-kills.test.ts',
	'tests/integration/exchange-cut.test.ts'
];
const args = ['run', '--project', 'unit', ...folders, '--testTimeout', '1800000'];
process.exitCode =
	spawnSync('node_modules/.bin/vitest', args, {
		stdio: 'inherit',
		env: environment,
		shell: process.platform === 'win32'
	}).status ?? 1;
