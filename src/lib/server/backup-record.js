/** What is known of the backups of a server: one small file beside its database, written by whoever makes a backup, read by the status page. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const FILE = 'backup.json';

/**
 * @typedef {object} BackupRecord
 * @property {{ at: number, file: string, sizeBytes: number, sameDisk: boolean } | null} last The last one that was checked and found whole.
 * @property {{ at: number, sentence: string } | null} fault Of the last attempt; null: it went well.
 */

/** @param {string} dataDir @returns {BackupRecord} */
export function readBackupRecord(dataDir) {
	try {
		const { last = null, fault = null } = JSON.parse(readFileSync(path.join(dataDir, FILE), 'utf8'));
		return {
			last: isLast(last) ? last : null,
			fault: fault && Number.isFinite(fault.at) && typeof fault.sentence === 'string' ? fault : null
		};
	} catch {
		// None was made yet, or the file is damaged: either way nothing is known of one.
		return { last: null, fault: null };
	}
}

/** @param {any} last */
const isLast = (last) =>
	last !== null && Number.isFinite(last.at) && typeof last.file === 'string' && Number.isFinite(last.sizeBytes);

/** @param {string} dataDir @param {BackupRecord} record */
export function writeBackupRecord(dataDir, record) {
	const file = path.join(dataDir, FILE);
	writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(record)}\n`, { mode: 0o600 });
	renameSync(`${file}.${process.pid}`, file);
}
