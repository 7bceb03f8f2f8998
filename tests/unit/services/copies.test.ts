/** Two copies of a device: either may vanish, lag behind or be damaged, and what was shown as saved is there again. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WRITE_LOCK } from '$lib/services/record-operation';
import type { TakeRequestInput } from '$lib/services/workspace';
import type { JournalEntry } from '$lib/domain/journal';
import { encodeJournal, encodeJournalHeader, HEADER_BYTES, readJournal } from '$lib/domain/journal-codec';
import { planCompletion } from '$lib/domain/journal-completion';
import { openDatabase } from '$lib/storage/database';
import { createDatabaseCopy } from '$lib/storage/database-copy';
import { createOpfsJournal } from '$lib/storage/opfs-journal';
import { nextDatabaseName } from '../../support/dexie-log';
import type { MemoryFiles } from '../../support/memory-files';
import { foundedApp, FOUNDING, openTestApp, stubPage, type TestApp } from '../../support/test-app';
import { startTestServer } from '../../support/test-server';
import { must } from '../../support/test-space';

let name: string;
let files: MemoryFiles;
let here: Awaited<ReturnType<typeof foundedApp>>;
let apps: Pick<TestApp, 'session'>[];

beforeEach(async () => {
	({ files } = stubPage());
	name = nextDatabaseName();
	here = await foundedApp(name);
	apps = [here];
});
afterEach(async () => {
	for (const { session } of apps) await session.lock();
	vi.unstubAllGlobals();
});

const inputOf = (app: TestApp, familyName: string, part: Partial<TakeRequestInput> = {}): TakeRequestInput => ({
	requestId: app.workspace().newRequestId(),
	draftId: null,
	formId: 'umschreibung',
	formVersion: 1,
	answers: { familyName, givenNames: 'Erika' },
	papers: {},
	note: '',
	urgency: 'normal',
	urgencyReason: '',
	received: null,
	missing: [],
	vehicles: [],
	...part
});
const take = async (familyName: string, app: TestApp = here) =>
	must(await app.workspace().takeRequest(inputOf(app, familyName)));

async function restarted(): Promise<TestApp> {
	const app = await openTestApp(name);
	apps.push(app);
	return app;
}
async function unlocked(app: TestApp): Promise<TestApp> {
	must(await app.session.unlock(here.founder.id, FOUNDING.password));
	return app;
}
/** As it is on the lock screen. */
function newsOf({ session }: TestApp) {
	if (session.state.type !== 'locked') throw new Error(`not locked but ${JSON.stringify(session.state)}`);
	return session.state.info.copies;
}
const namesIn = (app: TestApp) =>
	app
		.workspace()
		.view.rows.map((row) => row.name.split(',')[0])
		.sort();
const JOURNAL = () => `/journal/${name}/00000001.journal`;

async function loseDatabase(): Promise<void> {
	await new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = resolve;
		request.onerror = () => reject(request.error);
	});
}
/** As damage or an older copy leaves it. */
async function changeDatabase(change: (database: Awaited<ReturnType<typeof raw>>) => Promise<unknown>): Promise<void> {
	const database = await raw();
	await change(database);
	database.close();
}
const raw = async () => must(await openDatabase(name));
const withoutLast = (count: number) =>
	changeDatabase(async (database) => {
		const keys = await database.pending.toCollection().primaryKeys();
		await database.pending.bulkDelete(keys.slice(-count));
		const [deviceId] = keys[0] ?? [''];
		const head = (await database.ownHead.get(deviceId)) as { sequence: number };
		await database.ownHead.put({ ...head, sequence: head.sequence - count });
	});

/** What each copy lacks of the other. */
async function comparison() {
	const database = await raw();
	const { content } = must(await createOpfsJournal(name).read());
	const plan = planCompletion(await createDatabaseCopy(database).read(), content);
	database.close();
	return plan;
}

const nothing = {
	rebuilt: false,
	restoredOperations: 0,
	restoredDrafts: 0,
	refusedOperations: 0,
	lostOperations: 0,
	unreadablePlaces: 0,
	withoutSecond: null
};

