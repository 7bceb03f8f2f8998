/** „An eine andere Adresse umziehen“: closed here, its copy opened there under an identity of its own, and nothing twice. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nextDatabaseName } from '../support/dexie-log';
import { createTestChannels, FOUNDING, openTestApp, stubPage, type TestApp } from '../support/test-app';
import { startTestServer, type TestServer } from '../support/test-server';
import { must } from '../support/test-space';
import { requestInput } from '../support/request-input';

vi.setConfig({ testTimeout: 60_000 });

const THERE = 'https://zentrale.example';
const { password } = FOUNDING;
let server: TestServer;
let apps: TestApp[];

beforeEach(async () => {
	stubPage();
	vi.stubGlobal('location', new URL('https://hub.example:4780/verwaltung'));
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

async function anApp(name = nextDatabaseName(), channels = createTestChannels()): Promise<TestApp> {
	const app = await openTestApp(name, { channels });
	apps.push(app);
	return app;
}

async function foundedWith(...names: readonly string[]): Promise<TestApp> {
	const app = await anApp();
	const founding = { ...FOUNDING, server: { origin: server.origin, code: server.code } };
	must(await must(await app.setup.prepareFounding(founding)).complete());
	for (const name of names) must(await app.workspace().takeRequest(requestInput(app.workspace(), name)));
	return app;
}

async function unlock(app: TestApp): Promise<void> {
	const { info } = await app.reaches('locked');
	must(await app.session.unlock(info.staff[0]!.id, password));
}

const namesIn = (app: TestApp) =>
	app
		.workspace()
		.view.rows.map((row) => row.name.split(',')[0])
		.sort();
const idOf = (app: TestApp) => app.workspace().workplace.deviceId;

it('is closed by the right password alone, stays closed after a restart, and opens again when it stays after all', async () => {
	const here = await foundedWith('Amsel');
	const before = idOf(here);
	const staffId = here.workspace().me.id;
	expect(await here.workspace().moveTo(THERE, 'falsch')).toMatchObject({ error: { type: 'wrong-password' } });
	expect(await here.workspace().moveTo('https://', password)).toMatchObject({ error: { type: 'not-our-server' } });
	// However it is written.
	for (const same of ['hub.example:4780', 'HTTPS://Hub.Example:4780/'])
		expect(await here.workspace().moveTo(same, password)).toMatchObject({ error: { rule: 'same-address' } });
	here.time.time += 60_000;
	must(await here.workspace().moveTo('zentrale.example', password));
	expect(await here.reaches('moved')).toMatchObject({ to: THERE });
	expect((await here.session.unlock(staffId, password)).ok).toBe(false);

	const again = await anApp(here.stores.databaseName);
	expect((await again.reaches('moved')).to).toBe(THERE);
	again.time.time = here.time.time + 60_000;
	must(await again.session.stayHere());
	await unlock(again);
	expect(idOf(again)).toBe(before);
	expect(namesIn(again)).toEqual(['Amsel']);
});

it('goes on there with all of it under an identity of its own; where both go on, each entry is there once', async () => {
	const here = await foundedWith('Amsel', 'Drossel');
	const before = idOf(here);
	must(await here.workspace().moveTo(THERE, password));
	const { copy } = await here.reaches('moved');
	const { name, content } = await copy();
	expect(name).toMatch(/\.notkopie$/);

	const there = await anApp();
	const draft = must(await there.setup.prepareFromCopy([new Uint8Array(await content.arrayBuffer())]));
	const { site, counter, placeCode, staff } = draft;
	must(await draft.complete({ site, counter, placeCode, staffId: staff[0]!.id, unlock: { password } }));
	expect(namesIn(there)).toEqual(['Amsel', 'Drossel']);
	expect(idOf(there)).not.toBe(before);
	must(await there.workspace().takeRequest(requestInput(there.workspace(), 'Fink')));

	must(await here.session.stayHere());
	await unlock(here);
	must(await here.workspace().takeRequest(requestInput(here.workspace(), 'Star')));
	for (const app of [here, there, here, there]) await app.workspace().exchangeNow();
	for (const app of [here, there]) {
		expect(namesIn(app)).toEqual(['Amsel', 'Drossel', 'Fink', 'Star']);
		expect(app.workspace().view.rows.some(({ sharesNumberWith }) => sharesNumberWith)).toBe(false);
		expect(await app.stores.log.setAsideSegments()).toEqual([]);
	}
});

it('a lock in another window is not overruled by an unlocking that has begun', async () => {
	const channels = createTestChannels();
	const here = await anApp(nextDatabaseName(), channels);
	must(await must(await here.setup.prepareFounding({ ...FOUNDING, server: null })).complete());
	const other = await anApp(here.stores.databaseName, channels);
	const { info } = await other.reaches('locked');
	let locking: Promise<void> | null = null;
	other.session.subscribe(() => {
		if (other.session.state.type === 'unlocking') locking ??= here.session.lock();
	});
	await other.session.unlock(info.staff[0]!.id, password);
	await locking;
	expect(locking).not.toBeNull();
	expect(other.session.state.type).toBe('locked');
});
