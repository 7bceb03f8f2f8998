/** `npm run restore -- DATEI`: puts a backup in the place of the server's database, which is kept beside; never while a server runs. See docs/hub.md. */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { DATABASE_FILE, parseConfig } from '../src/lib/server/config.js';
import { checkCopy } from './backup/check-copy.js';
import { holdAlone } from './backup/hold-alone.js';
import { flush } from './backup/flush.js';
import { commandLine } from './kit/place.js';

const { config, faults } = parseConfig(process.env);
const [wish] = process.argv.slice(2);
const backup = wish ? path.resolve(process.env.INIT_CWD ?? process.cwd(), wish) : null;
if (backup === null) fail([...faults, `Welche Sicherung? ${commandLine('restore', 'DATEI')}`]);
if (faults.length > 0) fail(faults);
if (!existsSync(backup) || !statSync(backup).isFile()) fail([`Die Datei ${backup} gibt es nicht.`]);
const checked = checkCopy(backup);
if ('fault' in checked) fail([checked.fault, 'Es wurde nichts verändert.']);

const target = path.join(config.dataDir, DATABASE_FILE);
mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
const fresh = `${target}.neu`;
copyFileSync(backup, fresh);
flush(fresh);
const copied = checkCopy(fresh);
if ('fault' in copied) {
	rmSync(fresh);
	fail(['Die Sicherung ließ sich nicht vollständig kopieren. Es wurde nichts verändert.']);
}
const held = await holdAlone(config);
if (held !== null) {
	rmSync(fresh);
	fail([held, 'Es wurde nichts verändert.']);
}
const aside = setAside(target);
renameSync(fresh, target);
flush(config.dataDir);
console.log(
	`Wiederhergestellt: ${target} (${checked.counts.segments} Segmente von ${checked.counts.devices} Geräten).`
);
if (aside) console.log(`Der bisherige Stand liegt daneben: ${aside}`);
console.log('Nach dem Start füllen die Geräte beim nächsten Abgleich von selbst auf, was seit der Sicherung dazukam.');

/** @param {string[]} sentences @returns {never} */
function fail(sentences) {
	for (const sentence of sentences) console.error(sentence);
	process.exit(1);
}

/** The database as it was, with its side files where it could not be closed properly. → its new name. @param {string} file */
function setAside(file) {
	if (!existsSync(file)) return null;
	const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
	const name = `${file}.vor-${stamp}Z`;
	for (const ending of ['-wal', '-shm', '']) if (existsSync(file + ending)) renameSync(file + ending, name + ending);
	return name;
}
