/** The database of this profile: its schema and versions, how it is opened, and what is told when it is taken away. */
import Dexie, { type DexieOptions, type Table } from 'dexie';
import { err, ok, type Result } from '$lib/domain/result';
import { createDamageReport, type DamageReport } from './damage';
import { nameOfError } from './not-written';
import { isRefusedForGood, openSpareStorage } from './spare-storage';

/** Rows come back as `unknown` and are parsed by the store that owns the table; what is written is typed there. */
type Rows<Key> = Table<unknown, Key>;

export type CounterDatabase = Dexie & {
	readonly identity: Rows<string>;
	readonly settings: Rows<string>;
	readonly keyring: Rows<string>;
	readonly deviceKeys: Rows<string>;
	/** Head and counters of each identity this device has had. */
	readonly ownHead: Rows<string>;
	readonly pending: Rows<[deviceId: string, sequence: number]>;
	readonly segments: Rows<SegmentKey>;
	/** What the segments of each device add up to; can be made anew from them. */
	readonly heads: Rows<string>;
	readonly setAside: Rows<string>;
	readonly drafts: Rows<string>;
	readonly snapshots: Rows<number>;
	readonly servers: Rows<string>;
	readonly damage: DamageReport;
};

/** Last sequence before first: what lies beyond a head is one range of keys, and two cuts of one history have two keys. */
export type SegmentKey = [deviceId: string, lastSequence: number, firstSequence: number];

/** Dexie's version; a later release adds another beside it and never changes this one. */
const VERSION = 1;
const SCHEMA_1 = {
	identity: 'id',
	settings: 'key',
	keyring: 'id',
	deviceKeys: 'deviceId',
	ownHead: 'deviceId',
	pending: '[deviceId+sequence]',
	segments: '[deviceId+lastSequence+firstSequence],[deviceId+firstSequence]',
	heads: 'deviceId',
	setAside: 'id',
	drafts: 'id',
	snapshots: 'part',
	servers: 'origin'
};

/** Why an open database is open no longer: another window brings a newer version, the data are deleted, the browser gave it up. */
export type ClosedReason = 'newer-version' | 'deleted' | 'lost';

export interface DatabaseOptions {
	/** Nothing can be saved in this window any more: say so, and load the page anew. */
	onClosed?(reason: ClosedReason): void;
	/** How long another window may take to let go of an older version. */
	readonly blockedAfterMs?: number;
}
const BLOCKED_AFTER_MS = 3_000;

export type OpenError =
	/** Written by a newer version of the app; this one leaves it alone. */
	| { readonly type: 'newer-version' }
	/** Another window holds an older version open and does not let go. */
	| { readonly type: 'blocked' }
	/** `name` is the DOMException's name. */
	| { readonly type: 'cannot-open'; readonly name: string };

/** Opens the database, made anew where there is none. All writing is durable when told as done (`strict`). */
export async function openDatabase(
	name: string,
	options: DatabaseOptions = {}
): Promise<Result<CounterDatabase, OpenError>> {
	const opened = await openIn(indexedDB, name, options);
	if (opened.ok || !isRefusedForGood(opened.error)) return opened;
	const spare = await openSpareStorage();
	const spareOpened = spare && (await openIn(spare, name, options));
	return spareOpened?.ok ? spareOpened : opened;
}

async function openIn(
	storage: IDBFactory,
	name: string,
	{ onClosed, blockedAfterMs = BLOCKED_AFTER_MS }: DatabaseOptions
): Promise<Result<CounterDatabase, OpenError>> {
	// Before Dexie opens it: where a newer version dropped a table, Dexie would put it back.
	if (await isNewer(storage, name)) return err({ type: 'newer-version' });
	const database = defineDatabase(storage, name);
	const blocked = new Promise<'blocked'>((resolve) =>
		database.on('blocked', () => void setTimeout(() => resolve('blocked'), blockedAfterMs))
	);
	try {
		if ((await Promise.race([database.open(), blocked])) === 'blocked') return refuse(database, { type: 'blocked' });
	} catch (error) {
		return refuse(database, { type: 'cannot-open', name: nameOfError(error) });
	}
	tellWhenClosed(database, onClosed);
	return ok(database);
}

/** Dexie's versions are ten times as high on the disk. A browser that cannot be asked is believed to hold none. */
async function isNewer(storage: IDBFactory, name: string): Promise<boolean> {
	const databases = await orNull(() => storage.databases());
	const version = databases?.find((database) => database.name === name)?.version ?? 0;
	return version >= (VERSION + 1) * 10;
}

function defineDatabase(storage: IDBFactory, name: string): CounterDatabase {
	const options: DexieOptions = { autoOpen: false, chromeTransactionDurability: 'strict', cache: 'disabled' };
	const dexie = new Dexie(name, { ...options, indexedDB: storage, IDBKeyRange });
	dexie.version(VERSION).stores(SCHEMA_1);
	return Object.assign(dexie, { damage: createDamageReport() }) as unknown as CounterDatabase;
}

function refuse(database: CounterDatabase, error: OpenError): Result<never, OpenError> {
	database.close();
	return err(error);
}

function tellWhenClosed(database: CounterDatabase, onClosed: DatabaseOptions['onClosed']): void {
	let told = false;
	const tell = (reason: ClosedReason) => {
		if (!told) onClosed?.(reason);
		told = true;
	};
	database.on('versionchange', ({ newVersion }) => {
		database.close();
		tell(newVersion === null ? 'deleted' : 'newer-version');
	});
	// `close` of our own side does not fire this event of the browser's connection.
	database.backendDB().addEventListener('close', () => tell('lost'));
}

export interface Persistence {
	/** Null: the browser does not say. False: it may delete everything when the disk runs full. */
	readonly persisted: boolean | null;
	readonly usageBytes: number | null;
	readonly quotaBytes: number | null;
}

/** Asks that the data be kept when the disk runs full; how the browser decides is its own affair, so the answer is shown. */
export async function requestPersistence(
	storage: StorageManager | undefined = navigator.storage
): Promise<Persistence> {
	const persisted = await orNull(async () => (await storage?.persisted()) || (await storage?.persist()));
	const estimate = await orNull(() => storage?.estimate());
	return { persisted, usageBytes: estimate?.usage ?? null, quotaBytes: estimate?.quota ?? null };
}

async function orNull<T>(ask: () => Promise<T | undefined> | undefined): Promise<T | null> {
	try {
		return (await ask()) ?? null;
	} catch {
		return null;
	}
}
