/** `npm start`, `npm start -- --lan`: from a fresh clone to a running server. Installs and builds only what is missing or older than its source. */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { isBuildStale } from './build-state.js';
import { isInstalled } from './install.js';
import { checkNode } from './node-version.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

checkNode();
process.chdir(ROOT);
if (!isInstalled()) {
	console.log('Pakete werden installiert (nur beim ersten Mal, etwa eine Minute) …');
	runNpm('ci');
}
if (isBuildStale()) {
	console.log('Die App wird gebaut (nach jeder Änderung einmal, etwa eine Minute) …');
	runNpm('run', 'build');
}
// People read this terminal: calls are logged only when asked for.
process.env.LOG_LEVEL ??= 'warn';
const { serve } = await import('./serve.js');
await serve();

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
