/** Where the kit's data are: beside the app, so that they go where the folder goes; where that may not be written, with this account. */
import { mkdirSync, mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { DROPPINGS } from './check.js';

/**
 * Where data are already, they are used or nothing is: an empty server beside a full one looks like loss.
 * @param {string} kit Folder of the kit.
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {{ dataDir: string } | { fault: string }} a German sentence
 */
export function dataDirOf(kit, environment) {
	const beside = path.join(kit, 'daten');
	const own = ownFolder(environment);
	if (holdsData(beside)) return canWrite(beside) ? { dataDir: beside } : { fault: refusal(beside) };
	if (own !== null && holdsData(own)) return canWrite(own) ? { dataDir: own } : { fault: refusal(own) };
	for (const folder of [beside, own]) if (folder !== null && canWrite(folder)) return { dataDir: folder };
	return {
		fault: `Weder in „${beside}“ noch im eigenen Ordner dieses Benutzerkontos darf geschrieben werden. Bitte den ganzen Ordner „Notschalter“ dorthin kopieren, wo Sie schreiben dürfen, zum Beispiel auf den Desktop.`
	};
}

/** @param {string} folder */
const refusal = (folder) =>
	`In „${folder}“ liegen schon Daten, aber dieses Benutzerkonto darf dort nicht schreiben (oder der Datenträger ist schreibgeschützt). Notschalter startet so nicht, damit daneben kein leerer Server entsteht. Bitte mit dem Benutzerkonto starten, das die Daten angelegt hat, oder den Schreibschutz aufheben. Es wurde nichts verändert.`;

/** → null where the account has no folder of its own. @param {Readonly<Record<string, string | undefined>>} environment */
function ownFolder({ LOCALAPPDATA, XDG_DATA_HOME }) {
	if (process.platform === 'win32' && LOCALAPPDATA) return path.join(LOCALAPPDATA, 'Notschalter', 'daten');
	if (process.platform !== 'win32' && XDG_DATA_HOME) return path.join(XDG_DATA_HOME, 'notschalter');
	try {
		return process.platform === 'win32'
			? path.join(homedir(), 'Notschalter', 'daten')
			: path.join(homedir(), '.local', 'share', 'notschalter');
	} catch {
		// Neither HOME nor an entry for the account: there is no such folder.
		return null;
	}
}

/** What cannot be looked into may hold everything. @param {string} folder */
function holdsData(folder) {
	try {
		return readdirSync(folder).some((name) => !DROPPINGS.test(name));
	} catch (error) {
		return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
	}
}

/** Tried, not asked: Windows and read-only sticks answer the question wrongly. @param {string} folder */
function canWrite(folder) {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		rmdirSync(mkdtempSync(path.join(folder, '.probe-')));
		return true;
	} catch {
		return false;
	}
}
