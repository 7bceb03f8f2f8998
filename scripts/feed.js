/** `npm run feed`: reads export files of the booking system into a space, see docs/feed.md. Builds its bundle where that is missing or old. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isFeedStale } from './build-state.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUNDLE = path.join(ROOT, 'build-feed/feed.js');
const VITE = path.join(ROOT, 'node_modules/vite/bin/vite.js');

// Files are named from where the command was given, sources from where this script lies.
const from = process.env.INIT_CWD ?? process.cwd();
process.chdir(ROOT);
// Without development packages what was built is used as it is.
if (isFeedStale() && existsSync(VITE)) build();
if (!existsSync(BUNDLE)) {
	console.error('Der Einlesedienst ist noch nicht gebaut: erst „npm ci“ und „npm run build“.');
	process.exit(1);
}
process.chdir(from);
/** @type {{ main: (args: readonly string[]) => Promise<void> }} */
const { main } = await import(pathToFileURL(BUNDLE).href);
await main(process.argv.slice(2));

function build() {
	const run = spawnSync(process.execPath, [VITE, 'build', '--config', 'vite.feed.config.ts'], { encoding: 'utf8' });
	if (run.status === 0) return;
	console.error(run.stdout, run.stderr);
	console.error('Der Einlesedienst ließ sich nicht bauen; oben steht, woran es lag.');
	process.exit(1);
}
