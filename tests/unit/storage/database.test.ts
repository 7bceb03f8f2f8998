/** Opening the database: what is refused, what is told when it is taken away, and what the browser says about keeping it. */
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDatabase, requestPersistence, type CounterDatabase } from '$lib/storage/database';
import { err } from '$lib/domain/result';
import { nextDatabaseName } from '../../support/dexie-log';

const opened: CounterDatabase[] = [];
afterEach(() => {
	for (const database of opened.splice(0)) database.close();
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
});

async function mustOpen(...args: Parameters<typeof openDatabase>): Promise<CounterDatabase> {
	const result = await openDatabase(...args);
	if (!result.ok) throw new Error(result.error.type);
	opened.push(result.value);
	return result.value;
}

/** A connection as another window holds it, at a version of its choice. */
const openRaw = (name: string, version: number, upgrade?: (database: IDBDatabase) => void): Promise<IDBDatabase> =>
	new Promise((resolve, reject) => {
		const request = indexedDB.open(name, version);
		request.onupgradeneeded = () => upgrade?.(request.result);
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});

/** As Chromium answers when it cannot open the files. */
const refusingOpen =
	(name: string): IDBFactory['open'] =>
	() => {
		throw new DOMException('', name);
	};

describe('openDatabase', () => {
	it('makes the tables, and opens them again as they are', async () => {
		const name = nextDatabaseName();
		const first = await mustOpen(name);
		await first.settings.put({ key: 'k', value: 1 });
		first.close();
		expect(await (await mustOpen(name)).settings.get('k')).toEqual({ key: 'k', value: 1 });
	});

	it('writes with strict durability', async () => {
		const begin = vi.spyOn(IDBDatabase.prototype, 'transaction');
		const database = await mustOpen(nextDatabaseName());
		await database.settings.put({ key: 'k' });
		await database.transaction('rw', database.drafts, () => database.drafts.clear());
		const writing = begin.mock.calls.filter(([, mode]) => mode === 'readwrite');
		expect(writing.map(([, , options]) => options?.durability)).toEqual(['strict', 'strict']);
	});

	it('leaves a database of a newer version alone, whatever lacks in it', async () => {
		const name = nextDatabaseName();
		const newer = await openRaw(name, 20, (database) => database.createObjectStore('segments'));
		newer.close();
		expect(await openDatabase(name)).toEqual(err({ type: 'newer-version' }));
		const after = await openRaw(name, 20);
		expect([...after.objectStoreNames]).toEqual(['segments']);
		after.close();
	});

	it('says that another window blocks an upgrade', async () => {
		const name = nextDatabaseName();
		const older = await openRaw(name, 1);
		vi.spyOn(console, 'warn').mockImplementation(() => undefined);
		expect(await openDatabase(name, { blockedAfterMs: 0 })).toEqual(err({ type: 'blocked' }));
		older.close();
	});

	it('opens when the other window lets go in time', async () => {
		const name = nextDatabaseName();
		const older = await openRaw(name, 1);
		vi.spyOn(console, 'warn').mockImplementation(() => older.close());
		const database = await mustOpen(name, { blockedAfterMs: 60_000 });
		expect(database.isOpen()).toBe(true);
	});

	it('goes into a bucket of its own where the browser refuses every database, and finds its rows there again', async () => {
		const bucket = new IDBFactory();
		vi.stubGlobal('navigator', { storageBuckets: { open: async () => ({ indexedDB: bucket }) } });
		vi.spyOn(indexedDB, 'open').mockImplementation(refusingOpen('UnknownError'));
		const name = nextDatabaseName();
		const first = await mustOpen(name);
		await first.settings.put({ key: 'k', value: 1 });
		first.close();
		expect(await (await mustOpen(name)).settings.get('k')).toEqual({ key: 'k', value: 1 });
		vi.restoreAllMocks();
		expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
	});

	it('goes into no bucket for another fault, and tells the fault where there is none', async () => {
		const open = vi.fn();
		vi.stubGlobal('navigator', { storageBuckets: { open } });
		vi.spyOn(indexedDB, 'open').mockImplementation(refusingOpen('QuotaExceededError'));
		expect(await openDatabase(nextDatabaseName())).toEqual(err({ type: 'cannot-open', name: 'QuotaExceededError' }));
		expect(open).not.toHaveBeenCalled();
		vi.stubGlobal('navigator', {});
		vi.spyOn(indexedDB, 'open').mockImplementation(refusingOpen('UnknownError'));
		expect(await openDatabase(nextDatabaseName())).toEqual(err({ type: 'cannot-open', name: 'UnknownError' }));
	});

	it('says the name of what went wrong, and no more', async () => {
		vi.spyOn(indexedDB, 'open').mockImplementation(() => {
			throw new DOMException('/home/erika/profile is not readable', 'SecurityError');
		});
		expect(await openDatabase(nextDatabaseName())).toEqual(err({ type: 'cannot-open', name: 'SecurityError' }));
	});
});

describe('an open database', () => {
	it('lets a newer version in another window through, tells it once, and saves nothing any more', async () => {
		vi.spyOn(console, 'warn').mockImplementation(() => undefined);
		const name = nextDatabaseName();
		const onClosed = vi.fn();
		const database = await mustOpen(name, { onClosed });
		const newer = await openRaw(name, 20);
		newer.close();
		expect(onClosed.mock.calls).toEqual([['newer-version']]);
		await expect(database.settings.put({ key: 'k' })).rejects.toMatchObject({ name: 'DatabaseClosedError' });
	});

	it('tells that its data were deleted', async () => {
		vi.spyOn(console, 'warn').mockImplementation(() => undefined);
		const name = nextDatabaseName();
		const onClosed = vi.fn();
		await mustOpen(name, { onClosed });
		await new Promise((resolve) => {
			indexedDB.deleteDatabase(name).onsuccess = resolve;
		});
		expect(onClosed.mock.calls).toEqual([['deleted']]);
	});

	it('tells nothing when it is closed here', async () => {
		const onClosed = vi.fn();
		(await mustOpen(nextDatabaseName(), { onClosed })).close();
		expect(onClosed).not.toHaveBeenCalled();
	});
});

describe('requestPersistence', () => {
	const storage = (part: Partial<StorageManager>) => part as StorageManager;

	it('asks when nothing is promised yet', async () => {
		const persist = vi.fn(async () => true);
		const asked = storage({ persisted: async () => false, persist, estimate: async () => ({ usage: 5, quota: 10 }) });
		expect(await requestPersistence(asked)).toEqual({ persisted: true, usageBytes: 5, quotaBytes: 10 });
		expect(persist).toHaveBeenCalledOnce();
	});

	it('does not ask again', async () => {
		const persist = vi.fn(async () => false);
		const promised = storage({ persisted: async () => true, persist, estimate: async () => ({}) });
		expect(await requestPersistence(promised)).toEqual({ persisted: true, usageBytes: null, quotaBytes: null });
		expect(persist).not.toHaveBeenCalled();
	});

	it('gives the refusal back, and knows nothing where the browser fails', async () => {
		const refused = storage({ persisted: async () => false, persist: async () => false, estimate: async () => ({}) });
		expect((await requestPersistence(refused)).persisted).toBe(false);
		const failing = storage({
			persisted: () => Promise.reject(new TypeError()),
			estimate: () => Promise.reject(new TypeError())
		});
		expect(await requestPersistence(failing)).toEqual({ persisted: null, usageBytes: null, quotaBytes: null });
	});
});
