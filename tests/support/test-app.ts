/** A whole device in Node: its database, session and setting up, with the real keeper behind a wire in this process. */
import { vi } from 'vitest';
import type { Clock, Instant } from '$lib/domain/time';
import { openDeviceStores } from '$lib/services/device-stores';
import { createDeviceSetup } from '$lib/services/device-setup';
import type { KeeperEvent } from '$lib/services/log-keeper';
import type { KeeperCalls, KeeperSetup } from '$lib/services/log-keeper.worker';
import { createFolderCopy } from '$lib/services/folder-copy';
import { createRestoring } from '$lib/services/restoring';
import { openWorkspace, type StartedKeeper } from '$lib/services/open-workspace';
import { createSession, type SessionPorts } from '$lib/services/session';
import type { WindowChannel, WindowMessage } from '$lib/services/window-channel';
import { callWorker, type MessageEnd } from '$lib/services/worker-call';
import { createOpfsJournal } from '$lib/storage/opfs-journal';
import type { FoundSpaceInput, SessionState, Workspace } from '$lib/services/workspace';
import { MONDAY } from '../fixtures/builders';
import { createMemoryFiles } from './memory-files';
import { quickStretch } from './quick-stretch';
import { must } from './test-space';
import { createWebLocks } from './web-locks';

export const FOUNDING: FoundSpaceInput = {
	commune: 'Soest, Stadt',
	ags: '05974040',
	placeCode: 'SO',
	site: 'Bürgerbüro',
	counter: 'Schalter 1',
	staffName: 'Erika Mustermann',
	password: 'Grüne Wiese am Fluß',
	server: null
};

export type TestApp = Awaited<ReturnType<typeof openTestApp>>;

const memoryStorage = () => {
	const items = new Map<string, string>();
	return {
		getItem: (key: string) => items.get(key) ?? null,
		setItem: (key: string, value: string) => void items.set(key, value)
	};
};

/** What the services ask of a page: events, locks, files and small storage. `vi.unstubAllGlobals` takes it away again. */
export function stubPage() {
	const files = createMemoryFiles();
	vi.stubGlobal('navigator', { locks: createWebLocks(), storage: files.storage });
	vi.stubGlobal('window', new EventTarget());
	vi.stubGlobal('document', new EventTarget());
	vi.stubGlobal('localStorage', memoryStorage());
	vi.stubGlobal('sessionStorage', memoryStorage());
	return { files };
}

/** The channel of one profile; every window hears all others and not itself. */
export function createTestChannels() {
	const windows = new Set<Set<(message: WindowMessage) => void>>();
	const told: WindowMessage[] = [];
	return {
		told,
		open(): WindowChannel {
			const own = new Set<(message: WindowMessage) => void>();
			windows.add(own);
			return {
				tell: (message) => {
					told.push(message);
					for (const other of windows) if (other !== own) for (const listener of [...other]) listener(message);
				},
				listen: (listener) => {
					own.add(listener);
					return () => own.delete(listener);
				}
			};
		}
	};
}

type Listener = (event: MessageEvent) => void;

/** Two ends of one wire. What is sent before the other side listens waits for it, as with a worker that still loads. */
function createWire(): readonly [MessageEnd, MessageEnd] {
	const listeners: [Listener[], Listener[]] = [[], []];
	const waiting: [unknown[], unknown[]] = [[], []];
	const deliver = (to: 0 | 1, data: unknown) => {
		if (listeners[to].length === 0) waiting[to].push(data);
		else for (const listener of listeners[to]) queueMicrotask(() => listener({ data } as MessageEvent));
	};
	const end = (own: 0 | 1): MessageEnd => ({
		postMessage: (data) => deliver(own === 0 ? 1 : 0, data),
		addEventListener: (_, listener) => {
			listeners[own].push(listener);
			for (const data of waiting[own].splice(0)) deliver(own, data);
		}
	});
	return [end(0), end(1)];
}

let loading: Promise<unknown> = Promise.resolve();

/** The worker's own module, once more for each worker, with `self` as its end of the wire. */
export function startTestKeeper(setup: KeeperSetup, onEvent: (event: KeeperEvent) => void): StartedKeeper {
	const [page, worker] = createWire();
	let isStopped = false;
	loading = loading.then(async () => {
		vi.stubGlobal('self', worker);
		vi.resetModules();
		await import('$lib/services/log-keeper.worker');
	});
	const calls = callWorker<KeeperCalls, KeeperEvent>(page, (event) => {
		if (!isStopped) onEvent(event);
	});
	return { calls, ready: calls.setUp(setup), stop: () => (isStopped = true) };
}

