/** Puts together what an unlocked counter has at hand: keys, keeper, drafts, staff, exchange; `close` forgets all of it. */
import type { OpenedPerson, KeyringState } from '$lib/crypto/keyring';
import { ok, err } from '$lib/domain/result';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import { createDrafts } from './drafts';
import { createExport } from './export';
import { createLiveState } from './live-state';
import { createKeyringActs } from './keyring-acts';
import type { KeeperEvent, LogFacts, LogKeeper } from './log-keeper';
import { createPersonKeys } from './person-keys';
import { recordOperations, type DecidedOperation, type Pen } from './record-operation';
import { createRequestActs } from './requests';
import { createSyncScheduler } from './sync-scheduler';
import { createTimeline } from './timeline';
import { deviceList, emptyView, staffList } from './view-parts';
import type { SessionPorts } from './session';
import type { Remote } from './worker-call';
import type { Workspace } from './workspace';

export interface OpenWorkspace {
	readonly workspace: Workspace;
	/** Forgets keys and state, stops the worker; nothing of it can be used afterwards. */
	close(): void;
}
