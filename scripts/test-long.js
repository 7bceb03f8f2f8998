/**
 * `npm run test:long`: everything that chance has a part in, many more times: property tests, simulated sites, cut answers, killed
 * servers and killed browsers. `RUNS`, `SEEDS`, `CUTS`, `KILLS` and `SEED` may be set.
 * `npm run test:long -- --seeds N`: the simulation alone, with the seeds 1 to N.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { seeds } = parseArgs({ options: { seeds: { type: 'string' } } }).values;
if (seeds !== undefined && !/^[1-9]\d*$/.test(seeds)) throw new Error(`--seeds takes a number, not ${seeds}`);

/** @param {string} command @param {string[]} args @param {Record<string, string>} environment @returns {boolean} */
function run(command, args, environment = {}) {
	const { status } = spawnSync(`node_modules/.bin/${command}`, args, {
		stdio: 'inherit',
		env: { ...environment, ...process.env },
		shell: process.platform === 'win32'
	});
	return status === 0;
}

/** @param {string[]} places @param {Record<string, string>} environment */
const test = (places, environment) =>
	run('vitest', ['run', '--project', 'unit', ...places, '--testTimeout', '1800000'], environment);

const simulated = () => test(['tests/simulation'], { SEEDS: seeds ?? '3000' });
const everything = () => [
	test(['tests/property'], { RUNS: '5000' }),
	simulated(),
	test(['tests/integration/exchange-cut'], { CUTS: '200' }),
	test(['tests/integration/server-kills'], { KILLS: '100' }),
	run('vite', ['build', '--logLevel', 'warn']) && run('playwright', ['test', 'kills.e2e.ts'], { KILLS: '50' })
];
process.exitCode = (seeds === undefined ? everything() : [simulated()]).every(Boolean) ? 0 : 1;
