/** Whether a file is a whole copy of a server's database, and how much is in it. */
import { openSqliteFile } from '../../src/lib/server/sqlite.js';

/** What only grows while a server runs: a copy made in between lies in between. */
const GROWING = ['spaces', 'keyring_records', 'devices', 'segments'];

/** @typedef {Readonly<Record<string, number>>} Counts Rows by table. */

/** @param {import('../../src/lib/server/sqlite.js').SqliteFile} database @returns {Counts} */
export const countsOf = (database) =>
	Object.fromEntries(
		GROWING.map((table) => [table, Number(database.prepare(`select count(*) as n from ${table}`).all()[0]?.n)])
	);

/**
 * Opens the copy and reads all of it. → its counts, or a German sentence.
 * @param {string} file
 * @returns {{ counts: Counts } | { fault: string }}
 */
export function checkCopy(file) {
	/** @type {import('../../src/lib/server/sqlite.js').SqliteFile | null} */
	let copy = null;
	try {
		copy = openSqliteFile(file, { readOnly: true });
		const said = copy.prepare('pragma integrity_check(1)').all()[0]?.integrity_check;
		return said === 'ok' ? { counts: countsOf(copy) } : { fault: 'Die Sicherung ist beschädigt.' };
	} catch {
		return { fault: 'Die Datei ist keine Sicherung eines Notschalter-Servers, oder sie ist beschädigt.' };
	} finally {
		copy?.close();
	}
}

/** @param {Counts} before @param {Counts} copy @param {Counts} after */
export const liesBetween = (before, copy, after) =>
	GROWING.every((table) => {
		const [least = 0, held = -1, most = 0] = [before[table], copy[table], after[table]];
		return least <= held && held <= most;
	});
