/**
 * What lies beside the database and must not be lost with it: the certificate authority that the counters trust, its key sealed, and the
 * address they know. It travels in the backup itself, as a table of its own, and leaves it when the backup is put back.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openSqliteFile } from '../../src/lib/server/sqlite.js';
import { AUTHORITY_FILE, AUTHORITY_FILES, createTlsFiles, TLS_FOLDER } from '../lan/tls-files.js';
import { flush } from './flush.js';

/**
 * Only an authority that can be read: a damaged one would push the good one out of all backups.
 * @param {string} copy A backup that has no name yet.
 * @param {string} dataDir
 * @returns {readonly string[]} Names of files that are there and could not be kept.
 */
export function keepTlsFiles(copy, dataDir) {
	const folder = path.join(dataDir, TLS_FOLDER);
	const unkept = [];
	const database = openSqliteFile(copy);
	try {
		// A backup that was put back by hand has it already.
		database.exec(
			'drop table if exists kept_files; create table kept_files (name text primary key, bytes blob not null)'
		);
		for (const name of AUTHORITY_FILES.filter((one) => existsSync(path.join(folder, one)))) {
			const bytes = name === AUTHORITY_FILE && isDamaged(dataDir) ? null : readOrNull(path.join(folder, name));
			if (bytes) database.prepare('insert into kept_files values (?, ?)').run([name, bytes]);
			else unkept.push(name);
		}
	} finally {
		database.close();
	}
	return unkept;
}

/** @param {string} file */
function readOrNull(file) {
	try {
		return readFileSync(file);
	} catch {
		// The database is what a backup is for: whoever makes it is told of this one.
		return null;
	}
}

/** @param {string} dataDir */
function isDamaged(dataDir) {
	try {
		return createTlsFiles(dataDir).readAuthority() === 'damaged';
	} catch {
		return true;
	}
}

/**
 * Takes them out of a copy that becomes the database, and lays them where none are: an authority that is there already is trusted already; a damaged
 * one goes aside.
 * @param {string} fresh @param {string} dataDir
 * @returns {readonly string[]} Names of the files that were laid down.
 */
export function layTlsFiles(fresh, dataDir) {
	const folder = path.join(dataDir, TLS_FOLDER);
	const database = openSqliteFile(fresh);
	try {
		const tables = database.prepare("select name from sqlite_schema where name = 'kept_files'").all();
		if (tables.length === 0) return [];
		const kept = database.prepare('select name, bytes from kept_files').all();
		database.exec('drop table kept_files');
		const authority = path.join(folder, AUTHORITY_FILE);
		const brings = kept.some((row) => row.name === AUTHORITY_FILE);
		if (existsSync(authority) && !(brings && isDamaged(dataDir))) return [];
		if (existsSync(authority)) renameSync(authority, `${authority}.vor-${Date.now()}`);
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		const laid = AUTHORITY_FILES.filter((name) => kept.some((row) => row.name === name));
		// The authority last: ended before it, the next restore lays all of them again.
		for (const name of laid.toSorted((a, b) => Number(a === AUTHORITY_FILE) - Number(b === AUTHORITY_FILE))) {
			const { bytes } = kept.find((row) => row.name === name) ?? {};
			const file = path.join(folder, name);
			writeFileSync(`${file}.neu`, /** @type {Uint8Array} */ (bytes), { mode: 0o600 });
			flush(`${file}.neu`);
			renameSync(`${file}.neu`, file);
		}
		flush(folder);
		return laid;
	} finally {
		database.close();
	}
}
