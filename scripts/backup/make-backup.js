/**
 * One backup of a server's database, also while it runs: written beside, flushed, read back in full, and only then given its name.
 * Older ones are removed afterwards, never before.
 */
import { existsSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { DATABASE_FILE } from '../../src/lib/server/config.js';
import { openSqliteFile } from '../../src/lib/server/sqlite.js';
import { checkCopy, countsOf, liesBetween } from './check-copy.js';
import { flush } from './flush.js';

/** Names sort by time, to the millisecond. */
const NAME = /^notschalter-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z\.sqlite$/;
const PARTIAL = '.teil';
/** Files system and stick need beside. */
const ROOM_BYTES = 4 * 1024 * 1024;

/**
 * @typedef {object} Backup
 * @property {string} file Absolute.
 * @property {number} sizeBytes
 * @property {boolean} sameDisk On the disk of the database itself: that saves from a mistake, not from a broken disk.
 * @property {import('./check-copy.js').Counts} counts
 * @property {number} removed Older ones that were removed.
 */

/**
 * @param {{ dataDir: string, folder: string, keep: number, now: Date }} wish
 * @returns {{ backup: Backup } | { fault: string }} a German sentence
 */
export function makeBackup({ dataDir, folder, keep, now }) {
	const source = path.join(dataDir, DATABASE_FILE);
	if (!existsSync(source)) return { fault: `Unter ${dataDir} (DATA_DIR) liegt keine Datenbank.` };
	if (!existsSync(folder) || !statSync(folder).isDirectory())
		return { fault: `Den Ordner ${folder} gibt es nicht. Ist der Datenträger angeschlossen?` };
	const target = freeName(folder, now);
	const partial = `${target}${PARTIAL}`;
	try {
		removeLeftovers(folder);
		const room = statfsSync(folder);
		if (room.bavail * room.bsize < sizeOf(source) + ROOM_BYTES)
			return {
				fault: `In ${folder} ist nicht genug Platz für eine Sicherung. Ältere Sicherungen wurden nicht angetastet.`
			};
		const { before, after } = copy(source, partial);
		const checked = checkCopy(partial);
		if ('fault' in checked) return { fault: `${checked.fault} Sie wurde verworfen; ältere sind noch da.` };
		if (!liesBetween(before, checked.counts, after))
			return { fault: 'In der Sicherung fehlt etwas. Sie wurde verworfen; ältere sind noch da.' };
		renameSync(partial, target);
		flush(folder);
		const sizeBytes = statSync(target).size;
		const sameDisk = statSync(folder).dev === statSync(dataDir).dev;
		return {
			backup: { file: target, sizeBytes, sameDisk, counts: checked.counts, removed: removeOld(folder, keep, target) }
		};
	} catch (error) {
		return { fault: sentenceOf(error, folder) };
	} finally {
		rmSync(partial, { force: true });
	}
}

/** As big as it can become: what the write-ahead log holds too. @param {string} source */
const sizeOf = (source) => statSync(source).size + (existsSync(`${source}-wal`) ? statSync(`${source}-wal`).size : 0);

/** @param {string} source @param {string} partial */
function copy(source, partial) {
	const database = openSqliteFile(source, { timeoutMs: 30_000 });
	try {
		const before = countsOf(database);
		// One state of everything, whatever is written meanwhile; also smaller than the file it comes from.
		database.prepare('vacuum into ?').run([partial]);
		flush(partial);
		return { before, after: countsOf(database) };
	} finally {
		database.close();
	}
}

/** @param {string} folder @param {Date} now */
function freeName(folder, now) {
	for (let ms = now.getTime(); ; ms++) {
		const stamp = new Date(ms).toISOString().slice(0, -1).replaceAll(/[:.]/g, '-');
		const file = path.join(folder, `notschalter-${stamp}Z.sqlite`);
		if (!existsSync(file)) return file;
	}
}

/** Backups in a folder, oldest first. @param {string} folder */
export const backupsIn = (folder) =>
	readdirSync(folder)
		.filter((name) => NAME.test(name))
		.sort();

/** What a run that was ended in the middle has left. @param {string} folder */
function removeLeftovers(folder) {
	for (const name of readdirSync(folder))
		if (name.endsWith(PARTIAL) && NAME.test(name.slice(0, -PARTIAL.length))) rmSync(path.join(folder, name));
}

/** The one just made stays, also where a clock that was set back sorts it first. @param {string} folder @param {number} keep @param {string} made */
function removeOld(folder, keep, made) {
	const others = backupsIn(folder).filter((name) => name !== path.basename(made));
	const old = others.slice(0, Math.max(0, others.length + 1 - keep));
	for (const name of old) rmSync(path.join(folder, name));
	return old.length;
}

/** The code alone is told apart: a message may hold what nobody needs to read. @param {unknown} error @param {string} folder */
function sentenceOf(error, folder) {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (code === 'SQLITE_FULL' || code === 'ENOSPC') return `In ${folder} ist kein Platz mehr.`;
	if (/^(EACCES|EPERM|EROFS|SQLITE_CANTOPEN|SQLITE_READONLY)/.test(code))
		return `In ${folder} darf dieses Benutzerkonto nicht schreiben.`;
	if (/^SQLITE_(CORRUPT|NOTADB)/.test(code))
		return 'Die Datenbank des Servers ist beschädigt; sie lässt sich nicht sichern.';
	return `Die Sicherung ist gescheitert (${code || (error instanceof Error ? error.name : 'unbekannt')}).`;
}
