/** What a save costs on the disk, in Chromium: a raw strict put as the floor, our append beside it, and the same through Dexie's tables. */
import { afterAll, bench, describe } from 'vitest';
import { createDexieOperationLog } from '$lib/storage/dexie-operation-log';
import { aHistory, deviceNumber } from '../support/log-history';
import { openTestDatabase, removeDatabase } from '../support/dexie-log';

/** A request with its answers, sealed. */
const SEALED = crypto.getRandomValues(new Uint8Array(1_200));
const OPTIONS = { time: 3_000, iterations: 200, warmupIterations: 20 };

const database = await openTestDatabase();
const log = createDexieOperationLog(database);
const HISTORY = aHistory(deviceNumber(0xaa));
const PLAIN = aHistory(deviceNumber(0xbb));
const TABLES = aHistory(deviceNumber(0xcc));
const rowOf = (history: typeof HISTORY, sequence: number) => ({ ...history.row(sequence), sealed: SEALED });
let appended = 0;
let put = 0;
let through = 0;

afterAll(() => removeDatabase(database));

describe('one save', () => {
	bench(
		'raw strict put',
		() =>
			new Promise<void>((resolve, reject) => {
				const transaction = database.backendDB().transaction('pending', 'readwrite', { durability: 'strict' });
				transaction.objectStore('pending').put(rowOf(PLAIN, ++put));
				transaction.oncomplete = () => resolve();
				transaction.onabort = () => reject(transaction.error);
			}),
		OPTIONS
	);

	bench(
		'append to the log',
		async () => {
			const sequence = ++appended;
			const saved = await log.appendPending([rowOf(HISTORY, sequence)], HISTORY.head(sequence), 'draft');
			if (!saved.ok) throw new Error(saved.error.type);
		},
		OPTIONS
	);

	bench(
		'the same through Dexie’s tables',
		async () => {
			const sequence = ++through;
			const { pending, ownHead, heads, drafts } = database;
			await database.transaction('rw', pending, ownHead, heads, drafts, async () => {
				await ownHead.get(TABLES.deviceId);
				await heads.get(TABLES.deviceId);
				await pending.add(rowOf(TABLES, sequence));
				await ownHead.put(TABLES.head(sequence));
				await drafts.delete('draft');
			});
		},
		OPTIONS
	);
});
