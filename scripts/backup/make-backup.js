/**
 * One backup of a server's database, also while it runs: written beside, flushed, read back in full, and only then given its name.
 * Older ones of the same server are removed afterwards, never before, and never one that holds a space, or an authority, that the new one lacks.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { DATABASE_FILE } from '../../src/lib/server/config.js';
import { openSqliteFile } from '../../src/lib/server/sqlite.js';
import { checkCopy, contentNames, countsOf, liesBetween } from './check-copy.js';
import { flush } from './flush.js';
import { keepTlsFiles } from './kept-files.js';

/** The server's id, then the time to the millisecond: of one server they sort by time. */
const NAME = /^notschalter-([0-9a-f]{8})-(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z)\.sqlite$/;
const PARTIAL = '.teil';
/** A run that is still at it writes to its file; one that was ended does not. */
const LEFT_AFTER_MS = 3_600_000;
/** Files system and stick need beside. */
const ROOM_BYTES = 4 * 1024 * 1024;

/**
 * @typedef {object} Backup
 * @property {string} file Absolute.
 * @property {number} sizeBytes
 * @property {boolean} sameDisk On the disk of the database itself: that saves from a mistake, not from a broken disk.
 * @property {import('./check-copy.js').Counts} counts
 * @property {number} removed Older ones that were removed.
 * @property {readonly string[]} unkept Names of files beside the database that should be in it and could not be read.
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
	let partial = null;
	try {
		removeLeftovers(folder, now);
		const room = statfsSync(folder);
		if (room.bavail * room.bsize < sizeOf(source) + ROOM_BYTES)
			return {
				fault: `In ${folder} ist nicht genug Platz für eine Sicherung. Ältere Sicherungen wurden nicht angetastet.`
			};
		const serverId = serverIdOf(source);
		const target = freeName(folder, serverId, now);
		partial = `${target}${PARTIAL}`;
		const { before, after } = copy(source, partial);
		const unkept = keepTlsFiles(partial, dataDir);
		flush(partial);
		const checked = checkCopy(partial);
		if ('fault' in checked) return { fault: `${checked.fault} Sie wurde verworfen; ältere sind noch da.` };
		if (!liesBetween(before, checked.counts, after))
			return { fault: 'In der Sicherung fehlt etwas. Sie wurde verworfen; ältere sind noch da.' };
		renameSync(partial, target);
		flush(folder);
		const sizeBytes = statSync(target).size;
		const sameDisk = statSync(folder).dev === statSync(dataDir).dev;
		return {
			backup: {
				file: target,
				sizeBytes,
				sameDisk,
				counts: checked.counts,
				removed: removeOld({ folder, keep, target, now }),
				unkept
			}
		};
	} catch (error) {
		return { fault: sentenceOf(error, folder) };
	} finally {
		if (partial) rmSync(partial, { force: true });
	}
}

/**
 * Made once, and in every copy; a restore ends it, so that the machine it came from goes on alone in its row. A database that cannot be
 * written must be backed up all the same: then its first space stands for it.
 * @param {string} source
 */
function serverIdOf(source) {
	const database = openSqliteFile(source, { timeoutMs: 30_000 });
	const known = () => database.prepare("select value from server_state where name = 'server-id'").all()[0]?.value;
	try {
		const id = known();
		if (id) return String(id);
		database
			.prepare("insert or ignore into server_state (name, value) values ('server-id', ?)")
			.run([randomBytes(4).toString('hex')]);
		return String(known());
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		if (!/^SQLITE_(READONLY|FULL|IOERR|BUSY)/.test(code)) throw error;
		const [first] = database.prepare('select space_id from spaces order by founded_at, space_id limit 1').all();
		return String(first?.space_id ?? '00000000').slice(0, 8);
	} finally {
		database.close();
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
		return { before, after: countsOf(database) };
	} finally {
		database.close();
	}
}

/** @param {string} folder @param {string} serverId @param {Date} now */
function freeName(folder, serverId, now) {
	for (let ms = now.getTime(); ; ms++) {
		const file = path.join(folder, `notschalter-${serverId}-${stampOf(new Date(ms))}.sqlite`);
		if (!existsSync(file)) return file;
	}
}

/** @param {Date} time */
const stampOf = (time) => `${time.toISOString().slice(0, -1).replaceAll(/[:.]/g, '-')}Z`;

/** Backups in a folder, of whichever server, those of one oldest first. @param {string} folder */
export const backupsIn = (folder) =>
	readdirSync(folder)
		.filter((name) => NAME.test(name))
		.sort();

/** What a run that was ended in the middle has left. @param {string} folder @param {Date} now */
function removeLeftovers(folder, now) {
	for (const name of readdirSync(folder)) {
		if (!name.endsWith(PARTIAL) || !NAME.test(name.slice(0, -PARTIAL.length))) continue;
		const file = path.join(folder, name);
		if (Math.abs(now.getTime() - statSync(file).mtimeMs) > LEFT_AFTER_MS) rmSync(file);
	}
}

/**
 * Of this server alone: others may share the stick. What a wrong clock has dated into the future is neither counted nor removed.
 * @param {{ folder: string, keep: number, target: string, now: Date }} made
 */
function removeOld({ folder, keep, target, now }) {
	const [, serverId, stamp = ''] = NAME.exec(path.basename(target)) ?? [];
	const latest = [stamp, stampOf(now)].sort().at(-1) ?? stamp;
	const own = backupsIn(folder).filter((name) => {
		const [, id, at = ''] = NAME.exec(name) ?? [];
		return id === serverId && at <= latest && name !== path.basename(target);
	});
	const held = new Set(contentNames(target));
	const old = own
		.slice(0, Math.max(0, own.length + 1 - keep))
		.filter((name) => contentNames(path.join(folder, name)).every((one) => held.has(one)));
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
