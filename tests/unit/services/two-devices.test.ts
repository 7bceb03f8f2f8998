/** Two whole devices over a server in this process: founding on it, joining by a code, and exchanging what both do. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { err } from '$lib/domain/result';
import type { TakeRequestInput, Workspace } from '$lib/services/workspace';
import { nextDatabaseName } from '../../support/dexie-log';
import { createTestChannels, FOUNDING, openTestApp, stubPage, type TestApp } from '../../support/test-app';
import { startTestServer, type TestServer } from '../../support/test-server';
import { must } from '../../support/test-space';

let server: TestServer;
let first: TestApp;
let apps: TestApp[];
const { password, staffName } = FOUNDING;

beforeEach(async () => {
	stubPage();
	server = await startTestServer();
	server.clock.now = Date.now();
	vi.stubGlobal('fetch', (url: string, init: RequestInit) => server.fetch(url, init));
	apps = [];
	first = await anApp();
	const draft = must(
		await first.setup.prepareFounding({ ...FOUNDING, server: { origin: server.origin, code: server.code } })
	);
	expect(must(await draft.complete())).toEqual({ server: null });
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

async function joined(name?: string, channels?: ReturnType<typeof createTestChannels>): Promise<TestApp> {
	const { code } = must(
		await first
			.workspace()
			.createJoinCode({ origin: server.origin, ownPassword: password, uses: 1, validMs: 15 * 60_000 })
	);
	const app = await anApp(name, channels);
	const draft = must(await app.setup.prepareJoining(server.origin, code.toLowerCase()));
	expect(draft).toMatchObject({ commune: FOUNDING.commune, placeCode: 'SO', staff: [{ name: staffName }] });
	const [person] = draft.staff;
	const place = { site: 'Bürgerbüro', counter: 'Schalter 2', staffId: person!.id };
	expect(await draft.complete({ ...place, password: 'falsch' })).toMatchObject({ error: { type: 'wrong-password' } });
	must(await draft.complete({ ...place, password }));
	return app;
}

const take = (workspace: Workspace, familyName: string) =>
	workspace.takeRequest({
		requestId: workspace.newRequestId(),
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
		vehicles: []
	} satisfies TakeRequestInput);

const namesIn = (app: TestApp) =>
	app
		.workspace()
		.view.rows.map((row) => row.name.split(',')[0])
		.sort();
const exchange = async (...those: TestApp[]) => {
	for (const app of those) {
		await app.workspace().exchangeNow();
		expect(app.workspace().view.exchanges[0]?.lastError).toBeNull();
	}
};

describe('two devices', () => {
	it('show the same, know each other, and have nothing left to send', async () => {
		const second = await joined();
		must(await take(first.workspace(), 'Eins'));
		must(await take(second.workspace(), 'Zwei'));
		await exchange(first, second, first);
		expect(namesIn(first)).toEqual(['Eins', 'Zwei']);
		expect(namesIn(second)).toEqual(['Eins', 'Zwei']);
		for (const app of [first, second]) {
			expect(app.workspace().view.health).toMatchObject({ unsentCount: 0, waitingCount: 0, setAside: [] });
			expect(
				app
					.workspace()
					.view.devices.map(({ counter }) => counter)
					.sort()
			).toEqual(['Schalter 1', 'Schalter 2']);
		}
	});

	it('raise no false alarm when a new password and what it signs come together, in no window', async () => {
		const channels = createTestChannels();
		const name = nextDatabaseName();
		const second = await joined(name, channels);
		const beside = await anApp(name, channels);
		must(await beside.session.unlock(second.workspace().me.id, password));
		await exchange(first, second);
		must(await first.workspace().changeOwnPassword(password, 'Neue Wiese'));
		must(await take(first.workspace(), 'Danach'));
		await exchange(first, second);
		await vi.waitFor(() => expect(namesIn(beside)).toEqual(['Danach']), 20_000);
		expect(namesIn(second)).toEqual(['Danach']);
		expect(await second.stores.log.setAsideSegments()).toEqual([]);
	});

	it('learn of a removed person, who is locked out there too', async () => {
		must(
			await first
				.workspace()
				.addStaff({ name: 'Jens Beispiel', role: 'clerk', firstPassword: 'Jens', ownPassword: password })
		);
		const jens = first.workspace().view.staff.find(({ name }) => name === 'Jens Beispiel')!;
		const second = await anApp();
		const { code } = must(
			await first.workspace().createJoinCode({ origin: server.origin, ownPassword: password, uses: 1, validMs: 60_000 })
		);
		const draft = must(await second.setup.prepareJoining(server.origin, code));
		must(await draft.complete({ site: 'S', counter: 'Schalter 2', staffId: jens.id, password: 'Jens' }));
		must(await first.workspace().removeStaff(jens.id, { ownPassword: password }));
		await exchange(first);
		void second.workspace().exchangeNow();
		const { info } = await second.reaches('locked');
		expect(info.staff.map(({ name }) => name)).toEqual([staffName]);
	});

	it('a code is good for one device, and a made-up one for none', async () => {
		const { code } = must(
			await first.workspace().createJoinCode({ origin: server.origin, ownPassword: password, uses: 1, validMs: 60_000 })
		);
		const [one, two] = [await anApp(), await anApp()];
		must(await one.setup.prepareJoining(server.origin, code));
		expect(await two.setup.prepareJoining(server.origin, code)).toEqual(err({ type: 'code-used' }));
		expect(await two.setup.prepareJoining(server.origin, code.slice(0, -1))).toEqual(err({ type: 'malformed-code' }));
		expect(await two.stores.identity.load()).toBeNull();
	});

	it('a server that is gone is said to be so, and everything goes on', async () => {
		vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
		must(await take(first.workspace(), 'Ohne'));
		await first.workspace().exchangeNow();
		const [status] = first.workspace().view.exchanges;
		expect(status).toMatchObject({ running: false, reachable: false, lastError: { type: 'unreachable' } });
		expect(namesIn(first)).toEqual(['Ohne']);
		expect(first.workspace().view.health.unsentCount).toBeGreaterThan(0);
		expect((await first.stores.log.size()).segments).toBeLessThanOrEqual(1);
	});
});

describe('founding', () => {
	it('with a wrong Betriebscode founds all the same, and says so', async () => {
		const app = await anApp();
		const draft = must(
			await app.setup.prepareFounding({ ...FOUNDING, server: { origin: server.origin, code: 'FALSCH' } })
		);
		expect(must(await draft.complete())).toEqual({ server: { type: 'wrong-code' } });
		expect(app.session.state.type).toBe('unlocked');
		expect(app.workspace().view.exchanges).toEqual([]);
	});
});
