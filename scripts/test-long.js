/** `npm run test:long`: property tests, simulations and cut answers with many more runs; `RUNS`, `CUTS` and `SEED` may be set. */
import { spawnSync } from 'node:child_process';

const environment = { ...process.env, RUNS: process.env['RUNS'] ?? '5000', CUTS: process.env['CUTS'] ?? '200' };
const args = [
	'run',
	'--project',
	'unit',
	'tests/property',
	'tests/simulation',
	'tests/integration/exchange-cut',
	'--testTimeout',
	'1800000'
];
process.exitCode =
	spawnSync('node_modules/.bin/vitest', args, {
		stdio: 'inherit',
		env: environment,
		shell: process.platform === 'win32'
	}).status ?? 1;
