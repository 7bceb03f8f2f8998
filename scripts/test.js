/**
 * `npm test`: everything that must hold, also on a fresh clone. Installs what is missing, runs each check with its
 * output shown, and ends with one line: `N passed, N failed`. A check without tests of its own counts as one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { NOT_DONE } from './audit.js';
import { findChromium, findLanTools, installIfStale } from './install.js';
import { checkNode } from './node-version.js';

checkNode();

const REPORTS = 'test-results';
const VITEST_REPORT = `${REPORTS}/vitest.json`;
const PLAYWRIGHT_REPORT = `${REPORTS}/playwright.json`;

const bin = (/** @type {string} */ name) => `node_modules/.bin/${name}`;
const total = { passed: 0, failed: 0 };
/** What must not be overlooked. @type {string[]} */
const notes = [];

/** @param {string} command @param {string[]} args @param {Record<string, string>} environment @returns {boolean} */
const run = (command, args, environment = {}) => statusOf(command, args, environment) === 0;

/** @param {string} command @param {string[]} args @param {Record<string, string>} environment @returns {number | null} */
function statusOf(command, args, environment = {}) {
	console.log(`\n── ${command.replace('node_modules/.bin/', '')} ${args.join(' ')}`);
	const { status } = spawnSync(command, args, {
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, ...environment },
		shell: process.platform === 'win32'
	});
	return status;
}

/** @param {boolean} went */
function countOne(went) {
	total[went ? 'passed' : 'failed'] += 1;
}

/**
 * Adds what a runner wrote down. One that says it failed without naming a test, or that ran none, is a failure too.
 * @param {boolean} went @param {string} report @param {(report: any) => { passed: number, failed: number }} read
 */
function countReport(went, report, read) {
	const { passed, failed } = existsSync(report)
		? read(JSON.parse(readFileSync(report, 'utf8')))
		: { passed: 0, failed: 0 };
	total.passed += passed;
	total.failed += failed > 0 || (went && passed > 0) ? failed : 1;
}

function checkSources() {
	countOne(run(bin('svelte-kit'), ['sync']));
	countOne(run(bin('svelte-check'), ['--tsconfig', './tsconfig.json', '--fail-on-warnings']));
	countOne(run(bin('eslint'), ['.', '--max-warnings', '0']));
	countOne(run(bin('prettier'), ['--check', '--log-level', 'warn', '.']));
	auditPackages();
}

/** Counts only where the registry answers; else it is said at the end, and nothing is claimed. */
function auditPackages() {
	const status = statusOf(process.execPath, ['scripts/audit.js']);
	if (status === NOT_DONE) notes.push('AUDIT NOT DONE: no package was checked for known holes.');
	else countOne(status === 0);
}

function testInNodeAndBrowser() {
	const went = run(bin('vitest'), [
		'run',
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${VITEST_REPORT}`
	]);
	countReport(went, VITEST_REPORT, ({ numPassedTests, numFailedTests }) => ({
		passed: numPassedTests,
		failed: numFailedTests
	}));
}

function testEndToEnd() {
	const went = run(bin('playwright'), ['test', '--reporter=list,json'], {
		PLAYWRIGHT_JSON_OUTPUT_NAME: PLAYWRIGHT_REPORT
	});
	countReport(went, PLAYWRIGHT_REPORT, ({ stats }) => ({
		passed: stats.expected,
		failed: stats.unexpected + stats.flaky
	}));
}

function runAll() {
	rmSync(REPORTS, { recursive: true, force: true });
	mkdirSync(REPORTS, { recursive: true });
	checkSources();
	testInNodeAndBrowser();
	const built = run(bin('vite'), ['build', '--logLevel', 'warn']);
	countOne(built);
	if (!built) return;
	countOne(run(bin('size-limit'), []));
	testEndToEnd();
}

if (installIfStale() && findChromium()) {
	for (const tool of findLanTools()) notes.push(`${tool} is missing: tests of the LAN mode fail without it.`);
	runAll();
} else countOne(false);
for (const note of notes) console.log(`\n${note}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