describe('a device whose copies are whole', () => {
	it('says so while it works, and has nothing to tell at the next start', async () => {
		await take('Eins');
		expect(here.workspace().view.health).toMatchObject({ save: 'saved', copies: 2 });
		await here.session.lock();
		expect(newsOf(await restarted())).toBeNull();
	});

	it('holds in the journal what the database holds, also drafts and keys', async () => {
		const requestId = here.workspace().newRequestId();
		must(await here.workspace().saveDraft({ id: requestId, requestId, formId: 'umschreibung', content: {} }));
		await take('Eins');
		const { toDatabase, toJournal } = await comparison();
		expect(toJournal).toEqual({ entries: [], segments: [] });
		expect({ ...toDatabase, deviceKeys: [...toDatabase.deviceKeys] }).toEqual({
			records: [],
			deviceKeys: [],
			servers: new Map(),
			segments: [],
			rows: [],
			heads: [],
			setAside: [],
			drafts: [],
			identity: null
		});
	});
});

describe('[LG2] [LG3] a device whose database', () => {
	it('vanished is rebuilt from the journal, with progress and a report', async () => {
		for (const familyName of ['Eins', 'Zwei', 'Drei']) await take(familyName);
		const requestId = here.workspace().newRequestId();
		must(await here.workspace().saveDraft({ id: requestId, requestId, formId: 'umschreibung', content: { a: 1 } }));
		await here.session.lock();
		await loseDatabase();

		const again = await restarted();
		expect(again.states).toContain('rebuilding');
		expect(newsOf(again)).toEqual({ ...nothing, rebuilt: true, restoredOperations: 4, restoredDrafts: 1 });
		await unlocked(again);
		expect(namesIn(again)).toEqual(['Drei', 'Eins', 'Zwei']);
		expect(again.workspace().view.drafts).toMatchObject([{ requestId, content: { a: 1 } }]);
		expect(again.workspace().workplace).toEqual(
			here.session.state.type === 'locked' && here.session.state.info.workplace
		);
		const { requests } = await take('Vier', again);
		expect(requests[0]?.caseNumber).toMatch(/-0004-/);
	});

	it('lost its last saves gets them back, and uses none of their numbers again', async () => {
		for (const familyName of ['Eins', 'Zwei', 'Drei']) await take(familyName);
		await here.session.lock();
		await withoutLast(2);
		const again = await restarted();
		expect(newsOf(again)).toEqual({ ...nothing, restoredOperations: 2 });
		await unlocked(again);
		expect(namesIn(again)).toEqual(['Drei', 'Eins', 'Zwei']);
		const { requests } = await take('Vier', again);
		expect(requests[0]?.caseNumber).toMatch(/-0004-/);
	});

	it('has broken rows gets them back', async () => {
		await take('Eins');
		await take('Zwei');
		await here.session.lock();
		await changeDatabase(async (database) => {
			const [first] = await database.pending.toArray();
			await database.pending.put({ ...(first as object), sealed: 'broken' });
			await database.identity.put({ id: 'own', spaceId: 'broken' });
		});
		const again = await restarted();
		expect(newsOf(again)).toMatchObject({ restoredOperations: 1, lostOperations: 0 });
		expect(namesIn(await unlocked(again))).toEqual(['Eins', 'Zwei']);
	});

	it('lost its segments, and still believes to hold them, gets them back', async () => {
		await take('Eins');
		await take('Zwei');
		await cutByExchange();
		await here.session.lock();
		await changeDatabase(async (database) => {
			expect(await database.pending.count()).toBe(0);
			await database.segments.clear();
		});
		const again = await restarted();
		expect(newsOf(again)).toEqual({ ...nothing, restoredOperations: 3 });
		expect(namesIn(await unlocked(again))).toEqual(['Eins', 'Zwei']);
	});

	it('is gone does not exchange again by itself with a server that was paused', async () => {
		const HUB = 'https://hub.example';
		await take('Eins');
		must(await here.stores.servers.add(HUB));
		must(await here.stores.servers.pause(HUB, true));
		await here.session.lock();
		await loseDatabase();
		const again = await restarted();
		expect(newsOf(again)).toMatchObject({ rebuilt: true });
		expect(await again.stores.servers.list()).toMatchObject([{ origin: HUB, paused: true }]);
	});

	it('has a broken segment gets it back when it is met', async () => {
		await take('Eins');
		await cutByExchange();
		await here.session.lock();
		await changeDatabase(async (database) => {
			const [segment] = await database.segments.toArray();
			await database.segments.put({ ...(segment as object), headerBytes: new Uint8Array(7) });
			await database.snapshots.clear();
		});
		const again = await restarted();
		must(await again.session.unlock(here.founder.id, FOUNDING.password));
		await vi.waitFor(() => expect(namesIn(again)).toEqual(['Eins']), 20_000);
	});
});

