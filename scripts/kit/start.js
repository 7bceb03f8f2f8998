/** What the start files of the kit call: the server with its data beside, and a browser at its address; or one of the other commands. */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { checkKit } from './check.js';
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
process.env.DATA_DIR ??= dataDirOf(root);
// People read this window: calls are logged only when asked for.
process.env.LOG_LEVEL ??= 'warn';

const [command, ...words] = process.argv.slice(2);
const known = command ? COMMANDS[command] : undefined;
if (command && !known && command !== ALONE) {
	console.error(`„${command}“ gibt es nicht; möglich sind: ${[ALONE, ...Object.keys(COMMANDS)].join(', ')}.`);
	process.exit(1);
}
if (known) {
	process.argv.splice(2, Infinity, ...words);
	await known();
} else {
	process.env.LAN ??= command === ALONE || process.env.TLS_CERT ? '0' : '1';
	const { serve } = await import('../serve.js');
	await serve({ onReady: openBrowser });
}

/**
 * Beside the app, so that it goes where the folder goes; where that may not be written, with this account.
 * @param {string} kit
 */
function dataDirOf(kit) {
	const beside = path.join(kit, 'daten');
	const own =
		process.platform === 'win32'
			? path.join(process.env.LOCALAPPDATA ?? homedir(), 'Notschalter', 'daten')
			: path.join(process.env.XDG_DATA_HOME ?? path.join(homedir(), '.local', 'share'), 'notschalter');
	// Whoever once worked there finds the data there, whatever may be written today.
	if (!existsSync(beside) && existsSync(own)) return own;
	try {
		mkdirSync(beside, { recursive: true, mode: 0o700 });
		accessSync(beside, constants.W_OK);
		return beside;
	} catch {
		return own;
	}
}

/** No browser is no reason to stop: the address stands in the window. @param {string} address */
function openBrowser(address) {
	console.log(`  Daten:              ${process.env.DATA_DIR}\n`);
	if (process.env.OPEN_BROWSER === '0') return;
	const [program, args] =
		process.platform === 'win32' ? ['rundll32', ['url.dll,FileProtocolHandler', address]] : ['xdg-open', [address]];
	const browser = spawn(/** @type {string} */ (program), /** @type {string[]} */ (args), {
		stdio: 'ignore',
		detached: true
	});
	browser.once('error', () => console.log(`  Bitte im Browser (Chrome oder Edge) öffnen: ${address}\n`));
	browser.unref();
}

async function checkEverything() {
	const { faults, fingerprint } = await checkKit(/** @type {string} */ (root), { everything: true });
	for (const fault of faults) console.error(fault);
	if (fingerprint) console.log(`Unterschrieben mit dem Schlüssel ${fingerprint}.`);
	if (faults.length === 0) console.log('Alle Dateien sind, wie sie gemacht wurden.');
	process.exitCode = faults.length === 0 ? 0 : 1;
}
