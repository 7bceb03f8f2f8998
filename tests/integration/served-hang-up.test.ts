/** A server whose window is closed: it ends as when it is told to, and keeps what it answered. */
import { afterEach, beforeAll, expect, it } from 'vitest';
import { openSqliteFile } from '$lib/server/sqlite.js';
import path from 'node:path';
import { existsSync } from 'node:fs';
import type { ServerProcess } from '../e2e/server-process';
import { ensureBuild, startBuiltServer } from './built-server';

let server: ServerProcess;
beforeAll(ensureBuild, 300_000);
afterEach(() => server.dispose());

it('ends by itself, with its database closed', async () => {
	server = await startBuiltServer();
	const file = path.join(server.dataDir, 'notschalter.sqlite');
	expect(existsSync(`${file}-wal`)).toBe(true);
	expect(await server.stop('SIGHUP')).toBe(0);
	// SQLite removes its log when the last who has it open closes it.
	expect(existsSync(`${file}-wal`)).toBe(false);
	const database = openSqliteFile(file, { readOnly: true });
	expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
	database.close();
	await server.start();
	expect(server.running).toBe(true);
}, 60_000);
