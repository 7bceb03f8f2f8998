/** Starts the app on this device: one database, one session, one way to set up. */
import { createWorkerStretcher } from '$lib/crypto/key-derivation';
import type { Clock, Instant } from '$lib/domain/time';
import { openDeviceStores, type CopyOptions } from './device-stores';
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
const MOST_ATTEMPTS = 3;
const clock: Clock = { now: () => Date.now() as Instant };

type Started = { readonly app: App } | { readonly fault: string };

/** `fault`: the database of this origin cannot be opened or read, and why, in a machine word. Never rejects. */
export async function startApp(databaseName = DATABASE): Promise<Started> {
	const channel = createWindowChannel(databaseName);
	const copy = { journal: startJournal(databaseName), channel };
	// Damage found by reading ends the connection, and Chromium begins an empty database: the next attempt is filled from the second copy.
	for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++)
		try {
			return await startWith(databaseName, copy);
		} catch {
			continue;
		}
	return { fault: 'cannot-read' };
}

async function startWith(databaseName: string, copy: CopyOptions): Promise<Started> {
	let fail: (reason: string) => void = () => undefined;
	const { channel } = copy;
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
			const told = { onOpening, onFault, onRemoved, onIdentityLost };
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
