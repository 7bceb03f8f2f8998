/** The small stores: what is written comes back, what is broken is reported, and nothing replaces what it should not. */
import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceId, RecordId, StaffId } from '$lib/domain/ids';
import type { Head } from '$lib/domain/operation-log';
import { err, ok } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import type { CounterDatabase } from '$lib/storage/database';
import { createDeviceKeyStore } from '$lib/storage/device-key-store';
import { createDraftStore, type SealedDraft } from '$lib/storage/draft-store';
import { createIdentityStore, RESTART_NOT_BEGUN, type DeviceIdentity } from '$lib/storage/identity-store';
import { createKeyringStore } from '$lib/storage/keyring-store';
import { nameOfError } from '$lib/storage/not-written';
import { createServerStore } from '$lib/storage/server-store';
import { createSnapshotStore } from '$lib/storage/snapshot-store';
import { openTestDatabase, removeDatabase } from '../../support/dexie-log';
import { deviceNumber, KEY, SPACE, STAFF } from '../../support/log-history';

describe('the name of a fault', () => {
	it('is the browser’s own, without the message', () => {
		const full = new DOMException('/home/erika', 'QuotaExceededError');
		expect(nameOfError(full)).toBe('QuotaExceededError');
		expect(nameOfError(new Dexie.AbortError('aborted', full))).toBe('QuotaExceededError');
		expect(nameOfError(new Dexie.AbortError('aborted'))).toBe('AbortError');
		expect(nameOfError('Mustermann')).toBe('UnknownError');
	});
});

let database: CounterDatabase;
beforeEach(async () => {
	database = await openTestDatabase();
});
afterEach(async () => {
	vi.restoreAllMocks();
	await removeDatabase(database);
});

const bytes = (length: number, fill = 7) => new Uint8Array(length).fill(fill);
const time = (ms: number) => ms as Instant;
const DEVICE = deviceNumber(0xaa);
const damagedTables = () => database.damage.rows().map(({ table }) => table);

describe('drafts', () => {
	const draft = (part: Partial<SealedDraft> = {}): SealedDraft => ({
		id: 'draft-1',
		ownerId: STAFF,
		keyId: KEY,
		changedAt: time(5),
		sealed: bytes(40),
		...part
	});

	it('come back, the newest of each id', async () => {
		const store = createDraftStore(database);
		expect(await store.save(draft())).toEqual(ok(undefined));
		await store.save(draft({ changedAt: time(6) }));
		await store.save(draft({ id: 'draft-2' }));
		expect(await store.list()).toEqual([draft({ changedAt: time(6) }), draft({ id: 'draft-2' })]);
		await store.remove('draft-1');
		expect((await store.list()).map(({ id }) => id)).toEqual(['draft-2']);
	});

	it('are the only thing in their row', async () => {
		await createDraftStore(database).save({ ...draft(), title: 'Mustermann' } as SealedDraft);
		const [row] = await database.drafts.toArray();
		expect(Object.keys(row as object).sort()).toEqual(['changedAt', 'id', 'keyId', 'ownerId', 'sealed']);
	});

	it('that are broken are reported, the others read', async () => {
		const store = createDraftStore(database);
		await store.save(draft());
		await database.drafts.put({ ...draft({ id: 'draft-2' }), sealed: 'text' });
		await database.drafts.put({ ...draft({ id: 'draft-3' }), ownerId: 'Mustermann' });
		expect((await store.list()).map(({ id }) => id)).toEqual(['draft-1']);
		expect(damagedTables()).toEqual(['drafts', 'drafts']);
	});

	it('[LG2] say so when the disk refuses', async () => {
		vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
			throw new DOMException('', 'QuotaExceededError');
		});
		expect(await createDraftStore(database).save(draft())).toEqual(
			err({ type: 'not-written', name: 'QuotaExceededError' })
		);
	});
});

