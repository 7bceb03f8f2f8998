/** Starts the app on this device: one database, one session, one way to set up. */
import { createWorkerStretcher } from '$lib/crypto/key-derivation';
import type { Clock, Instant } from '$lib/domain/time';
import { openDeviceStores } from './device-stores';
import { createDeviceSetup } from './device-setup';
import { startJournal } from './journal-client';
import { openWorkspace, type StartedKeeper } from './open-workspace';
import { createSession, type SessionControl } from './session';
import { startArgonWorker, startKeeperWorker } from './trusted-worker';
import { createWindowChannel } from './window-channel';
import { callWorker } from './worker-call';
import type { KeeperEvent } from './log-keeper';
import type { KeeperCalls, KeeperSetup } from './log-keeper.worker';
import type { DeviceSetup, Session } from './workspace';

export interface App {
	readonly session: Session;
	readonly setup: DeviceSetup;
}

const DATABASE = 'notschalter';
const clock: Clock = { now: () => Date.now() as Instant };

/** Null: the database of this origin cannot be opened, and `fault` says why in a machine word. */
export async function startApp(databaseName = DATABASE): Promise<{ readonly app: App } | { readonly fault: string }> {
	let fail: (reason: string) => void = () => undefined;
	const channel = createWindowChannel(databaseName);
	const copy = { journal: startJournal(databaseName), channel };
	const opened = await openDeviceStores(databaseName, copy, (reason) => fail(reason));
	if (!opened.ok) return { fault: opened.error.type };
	const stores = opened.value;
	const stretch = createWorkerStretcher(startArgonWorker);
	const knownClock = { offset: null };
	const session: SessionControl = createSession({
		stores,
		clock,
		channel,
		stretch,
		knownClock,
		openWorkspace: (identity, person, keyring, onOpening) => {
			const onFault = (detail: string) => session.fail(detail);
			const onRemoved = () => void session.lock();
			const onIdentityLost = () => void session.renewIdentity();
			const lock = onRemoved;
			const told = { onOpening, onFault, onRemoved, onIdentityLost, lock };
			const ports = { stores, clock, channel, stretch, startKeeper, knownClock, ...told };
			return openWorkspace(ports, identity, person, keyring);
		}
	});
	fail = (reason) => session.fail(reason);
	await session.start();
	return { app: { session, setup: createDeviceSetup({ stores, clock, stretch, session }) } };
}

function startKeeper(setup: KeeperSetup, onEvent: (event: KeeperEvent) => void): StartedKeeper {
	const worker = startKeeperWorker();
	const calls = callWorker<KeeperCalls, KeeperEvent>(worker, onEvent);
	const ready = calls.setUp(setup);
	return { calls, ready, stop: () => worker.terminate() };
}
