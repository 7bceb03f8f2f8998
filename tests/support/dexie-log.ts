/** A Dexie log on a database of its own, with the means to make it refuse, to reopen it and to be rid of it. */
import { createDexieOperationLog, type DexieOperationLog } from '$lib/storage/dexie-operation-log';
import { openDatabase, type CounterDatabase } from '$lib/storage/database';
import type { LogUnderTest } from '../contract/operation-log.contract';

export interface DexieLogUnderTest extends LogUnderTest {
	readonly log: DexieOperationLog;
	readonly database: CounterDatabase;
}

let names = 0;
export const nextDatabaseName = (): string => `test-${Date.now()}-${++names}`;

export async function openTestDatabase(name = nextDatabaseName()): Promise<CounterDatabase> {
	const opened = await openDatabase(name);
	if (!opened.ok) throw new Error(`test database: ${opened.error.type}`);
	return opened.value;
}

export async function removeDatabase(database: CounterDatabase): Promise<void> {
	database.close();
	await new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(database.name);
		request.onsuccess = resolve;
		request.onerror = () => reject(request.error);
	});
}

export async function openDexieLog(): Promise<DexieLogUnderTest> {
	let database = await openTestDatabase();
	let refusal: string | null = null;
	let clock = 0;
	const create = () =>
		createDexieOperationLog(database, {
			now: () => clock,
			beforeCommit: () => {
				const name = refusal;
				refusal = null;
				if (name) throw new DOMException('', name);
			}
		});
	return {
		log: create(),
		get database() {
			return database;
		},
		putDraft: async (id) => void (await database.drafts.put({ id })),
		hasDraft: async (id) => (await database.drafts.get(id)) !== undefined,
		refuseNext: (name) => (refusal = name),
		setClock: (ms) => (clock = ms),
		reopen: async () => {
			database.close();
			database = await openTestDatabase(database.name);
			return create();
		},
		close: async () => {
			await removeDatabase(database);
		}
	};
}
