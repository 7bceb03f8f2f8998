/** `npm run feed`: reads export files of the booking system into a space, see docs/feed.md. Builds its bundle where that is missing or old. */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BUNDLE, buildFeed, VITE } from './build-feed.js';
import { isFeedStale } from './build-state.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

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
	const fault = buildFeed();
	if (fault === null) return;
	console.error(fault);
	console.error('Der Einlesedienst ließ sich nicht bauen; oben steht, woran es lag.');
	process.exit(1);
}
