/** The Einlesedienst's one file: SQLite, durable, held by one process at a time. */
import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { err, ok, type Result } from '$lib/domain/result';
import { isRow, type Row } from '$lib/storage/row-shape';

export interface FeedDatabase {
	all(sql: string, ...values: readonly Value[]): Row[];
	get(sql: string, ...values: readonly Value[]): Row | undefined;
	/** → how many rows were touched. */
	run(sql: string, ...values: readonly Value[]): number;
	/** One transaction; what `act` throws takes all of it back. On the disk when it returns. */
	write<T>(act: () => T): T;
	/** One state of everything for as long as `act` runs. */
	read<T>(act: () => T): T;
	close(): void;
}
export type Value = string | number | null | Uint8Array;

/** `in-use`: another run of the Einlesedienst works with this folder. */
export interface CannotOpenFeed {
	readonly type: 'in-use' | 'not-writable';
}

const FILE = 'feed.sqlite';
/** A run that is just ending is waited for. */
const BUSY_TIMEOUT_MS = 1_000;

/** Columns are named as the fields they hold, so that rows are read by the parsers of the counters' storage. */
const TABLES = `
create table if not exists pending (deviceId text, sequence integer, staffId text, keyId text, chainValue blob, sealed blob,
	staffSignature blob, primary key (deviceId, sequence));
create table if not exists ownHead (deviceId text primary key, sequence integer, chainValue blob, tick integer, caseCounter integer,
	commonTo integer);
create table if not exists segments (deviceId text, lastSequence integer, firstSequence integer, chainBefore blob, chainAfter blob,
	headerBytes blob, sealed blob, staffSignature blob, signature blob, primary key (deviceId, lastSequence, firstSequence));
create index if not exists segmentsByFirst on segments (deviceId, firstSequence);
create table if not exists setAside (id text primary key, reason text, setAsideAt integer, headerBytes blob, sealed blob,
	staffSignature blob, signature blob);
create table if not exists keyring (id text primary key, bytes blob, signature blob, addedAt integer);
create table if not exists deviceKeys (deviceId text primary key, publicKey blob);
create table if not exists documents (name text primary key, value blob);
`;

/** Opens or makes the file in a folder that only this account may enter; the lock on it ends with the process, however that ends. */
export function openFeedDatabase(dataDir: string): Result<FeedDatabase, CannotOpenFeed> {
	let sqlite: Sqlite.Database | null = null;
	try {
		mkdirSync(dataDir, { recursive: true, mode: 0o700 });
		chmodSync(dataDir, 0o700);
		sqlite = new Sqlite(path.join(dataDir, FILE), { timeout: BUSY_TIMEOUT_MS });
		sqlite.pragma('locking_mode = EXCLUSIVE');
		sqlite.pragma('journal_mode = WAL');
		sqlite.pragma('synchronous = FULL');
		sqlite.exec(`begin exclusive; ${TABLES} commit;`);
		return ok(databaseOf(sqlite));
	} catch (error) {
		sqlite?.close();
		return err({ type: codeOf(error).startsWith('SQLITE_BUSY') ? 'in-use' : 'not-writable' });
	}
}

/** SQLite's own word for what went wrong, or the error's name; never a message, which may hold a path. */
export function codeOf(error: unknown): string {
	if (!(error instanceof Error)) return 'UnknownError';
	return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function databaseOf(sqlite: Sqlite.Database): FeedDatabase {
	const statements = new Map<string, Sqlite.Statement>();
	const prepared = (sql: string): Sqlite.Statement => {
		const statement = statements.get(sql) ?? sqlite.prepare(sql);
		statements.set(sql, statement);
		return statement;
	};
	return {
		all: (sql, ...values) =>
			prepared(sql)
				.all(...values)
				.filter(isRow)
				.map(withOwnBytes),
		get: (sql, ...values) => {
			const row = prepared(sql).get(...values);
			return isRow(row) ? withOwnBytes(row) : undefined;
		},
		run: (sql, ...values) => prepared(sql).run(...values).changes,
		write: (act) => sqlite.transaction(act).immediate(),
		read: (act) => sqlite.transaction(act)(),
		close: () => void sqlite.close()
	};
}

/** Bytes come as views on memory that Node shares between many; every row gets its own. */
const withOwnBytes = (row: Row): Row =>
	Object.fromEntries(
		Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? new Uint8Array(value) : value])
	);
