/** Copied, rolled-back and template profiles as whole devices over a real server: each request everywhere, each once (SY15). */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TakeRequestInput, Workspace } from '$lib/services/workspace';
import { openDatabase } from '$lib/storage/database';
import { readDatabase, writeDatabase } from '../support/clone-database';
import { nextDatabaseName } from '../support/dexie-log';
import { createTestChannels, FOUNDING, openTestApp, stubPage, type TestApp } from '../support/test-app';
import { startTestServer, type TestServer } from '../support/test-server';
import { must } from '../support/test-space';

vi.setConfig({ testTimeout: 60_000 });
/** For conditions; a busy machine takes its time. */
const WAIT = { timeout: 30_000 };

let server: TestServer;
let apps: TestApp[];
let page: ReturnType<typeof stubPage>;
const { password } = FOUNDING;

beforeEach(async () => {
	page = stubPage();
	// Each device has markers of its own; here all share one page.
	vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
	server = await startTestServer();
	server.clock.now = Date.now();
	vi.stubGlobal('fetch', (url: string, init: RequestInit) => server.fetch(url, init));
	apps = [];
});
afterEach(async () => {
	for (const { session } of apps) await session.lock();
	vi.unstubAllGlobals();
	await server.stop();
});

async function anApp(name: string): Promise<TestApp> {
	const app = await openTestApp(name, { channels: createTestChannels() });
	apps.push(app);
	return app;
}

async function founded(name: string): Promise<TestApp> {
	const app = await anApp(name);
	const draft = must(
		await app.setup.prepareFounding({ ...FOUNDING, server: { origin: server.origin, code: server.code } })
	);
	must(await draft.complete());
	return app;
}

type Kept = Awaited<ReturnType<typeof keptIn>>;

/** A profile as it lies on the disk: database and journal. */
async function keptIn(name: string) {
	const journal = page.files.names().filter((path) => path.includes(`/${name}/`));
	return {
		name,
		rows: await readDatabase(name),
		files: journal.map((path) => [path, page.files.bytesOf(path).slice()] as const)
	};
}

/** Puts a copy in the place of what is there, or onto another notebook. */
async function putInto(name: string, kept: Kept): Promise<void> {
	for (const path of page.files.names()) if (path.includes(`/${name}/`)) page.files.put(path, new Uint8Array());
	for (const [path, bytes] of kept.files) page.files.put(path.replace(`/${kept.name}/`, `/${name}/`), bytes);
	await writeDatabase(name, kept.rows);
}

async function copyOf(name: string): Promise<string> {
	const copy = nextDatabaseName();
	must(await openDatabase(copy)).close();
	await putInto(copy, await keptIn(name));
	return copy;
}

async function unlocked(name: string): Promise<TestApp> {
	const app = await anApp(name);
	const { info } = await app.reaches('locked');
	must(await app.session.unlock(info.staff[0]!.id, password));
	return app;
}

let taken = 0;
async function take(workspace: Workspace, familyName: string) {
	const { requests } = must(
		await workspace.takeRequest({
			requestId: workspace.newRequestId(),
			draftId: null,
			formId: 'umschreibung',
			formVersion: 1,
			answers: { familyName, givenNames: `Erika ${++taken}` },
			papers: {},
			note: '',
			urgency: 'normal',
			urgencyReason: '',
			received: null,
			missing: [],
			vehicles: []
		} satisfies TakeRequestInput)
	);
	return requests[0]!;
}

const namesIn = (app: TestApp) =>
	app
		.workspace()
		.view.rows.map((row) => row.name.split(',')[0])
		.sort();
const idOf = (app: TestApp) => app.workspace().workplace.deviceId;

