/** Starts the app on this device: one database, one session, one way to set up. */
import { createWorkerStretcher } from '$lib/crypto/key-derivation';
import type { Clock, Instant } from '$lib/domain/time';
import type { OnRestoring } from './copies';
import { openDeviceStores, type CopyOptions } from './device-stores';
import type { RestorePorts } from './device-setup';
import { createFolderCopy } from './folder-copy';
import { startJournal } from './journal-client';
import type { ProgressOf } from './appointment-desk';
import type { StartedReader } from './import-reading';
import type { ReaderCalls } from './import.worker';
import { createRestartTest } from './restart-test';
import { openWorkspace, type StartedKeeper } from './open-workspace';
import { createSession, type SessionControl } from './session';
import { startArgonWorker, startImportWorker, startKeeperWorker } from './trusted-worker';
import { createWindowChannel, type WindowChannel } from './window-channel';
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

/** `fault`: the database of this origin cannot be opened, and why, in a machine word. */
export async function startApp(databaseName = DATABASE, onRestoring?: OnRestoring): Promise<Started> {
	let onChange: () => void = () => undefined;
	const channel = overheard(createWindowChannel(databaseName), () => onChange());
	const copy = { journal: startJournal(databaseName), channel };
	// Damage found by reading ends the connection, and Chromium begins an empty database: the next attempt is filled from the second copy.
	for (let attempt = 1; ; attempt++) {
		const started = await startOnce(databaseName, copy, (listener) => (onChange = listener), onRestoring);
		if (!isUnread(started) || attempt === MOST_ATTEMPTS) return started;
	}
}

const isUnread = (started: Started): boolean => {
	const state = 'app' in started ? started.app.session.state : null;
	return state?.type === 'damaged' && state.detail === 'rebuild-failed';
};

async function startOnce(
	databaseName: string,
	copy: CopyOptions,
	hearChanges: (listener: () => void) => void,
	onRestoring?: OnRestoring
): Promise<Started> {
	let fail: (reason: string) => void = () => undefined;
	const { channel } = copy;
	const opened = await openDeviceStores(databaseName, copy, (reason) => fail(reason));
	if (!opened.ok) return { fault: opened.error.type };
	const stores = opened.value;
	const folderCopy = createFolderCopy({ stores, clock });
	hearChanges(folderCopy.changed);
	const stretch = createWorkerStretcher(startArgonWorker);
	const knownClock = { offset: null };
	const session: SessionControl = createSession({
		stores,
		clock,
		channel,
		stretch,
		knownClock,
		copyDevice: folderCopy.download,
		openWorkspace: (identity, person, keyring, onOpening) => {
			const onFault = (detail: string) => session.fail(detail);
			const onRemoved = () => void session.lock();
			const onIdentityLost = () => void session.renewIdentity();
			const lock = onRemoved;
			const told = { onOpening, onFault, onRemoved, onIdentityLost, lock };
			const ports = { stores, clock, channel, stretch, folderCopy, startKeeper, startReader, knownClock, ...told };
			return openWorkspace(ports, identity, person, keyring);
		}
	});
	fail = (reason) => session.fail(reason);
	session.subscribe(() => {
		if (session.state.type === 'rebuilding') onRestoring?.(session.state.done, session.state.total);
	});
	await session.start();
	if (session.state.type !== 'damaged') void folderCopy.start();
	const ports = { stores, clock, stretch, session };
	return { app: { session, setup: setUpWhenAsked(ports) } };
}

/** What other windows are told of is what a further copy must hold. */
const overheard = (channel: WindowChannel, onChange: () => void): WindowChannel => ({
	...channel,
	tell: (message) => {
		channel.tell(message);
		if (message.type === 'appended' || message.type.endsWith('-changed')) onChange();
	}
});

/** A device is set up once: the code for it is loaded when there is none yet, or when it is asked for. */
function setUpWhenAsked(ports: RestorePorts & { readonly session: Pick<Session, 'state'> }): DeviceSetup {
	const setup = async () => (await import('./device-setup')).createDeviceSetup(ports);
	const restoring = async () => (await import('./restoring')).createRestoring(ports);
	if (ports.session.state.type === 'not-set-up') void Promise.all([setup(), restoring()]).catch(() => undefined);
	return {
		prepareFounding: async (input) => (await setup()).prepareFounding(input),
		prepareJoining: async (origin, code) => (await setup()).prepareJoining(origin, code),
		prepareJoiningByFile: async (input) => (await setup()).prepareJoiningByFile(input),
		prepareFromCopy: async (files) => (await restoring()).prepareFromCopy(files),
		prepareRestoring: async (origin, sheet) => (await restoring()).prepareRestoring(origin, sheet),
		...createRestartTest(ports.stores.identity)
	};
}

function startKeeper(setup: KeeperSetup, onEvent: (event: KeeperEvent) => void): StartedKeeper {
	const worker = startKeeperWorker();
	const calls = callWorker<KeeperCalls, KeeperEvent>(worker, onEvent);
	const ready = calls.setUp(setup);
	return { calls, ready, stop: () => worker.terminate() };
}

function startReader(onProgress: (progress: ProgressOf) => void): StartedReader {
	const worker = startImportWorker();
	const calls = callWorker<ReaderCalls, ProgressOf>(worker, onProgress);
	const broken = new Promise<never>((_, reject) => worker.addEventListener('error', () => reject(new Error('reader'))));
	// Told only while somebody waits for it.
	broken.catch(() => undefined);
	return { calls, broken, stop: () => worker.terminate() };
}
