/**
 * SQLite by better-sqlite3, or by Node's own (`node:sqlite`, from Node.js 22.13) where that is not installed, as in the kit. One small
 * interface for both. Plain JavaScript: the scripts use it before anything is built. See docs/decisions/0041.
 */
import { createRequire } from 'node:module';
import process from 'node:process';

/**
 * @typedef {object} SqliteStatement
 * @property {boolean} reader Whether it gives rows.
 * @property {(values?: readonly unknown[]) => Record<string, unknown>[]} all
 * @property {(values?: readonly unknown[]) => { changes: number | bigint, lastInsertRowid: number | bigint }} run
 * @property {(values?: readonly unknown[]) => IterableIterator<unknown>} iterate
 */

/**
 * @typedef {object} SqliteFile
 * @property {(sql: string) => SqliteStatement} prepare
 * @property {(sql: string) => void} exec
 * @property {boolean} inTransaction
 * @property {() => void} close
 */

/**
 * @typedef {object} OpenOptions
 * @property {number} [timeoutMs] How long a lock of another process is waited for.
 * @property {boolean} [readOnly] The file must exist.
 */

/** Errors of `node:sqlite` carry numbers; those by which the disk's faults are told apart. https://sqlite.org/rescode.html */
const NAMES = new Map([
	[3, 'PERM'],
	[5, 'BUSY'],
	[6, 'LOCKED'],
	[7, 'NOMEM'],
	[8, 'READONLY'],
	[10, 'IOERR'],
	[11, 'CORRUPT'],
	[13, 'FULL'],
	[14, 'CANTOPEN'],
	[15, 'PROTOCOL'],
	[19, 'CONSTRAINT'],
	[26, 'NOTADB']
]);

/** What is used of https://nodejs.org/api/sqlite.html; the types of Node.js 20 do not know it.
 * @typedef {object} NodeStatement
 * @property {() => readonly unknown[]} columns
 * @property {(...values: readonly unknown[]) => Record<string, unknown>[]} all
 * @property {(...values: readonly unknown[]) => { changes: number | bigint, lastInsertRowid: number | bigint }} run
 * @property {(...values: readonly unknown[]) => IterableIterator<unknown>} iterate
 */

/** @typedef {{ prepare(sql: string): NodeStatement, exec(sql: string): void, close(): void, readonly isTransaction: boolean }} NodeDatabase */
/** @typedef {{ DatabaseSync: new (file: string, options: { timeout?: number, readOnly?: boolean }) => NodeDatabase }} NodeSqlite */

/**
 * Opens or makes the file. Throws errors whose `code` begins with `SQLITE_`, whichever library is below.
 * @param {string} file
 * @param {OpenOptions} options
 * @returns {SqliteFile}
 */
export function openSqliteFile(file, { timeoutMs = 5_000, readOnly = false } = {}) {
	const library = betterSqlite();
	if (library.found) {
		const database = new library.found(file, { timeout: timeoutMs, readonly: readOnly });
		return /** @type {SqliteFile} */ (/** @type {unknown} */ (database));
	}
	const own = nodeSqlite();
	if (!own) throw library.error;
	return named(() => adapt(new own.DatabaseSync(file, { timeout: timeoutMs, readOnly })));
}

/** Which of the two it is, for the status page. @returns {'better-sqlite3' | 'node:sqlite'} */
export const sqliteLibrary = () => (betterSqlite().found ? 'better-sqlite3' : 'node:sqlite');

/** @returns {{ found: typeof import('better-sqlite3') | null, error: unknown }} */
function betterSqlite() {
	// A kit ships none: what a search through the folders around it would find is nothing that its manifest vouches for.
	if (process.env.SQLITE_LIBRARY === 'node:sqlite')
		return { found: null, error: new Error('node:sqlite is asked for') };
	try {
		const load = createRequire(import.meta.url);
		const found = /** @type {typeof import('better-sqlite3')} */ (load('better-sqlite3'));
		// The native part is loaded with the first database: built for another Node.js, it fails only here.
		new found(':memory:').close();
		return { found, error: null };
	} catch (error) {
		return { found: null, error };
	}
}

/** @returns {NodeSqlite | null} */
const nodeSqlite = () =>
	/** @type {NodeSqlite | undefined} */ (/** @type {unknown} */ (process.getBuiltinModule?.('node:sqlite'))) ?? null;

/** @param {NodeDatabase} database @returns {SqliteFile} */
const adapt = (database) => ({
	prepare(sql) {
		const statement = named(() => database.prepare(sql));
		return {
			reader: statement.columns().length > 0,
			all: (values = []) => named(() => statement.all(...values)),
			run: (values = []) => named(() => statement.run(...values)),
			iterate: (values = []) => named(() => statement.iterate(...values))
		};
	},
	exec: (sql) => named(() => database.exec(sql)),
	get inTransaction() {
		return database.isTransaction;
	},
	close: () => named(() => database.close())
});

/**
 * @template T
 * @param {() => T} act
 * @returns {T}
 */
function named(act) {
	try {
		return act();
	} catch (error) {
		if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')
			Object.assign(error, { code: `SQLITE_${NAMES.get(error.errcode & 0xff) ?? 'ERROR'}` });
		throw error;
	}
}
