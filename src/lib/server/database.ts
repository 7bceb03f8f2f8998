/** The database: opened, set to be durable, migrated. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { DATABASE_FILE } from './config.js';
import { createMigrations } from './migrations';
import type { Tables } from './tables';

const BUSY_TIMEOUT_MS = 5_000;

/** Opens or makes the one file under `dataDir`; what was committed survives a power cut (WAL with synchronous=FULL). */
export function openSqlite(dataDir: string): Kysely<Tables> {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const sqlite = new Sqlite(path.join(dataDir, DATABASE_FILE), { timeout: BUSY_TIMEOUT_MS });
	sqlite.pragma('journal_mode = WAL');
	sqlite.pragma('synchronous = FULL');
	sqlite.pragma('foreign_keys = ON');
	return new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
}

/** Brings the tables to this version; throws when it cannot, and then nothing may be served. */
export async function migrate(database: Kysely<Tables>): Promise<void> {
	const migrator = new Migrator({ db: database, provider: createMigrations('blob') });
	const { error } = await migrator.migrateToLatest();
	if (error) throw error instanceof Error ? error : new Error('migration failed');
}
