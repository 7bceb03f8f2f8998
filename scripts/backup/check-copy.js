/** Whether a file is a whole copy of a server's database, and how much is in it. */
import { isNewerDatabase } from '../../src/lib/server/database-version.js';
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

/** Ids of the spaces in a backup; none of a file that cannot be read any more. @param {string} file @returns {string[]} */
export function spacesOf(file) {
	/** @type {import('../../src/lib/server/sqlite.js').SqliteFile | null} */
	let copy = null;
	try {
		copy = openSqliteFile(file, { readOnly: true });
		return copy
			.prepare('select space_id from spaces')
			.all()
			.map((row) => String(row.space_id));
	} catch {
		return [];
	} finally {
		copy?.close();
	}
}

/**
 * Of a copy that was checked.
 * @template T
 * @param {string} file
 * @param {(copy: import('../../src/lib/server/sqlite.js').SqliteFile) => T} ask
 * @param {{ readOnly?: boolean }} [options]
 */
function withCopy(file, ask, { readOnly = true } = {}) {
	const copy = openSqliteFile(file, { readOnly });
	try {
		return ask(copy);
	} finally {
		copy.close();
	}
}

/** Whether a newer version wrote it. @param {string} file */
export const isNewer = (file) =>
	withCopy(file, (copy) =>
		isNewerDatabase(
			copy
				.prepare('select name from kysely_migration')
				.all()
				.map((row) => String(row.name))
		)
	);

/** For a person who is about to trust it; times in ms. @param {string} file */
export const contentOf = (file) =>
	withCopy(file, (copy) => ({
		spaces: copy
			.prepare('select space_id, founded_at from spaces order by founded_at')
			.all()
			.map((row) => ({ spaceId: String(row.space_id), foundedAt: Number(row.founded_at) })),
		lastReceivedAt: Number(copy.prepare('select max(received_at) as at from segments').all()[0]?.at ?? 0)
	}));

/** What was used up since the backup must not be good again: nobody can tell which were. @param {string} file */
export const voidCodes = (file) =>
	withCopy(
		file,
		(copy) => copy.exec('delete from enrolment_codes; delete from join_package_uses; delete from join_packages'),
		{ readOnly: false }
	);

/** @param {Counts} before @param {Counts} copy @param {Counts} after */
export const liesBetween = (before, copy, after) =>
	GROWING.every((table) => {
		const [least = 0, held = -1, most = 0] = [before[table], copy[table], after[table]];
		return least <= held && held <= most;
	});