/** One exchange, and another when the first brought a new identity; ends when nothing is left to send. */
async function exchange(app: TestApp): Promise<void> {
	// An exchange of its own may have begun a new identity a moment ago.
	await vi.waitFor(() => expect(app.session.state.type).toBe('unlocked'), WAIT);
	const before = idOf(app);
	await app.workspace().exchangeNow();
	await vi.waitFor(async () => {
		expect(app.session.state.type).toBe('unlocked');
		const identity = await app.stores.identity.load();
		expect(identity?.deviceId).toBe(idOf(app));
		expect((await app.stores.log.ownHead(idOf(app))).commonTo).toBeUndefined();
	}, WAIT);
	if (idOf(app) !== before) await app.workspace().exchangeNow();
	await vi.waitFor(() => {
		expect(app.workspace().view.exchanges[0]?.lastError).toBeNull();
		expect(app.workspace().view.health.unsentCount).toBe(0);
	}, WAIT);
}

async function settle(...those: TestApp[]): Promise<void> {
	for (let round = 0; round < 3; round++) for (const app of those) await exchange(app);
}

describe('a profile copied three times', () => {
	it('[SY15] [SY4] ends as four devices that show every request once, also what was not exchanged before', async () => {
		const name = nextDatabaseName();
		const first = await founded(name);
		await take(first.workspace(), 'Vorher');
		await exchange(first);
		await take(first.workspace(), 'Unterwegs');
		await first.session.lock();
		const copies = await Promise.all([1, 2, 3].map(() => copyOf(name)));
		const devices = [
			await unlocked(name),
			...(await copies.reduce(
				async (all, copy) => [...(await all), await unlocked(copy)],
				Promise.resolve([] as TestApp[])
			))
		];
		for (const [i, device] of devices.entries()) {
			await take(device.workspace(), `Gerät ${i} a`);
			await take(device.workspace(), `Gerät ${i} b`);
		}
		await settle(...devices);

		const everything = ['Vorher', 'Unterwegs', ...devices.flatMap((_, i) => [`Gerät ${i} a`, `Gerät ${i} b`])].sort();
		for (const device of devices) {
			expect(namesIn(device)).toEqual(everything);
			expect(device.workspace().view.health).toMatchObject({ waitingCount: 0, setAside: [], unknownCount: 0 });
			for (const row of device.workspace().view.rows) {
				const request = await device.workspace().request(row.id);
				expect(request?.history).toHaveLength(1);
				expect(request?.furtherCaseNumbers).toBeUndefined();
			}
		}
		expect(new Set(devices.map(idOf)).size).toBe(4);
		expect(new Set(devices.map((device) => device.workspace().workplace.deviceCode)).size).toBe(4);
	});

	it('changes go on, whatever name they were recorded under', async () => {
		const name = nextDatabaseName();
		const first = await founded(name);
		await exchange(first);
		await first.session.lock();
		const copy = await copyOf(name);
		const [one, two] = [await unlocked(name), await unlocked(copy)];
		await take(one.workspace(), 'Eins');
		const request = await take(two.workspace(), 'Zwei');
		must(await two.workspace().addNote(request.id, 'vor der neuen Kennung'));
		await settle(one, two);
		must(await two.workspace().withdraw(request.id, 'danach'));
		await settle(one, two);
		for (const device of [one, two]) {
			const seen = await device.workspace().request(request.id);
			expect(seen?.fields.status?.map(({ value }) => value)).toEqual(['withdrawn']);
			expect(seen?.caseNumber).toBe(request.caseNumber);
			expect(seen?.history.map(({ type }) => type)).toEqual([
				'request-opened',
				'request-note-added',
				'request-withdrawn'
			]);
		}
	});
});

describe('a profile set back to an older copy', () => {
	it('[SY15] gets back what it had written since, and keeps what it wrote after', async () => {
		const name = nextDatabaseName();
		const first = await founded(name);
		await take(first.workspace(), 'Montag');
		await exchange(first);
		await first.session.lock();
		const older = await keptIn(name);
		const again = await unlocked(name);
		await take(again.workspace(), 'Dienstag');
		await exchange(again);
		const before = idOf(again);
		await again.session.lock();
		await putInto(name, older);
		const restored = await unlocked(name);
		await take(restored.workspace(), 'Mittwoch');
		await settle(restored);
		expect(namesIn(restored)).toEqual(['Dienstag', 'Mittwoch', 'Montag']);
		expect(idOf(restored)).not.toBe(before);
		expect((await restored.stores.log.setAsideSegments()).map(({ reason }) => reason)).toEqual(['given-up']);
	});
});

