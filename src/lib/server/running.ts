/** The running server of this process: built once at start, closed once at the end. */
import { parseConfig } from './config.js';
import { migrate, openSqlite } from './database';
import { createCommitLoop } from './commit-loop';
import { createContacts } from './contacts';
import type { ServerContext, ServerParts } from './endpoint';
import { hashEnrolmentCode, makeEnrolmentCode } from './enrolment-code.js';
import { answerTogether } from './exchange-together';
import type { Amount } from './fair-queue';
import { createKeyrings } from './keyrings';
import { AT_ONCE, createOverload, WAITING } from './overload';
import { createAddressLimit, createRateLimit } from './rate-limit';
import { createSqlStore } from './sql-store';
import {
	createProbe,
	createStorageWatch,
	storageFaultOf,
	storageSentence,
	type StorageLog,
	type StorageWatch
} from './storage-fault';
import type { Store } from './store';

const MINUTE_MS = 60_000;
/** A little more than devices wait between two exchanges. */
const CONTACTS_EVERY_MS = MINUTE_MS;

export interface StartNotice {
	/** Freshly made: printed for the person who runs the server, and kept only as a hash. */
	readonly enrolmentCode: string | null;
	readonly hasSpaces: boolean;
}

let running: ServerContext | null = null;
let runningLog: StorageLog | null = null;
let noting: NodeJS.Timeout | undefined;

/** Checks the configuration, opens and migrates the database, makes a Betriebscode where one is needed. Throws: nothing may be served. */
export async function startServer(environment: NodeJS.ProcessEnv, log: StorageLog): Promise<StartNotice> {
	const { config, faults } = parseConfig(environment);
	if (faults.length > 0) throw new Error(faults.join(' '));
	try {
		const database = openSqlite(config.dataDir);
		await migrate(database);
		const store = createSqlStore(database);
		const context = createContext(store, Date.now, { log });
		running = context;
		noting = setInterval(() => void noteContacts(context, log), CONTACTS_EVERY_MS).unref();
		runningLog = log;
		return await offerCodes(store, config.enrolmentCode);
	} catch (error) {
		const fault = storageFaultOf(error);
		throw fault ? new Error(storageSentence(fault)) : error;
	}
}

export interface ContextOptions {
	readonly log?: StorageLog;
	/** How much may wait. */
	readonly waiting?: Amount;
	/** What the commit loop waits for before it takes what has arrived. */
	gather?(): Promise<void>;
}

const SILENT: StorageLog = { error: () => undefined, info: () => undefined };

export function createContext(
	store: Store,
	now: () => number,
	{ log = SILENT, waiting = WAITING, gather = nextTurn }: ContextOptions = {}
): ServerContext {
	const storage = createStorageWatch(log);
	const parts: ServerParts = {
		store: watched(store, storage),
		keyrings: createKeyrings(store),
		contacts: createContacts(),
		hubLimit: createAddressLimit(10, 10 * MINUTE_MS),
		codeLimit: createAddressLimit(10, 10 * MINUTE_MS),
		takeLimit: createAddressLimit(30, 10 * MINUTE_MS),
		packageLimit: createRateLimit(30, 10 * MINUTE_MS),
		now
	};
	return {
		...parts,
		storage,
		probe: createProbe(storage, () => store.probe(now())),
		overload: createOverload(),
		exchanges: createCommitLoop({
			limit: waiting,
			atOnce: AT_ONCE,
			together: (calls) => answerTogether(parts, calls),
			meetsAll: (fault) => storageFaultOf(fault) !== null,
			gather
		})
	};
}

/** What was stored shows that the disk works again; being able to read shows nothing. */
const watched = (store: Store, storage: StorageWatch): Store => ({
	...store,
	async takeIn(...taken) {
		const refused = await store.takeIn(...taken);
		storage.worked();
		return refused;
	}
});

/** After whatever has arrived on other lines in the meantime. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A code is printed at each start until the first space exists; one set in the environment is valid until it is used. */
async function offerCodes(store: Store, given: string | null): Promise<StartNotice> {
	const hasSpaces = await store.hasSpaces();
	if (given) await store.offerCode(hashEnrolmentCode(given), 'given', Date.now());
	if (given || hasSpaces) return { enrolmentCode: null, hasSpaces };
	const enrolmentCode = makeEnrolmentCode();
	await store.offerCode(hashEnrolmentCode(enrolmentCode), 'start', Date.now());
	return { enrolmentCode, hasSpaces };
}

/** Behind `init` of the hooks there always is one. */
export function runningServer(): ServerContext {
	if (!running) throw new Error('the server was not started');
	return running;
}

export async function stopServer(): Promise<void> {
	const stopping = running;
	running = null;
	clearInterval(noting);
	if (!stopping) return;
	await noteContacts(stopping, runningLog ?? SILENT);
	await stopping.store.close();
}

/** What refuses is told, and ends nothing: the times stay in memory for the next attempt. */
async function noteContacts({ contacts, store, storage }: ServerContext, log: StorageLog): Promise<void> {
	try {
		await contacts.save(store);
	} catch (error) {
		if (storage.failed(error)) return;
		const code = error instanceof Error ? error.name : typeof error;
		log.error({ fault: 'storage-fault', code }, 'Wann Geräte zuletzt da waren, ließ sich nicht vermerken.');
	}
}
