/** `npm run backup -- ZIEL`: one backup of the server's database into a folder, while it runs or not; see docs/hub.md. */
import path from 'node:path';
import process from 'node:process';
import { readBackupRecord, writeBackupRecord } from '../src/lib/server/backup-record.js';
import { parseConfig } from '../src/lib/server/config.js';
import { makeBackup } from './backup/make-backup.js';
import { commandLine } from './kit/place.js';

// What is made here holds what the server holds.
process.umask(0o077);
const { config, faults } = parseConfig(process.env);
const [wish] = process.argv.slice(2);
// A folder is named from where the command was given.
const folder = wish ? path.resolve(process.env.INIT_CWD ?? process.cwd(), wish) : (config.backup?.folder ?? null);
if (folder === null) faults.push(`Wohin? ${commandLine('backup', 'ORDNER')} (oder BACKUP_DIR setzen).`);
if (faults.length > 0 || folder === null) {
	for (const fault of faults) console.error(fault);
	process.exit(1);
}

const now = new Date();
const made = makeBackup({ dataDir: config.dataDir, folder, keep: config.backupsKept, now });
note(made);
if ('fault' in made) {
	console.error(made.fault);
	process.exit(1);
}
const { file, sizeBytes, sameDisk, counts, removed, unkept } = made.backup;
console.log(
	`Gesichert und geprüft: ${file} (${(sizeBytes / 1e6).toFixed(1).replace('.', ',')} MB, ${counts.segments} Segmente von ${counts.devices} Geräten).`
);
if (removed > 0) console.log(`${removed} ältere entfernt; ${config.backupsKept} bleiben (BACKUP_KEEP).`);
for (const name of unkept)
	console.error(
		`Achtung: ${name} unter DATA_DIR/tls ist beschädigt oder nicht lesbar und kam nicht mit; Sicherungen, in denen es liegt, bleiben.`
	);
if (sameDisk)
	console.log('Achtung: Der Ordner liegt auf demselben Datenträger wie die Datenbank. Geht er kaputt, ist beides weg.');

/** For the status page. @param {ReturnType<typeof makeBackup>} outcome */
function note(outcome) {
	const { last } = readBackupRecord(config.dataDir);
	try {
		if ('fault' in outcome)
			writeBackupRecord(config.dataDir, { last, fault: { at: now.getTime(), sentence: outcome.fault } });
		else {
			const { file, sizeBytes, sameDisk } = outcome.backup;
			writeBackupRecord(config.dataDir, { last: { at: now.getTime(), file, sizeBytes, sameDisk }, fault: null });
		}
	} catch {
		// A full disk under DATA_DIR must not take away the backup that went well; the status page then shows the older one.
		console.error(`In ${config.dataDir} ließ sich nicht vermerken, wie die Sicherung ausging.`);
	}
}
