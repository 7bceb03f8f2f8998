/** The database: opened, set to be durable, migrated. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Kysely, Migrator, sql, SqliteDialect, type Dialect } from 'kysely';
import { DATABASE_FILE } from './config.js';
import { isNewerDatabase, NEWER_DATABASE } from './database-version.js';
import { createMigrations } from './migrations';
import { openSqliteFile, type SqliteFile } from './sqlite.js';
import type { Tables } from './tables';

const BUSY_TIMEOUT_MS = 5_000;

/** Opens or makes the one file under `dataDir`; what was committed survives a power cut (WAL with synchronous=FULL). */
export function openSqlite(dataDir: string): Kysely<Tables> {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const file = path.join(dataDir, DATABASE_FILE);
	// SQLite would open what it may only read, and make its side files with the same rights: they would stay when the file is mended.
	for (const needed of [dataDir, file, `${file}-wal`, `${file}-shm`])
		if (existsSync(needed)) accessSync(needed, constants.R_OK | constants.W_OK);
	const sqlite = openSqliteFile(file, { timeoutMs: BUSY_TIMEOUT_MS });
	for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON'])
		sqlite.exec(`pragma ${setting}`);
	return new Kysely<Tables>({ dialect: dialectOf(sqlite) });
}

/** A disk that refuses makes SQLite roll back by itself; Kysely's rollback would then fail and hide why. */
function dialectOf(sqlite: SqliteFile): Dialect {
	const dialect = new SqliteDialect({ database: sqlite });
	return {
		createAdapter: () => dialect.createAdapter(),
		createIntrospector: (database) => dialect.createIntrospector(database),
		createQueryCompiler: () => dialect.createQueryCompiler(),
		createDriver() {
			const driver = dialect.createDriver();
			const rollBack = driver.rollbackTransaction.bind(driver);
			driver.rollbackTransaction = async (connection) => (sqlite.inTransaction ? rollBack(connection) : undefined);
			return driver;
		}
	};
}

/** Brings the tables to this version; throws when it cannot, and then nothing may be served. */
export async function migrate(database: Kysely<Tables>): Promise<void> {
	const known = (await database.introspection.getTables({ withInternalKyselyTables: true })).map(({ name }) => name);
	if (known.includes('kysely_migration')) {
		const applied = await sql<{ name: string }>`select name from kysely_migration`.execute(database);
		if (isNewerDatabase(applied.rows.map(({ name }) => name))) throw new Error(NEWER_DATABASE);
	}
	const migrator = new Migrator({ db: database, provider: createMigrations('blob') });
	const { error } = await migrator.migrateToLatest();
	if (error) throw error instanceof Error ? error : new Error('migration failed');
}
