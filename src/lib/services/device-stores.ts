/** Everything this device keeps, opened together: the log and the stores beside it. */
import type { Journal } from '$lib/domain/journal';
import { ok, type Result } from '$lib/domain/result';
import {
	openDatabase,
	requestPersistence,
	type ClosedReason,
	type OpenError,
	type Persistence
} from '$lib/storage/database';
import type { DamageReport } from '$lib/storage/damage';
import { createCopyFolderStore, type CopyFolderStore } from '$lib/storage/copy-folder-store';
import { createDatabaseCopy } from '$lib/storage/database-copy';
import { createDeviceKeyStore } from '$lib/storage/device-key-store';
import { createDexieOperationLog } from '$lib/storage/dexie-operation-log';
import { createDraftStore } from '$lib/storage/draft-store';
import { createIdentityStore } from '$lib/storage/identity-store';
import { withJournal, type CopiedStores } from '$lib/storage/journaled-stores';
import { createKeyringStore } from '$lib/storage/keyring-store';
import { createLockStore, type LockStore } from '$lib/storage/lock-store';
import { createPeerStore, type PeerStore } from '$lib/storage/peer-store';
import { createServerStore } from '$lib/storage/server-store';
import { createSnapshotStore, type SnapshotStore } from '$lib/storage/snapshot-store';
import { bringTogether, type CopiesPorts, type CopiesReport, type OnRestoring } from './copies';
import { createSecondCopy, type SecondCopy } from './second-copy';
import type { WindowChannel } from './window-channel';

export interface DeviceStores extends CopiedStores {
	readonly databaseName: string;
	readonly snapshots: SnapshotStore;
	readonly lock: LockStore;
	readonly copyFolder: CopyFolderStore;
	readonly peers: PeerStore;
	/** Rows that did not read as what they should be. */
	readonly damage: DamageReport;
	/** Asks that the browser keep the data, and says what it answered. */
	persistence(): Promise<Persistence>;
	readonly copy: SecondCopy;
	/** Completes each copy from the other, while nothing is written. */
	bringTogether(onRestoring?: OnRestoring): Promise<CopiesReport>;
	/** A time at which nothing happens: writes the journal anew when most of it is dead. */
	tidyJournal(): Promise<void>;
}

export interface CopyOptions {
	readonly journal: Journal;
	readonly channel: WindowChannel;
	/** For a worker of a page that has compared the copies already. */
	readonly isCompared?: boolean;
}

/** Database and journal of this device, as one: all that is written through these stores is written to both. */
export async function openDeviceStores(
	databaseName: string,
	{ journal, channel, isCompared = false }: CopyOptions,
	onClosed?: (reason: ClosedReason) => void
): Promise<Result<DeviceStores, OpenError>> {
	const opened = await openDatabase(databaseName, { onClosed });
	if (!opened.ok) return opened;
	const database = opened.value;
	const stores: CopiedStores = {
		log: createDexieOperationLog(database),
		identity: createIdentityStore(database),
		keyring: createKeyringStore(database),
		deviceKeys: createDeviceKeyStore(database),
		drafts: createDraftStore(database),
		servers: createServerStore(database)
	};
	const ports: CopiesPorts = { databaseName, database: createDatabaseCopy(database), stores, journal };
	const copy = createSecondCopy({
		journal,
		channel,
		isWhole: isCompared,
		complete: async () => (await bringTogether(ports)).journal === 'whole'
	});
	return ok({
		databaseName,
		...withJournal(stores, copy.write, databaseName),
		snapshots: createSnapshotStore(database),
		lock: createLockStore(database),
		copyFolder: createCopyFolderStore(database),
		peers: createPeerStore(database),
		damage: database.damage,
		persistence: () => requestPersistence(),
		copy,
		bringTogether: async (onRestoring) => {
			copy.comparing();
			const report = await bringTogether(ports, onRestoring);
			copy.compared(report.journal === 'whole');
			// What is damaged stays as it is while something may still be looked for in it.
			if (report.journal === 'whole') void journal.compact(report.damage.places > 0 && report.lostOperations === 0);
			return report;
		},
		tidyJournal: async () => void (await journal.compact())
	});
}
