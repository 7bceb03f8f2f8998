/** What the start files of the kit call: the server with its data beside, and a browser at its address; or one of the other commands. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { openBrowser } from './browser.js';
import { checkKit } from './check.js';
import { dataDirOf } from './data-dir.js';
import { kitRoot } from './place.js';

/** Serves this machine alone: the first screen without certificates, but no other counter reaches it. */
const ALONE = 'allein';

/** @type {Readonly<Record<string, () => Promise<unknown>>>} */
const COMMANDS = {
	code: () => import('../code.js'),
	backup: () => import('../backup.js'),
	restore: () => import('../restore.js'),
	check: checkEverything
};

const root = kitRoot();
if (root === null) {
	console.error('Dieses Skript gehört in den Ordner, den „npm run kit“ macht.');
	process.exit(1);
}
process.env.SQLITE_LIBRARY = 'node:sqlite';
removeRuntimeAtEnd(process.env.PASSING_RUNTIME);
// People read this window: calls are logged only when asked for.
process.env.LOG_LEVEL ??= 'warn';

const [command, ...words] = process.argv.slice(2);
const known = command ? COMMANDS[command] : undefined;
if (command && !known && command !== ALONE) {
	console.error(`„${command}“ gibt es nicht; möglich sind: ${[ALONE, ...Object.keys(COMMANDS)].join(', ')}.`);
	process.exit(1);
}
// Whether the files are whole is to be seen wherever the data are.
if (command !== 'check') process.env.DATA_DIR ||= dataDirOrEnd(root);
if (known) {
	process.argv.splice(2, Infinity, ...words);
	await known();
} else {
	process.env.LAN ??= command === ALONE || process.env.TLS_CERT ? '0' : '1';
	const { serve } = await import('../serve.js');
	await serve({ onReady: showAddress });
}

/** @param {string} kit */
function dataDirOrEnd(kit) {
	const found = dataDirOf(kit, process.env);
	if ('dataDir' in found) return found.dataDir;
	console.error(found.fault);
	process.exit(1);
}

/** Unpacked for this one run, where the account has no folder of its own. @param {string | undefined} folder */
function removeRuntimeAtEnd(folder) {
	if (!folder || path.dirname(process.execPath) !== folder) return;
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

/** @param {string} address */
function showAddress(address) {
	console.log(`  Daten:              ${process.env.DATA_DIR}\n`);
	if (process.env.OPEN_BROWSER === '0') return;
	openBrowser(address, process.env, () => console.log(`  Bitte im Browser (Chrome oder Edge) öffnen: ${address}\n`));
}

async function checkEverything() {
	const { faults, fingerprint } = await checkKit(/** @type {string} */ (root), { everything: true });
	for (const fault of faults) console.error(fault);
	if (fingerprint) console.log(`Unterschrieben mit dem Schlüssel ${fingerprint}.`);
	if (faults.length === 0) console.log('Alle Dateien sind, wie sie gemacht wurden.');
	process.exitCode = faults.length === 0 ? 0 : 1;
}
