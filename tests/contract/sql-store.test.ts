/** The store contract on SQLite. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { recordIdOf } from '$lib/crypto/keyring';
import { migrate, openSqlite } from '$lib/server/database';
import { createSqlStore } from '$lib/server/sql-store';
import { storageFaultOf } from '$lib/server/storage-fault';
import { aSegment, testCounter } from '../support/test-counter';
import { must, testSpace } from '../support/test-space';
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

it('says that the database is full, keeps what it has, and goes on when there is room', async () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'notschalter-store-'));
	const database = openSqlite(folder);
	await migrate(database);
	const store = createSqlStore(database);
	const space = await testSpace();
	const counter = await testCounter(space);
	const recordId = await recordIdOf(space.record.bytes);
	await store.offerCode('code', 'given', 1);
	must(
		await store.createSpace({
			spaceId: space.spaceId,
			codeHash: 'code',
			records: [{ recordId, record: space.record }],
			summary: { tips: [recordId], revoked: [] },
			deviceKeys: [counter.deviceKey],
			nowMs: 1
		})
	);
	const take = (segment: Awaited<ReturnType<typeof aSegment>>) =>
		store.takeIn([{ spaceId: space.spaceId, segments: [segment] }], 1);
	// SQLite’s own limit: it fails in the middle of a transaction as it does on a full disk.
	await sql`pragma max_page_count = 1`.execute(database);
	const segments = [];
	let fault: unknown = null;
	while (fault === null) {
		segments.push(await aSegment(counter, 50));
		fault = await take(segments.at(-1)!).then(
			() => null,
			(error: unknown) => error
		);
	}
	expect(storageFaultOf(fault)).toBe('storage-full');
	expect((await store.heads(space.spaceId)).get(counter.deviceId)?.sequence).toBe(50 * (segments.length - 1));
	await sql`pragma max_page_count = 1000000`.execute(database);
	expect(await take(segments.at(-1)!)).toEqual([[]]);
	expect((await store.segmentsBeyond(space.spaceId, new Map(), 1e9)).segments).toEqual(segments);
	await store.close();
	rmSync(folder, { recursive: true, force: true });
});
