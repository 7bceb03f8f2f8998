/**
 * `npm run bench`: measures what the app promises and prints one table. Parts may be named (`npm run bench -- start keys`);
 * `--requests=1000` and `--runs=3` make a small run. Values as they were: test-results/bench.json.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isBuildStale } from '../../scripts/build-state.js';
import { firstLoadScripts, precachedFiles } from '../../scripts/first-load.js';
import { findChromium, installIfStale } from '../../scripts/install.js';

/** @typedef {import('./figures').Figure} Figure */
/** @typedef {Figure & { part: string }} Measured */

const FOLDER = resolve('test-results/bench');
const REPORT = 'test-results/bench.json';
const PLAYWRIGHT_CONFIG = 'tests/bench/playwright.config.ts';
const FIRST_LOAD_BYTES = 200_000;

/** @type {{ [part: string]: () => boolean | Promise<boolean> }} */
const PARTS = {
	size: measureSize,
	start: () => measureInBrowser('start'),
	keys: () => measureInBrowser('keys'),
	import: () => measureInBrowser('import'),
	bundle: () => measureInBrowser('bundle'),
	hub: () => measureInBrowser('hub'),
	server: () => measureInBrowser('server'),
	counter: async () => {
		const { bundlePage } = await import('./page/bundle.js');
		await bundlePage(`${FOLDER}/page`);
		return measureInBrowser('counter');
	},
	fold: () => measureFloor('fold', 'unit'),
	storage: () => measureFloor('storage', 'browser')
};

/** @param {string} name @param {string[]} args @returns {boolean} */
function runBin(name, ...args) {
	const environment = {
		BENCH_FOLDER: FOLDER,
		BENCH_RUNS: option('runs', '5'),
		BENCH_REQUESTS: option('requests', '10000')
	};
	const { status } = spawnSync(`node_modules/.bin/${name}`, args, {
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, ...environment },
		shell: process.platform === 'win32'
	});
	return status === 0;
}

/** @param {string} name @param {string} fallback */
const option = (name, fallback) =>
	process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split('=')[1] ?? fallback;

/** @param {string} part @param {Figure[]} figures */
const keep = (part, figures) => writeFileSync(`${FOLDER}/${part}.json`, JSON.stringify(figures, null, '\t'));

/** Sizes do not vary: one value each. */
function measureSize() {
	const gzip = (/** @type {string[]} */ files) =>
		files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
	const kept = precachedFiles();
	keep('size', [
		{ name: 'first load, JavaScript, gzip', unit: 'bytes', values: [gzip(firstLoadScripts())], goal: FIRST_LOAD_BYTES },
		{ name: 'kept on the device: files', unit: 'files', values: [kept.length] },
		{
			name: 'kept on the device: as they are',
			unit: 'bytes',
			values: [kept.reduce((sum, file) => sum + readFileSync(file).length, 0)]
		},
		{ name: 'kept on the device: gzip', unit: 'bytes', values: [gzip(kept)] }
	]);
	return true;
}

/** @param {string} part */
const measureInBrowser = (part) => runBin('playwright', 'test', '--config', PLAYWRIGHT_CONFIG, `${part}.measure.ts`);

/** Vitest's own benches; it keeps percentiles and ends, not each value. @param {string} part @param {string} project */
function measureFloor(part, project) {
	const output = `${FOLDER}/${part}-vitest.json`;
	const went = runBin(
		'vitest',
		'bench',
		'--run',
		'--project',
		project,
		'--outputJson',
		output,
		`tests/bench/${part}.bench.ts`
	);
	if (!went || !existsSync(output)) return false;
	const { files } = JSON.parse(readFileSync(output, 'utf8'));
	/** @type {{ fullName: string, benchmarks: { name: string, median: number, min: number, max: number }[] }[]} */
	const groups = files.flatMap((/** @type {any} */ file) => file.groups);
	keep(
		part,
		groups.flatMap(({ benchmarks }) =>
			benchmarks.map(({ name, median, min, max }) => ({
				name: `${part}: ${name}`,
				unit: /** @type {const} */ ('ms'),
				values: [min, median, max]
			}))
		)
	);
	return groups.length > 0;
}

/** @param {readonly number[]} values */
function summaryOf(values) {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	return { median, min: sorted[0], max: sorted[sorted.length - 1] };
}

/** @param {number} value @param {string} unit */
function written(value, unit) {
	if (unit === 'bytes') return `${(value / 1_000).toLocaleString('en', { maximumFractionDigits: 1 })} kB`;
	const digits = unit === 's' || unit === '×' ? 2 : unit === 'ms' ? 1 : 0;
	return `${value.toFixed(digits)} ${unit}`;
}

/** @param {Measured} figure */
function lineOf({ name, unit, values, goal, part }) {
	const { median, min, max } = summaryOf(values);
	const spread = min === max ? '' : `${written(min, unit)} – ${written(max, unit)}`;
	const judged = goal === undefined ? '' : `≤ ${written(goal, unit)} ${median <= goal ? '✔' : '✘ missed'}`;
	return [name, written(median, unit), spread, judged, `npm run bench -- ${part}`];
}

/** @param {string[][]} lines */
function printTable(lines) {
	const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column].length)));
	for (const line of lines) console.log(`| ${line.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`);
}

/** @param {string} part @returns {Measured[]} */
function figuresOf(part) {
	const file = `${FOLDER}/${part}.json`;
	if (!existsSync(file)) return [];
	return JSON.parse(readFileSync(file, 'utf8')).map((/** @type {Figure} */ figure) => ({ ...figure, part }));
}

async function runAll() {
	const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
	const unknown = named.filter((part) => !(part in PARTS));
	if (unknown.length > 0) throw new Error(`no such part: ${unknown}; there are ${Object.keys(PARTS).join(', ')}`);
	if (!installIfStale() || !findChromium()) return false;
	if (isBuildStale() && !runBin('vite', 'build', '--logLevel', 'warn')) return false;
	rmSync(FOLDER, { recursive: true, force: true });
	mkdirSync(FOLDER, { recursive: true });
	/** @type {string[]} */
	const failed = [];
	for (const part of named.length > 0 ? named : Object.keys(PARTS)) {
		console.log(`\n── ${part}`);
		if (!(await PARTS[part]())) failed.push(part);
	}
	const figures = Object.keys(PARTS).flatMap(figuresOf);
	const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}, ${os.platform()}`;
	const at = new Date().toISOString();
	writeFileSync(
		REPORT,
		JSON.stringify({ at, machine, figures: figures.map((one) => ({ ...one, ...summaryOf(one.values) })) }, null, '\t')
	);
	console.log(`\n${machine}\n`);
	printTable([
		['figure', 'median', 'min – max', 'goal', 'command'],
		['---', '---', '---', '---', '---'],
		...figures.map(lineOf)
	]);
	if (failed.length > 0) console.error(`\nnot measured: ${failed.join(', ')}`);
	return failed.length === 0;
}

process.exitCode = (await runAll()) ? 0 : 1;
