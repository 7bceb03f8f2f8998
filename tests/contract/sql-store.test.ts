/** The store contract on SQLite. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate, openSqlite } from '$lib/server/database';
import { createSqlStore } from '$lib/server/sql-store';
import { storeContract } from './store.contract';

storeContract('SQLite', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'notschalter-store-'));
	const open = async () => {
		const database = openSqlite(folder);
		await migrate(database);
		return createSqlStore(database);
	};
	let store = await open();
	return {
		store,
		async reopen() {
			await store.close();
			return (store = await open());
		},
		async stop() {
			await store.close();
			rmSync(folder, { recursive: true, force: true });
		}
	};
});
