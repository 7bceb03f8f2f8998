/** Everything this device keeps, opened together: the log and the stores beside it. */
import { ok, type Result } from '$lib/domain/result';
import {
	openDatabase,
	requestPersistence,
	type ClosedReason,
	type OpenError,
	type Persistence
} from '$lib/storage/database';
import type { DamageReport } from '$lib/storage/damage';
import { createDeviceKeyStore, type DeviceKeyStore } from '$lib/storage/device-key-store';
import { createCopyFolderStore, type CopyFolderStore } from '$lib/storage/copy-folder-store';
import { createDexieOperationLog } from '$lib/storage/dexie-operation-log';
import { createDraftStore, type DraftStore } from '$lib/storage/draft-store';
import { createIdentityStore, type IdentityStore } from '$lib/storage/identity-store';
import { createKeyringStore, type KeyringStore } from '$lib/storage/keyring-store';
import { createLockStore, type LockStore } from '$lib/storage/lock-store';
import { createServerStore, type ServerStore } from '$lib/storage/server-store';
import { createSnapshotStore, type SnapshotStore } from '$lib/storage/snapshot-store';
import type { OperationLog } from '$lib/domain/operation-log';

export interface DeviceStores {
	readonly databaseName: string;
	readonly log: OperationLog;
	readonly identity: IdentityStore;
	readonly keyring: KeyringStore;
	readonly deviceKeys: DeviceKeyStore;
	readonly drafts: DraftStore;
	readonly snapshots: SnapshotStore;
	readonly servers: ServerStore;
	readonly lock: LockStore;
	readonly copyFolder: CopyFolderStore;
	/** Rows that did not read as what they should be. */
	readonly damage: DamageReport;
	/** Asks that the browser keep the data, and says what it answered. */
	persistence(): Promise<Persistence>;
}

export async function openDeviceStores(
	databaseName: string,
	onClosed?: (reason: ClosedReason) => void
): Promise<Result<DeviceStores, OpenError>> {
	const opened = await openDatabase(databaseName, { onClosed });
	if (!opened.ok) return opened;
	const database = opened.value;
	return ok({
		databaseName,
		log: createDexieOperationLog(database),
		identity: createIdentityStore(database),
		keyring: createKeyringStore(database),
		deviceKeys: createDeviceKeyStore(database),
		drafts: createDraftStore(database),
		snapshots: createSnapshotStore(database),
		servers: createServerStore(database),
		lock: createLockStore(database),
		copyFolder: createCopyFolderStore(database),
		damage: database.damage,
		persistence: () => requestPersistence()
	});
}
