/** `npm start`: from a fresh clone to a running server. Installs and builds only what is missing or older than its source. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LEAST_NODE = [20, 19];
const SOURCES = [
	'src',
	'static',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json'
];

checkNode();
process.chdir(ROOT);
if (isOlder('node_modules/.package-lock.json', ['package-lock.json'])) {
	console.log('Pakete werden installiert (nur beim ersten Mal, etwa eine Minute) …');
	runNpm('ci');
}
if (isOlder('build/handler.js', SOURCES)) {
	console.log('Die App wird gebaut (nach jeder Änderung einmal, etwa eine Minute) …');
	runNpm('run', 'build');
}
// People read this terminal: calls are logged only when asked for.
process.env.LOG_LEVEL ??= 'warn';
const { serve } = await import('./serve.js');
await serve();

function checkNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
	if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
	console.error(
		`Notschalter braucht Node.js ${LEAST_NODE.join('.')} oder neuer; hier läuft ${process.versions.node}. Von https://nodejs.org installieren und noch einmal starten.`
	);
	process.exit(1);
}

/**
 * Whether a result is missing or one of its sources is newer.
 * @param {string} result
 * @param {readonly string[]} sources
 */
function isOlder(result, sources) {
	if (!existsSync(result)) return true;
	const made = statSync(result).mtimeMs;
	return sources.some((source) => newest(source) > made);
}

/**
 * @param {string} source
 * @returns {number}
 */
function newest(source) {
	if (!existsSync(source)) return 0;
	const status = statSync(source);
	if (!status.isDirectory()) return status.mtimeMs;
	return readdirSync(source).reduce((time, name) => Math.max(time, newest(path.join(source, name))), status.mtimeMs);
}

/**
 * Its output is shown only when it fails: the address below must not get lost in it.
 * @param {...string} words
 */
function runNpm(...words) {
	const npm = process.env.npm_execpath;
	const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
	const run = spawnSync(command, [...first, ...words], {
		cwd: ROOT,
		encoding: 'utf8',
		// On Windows npm is a script of the shell.
		shell: !npm && process.platform === 'win32',
		maxBuffer: 64 * 1024 * 1024
	});
	if (run.status === 0) return;
	console.error(run.stdout, run.stderr);
	console.error(`„npm ${words.join(' ')}“ ist fehlgeschlagen; oben steht, woran es lag.`);
	process.exit(1);
}
