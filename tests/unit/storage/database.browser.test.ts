/** Opening the database in a real Chromium: another window upgrades, the browser gives it up, and what the disk is asked for. */
import { afterEach, expect, it, vi } from 'vitest';
import { openDatabase, requestPersistence, type CounterDatabase } from '$lib/storage/database';
import { err } from '$lib/domain/result';
import { nextDatabaseName, removeDatabase } from '../../support/dexie-log';

const opened: CounterDatabase[] = [];
afterEach(async () => {
	for (const database of opened.splice(0)) await removeDatabase(database);
});

async function mustOpen(...args: Parameters<typeof openDatabase>): Promise<CounterDatabase> {
	const result = await openDatabase(...args);
	if (!result.ok) throw new Error(result.error.type);
	opened.push(result.value);
	return result.value;
}

it('lets a newer version in another window through, tells it, and leaves the newer one alone', async () => {
	vi.spyOn(console, 'warn').mockImplementation(() => undefined);
	const onClosed = vi.fn();
	const { name } = await mustOpen(nextDatabaseName(), { onClosed });
	await new Promise<void>((resolve) => {
		const request = indexedDB.open(name, 20);
		request.onupgradeneeded = () => request.result.deleteObjectStore('drafts');
		request.onsuccess = () => {
			request.result.close();
			resolve();
		};
	});
	expect(onClosed.mock.calls).toEqual([['newer-version']]);
	expect(await openDatabase(name)).toEqual(err({ type: 'newer-version' }));
	expect((await indexedDB.databases()).find((database) => database.name === name)?.version).toBe(20);
});

it('tells that the browser gave it up', async () => {
	const onClosed = vi.fn();
	const database = await mustOpen(nextDatabaseName(), { onClosed });
	database.backendDB().dispatchEvent(new Event('close'));
	expect(onClosed.mock.calls).toEqual([['lost']]);
	await expect(database.settings.put({ key: 'k' })).rejects.toMatchObject({ name: 'DatabaseClosedError' });
});

it('says what the browser says about keeping the data', async () => {
	const { persisted, usageBytes, quotaBytes } = await requestPersistence();
	expect(typeof persisted).toBe('boolean');
	expect(usageBytes).toBeGreaterThanOrEqual(0);
	expect(quotaBytes).toBeGreaterThan(0);
});