/** Tells of each call that it leaves without an answer. */
function withoutAnswers(
	calls: StartedKeeper['calls'],
	unanswered: ReadonlySet<keyof KeeperCalls>,
	onCall: (method: keyof KeeperCalls) => void
) {
	return new Proxy(calls, {
		get: (target, method: keyof KeeperCalls) =>
			unanswered.has(method) ? () => new Promise<never>(() => onCall(method)) : target[method]
	});
}

/** Nothing is measured by it: other tests run beside this one. */
const PATIENCE_MS = 20_000;

interface AppOptions {
	readonly channels?: ReturnType<typeof createTestChannels>;
	readonly openWorkspace?: SessionPorts['openWorkspace'];
	readonly clock?: { time: number };
	/** Calls to the keeper that it does not answer while they stand here, as when it is busy until it is ended. */
	readonly unanswered?: ReadonlySet<keyof KeeperCalls>;
}

/** One window on this database. */
export async function openTestApp(databaseName: string, options: AppOptions = {}) {
	const { channels = createTestChannels(), clock: time = { time: MONDAY as number } } = options;
	const { unanswered = new Set<keyof KeeperCalls>() } = options;
	const left: (keyof KeeperCalls)[] = [];
	const channel = channels.open();
	const stores = must(await openDeviceStores(databaseName, { journal: createOpfsJournal(databaseName), channel }));
	const clock: Clock = { now: () => time.time as Instant };
	const faults: string[] = [];
	const keepers = { started: 0, stopped: 0 };
	const knownClock = { offset: null };
	const folderCopy = createFolderCopy({ stores, clock });
	const session = createSession({
		stores,
		clock,
		channel,
		stretch: quickStretch,
		knownClock,
		copyDevice: folderCopy.download,
		openWorkspace:
			options.openWorkspace ??
			((identity, person, keyring, onOpening) =>
				openWorkspace(
					{
						stores,
						clock,
						channel,
						stretch: quickStretch,
						knownClock,
						folderCopy,
						startReader: () => {
							throw new Error('no file is read in this test');
						},
						startKeeper: (setup, onEvent) => {
							keepers.started++;
							const keeper = startTestKeeper(setup, onEvent);
							const stop = () => {
								keepers.stopped++;
								keeper.stop();
							};
							return {
								...keeper,
								calls: withoutAnswers(keeper.calls, unanswered, (method) => left.push(method)),
								stop
							};
						},
						onOpening,
						onRemoved: () => void session.lock(),
						lock: () => void session.lock(),
						onIdentityLost: () => void session.renewIdentity(),
						onFault: (detail) => faults.push(detail)
					},
					identity,
					person,
					keyring
				))
	});
	const states: SessionState['type'][] = [];
	session.subscribe(() => states.push(session.state.type));
	await session.start();
	return {
		session,
		stores,
		channel,
		time,
		faults,
		keepers,
		/** Calls that were left without an answer. */
		unanswered: left,
		states,
		setup: {
			...createDeviceSetup({ stores, clock, stretch: quickStretch, session }),
			...createRestoring({ stores, clock, stretch: quickStretch, session })
		},
		workspace(): Workspace {
			if (session.state.type !== 'unlocked') throw new Error(`not unlocked but ${session.state.type}`);
			return session.state.workspace;
		},
		/** Resolves when the session has come to this state. */
		async reaches<T extends SessionState['type']>(type: T): Promise<Extract<SessionState, { type: T }>> {
			await vi.waitFor(() => {
				if (session.state.type !== type) throw new Error(`${session.state.type} is not ${type}`);
			}, PATIENCE_MS);
			return session.state as Extract<SessionState, { type: T }>;
		}
	};
}

/** A device that has just founded its space and is unlocked. */
export async function foundedApp(databaseName: string, options: AppOptions = {}) {
	const app = await openTestApp(databaseName, options);
	const draft = must(await app.setup.prepareFounding(FOUNDING));
	must(await draft.complete());
	const founder = app.workspace().me;
	return { ...app, sheet: draft.sheet, founder };
}
