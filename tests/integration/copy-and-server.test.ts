/** A device restored from a copy while its server was down: vouched for by the lost device’s key, it exchanges as soon as the server is back. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { copyOf } from '../support/copy-of';
import { nextDatabaseName } from '../support/dexie-log';
import { requestInput } from '../support/request-input';
import { FOUNDING, openTestApp, stubPage, type TestApp } from '../support/test-app';
import { startTestServer, type TestServer } from '../support/test-server';
import { must } from '../support/test-space';

// Whole devices, one after the other: more than a busy machine does in the usual time.
vi.setConfig({ testTimeout: 30_000 });

let server: TestServer;
let apps: TestApp[];
let lost: TestApp;
const { password } = FOUNDING;
const PLACE = { site: 'Rathaus II', counter: 'Schalter 9', placeCode: 'SO' };

const serverUp = () => vi.stubGlobal('fetch', (url: string, init: RequestInit) => server.fetch(url, init));
const serverDown = () => vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));

beforeEach(async () => {
	stubPage();
	server = await startTestServer();
	server.clock.now = Date.now();
	serverUp();
	apps = [];
	lost = await anApp();
	const input = { ...FOUNDING, server: { origin: server.origin, code: server.code } };
	expect(must(await must(await lost.setup.prepareFounding(input)).complete())).toEqual({ server: null });
});
afterEach(async () => {
	for (const { session } of apps) await session.lock();
	vi.unstubAllGlobals();
	await server.stop();
});

async function anApp(): Promise<TestApp> {
	const app = await openTestApp(nextDatabaseName());
	apps.push(app);
	return app;
}
const take = async ({ workspace }: TestApp, familyName: string) =>
	must(await workspace().takeRequest(requestInput(workspace(), familyName)));
const namesIn = ({ workspace }: TestApp) =>
	workspace()
		.view.rows.map((row) => row.name.split(',')[0])
		.sort();
const errorOf = ({ workspace }: TestApp) => workspace().view.exchanges[0]?.lastError ?? null;

async function restored(file: Uint8Array): Promise<TestApp> {
	const app = await anApp();
	const draft = must(await app.setup.prepareFromCopy([file]));
	must(await draft.complete({ ...PLACE, staffId: draft.staff[0]!.id, unlock: { password } }));
	return app;
}

it('exchanges later, and has what the lost device wrote after the copy too', async () => {
	await take(lost, 'Amsel');
	const file = await copyOf(lost);
	await take(lost, 'Drossel');
	await lost.workspace().exchangeNow();
	expect(errorOf(lost)).toBeNull();

	serverDown();
	const app = await restored(file);
	expect(namesIn(app)).toEqual(['Amsel']);
	await take(app, 'Fink');
	await app.workspace().exchangeNow();
	expect(errorOf(app)).toEqual({ type: 'unreachable' });

	serverUp();
	await app.workspace().exchangeNow();
	expect(errorOf(app)).toBeNull();
	await vi.waitFor(() => expect(namesIn(app)).toEqual(['Amsel', 'Drossel', 'Fink']), 20_000);
	expect(app.workspace().view.health).toMatchObject({ unsentCount: 0, waitingCount: 0, setAside: [] });
	await lost.workspace().exchangeNow();
	expect(namesIn(lost)).toEqual(['Amsel', 'Drossel', 'Fink']);
	expect(lost.workspace().view.health.setAside).toEqual([]);
});

it('brings to the server what no server had', async () => {
	serverDown();
	await take(lost, 'Amsel');
	const file = await copyOf(lost);
	serverUp();
	const app = await restored(file);
	await app.workspace().exchangeNow();
	expect(errorOf(app)).toBeNull();
	expect(app.workspace().view.health.unsentCount).toBe(0);
	const former = (await lost.stores.identity.load())!.deviceId;
	expect((await server.store().heads((await lost.stores.identity.load())!.spaceId)).get(former)).toMatchObject({
		sequence: 2
	});
});

it('is not let in by the key of a device that was revoked', async () => {
	await take(lost, 'Amsel');
	const file = await copyOf(lost);
	const { code } = must(
		await lost
			.workspace()
			.createJoinCode({ origin: server.origin, ownPassword: password, uses: 1, validMs: 15 * 60_000 })
	);
	const other = await anApp();
	const joining = must(await other.setup.prepareJoining(server.origin, code));
	must(await joining.complete({ site: 'A', counter: 'B', staffId: joining.staff[0]!.id, password }));
	const { deviceId } = (await lost.stores.identity.load())!;
	must(await other.workspace().revokeDevice(deviceId, null));
	await other.workspace().exchangeNow();
	expect(errorOf(other)).toBeNull();

	const app = await restored(file);
	await app.workspace().exchangeNow();
	expect(errorOf(app)).not.toBeNull();
	expect(namesIn(app)).toEqual(['Amsel']);
});
