/** `npm run restore -- DATEI`: puts a backup in the place of the server's database, which is kept beside; never while a server runs. See docs/hub.md. */
import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { DATABASE_FILE, FRESH_ENDING, parseConfig, SET_ASIDE_ENDING } from '../src/lib/server/config.js';
import { NEWER_DATABASE } from '../src/lib/server/database-version.js';
import { checkCopy, contentOf, isNewer, voidCodes } from './backup/check-copy.js';
import { holdAlone } from './backup/hold-alone.js';
import { flush } from './backup/flush.js';
import { layTlsFiles } from './backup/kept-files.js';
import { commandLine } from './kit/place.js';

const NOTHING_CHANGED = 'Es wurde nichts verändert.';

// What is made here holds what the server holds.
process.umask(0o077);
const { config, faults } = parseConfig(process.env);
const [wish] = process.argv.slice(2);
const backup = wish ? path.resolve(process.env.INIT_CWD ?? process.cwd(), wish) : null;
if (backup === null) fail([...faults, `Welche Sicherung? ${commandLine('restore', 'DATEI')}`]);
if (faults.length > 0) fail(faults);
if (!existsSync(backup) || !statSync(backup).isFile()) fail([`Die Datei ${backup} gibt es nicht.`]);
const checked = checkCopy(backup);
if ('fault' in checked) fail([checked.fault, NOTHING_CHANGED]);
if (isNewer(backup)) fail([NEWER_DATABASE]);

const target = path.join(config.dataDir, DATABASE_FILE);
const fresh = target + FRESH_ENDING;
try {
	mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
	copyFileSync(backup, fresh);
	voidCodes(fresh, { enrolmentCode: config.enrolmentCode, now: Date.now() });
	flush(fresh);
} catch (error) {
	drop();
	fail([`${copySentence(error)} ${NOTHING_CHANGED}`]);
}
const copied = checkCopy(fresh);
const held = await holdAlone(config);
if ('fault' in copied || held !== null) {
	drop();
	fail([held ?? 'Die Sicherung ließ sich nicht vollständig kopieren.', NOTHING_CHANGED]);
}
const { spaces, lastReceivedAt } = contentOf(fresh);
/** @type {readonly string[]} */
let laid = [];
/** @type {string | null} */
let aside = null;
try {
	laid = layTlsFiles(fresh, config.dataDir);
	flush(fresh);
	aside = putInPlace();
} catch (error) {
	// Without a database the copy is all there is: the next start of the server names it.
	if (existsSync(target)) drop();
	fail([
		copySentence(error),
		'Verloren ist nichts: Der bisherige Stand liegt unter DATA_DIR. Bitte noch einmal zurückspielen.'
	]);
}

console.log(
	`Wiederhergestellt: ${target} (${checked.counts.segments} Segmente von ${checked.counts.devices} Geräten).`
);
for (const { spaceId, foundedAt } of spaces)
	console.log(`Darin: Verbund ${spaceId.slice(0, 8)}, angelegt ${formatTime(foundedAt)}.`);
if (spaces.length === 0) console.log('Darin ist kein Verbund: Die Sicherung ist von einem leeren Server.');
if (lastReceivedAt) console.log(`Zuletzt kam darin etwas an: ${formatTime(lastReceivedAt)}.`);
if (aside) console.log(`Der bisherige Stand liegt daneben: ${aside}`);
if (laid.length > 0)
	console.log('Die Zertifizierungsstelle (DATA_DIR/tls) kam mit: Die Schalter vertrauen diesem Server weiter.');
console.log(
	'Betriebs- und Aufnahmecodes aus der Sicherung gelten nicht mehr, auch unverbrauchte nicht; bei Bedarf neue erstellen.'
);
console.log('Nach dem Start füllen die Geräte beim nächsten Abgleich von selbst auf, was seit der Sicherung dazukam.');

/** @param {string[]} sentences @returns {never} */
function fail(sentences) {
	for (const sentence of sentences) console.error(sentence);
	process.exit(1);
}

function drop() {
	for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(fresh + ending, { force: true });
}

/**
 * The database as it was goes aside, with its side files where it could not be closed properly, and the copy takes its place. By a
 * second name for the same file where the disk can, so that there is a database at every moment. → where the old one is.
 */
function putInPlace() {
	if (!existsSync(target)) {
		renameSync(fresh, target);
		flush(config.dataDir);
		return null;
	}
	const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
	let name = `${target}${SET_ASIDE_ENDING}${stamp}Z`;
	// A second one of the same second must not take the place of the first.
	for (let again = 2; existsSync(name); again++) name = `${target}${SET_ASIDE_ENDING}${stamp}Z-${again}`;
	try {
		linkSync(target, name);
	} catch {
		// A stick knows no second names. Ended between these two, the server finds both files at its start and says what to do.
		renameSync(target, name);
	}
	for (const ending of ['-wal', '-shm']) if (existsSync(target + ending)) renameSync(target + ending, name + ending);
	renameSync(fresh, target);
	flush(config.dataDir);
	return name;
}

/** @param {unknown} error */
function copySentence(error) {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (code === 'ENOSPC' || code === 'SQLITE_FULL') return `In ${config.dataDir} ist nicht genug Platz.`;
	if (/^(EACCES|EPERM|EROFS)/.test(code)) return `In ${config.dataDir} darf dieses Benutzerkonto nicht schreiben.`;
	return `Die Sicherung ließ sich nicht kopieren (${code || 'unbekannt'}).`;
}

/** @param {number} time */
function formatTime(time) {
	return new Date(time).toLocaleString('de-DE', { dateStyle: 'medium', timeStyle: 'short' });
}
