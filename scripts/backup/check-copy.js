/** Whether a file is a whole copy of a server's database, and how much is in it. */
import { isNewerDatabase } from '../../src/lib/server/database-version.js';
import { hashEnrolmentCode } from '../../src/lib/server/enrolment-code.js';
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

/**
 * What must not be lost with a backup: ids of its spaces, and names of the files kept in it. Nothing of a file that cannot be read any more.
 * @param {string} file
 * @returns {string[]}
 */
export function contentNames(file) {
	try {
		return withCopy(file, (copy) => {
			const names = copy.prepare('select space_id as name from spaces').all();
			const tables = copy.prepare("select name from sqlite_schema where name = 'kept_files'").all();
			if (tables.length > 0) names.push(...copy.prepare('select name from kept_files').all());
			return names.map(({ name }) => String(name));
		});
	} catch {
		return [];
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

/**
 * What was used up since the backup must not be good again, and nobody can tell which were: all are used. Nor does it go on in the row of
 * backups of the machine it came from.
 * @param {string} file
 * @param {{ enrolmentCode: string | null, now: number }} now `enrolmentCode`: the one that the server would offer at its start.
 */
export const voidCodes = (file, { enrolmentCode, now }) =>
	withCopy(
		file,
		(copy) => {
			copy.prepare('update enrolment_codes set used_at = ? where used_at is null').run([now]);
			if (enrolmentCode)
				copy
					.prepare(
						"insert or ignore into enrolment_codes (code_hash, kind, made_at, used_at) values (?, 'given', ?, ?)"
					)
					.run([hashEnrolmentCode(enrolmentCode), now, now]);
			copy.exec(
				"delete from join_package_uses; delete from join_packages; delete from server_state where name = 'server-id'"
			);
		},
		{ readOnly: false }
	);

/** @param {Counts} before @param {Counts} copy @param {Counts} after */
export const liesBetween = (before, copy, after) =>
	GROWING.every((table) => {
		const [least = 0, held = -1, most = 0] = [before[table], copy[table], after[table]];
		return least <= held && held <= most;
	});