describe('a template', () => {
	it('[SY15] becomes three devices with names, ids and codes of their own, without a clash and without recording again', async () => {
		const name = nextDatabaseName();
		const template = await founded(name);
		await take(template.workspace(), 'Vor dem Klonen');
		await exchange(template);
		await take(template.workspace(), 'Noch nicht übertragen');
		const before = idOf(template);
		expect(await template.workspace().closeAsTemplate('falsch')).toMatchObject({ error: { type: 'wrong-password' } });
		template.time.time += 60_000;
		must(await template.workspace().closeAsTemplate(password));
		await template.reaches('locked');

		const copies = [await copyOf(name), await copyOf(name), await copyOf(name)];
		const devices: TestApp[] = [];
		for (const [i, copy] of copies.entries()) {
			const app = await anApp(copy);
			const { info } = await app.reaches('locked');
			app.time.time += 120_000;
			const unlocking = app.session.unlock(info.staff[0]!.id, password);
			(await app.reaches('naming-counter')).name(`  Schalter ${i + 2} `);
			must(await unlocking);
			await take(app.workspace(), `Klon ${i}`);
			devices.push(app);
		}
		await settle(...devices);

		for (const [i, device] of devices.entries()) {
			expect(namesIn(device)).toEqual(['Klon 0', 'Klon 1', 'Klon 2', 'Noch nicht übertragen', 'Vor dem Klonen']);
			expect(device.workspace().workplace.counter).toBe(`Schalter ${i + 2}`);
			expect(device.workspace().view.formerIdentities).toMatchObject([
				{ deviceId: before, reason: 'template', recordedAgain: 0, isNoticed: true }
			]);
			expect(await device.stores.log.setAsideSegments()).toEqual([]);
			expect(device.workspace().view.rows.some(({ sharesNumberWith }) => sharesNumberWith)).toBe(false);
		}
		expect(new Set([before, ...devices.map(idOf)]).size).toBe(4);
		expect(new Set(devices.map((device) => device.workspace().workplace.deviceCode)).size).toBe(3);
	});

	it('asks for the name again when somebody locked before giving one, and is closed by leads alone', async () => {
		const name = nextDatabaseName();
		const template = await founded(name);
		must(await template.workspace().closeAsTemplate(password));
		const { info } = await template.reaches('locked');
		const first = template.session.unlock(info.staff[0]!.id, password);
		await template.reaches('naming-counter');
		await template.session.lock();
		must(await first);
		await template.reaches('locked');
		const second = template.session.unlock(info.staff[0]!.id, password);
		(await template.reaches('naming-counter')).name('Schalter 9');
		must(await second);
		expect(template.workspace().workplace.counter).toBe('Schalter 9');
	});
});

