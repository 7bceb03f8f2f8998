/**
 * `npm run test:long`: property tests, simulations and kills of the browser with many more runs.
 * `RUNS`, `KILLS` and `SEED` may be set.
 */
import { spawnSync } from 'node:child_process';

/** @param {string} command @param {string[]} args @param {Record<string, string>} environment @returns {boolean} */
function run(command, args, environment = {}) {
	const { status } = spawnSync(`node_modules/.bin/${command}`, args, {
		stdio: 'inherit',
		env: { ...environment, ...process.env },
		shell: process.platform === 'win32'
	});
	return status === 0;
}

const long = ['run', '--project', 'unit', 'tests/property', 'tests/simulation', '--testTimeout', '1800000'];
const went = [
	run('vitest', long, { RUNS: '5000' }),
	run('vite', ['build', '--logLevel', 'warn']) && run('playwright', ['test', 'kills.e2e.ts'], { KILLS: '50' })
];
process.exitCode = went.every(Boolean) ? 0 : 1;
