/** Whether nobody works with a server's database. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { DATABASE_FILE } from '../../src/lib/server/config.js';
import { openSqliteFile } from '../../src/lib/server/sqlite.js';

const RUNNING =
	'Auf dieser Datenbank arbeitet gerade ein Server. Bitte erst beenden (Strg+C in seinem Fenster, oder den Dienst anhalten).';

/**
 * SQLite leaves the write-ahead log only when no other process has the database open; that also brings everything into the one file.
 * A database that is too damaged to be opened cannot tell: then the server's port says whether one runs.
 * @param {Pick<import('../../src/lib/server/config.js').Config, 'dataDir' | 'port' | 'host'>} config
 * @returns {Promise<string | null>} a German sentence when somebody does
 */
export async function holdAlone({ dataDir, port, host }) {
	const file = path.join(dataDir, DATABASE_FILE);
	if (!existsSync(file)) return null;
	try {
		const database = openSqliteFile(file, { timeoutMs: 1_000 });
		try {
			const mode = database.prepare('pragma journal_mode = delete').all()[0]?.journal_mode;
			return mode === 'delete' ? null : RUNNING;
		} finally {
			database.close();
		}
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return RUNNING;
		if (/^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(code)) return (await isTaken(port, host)) ? RUNNING : null;
		return `Die Datenbank lässt sich nicht öffnen (${code || 'unbekannt'}).`;
	}
}

/** @param {number} port @param {string} host @returns {Promise<boolean>} */
function isTaken(port, host) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(true));
		server.listen(port, host, () => server.close(() => resolve(false)));
	});
}