describe('the snapshot', () => {
	const snapshot = (chunkCount: number, fill = 1) => ({
		version: 'fold 1',
		keyId: KEY,
		head: bytes(30, fill),
		chunks: Array.from({ length: chunkCount }, (_, i) => bytes(50, fill + i))
	});

	it('comes back whole, in order beyond ten chunks, and its head alone', async () => {
		const store = createSnapshotStore(database);
		await store.save(snapshot(12));
		expect(await store.load()).toEqual(snapshot(12));
		expect(await store.loadHead()).toEqual({ version: 'fold 1', keyId: KEY, head: bytes(30, 1) });
	});

	it('is replaced as a whole, by a shorter one too', async () => {
		const store = createSnapshotStore(database);
		await store.save(snapshot(3));
		await store.save(snapshot(1, 9));
		expect(await store.load()).toEqual(snapshot(1, 9));
		expect(await database.snapshots.count()).toBe(2);
	});

	it('stays as it was when the new one cannot be written', async () => {
		const store = createSnapshotStore(database);
		await store.save(snapshot(2));
		const add = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
			throw new DOMException('', 'QuotaExceededError');
		});
		await expect(store.save(snapshot(4, 9))).rejects.toThrow();
		add.mockRestore();
		expect(await store.load()).toEqual(snapshot(2));
	});

	it.each([
		{ says: 'its first chunk', lose: () => database.snapshots.delete(1) },
		{
			says: 'a chunk, with another number in its place',
			lose: () => database.snapshots.delete(1).then(() => database.snapshots.put({ part: 4, chunk: bytes(50) }))
		},
		{ says: 'its last chunk', lose: () => database.snapshots.delete(3) },
		{ says: 'its head', lose: () => database.snapshots.delete(0) },
		{ says: 'the bytes of a chunk', lose: () => database.snapshots.put({ part: 2 }) },
		{ says: 'the version of its head', lose: () => database.snapshots.update(0, { version: 3 }) }
	])('without $says is none', async ({ lose }) => {
		const store = createSnapshotStore(database);
		await store.save(snapshot(3));
		await lose();
		expect(await store.load()).toBeNull();
	});

	it('is none before the first and after it was discarded', async () => {
		const store = createSnapshotStore(database);
		expect([await store.load(), await store.loadHead()]).toEqual([null, null]);
		await store.save(snapshot(2));
		await store.discard();
		expect([await store.load(), await store.loadHead()]).toEqual([null, null]);
		expect(damagedTables()).toEqual([]);
	});
});

describe('the identity', () => {
	const identity: DeviceIdentity = {
		spaceId: SPACE,
		deviceId: DEVICE,
		publicKey: bytes(65),
		wrappedPrivateKey: bytes(166),
		wrapKeyId: KEY,
		spaceSecret: bytes(16),
		workplace: {
			deviceId: DEVICE,
			commune: 'Soest, Stadt',
			site: 'Rathaus',
			counter: 'Schalter 3',
			placeCode: 'SO',
			deviceCode: '7KXM'
		},
		createdAt: time(1_700_000_000_000),
		setupComplete: false,
		restartTest: RESTART_NOT_BEGUN
	};

	it('is none, then what was saved, then what was saved last', async () => {
		const store = createIdentityStore(database);
		expect(await store.load()).toBeNull();
		expect(await store.save(identity)).toEqual(ok(undefined));
		expect(await store.load()).toEqual(identity);
		const restartTest = { status: 'waiting-for-restart', begunIn: 'page-1' } as const;
		await store.save({ ...identity, setupComplete: true, restartTest });
		expect(await store.load()).toEqual({ ...identity, setupComplete: true, restartTest });
		expect(damagedTables()).toEqual([]);
	});

	it.each([
		{ spaceSecret: bytes(15) },
		{ deviceId: 'Schalter 3' },
		{ publicKey: 'key' },
		{ workplace: { ...identity.workplace, counter: undefined } },
		{ restartTest: { status: 'green', begunIn: null } },
		{ createdAt: 'yesterday' }
	])('that is broken is told from one that is not there: %o', async (part) => {
		await database.identity.put({ ...identity, ...part, id: 'own' });
		expect(await createIdentityStore(database).load()).toBeNull();
		expect(database.damage.rows()).toEqual([{ table: 'identity', key: 'own' }]);
	});
});