describe('two requests with one number', () => {
	it('both bear a mark, and the search shows both', async () => {
		const name = nextDatabaseName();
		const first = await founded(name);
		await exchange(first);
		await first.session.lock();
		const [one, two] = [await unlocked(name), await unlocked(await copyOf(name))];
		const [a, b] = [await take(one.workspace(), 'Eins'), await take(two.workspace(), 'Zwei')];
		expect(a.caseNumber).toBe(b.caseNumber);
		await settle(one, two);
		for (const device of [one, two]) {
			const rows = new Map(device.workspace().view.rows.map((row) => [row.id, row]));
			expect(rows.get(a.id)?.sharesNumberWith).toEqual([b.id]);
			expect(rows.get(b.id)?.sharesNumberWith).toEqual([a.id]);
			expect([...(await device.workspace().search(a.caseNumber))].sort()).toEqual([a.id, b.id].sort());
		}
		const next = await take(two.workspace(), 'Drei');
		expect(next.caseNumber.slice(0, 8)).not.toBe(b.caseNumber.slice(0, 8));
	});

	it('is told once on the device that took the new identity, and its devices show one name', async () => {
		const name = nextDatabaseName();
		const first = await founded(name);
		await exchange(first);
		await first.session.lock();
		const [one, two] = [await unlocked(name), await unlocked(await copyOf(name))];
		await take(one.workspace(), 'Eins');
		await take(two.workspace(), 'Zwei');
		const before = idOf(two);
		await settle(one, two);
		expect(one.workspace().view.formerIdentities).toEqual([]);
		expect(two.workspace().view.formerIdentities).toMatchObject([
			{ deviceId: before, reason: 'copied', recordedAgain: 1, isNoticed: false }
		]);
		expect(one.workspace().view.devices.map(({ counter, sharesName }) => [counter, sharesName])).toEqual([
			['Schalter 1', true],
			['Schalter 1', true]
		]);
		expect(two.workspace().view.devices.find(({ deviceId }) => deviceId === before)).toMatchObject({ former: true });
		await two.workspace().noticeNewIdentity();
		expect(two.workspace().view.formerIdentities[0]?.isNoticed).toBe(true);
		expect((await two.stores.identity.load())?.former?.[0]?.isNoticed).toBe(true);
		const [row] = two.workspace().view.rows.filter(({ name: shown }) => shown.startsWith('Zwei'));
		expect((await two.workspace().timeline(row!.id))[0]).toMatchObject({ again: { signedBy: null } });
	});
});

describe('a device with a new identity that loses a copy', () => {
	/** Two clones after both exchanged; what the second one's disk held before and after it took its new identity. */
	async function renewedDevice() {
		const name = nextDatabaseName();
		const first = await founded(name);
		await exchange(first);
		await first.session.lock();
		const copy = await copyOf(name);
		const [one, two] = [await unlocked(name), await unlocked(copy)];
		await take(one.workspace(), 'Eins');
		await take(two.workspace(), 'Zwei');
		await exchange(one);
		const before = await keptIn(copy);
		await settle(two, one, two);
		const [id, names] = [idOf(two), namesIn(two)];
		expect(names).toEqual(['Eins', 'Zwei']);
		await two.session.lock();
		return { copy, before, id, names };
	}

	async function expectWhole(copy: string, id: string, names: readonly unknown[]): Promise<void> {
		const again = await unlocked(copy);
		expect(idOf(again)).toBe(id);
		expect(namesIn(again)).toEqual(names);
		expect((await again.stores.log.setAsideSegments()).map(({ reason }) => reason)).toEqual(['given-up']);
		await take(again.workspace(), 'Danach');
		await settle(again);
		expect(idOf(again)).toBe(id);
		expect(namesIn(again)).toEqual(['Danach', ...names].sort());
	}

	it('[SY15] is rebuilt from the journal as it was, and nothing that was given up comes back', async () => {
		const { copy, id, names } = await renewedDevice();
		const empty = nextDatabaseName();
		must(await openDatabase(empty)).close();
		const rows = await readDatabase(empty);
		await writeDatabase(copy, rows);
		await expectWhole(copy, id, names);
	});

	it('[SY15] keeps its new identity when the database alone is set back to before it', async () => {
		const { copy, before, id, names } = await renewedDevice();
		await writeDatabase(copy, before.rows);
		await expectWhole(copy, id, names);
	});

	it('[SY15] keeps its new identity when the journal alone is set back to before it', async () => {
		const { copy, before, id, names } = await renewedDevice();
		const { rows } = await keptIn(copy);
		await putInto(copy, { ...before, rows });
		await expectWhole(copy, id, names);
	});
});
