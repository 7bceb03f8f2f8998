/** The small stores on SQLite: what is written comes back after a restart, and one process holds them at a time. */
import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceId, RecordId, StaffId } from '$lib/domain/ids';
import type { Head } from '$lib/domain/operation-log';
import { err, ok } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import { openFeedDatabase, type FeedDatabase } from '$lib/feed/feed-database';
import { openFeedStores } from '$lib/feed/sqlite-stores';
import { RESTART_NOT_BEGUN, type DeviceIdentity } from '$lib/storage/identity-store';
import { feedFolder } from '../../support/feed-folder';
import { deviceNumber, KEY, SPACE, STAFF } from '../../support/log-history';

const folder = { current: feedFolder() };
let database: FeedDatabase;
const clock = { now: () => 7 as Instant };
const stores = () => openFeedStores(database, clock);
const reopen = () => {
	database.close();
	database = folder.current.open();
	return stores();
};

beforeEach(() => {
	folder.current = feedFolder();
	database = folder.current.open();
});
afterEach(() => {
	database.close();
	folder.current.remove();
});

const DEVICE = deviceNumber(0xaa);
const bytes = (length: number, fill = 7) => new Uint8Array(length).fill(fill);
const identity: DeviceIdentity = {
	spaceId: SPACE,
	deviceId: DEVICE,
	publicKey: bytes(65),
	wrappedPrivateKey: bytes(80),
	wrapKeyId: KEY,
	spaceSecret: bytes(16),
	workplace: {
		deviceId: DEVICE,
		commune: 'Soest, Stadt',
		site: '',
		counter: 'Einlesedienst',
		placeCode: 'SO',
		deviceCode: '7KXM'
	},
	createdAt: 5 as Instant,
	setupComplete: true,
	restartTest: RESTART_NOT_BEGUN
};

describe('the stores of the Einlesedienst', () => {
	it('keep who the device is', async () => {
		expect(await stores().identity.load()).toBeNull();
		expect(await stores().identity.save(identity)).toEqual(ok(undefined));
		expect(await reopen().identity.load()).toEqual(identity);
		await stores().identity.update((now) => ({ ...now, createdAt: 6 as Instant }));
		await stores().identity.update(() => null);
		expect(await reopen().identity.load()).toEqual({ ...identity, createdAt: 6 });
	});

	it('keep the keyring’s records once, and which entry opened last', async () => {
		const record = { bytes: bytes(30), signature: bytes(64) };
		expect(await stores().keyring.addOwn([record])).toEqual(ok(1));
		expect(await stores().keyring.addRecords([record, { ...record, signature: bytes(64, 8) }])).toBe(1);
		await stores().keyring.noteOpened(STAFF as StaffId, 'ab'.repeat(16) as RecordId);
		const { keyring } = reopen();
		expect(await keyring.loadRecords()).toHaveLength(2);
		expect(await keyring.asOf()).toBe(7);
		expect(await keyring.lastOpened(STAFF as StaffId)).toBe('ab'.repeat(16));
		expect(await keyring.lastOpened('cd'.repeat(16) as StaffId)).toBeNull();
	});

	it('keep the first key of a device, and what a server said it holds', async () => {
		await stores().deviceKeys.add([{ deviceId: DEVICE, publicKey: bytes(65) }]);
		await stores().deviceKeys.add([{ deviceId: DEVICE, publicKey: bytes(65, 8) }]);
		const head: Head = { sequence: 3, chainValue: bytes(32), beyond: [[5, 6]] };
		const heads = new Map<DeviceId, Head>([[DEVICE, head]]);
		await stores().servers.add('https://a.test');
		await stores().servers.saveState('https://a.test', { heads, tips: [], lastSuccessAt: 9 });
		await stores().servers.saveState('https://gone.test', { heads, tips: [], lastSuccessAt: 9 });
		await stores().servers.add('https://a.test');
		const { deviceKeys, servers } = reopen();
		expect(await deviceKeys.list()).toEqual([{ deviceId: DEVICE, publicKey: bytes(65) }]);
		expect(await servers.list()).toEqual([
			{ origin: 'https://a.test', paused: false, heads, tips: [], lastSuccessAt: 9 }
		]);
		expect(await servers.unsentCount(new Map([[DEVICE, { ...head, sequence: 7, beyond: [] }]]))).toBe(2);
		await servers.remove('https://a.test');
		expect(await servers.list()).toEqual([]);
	});

	it('are one process’s at a time, in a folder that only its account may enter', () => {
		expect(openFeedDatabase(folder.current.folder)).toEqual(err({ type: 'in-use' }));
		expect(statSync(folder.current.folder).mode & 0o777).toBe(0o700);
	});
});
