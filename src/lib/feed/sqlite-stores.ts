/** What a device keeps beside its log, in the same SQLite file: who it is, the keyring, keys of other devices, servers. */
import { decode, encode } from 'cborg';
import { parseRecordId, parseStaffId, type StaffId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { OperationLog } from '$lib/domain/operation-log';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock, Instant } from '$lib/domain/time';
import { parseDeviceKey, type DeviceKeyStore } from '$lib/storage/device-key-store';
import { parseIdentity, type IdentityStore } from '$lib/storage/identity-store';
import { parseRecord, recordRowId, type KeyringStore } from '$lib/storage/keyring-store';
import type { NotWritten } from '$lib/storage/not-written';
import { isTime } from '$lib/storage/row-shape';
import {
	countOnNone,
	NOTHING_KNOWN,
	parseServer,
	serverRowOf,
	type KnownServer,
	type ServerStore
} from '$lib/storage/server-store';
import { codeOf, type FeedDatabase } from './feed-database';
import { createSqliteOperationLog } from './sqlite-operation-log';

export interface FeedStores {
	readonly log: OperationLog;
	readonly identity: IdentityStore;
	readonly keyring: KeyringStore;
	readonly deviceKeys: DeviceKeyStore;
	readonly servers: ServerStore;
	/** The technical member this device signs as. */
	readonly member: { load(): StaffId | null; save(staffId: StaffId): void };
}

export const openFeedStores = (database: FeedDatabase, clock: Clock): FeedStores => ({
	log: createSqliteOperationLog(database, { now: clock.now }),
	identity: createIdentity(database),
	keyring: createKeyring(database, clock),
	deviceKeys: createDeviceKeys(database),
	servers: createServers(database),
	member: {
		load: () => {
			const staffId = parseStaffId(readDocument(database, 'member'));
			return staffId.ok ? staffId.value : null;
		},
		save: (staffId) => void writeDocument(database, 'member', staffId)
	}
});

/** A small value under a name; what reads it checks it. */
function readDocument(database: FeedDatabase, name: string): unknown {
	const value = database.get('select value from documents where name = ?', name)?.value;
	return value instanceof Uint8Array ? decode(value) : undefined;
}

const writeDocument = (database: FeedDatabase, name: string, value: unknown): number =>
	database.run('insert or replace into documents (name, value) values (?, ?)', name, encode(value));

function tryToWrite<T>(write: () => T): Result<T, NotWritten> {
	try {
		return ok(write());
	} catch (error) {
		return err({ type: 'not-written', name: codeOf(error) });
	}
}

const OWN = 'identity';

function createIdentity(database: FeedDatabase): IdentityStore {
	const load = () => parseIdentity(readDocument(database, OWN));
	return {
		load: async () => load(),
		save: async (identity) => tryToWrite(() => void writeDocument(database, OWN, identity)),
		update: async (change) =>
			tryToWrite(() =>
				database.write(() => {
					const identity = load();
					const changed = identity && change(identity);
					if (changed) writeDocument(database, OWN, changed);
				})
			)
	};
}

function createKeyring(database: FeedDatabase, clock: Clock): KeyringStore {
	const add = async (records: readonly KeyringRecord[]): Promise<() => number> => {
		const ids = await Promise.all(records.map(({ bytes, signature }) => recordRowId(bytes, signature)));
		const addedAt = clock.now();
		return () =>
			database.write(() => {
				let added = 0;
				for (const [i, { bytes, signature }] of records.entries())
					added += database.run(
						'insert or ignore into keyring (id, bytes, signature, addedAt) values (?, ?, ?, ?)',
						...[ids[i] ?? '', bytes, signature, addedAt]
					);
				if (added > 0) writeDocument(database, 'keyring-as-of', addedAt);
				return added;
			});
	};
	const openedBy = (staffId: string) => `opened/${staffId}`;
	return {
		loadRecords: async () =>
			database
				.all('select bytes, signature from keyring')
				.map(parseRecord)
				.filter((record) => record !== null),
		addRecords: async (records) => (await add(records))(),
		addOwn: async (records) => tryToWrite(await add(records)),
		asOf: async () => {
			const at = readDocument(database, 'keyring-as-of');
			return isTime(at) ? (at as Instant) : null;
		},
		lastOpened: async (staffId) => {
			const id = parseRecordId(readDocument(database, openedBy(staffId)));
			return id.ok ? id.value : null;
		},
		noteOpened: async (staffId, recordId) => void writeDocument(database, openedBy(staffId), recordId)
	};
}

const createDeviceKeys = (database: FeedDatabase): DeviceKeyStore => ({
	add: async (keys) =>
		database.write(() => {
			for (const { deviceId, publicKey } of keys)
				database.run('insert or ignore into deviceKeys (deviceId, publicKey) values (?, ?)', deviceId, publicKey);
		}),
	list: async () =>
		database
			.all('select * from deviceKeys')
			.map(parseDeviceKey)
			.filter((key) => key !== null),
	get: async (deviceId) => parseDeviceKey(database.get('select * from deviceKeys where deviceId = ?', deviceId))
});

const SERVERS = 'servers';

function createServers(database: FeedDatabase): ServerStore {
	const list = (): KnownServer[] => {
		const rows = readDocument(database, SERVERS);
		return Array.isArray(rows) ? rows.map(parseServer).filter((server) => server !== null) : [];
	};
	const put = (servers: readonly KnownServer[]) =>
		writeDocument(
			database,
			SERVERS,
			servers.map((server) => serverRowOf(server.origin, server, server.paused))
		);
	return {
		list: async () => list(),
		add: async (origin) =>
			tryToWrite(() =>
				database.write(() => {
					const servers = list();
					if (!servers.some((one) => one.origin === origin))
						put([...servers, { ...NOTHING_KNOWN, origin, paused: false }]);
				})
			),
		saveState: async (origin, state) =>
			void database.write(() => put(list().map((one) => (one.origin === origin ? { ...one, ...state } : one)))),
		pause: async (origin, paused) =>
			tryToWrite(() =>
				database.write(() => void put(list().map((one) => (one.origin === origin ? { ...one, paused } : one))))
			),
		remove: async (origin) => {
			database.write(() => put(list().filter((one) => one.origin !== origin)));
			return ok(undefined);
		},
		unsentCount: async (heads) => countOnNone(heads, list())
	};
}
