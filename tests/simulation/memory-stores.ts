/** The small stores beside the log, in memory: what was written stays in `content`, whoever opens it next. */
import type { DeviceId, RecordId, StaffId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import { ok } from '$lib/domain/result';
import type { Clock, Instant } from '$lib/domain/time';
import { countOnNoServer } from '$lib/services/unsent';
import type { DeviceKeyStore, DevicePublicKey } from '$lib/storage/device-key-store';
import type { DeviceIdentity, IdentityStore } from '$lib/storage/identity-store';
import type { KeyringStore } from '$lib/storage/keyring-store';
import { NOTHING_KNOWN, type KnownServer, type ServerStore } from '$lib/storage/server-store';
import type { SealedSnapshot, SnapshotStore } from '$lib/storage/snapshot-store';

export interface StoresContent {
	readonly records: KeyringRecord[];
	readonly opened: Map<StaffId, RecordId>;
	asOf: Instant | null;
	readonly deviceKeys: Map<DeviceId, DevicePublicKey>;
	readonly servers: Map<string, KnownServer>;
	snapshot: SealedSnapshot | null;
	identity: DeviceIdentity;
}

export const emptyStores = (identity: DeviceIdentity): StoresContent => ({
	records: [],
	opened: new Map(),
	asOf: null,
	deviceKeys: new Map(),
	servers: new Map(),
	snapshot: null,
	identity
});

export const copyStores = (content: StoresContent): StoresContent => ({
	records: [...content.records],
	opened: new Map(content.opened),
	asOf: content.asOf,
	deviceKeys: new Map(content.deviceKeys),
	servers: new Map(content.servers),
	snapshot: content.snapshot,
	identity: content.identity
});

/** Over both: a record that came first with a bad signature must not keep the good one out. */
export const recordName = ({ bytes, signature }: KeyringRecord): string =>
	Buffer.concat([bytes, signature]).toString('base64');

export function memoryKeyringStore(content: StoresContent, clock: Clock): KeyringStore {
	const add = (records: readonly KeyringRecord[]): number => {
		const held = new Set(content.records.map(recordName));
		const lacking = records.filter((record) => !held.has(recordName(record)));
		content.records.push(...lacking);
		if (lacking.length > 0) content.asOf = clock.now();
		return lacking.length;
	};
	return {
		loadRecords: async () => [...content.records],
		addRecords: async (records) => add(records),
		addOwn: async (records) => ok(add(records)),
		asOf: async () => content.asOf,
		lastOpened: async (staffId) => content.opened.get(staffId) ?? null,
		noteOpened: async (staffId, recordId) => void content.opened.set(staffId, recordId)
	};
}

export const memoryDeviceKeys = ({ deviceKeys }: StoresContent): DeviceKeyStore => ({
	add: async (keys) => {
		for (const key of keys) if (!deviceKeys.has(key.deviceId)) deviceKeys.set(key.deviceId, key);
	},
	list: async () => [...deviceKeys.values()].sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1)),
	get: async (deviceId) => deviceKeys.get(deviceId) ?? null
});

export const memoryServers = ({ servers }: StoresContent): ServerStore => ({
	list: async () => [...servers.values()],
	add: async (origin) => {
		if (!servers.has(origin)) servers.set(origin, { origin, paused: false, ...NOTHING_KNOWN });
		return ok(undefined);
	},
	saveState: async (origin, state) => {
		const held = servers.get(origin);
		if (held) servers.set(origin, { ...held, ...state });
	},
	pause: async (origin, paused) => {
		const held = servers.get(origin);
		if (held) servers.set(origin, { ...held, paused });
		return ok(undefined);
	},
	remove: async (origin) => {
		servers.delete(origin);
		return ok(undefined);
	},
	unsentCount: async (heads) =>
		countOnNoServer(
			heads,
			[...servers.values()].map((server) => server.heads)
		)
});

export const memorySnapshotStore = (content: StoresContent): SnapshotStore => ({
	save: async (snapshot) => void (content.snapshot = snapshot),
	loadHead: async () => content.snapshot,
	load: async () => content.snapshot,
	discard: async () => void (content.snapshot = null)
});

export const memoryIdentity = (content: StoresContent): IdentityStore => ({
	load: async () => content.identity,
	save: async (identity) => {
		content.identity = identity;
		return ok(undefined);
	},
	update: async (change) => {
		content.identity = change(content.identity) ?? content.identity;
		return ok(undefined);
	}
});