describe('the keyring', () => {
	let now = 100;
	const store = () => createKeyringStore(database, { now: () => time(now) });
	const record = (fill: number, signature = fill) => ({ bytes: bytes(90, fill), signature: bytes(64, signature) });
	const firstBytes = async () => (await store().loadRecords()).map((one) => one.bytes[0]).sort();

	it('takes each record once, and counts the new ones', async () => {
		expect(await store().addRecords([record(1), record(2), record(1)])).toBe(2);
		expect(await store().addRecords([record(2), record(3)])).toBe(1);
		expect(await store().addRecords([])).toBe(0);
		expect(await firstBytes()).toEqual([1, 2, 3]);
	});

	it('keeps a record with another signature beside it: the first to come may be the forged one', async () => {
		await store().addRecords([record(1, 66)]);
		expect(await store().addRecords([record(1, 77)])).toBe(1);
		expect(await store().loadRecords()).toHaveLength(2);
	});

	it('knows when it last took something in', async () => {
		expect(await store().asOf()).toBeNull();
		now = 200;
		await store().addOwn([record(1)]);
		now = 300;
		await store().addRecords([record(1)]);
		expect(await store().asOf()).toBe(200);
		await store().addRecords([record(2)]);
		expect(await store().asOf()).toBe(300);
	});

	it('reports a broken record, and takes it in again', async () => {
		await store().addRecords([record(1), record(2)]);
		const [row] = (await database.keyring.toArray()) as { id: string; bytes: Uint8Array }[];
		await database.keyring.put({ id: row?.id, bytes: null });
		expect(await store().loadRecords()).toHaveLength(1);
		expect(damagedTables()).toEqual(['keyring']);
		expect(await store().addRecords([record(1), record(2)])).toBe(1);
		expect(await firstBytes()).toEqual([1, 2]);
	});

	it('[LG2] says so when the disk refuses a record made here', async () => {
		vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
			throw new DOMException('', 'QuotaExceededError');
		});
		expect(await store().addOwn([record(1)])).toEqual(err({ type: 'not-written', name: 'QuotaExceededError' }));
		vi.restoreAllMocks();
		expect(await store().loadRecords()).toEqual([]);
		expect(await store().addOwn([record(1)])).toEqual(ok(1));
	});

	it('remembers for each person which entry opened last', async () => {
		const [first, second] = ['1'.repeat(32), '2'.repeat(32)] as RecordId[] as [RecordId, RecordId];
		const other = '3'.repeat(32) as StaffId;
		expect(await store().lastOpened(STAFF)).toBeNull();
		await store().noteOpened(STAFF, first);
		await store().noteOpened(other, first);
		await store().noteOpened(STAFF, second);
		expect([await store().lastOpened(STAFF), await store().lastOpened(other)]).toEqual([second, first]);
	});
});

describe('device keys', () => {
	const key = (device: number, fill = device) => ({ deviceId: deviceNumber(device), publicKey: bytes(65, fill) });

	it('are added, and none takes the place of another', async () => {
		const store = createDeviceKeyStore(database);
		await store.add([key(1), key(2)]);
		await store.add([key(2, 99), key(3)]);
		await store.add([]);
		expect((await store.list()).map(({ publicKey }) => publicKey[0])).toEqual([1, 2, 3]);
		expect(await store.get(deviceNumber(2))).toEqual(key(2));
		expect(await store.get(deviceNumber(9))).toBeNull();
	});

	it('that are broken are reported, and replaced when they come again', async () => {
		const store = createDeviceKeyStore(database);
		await database.deviceKeys.put({ deviceId: deviceNumber(1), publicKey: bytes(3) });
		expect([await store.list(), await store.get(deviceNumber(1))]).toEqual([[], null]);
		expect(damagedTables()).toEqual(['deviceKeys']);
		await store.add([key(1)]);
		expect(await store.list()).toEqual([key(1)]);
	});
});

