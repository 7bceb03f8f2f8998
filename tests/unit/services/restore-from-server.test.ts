/** All devices are lost, the server stands: the Notfallblatt alone brings everything back onto a new device. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EmergencySheet, RestoringDraft } from '$lib/services/workspace';
import { nextDatabaseName } from '../../support/dexie-log';
import { requestInput } from '../../support/request-input';
import { FOUNDING, openTestApp, stubPage, type TestApp } from '../../support/test-app';
import { startTestServer, type TestServer } from '../../support/test-server';
import { must } from '../../support/test-space';

// Whole devices, one after the other: more than a busy machine does in the usual time.
vi.setConfig({ testTimeout: 30_000 });

let server: TestServer;
let apps: TestApp[];
const PLACE = { site: 'Rathaus II', counter: 'Schalter 9', placeCode: 'SO' };
const NEW_PASSWORD = 'Vier Wörter am Meer';

beforeEach(async () => {
	stubPage();
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

async function anApp(): Promise<TestApp> {
	const app = await openTestApp(nextDatabaseName());
	apps.push(app);
	return app;
}

async function founded(): Promise<{ app: TestApp; sheet: EmergencySheet }> {
	const app = await anApp();
	const draft = must(
		await app.setup.prepareFounding({ ...FOUNDING, server: { origin: server.origin, code: server.code } })
	);
	expect(must(await draft.complete())).toEqual({ server: null });
	return { app, sheet: draft.sheet };
}

const groupsOf = ({ groups, spaceGroups }: EmergencySheet) => [...groups, ...spaceGroups].join(' ').toLowerCase();
const take = async ({ workspace }: TestApp, familyName: string) =>
	must(await workspace().takeRequest(requestInput(workspace(), familyName)));
const namesIn = ({ workspace }: TestApp) =>
	workspace()
		.view.rows.map((row) => row.name.split(',')[0])
		.sort();
const exchange = async ({ workspace }: TestApp) => {
	await workspace().exchangeNow();
	expect(workspace().view.exchanges[0]?.lastError).toBeNull();
};

async function restored(sheet: string): Promise<{ app: TestApp; draft: RestoringDraft }> {
	const app = await anApp();
	const draft = must(await app.setup.prepareRestoring(server.origin, sheet));
	const [person] = draft.staff;
	must(await draft.complete({ ...PLACE, staffId: person!.id, newPassword: NEW_PASSWORD }));
	await exchange(app);
	return { app, draft };
}

describe('restoring from a server by the Notfallblatt', () => {
	it('brings every operation back onto a device with an identity of its own, which then works and exchanges', async () => {
		const { app: lost, sheet } = await founded();
		for (const name of ['Amsel', 'Drossel', 'Fink']) await take(lost, name);
		await exchange(lost);
		const lostId = (await lost.stores.identity.load())!.deviceId;

		const { app, draft } = await restored(groupsOf(sheet));
		expect(draft).toMatchObject({ commune: FOUNDING.commune, placeCode: 'SO', staff: [{ name: FOUNDING.staffName }] });
		expect(namesIn(app)).toEqual(['Amsel', 'Drossel', 'Fink']);
		expect((await app.stores.identity.load())!.deviceId).not.toBe(lostId);
		expect((await app.stores.log.heads()).get(lostId)).toMatchObject({ sequence: 4, beyond: [] });
		expect(app.workspace().view.health).toMatchObject({ waitingCount: 0, setAside: [] });

		await take(app, 'Specht');
		await exchange(app);
		expect(app.workspace().view.health.unsentCount).toBe(0);
		await exchange(lost);
		expect(namesIn(lost)).toEqual(['Amsel', 'Drossel', 'Fink', 'Specht']);

		await app.session.lock();
		must(await app.session.unlock(draft.staff[0]!.id, NEW_PASSWORD));
		expect(namesIn(app)).toEqual(['Amsel', 'Drossel', 'Fink', 'Specht']);
	});

	it('takes the text of the QR code too, and knows people who came after the sheet was printed', async () => {
		const { app: lost, sheet } = await founded();
		const added = { name: 'Max Muster', role: 'clerk', firstPassword: 'Erstes Wort' } as const;
		must(await lost.workspace().addStaff({ ...added, ownPassword: FOUNDING.password }));
		await exchange(lost);
		const app = await anApp();
		const draft = must(await app.setup.prepareRestoring(server.origin, sheet.qrText));
		expect(draft.staff.map(({ name }) => name)).toEqual(['Erika Mustermann', 'Max Muster']);
		const max = draft.staff[1]!.id;
		must(await draft.complete({ ...PLACE, staffId: max, newPassword: NEW_PASSWORD }));
		expect(app.workspace().me).toMatchObject({ name: 'Max Muster', mustChangePassword: false });
	});

	it('reads what was sealed under a key made after the sheet was printed', async () => {
		const { app: lost, sheet } = await founded();
		must(
			await lost
				.workspace()
				.addStaff({ name: 'Max Muster', role: 'clerk', firstPassword: 'Erstes Wort', ownPassword: FOUNDING.password })
		);
		const max = lost.workspace().view.staff.find(({ name }) => name === 'Max Muster')!;
		must(await lost.workspace().removeStaff(max.id, { ownPassword: FOUNDING.password }));
		await take(lost, 'Danach');
		await exchange(lost);
		const { app } = await restored(sheet.qrText);
		expect(namesIn(app)).toEqual(['Danach']);
	});

	it('lets nobody in by a sheet that was replaced, from the exchange on that told the server', async () => {
		const { app: lost, sheet: old } = await founded();
		const renewed = must(await lost.workspace().renewEmergencySheet(FOUNDING.password));
		await exchange(lost);
		const app = await anApp();
		expect(await app.setup.prepareRestoring(server.origin, groupsOf(old))).toEqual({
			ok: false,
			error: { type: 'sheet-not-known' }
		});
		expect((await app.setup.prepareRestoring(server.origin, groupsOf(renewed))).ok).toBe(true);
	});

	it('tells a slip of the hand, a space that the server does not have, and a server that is not there', async () => {
		const { app: lost, sheet } = await founded();
		await exchange(lost);
		const app = await anApp();
		const typed = groupsOf(sheet);
		const slipped = (typed.startsWith('0') ? '1' : '0') + typed.slice(1);
		expect(await app.setup.prepareRestoring(server.origin, slipped)).toMatchObject({
			error: { type: 'malformed-code' }
		});
		expect(await app.setup.prepareRestoring(server.origin, sheet.groups.join(' '))).toMatchObject({
			error: { type: 'malformed-code' }
		});
		const elsewhere = await startTestServer();
		vi.stubGlobal('fetch', (url: string, init: RequestInit) => elsewhere.fetch(url, init));
		expect(await app.setup.prepareRestoring(server.origin, typed)).toMatchObject({
			error: { type: 'sheet-not-known' }
		});
		await elsewhere.stop();
		vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
		expect(await app.setup.prepareRestoring(server.origin, typed)).toMatchObject({ error: { type: 'unreachable' } });
		expect(await app.stores.identity.load()).toBeNull();
		expect(await app.stores.keyring.loadRecords()).toEqual([]);
	});
});
