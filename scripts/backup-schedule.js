/** Backups by the running server: one as soon as it is due, then one every so many hours, each by a process of its own so that no call waits. */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { readBackupRecord } from '../src/lib/server/backup-record.js';

const SCRIPT = fileURLToPath(new URL('backup.js', import.meta.url));
const HOUR_MS = 3_600_000;
/** The server is to be there first. */
const FIRST_AFTER_MS = 5_000;
/** A stick that was not there is tried again sooner than the next backup would be due. */
const AGAIN_AFTER_MS = 15 * 60_000;

/**
 * @param {import('../src/lib/server/backup-config.js').BackupConfig} config
 * @param {{ info(sentence: string): void, error(sentence: string): void }} log
 * @param {string} dataDir
 */
export function scheduleBackups({ folder, everyHours }, log, dataDir) {
	const everyMs = everyHours * HOUR_MS;
	/** Told once: a stick that is missing all night must not fill the log. */
	let told = '';
	const later = (/** @type {number} */ ms) => setTimeout(run, ms).unref();
	async function run() {
		const fault = await backUp(folder);
		if (fault === null) log.info('Die Datenbank wurde gesichert und die Sicherung geprüft.');
		else if (fault !== told) log.error(fault);
		told = fault ?? '';
		later(fault === null ? everyMs : Math.min(everyMs, AGAIN_AFTER_MS));
	}
	// A server that is started again and again must not push all good backups out of the folder.
	const dueAt = (readBackupRecord(dataDir).last?.at ?? 0) + everyMs;
	later(Math.max(FIRST_AFTER_MS, Math.min(everyMs, dueAt - Date.now())));
}

/** → a sentence when it did not work. @param {string} folder @returns {Promise<string | null>} */
function backUp(folder) {
	return new Promise((resolve) => {
		const child = spawn(process.execPath, [...process.execArgv, SCRIPT, folder], {
			stdio: ['ignore', 'ignore', 'pipe'],
			env: { ...process.env, INIT_CWD: '' }
		});
		let said = '';
		child.stderr.on('data', (chunk) => (said += chunk.toString()));
		child.once('error', ({ name }) => resolve(`Die Sicherung ließ sich nicht beginnen (${name}).`));
		child.once('close', (code) => resolve(code === 0 ? null : said.trim() || 'Die Sicherung ist gescheitert.'));
	});
}