describe('servers', () => {
	const HUB = 'https://hub.example';
	const CENTRE = 'https://centre.example';
	const head = (sequence: number, beyond: Head['beyond'] = []): Head => ({ sequence, chainValue: bytes(32), beyond });
	const heads = (...entries: [DeviceId, Head][]) => new Map(entries);
	const tip = '4'.repeat(32) as RecordId;
	const other = deviceNumber(0xbb);

	it('are added with nothing known, once', async () => {
		const store = createServerStore(database);
		expect(await store.add(HUB)).toEqual(ok(undefined));
		const state = { heads: heads([DEVICE, head(3, [[5, 9]])]), tips: [tip], lastSuccessAt: 50 };
		await store.saveState(HUB, state);
		await store.add(HUB);
		await store.add(CENTRE);
		expect(await store.list()).toEqual([
			{ origin: CENTRE, paused: false, heads: new Map(), tips: [], lastSuccessAt: null },
			{ origin: HUB, paused: false, ...state }
		]);
	});

	it('stay paused whatever an exchange that ends late says, and keep what they hold', async () => {
		const store = createServerStore(database);
		await store.add(HUB);
		const state = { heads: heads([DEVICE, head(3)]), tips: [tip], lastSuccessAt: 50 };
		expect(await store.pause(HUB, true)).toEqual(ok(undefined));
		await store.saveState(HUB, state);
		await store.add(HUB);
		expect(await store.list()).toEqual([{ origin: HUB, paused: true, ...state }]);
		await store.pause(HUB, false);
		expect(await store.list()).toEqual([{ origin: HUB, paused: false, ...state }]);
		await store.pause(CENTRE, true);
		expect(await store.list()).toHaveLength(1);
	});

	it('do not come back when an exchange ends after they were removed', async () => {
		const store = createServerStore(database);
		await store.add(HUB);
		await store.remove(HUB);
		await store.saveState(HUB, { heads: new Map(), tips: [], lastSuccessAt: 1 });
		expect(await store.list()).toEqual([]);
	});

	it('count together what none of them holds', async () => {
		const store = createServerStore(database);
		const ours = heads([DEVICE, head(10, [[15, 20]])], [other, head(4)]);
		expect(await store.unsentCount(ours)).toBe(20);
		await store.add(HUB);
		await store.add(CENTRE);
		expect(await store.unsentCount(ours)).toBe(20);
		await store.saveState(HUB, { heads: heads([DEVICE, head(6)]), tips: [], lastSuccessAt: 1 });
		expect(await store.unsentCount(ours)).toBe(14);
		const elsewhere = heads(
			[
				DEVICE,
				head(2, [
					[6, 8],
					[18, 30]
				])
			],
			[other, head(4)]
		);
		await store.saveState(CENTRE, { heads: elsewhere, tips: [], lastSuccessAt: 1 });
		expect(await store.unsentCount(ours)).toBe(5);
	});

	it('whose hint is broken are known, with nothing remembered', async () => {
		const store = createServerStore(database);
		await database.servers.put({
			origin: HUB,
			heads: [{ deviceId: DEVICE, sequence: -1 }],
			tips: [],
			lastSuccessAt: 5
		});
		await database.servers.put({ origin: CENTRE, heads: [], tips: ['?'], lastSuccessAt: 5 });
		const nothing = { paused: false, heads: new Map(), tips: [], lastSuccessAt: null };
		const both = [
			{ origin: CENTRE, ...nothing },
			{ origin: HUB, ...nothing }
		];
		expect(await store.list()).toEqual(both);
		const overlapping = head(2, [
			[8, 9],
			[4, 8]
		]);
		await store.saveState(HUB, { heads: heads([DEVICE, overlapping]), tips: [], lastSuccessAt: 5 });
		expect(await store.list()).toEqual(both);
	});
});