/** An exchange begins with a cut, whatever the server makes of it. */
async function cutByExchange(): Promise<void> {
	const server = await startTestServer();
	server.clock.now = Date.now();
	vi.stubGlobal('fetch', (url: string, init: RequestInit) => server.fetch(url, init));
	must(await here.stores.servers.add(server.origin));
	await here.session.lock();
	must(await here.session.unlock(here.founder.id, FOUNDING.password));
	await here.workspace().exchangeNow();
	await server.stop();
}

describe('a device whose journal', () => {
	it('vanished has it completed from the database', async () => {
		await take('Eins');
		await here.session.lock();
		files.clear();
		expect(newsOf(await restarted())).toBeNull();
		expect((await comparison()).toJournal).toEqual({ entries: [], segments: [] });
		await loseDatabase();
		const again = await restarted();
		expect(newsOf(again)).toMatchObject({ rebuilt: true, restoredOperations: 2, lostOperations: 0 });
		expect(namesIn(await unlocked(again))).toEqual(['Eins']);
	});

	it('was damaged is completed, and says how much could not be read', async () => {
		await take('Eins');
		await here.session.lock();
		const whole = files.bytesOf(JOURNAL());
		files.put(
			JOURNAL(),
			whole.map((byte, i) => (i === whole.length - 20 ? byte ^ 1 : byte))
		);
		expect(newsOf(await restarted())).toEqual({ ...nothing, unreadablePlaces: 1 });
		await vi.waitFor(() => expect(files.names()).toEqual([`/journal/${name}/00000002.journal`]), 20_000);
		expect(newsOf(await restarted())).toBeNull();
	});

	it('cannot be written saves all the same, warns, and is completed when it can be', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		files.refuse('QuotaExceededError');
		await take('Eins');
		expect(here.workspace().view.health).toMatchObject({ save: 'saved', copies: 1 });
		await vi.advanceTimersByTimeAsync(10_000);
		await take('Zwei');
		expect(here.workspace().view.health).toMatchObject({ save: 'saved', copies: 1 });
		files.refuse(null);
		// More seldom after a failure.
		vi.advanceTimersByTime(20_000);
		vi.useRealTimers();
		await vi.waitFor(() => expect(here.workspace().view.health.copies).toBe(2), 20_000);
		await here.session.lock();
		await loseDatabase();
		expect(namesIn(await unlocked(await restarted()))).toEqual(['Eins', 'Zwei']);
	});
});

describe('[LG3] a device that lost both', () => {
	/** „Eins“ is in both copies, „Zwei“ was saved and is in neither. */
	async function loseLastInBoth(): Promise<void> {
		await take('Eins');
		await here.session.lock();
		const older = files.bytesOf(JOURNAL());
		must(await here.session.unlock(here.founder.id, FOUNDING.password));
		await take('Zwei');
		await here.session.lock();
		await withoutLast(1);
		files.put(JOURNAL(), older);
	}

	it('says that data are missing, and how many at least', async () => {
		await take('Eins');
		await here.session.lock();
		await loseDatabase();
		files.clear();
		expect((await restarted()).session.state).toEqual({ type: 'damaged', detail: 'database-empty', missing: 2 });
	});

	it('or only its last saves says so, and lets nobody write under numbers that were used', async () => {
		await loseLastInBoth();
		const again = await restarted();
		expect(again.session.state).toEqual({ type: 'damaged', detail: 'operations-missing', missing: 1 });
		expect(await again.session.unlock(here.founder.id, FOUNDING.password)).toMatchObject({ ok: false });
		expect(again.session.state.type).toBe('damaged');
	});

	it('goes on under a new identity when somebody says so: what is there stays, and no number is told twice', async () => {
		await loseLastInBoth();
		const again = await restarted();
		const before = (await again.stores.identity.load())?.deviceId;
		await again.session.goOnAnew();
		expect(again.session.state.type).toBe('locked');
		const workspace = await unlocked(again);
		expect(namesIn(workspace)).toEqual(['Eins']);
		expect((await again.stores.identity.load())?.deviceId).not.toBe(before);
		expect((await restarted()).session.state.type).toBe('locked');
	});

	it('in part counts what neither copy holds', async () => {
		await take('Eins');
		await take('Zwei');
		await here.session.lock();
		await changeDatabase(async (database) => {
			const [, second] = await database.pending.toCollection().primaryKeys();
			if (second) await database.pending.delete(second);
		});
		files.clear();
		expect(newsOf(await restarted())).toEqual({ ...nothing, lostOperations: 1 });
	});
});

describe('what comes from the journal', () => {
	/** Right by its checksum, and not as it was signed. */
	const rewriteJournal = (change: (entry: JournalEntry) => JournalEntry) =>
		files.put(JOURNAL(), encodeJournal(readJournal(files.bytesOf(JOURNAL())).entries.map(change)));
	const touched = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 9 ? byte ^ 1 : byte));

	it('is no row that its person did not sign', async () => {
		await take('Eins');
		await take('Zwei');
		await here.session.lock();
		rewriteJournal((entry) =>
			entry.type === 'saved' && entry.rows[0]?.sequence === 3
				? { ...entry, rows: entry.rows.map((row) => ({ ...row, staffSignature: touched(row.staffSignature) })) }
				: entry
		);
		await loseDatabase();
		const again = await restarted();
		expect(newsOf(again)).toMatchObject({ restoredOperations: 2, refusedOperations: 1, lostOperations: 1 });
		expect(namesIn(await unlocked(again))).toEqual(['Eins']);
	});

	it('is no segment that its device did not sign', async () => {
		await take('Eins');
		await cutByExchange();
		await take('Zwei');
		await here.session.lock();
		rewriteJournal((entry) =>
			entry.type === 'segment'
				? { ...entry, segment: { ...entry.segment, signature: touched(entry.segment.signature) } }
				: entry
		);
		await loseDatabase();
		const again = await restarted();
		expect(newsOf(again)).toMatchObject({ restoredOperations: 1, refusedOperations: 2, lostOperations: 2 });
	});
});

it('[LG2] a save that the database refuses leaves its draft in both copies', async () => {
	const workspace = here.workspace();
	const requestId = workspace.newRequestId();
	must(await workspace.saveDraft({ id: requestId, requestId, formId: 'umschreibung', content: { a: 1 } }));
	const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
		throw new DOMException('', 'QuotaExceededError');
	});
	const refused = await workspace.takeRequest(inputOf(here, 'Eins', { requestId, draftId: requestId }));
	expect(refused).toEqual({ ok: false, error: { type: 'not-written', name: 'QuotaExceededError' } });
	add.mockRestore();
	await here.session.lock();
	await loseDatabase();
	const again = await unlocked(await restarted());
	expect(again.workspace().view.drafts).toMatchObject([{ requestId, content: { a: 1 } }]);
	expect(again.workspace().view.rows).toEqual([]);
});

it('the copies are compared while nothing is being written', async () => {
	let release: () => void = () => undefined;
	const writing = navigator.locks.request(WRITE_LOCK, () => new Promise<void>((resolve) => (release = resolve)));
	let isCompared = false;
	const comparing = here.stores.bringTogether().then(() => (isCompared = true));
	// The same work, twice over, and without the lock.
	await comparison();
	await comparison();
	expect(isCompared).toBe(false);
	release();
	await Promise.all([writing, comparing]);
});

describe('[LG3] a device that cannot be brought together', () => {
	it('never looks as if it were new: the disk takes nothing', async () => {
		await take('Eins');
		await here.session.lock();
		await loseDatabase();
		localStorage.setItem('notschalter.device', '');
		const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
			throw new DOMException('', 'QuotaExceededError');
		});
		expect((await restarted()).session.state).toEqual({ type: 'damaged', detail: 'rebuild-failed' });
		put.mockRestore();
		expect(newsOf(await restarted())).toMatchObject({ rebuilt: true, restoredOperations: 2 });
	});

	it('never looks as if it were new: the journal is of a newer version', async () => {
		await take('Eins');
		await here.session.lock();
		await loseDatabase();
		localStorage.setItem('notschalter.device', '');
		const newer = new Uint8Array([...encodeJournalHeader(2), ...files.bytesOf(JOURNAL()).subarray(HEADER_BYTES)]);
		files.put(JOURNAL(), newer);
		expect((await restarted()).session.state).toEqual({ type: 'damaged', detail: 'newer-version' });
		expect(files.bytesOf(JOURNAL())).toEqual(newer);
	});
});

describe('two windows of one device', () => {
	it('write to one journal; a window that starts while another works finds nothing lacking', async () => {
		await take('Eins');
		const other = await unlocked(await restarted());
		await Promise.all([take('Zwei'), take('Drei', other), take('Vier'), take('Fünf', other)]);
		const third = await restarted();
		expect(newsOf(third)).toBeNull();
		for (const app of [here, other]) await app.session.lock();
		await loseDatabase();
		const again = await restarted();
		expect(newsOf(again)).toMatchObject({ rebuilt: true, restoredOperations: 6 });
		expect(namesIn(await unlocked(again))).toEqual(['Drei', 'Eins', 'Fünf', 'Vier', 'Zwei']);
	});
});
