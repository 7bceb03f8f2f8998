/** Both copies of a counter in real Chromium: its IndexedDB is deleted, and all of it comes back from its files. */
import { beforeEach, expect, it } from 'vitest';
import { startApp, type App } from '$lib/services/app';
import type { Workspace } from '$lib/services/workspace';

const PASSWORD = 'vier Wörter im Regen';
const MARKER = 'notschalter.device';
let name: string;
beforeEach(async () => {
	localStorage.clear();
	await caches.delete(MARKER);
	name = `copies-${crypto.randomUUID()}`;
});

async function start(): Promise<App> {
	const started = await startApp(name);
	if ('fault' in started) throw new Error(started.fault);
	return started.app;
}

async function found(): Promise<App> {
	const app = await start();
	const draft = await app.setup.prepareFounding({
		commune: 'Soest, Stadt',
		ags: '05974040',
		placeCode: 'SO',
		site: 'Rathaus I',
		counter: 'Schalter 3',
		staffName: 'Erika Mustermann',
		password: PASSWORD,
		server: null
	});
	if (!draft.ok) throw new Error(draft.error.type);
	expect((await draft.value.complete()).ok).toBe(true);
	return app;
}

function workspaceOf({ session }: App): Workspace {
	if (session.state.type !== 'unlocked') throw new Error(JSON.stringify(session.state));
	return session.state.workspace;
}

async function take(app: App, familyName: string): Promise<void> {
	const workspace = workspaceOf(app);
	const taken = await workspace.takeRequest({
		requestId: workspace.newRequestId(),
		draftId: null,
		formId: 'kfz-umschreibung',
		formVersion: 1,
		answers: { holderKind: 'person', familyName, givenNames: 'Jürgen', plate: 'SO-AB 123' },
		papers: { zb1: 'present' },
		note: '',
		urgency: 'normal',
		urgencyReason: '',
		received: null,
		missing: [],
		vehicles: []
	});
	if (!taken.ok) throw new Error(taken.error.type);
	expect(workspace.view.health).toMatchObject({ save: 'saved', copies: 2 });
}

async function unlock(app: App): Promise<void> {
	if (app.session.state.type !== 'locked') throw new Error(JSON.stringify(app.session.state));
	const [person] = app.session.state.info.staff;
	if (!person) throw new Error('nobody works here');
	expect(await app.session.unlock(person.id, PASSWORD)).toEqual({ ok: true, value: undefined });
}

const rowsOf = (app: App) => workspaceOf(app).view.rows.map(({ caseNumber, name }) => `${caseNumber} ${name}`);

/** Open connections give way, as another window would see it. */
const loseDatabase = () =>
	new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = resolve;
		request.onerror = () => reject(request.error);
	});

it('[LG3] is rebuilt equal after its database was deleted', async () => {
	const app = await found();
	for (const familyName of ['Eins', 'Zwei', 'Drei']) await take(app, familyName);
	const before = rowsOf(app);
	await app.session.lock();
	await loseDatabase();
	const again = await start();
	expect(again.session.state).toMatchObject({
		type: 'locked',
		info: { savedCount: 4, copies: { rebuilt: true, restoredOperations: 4, lostOperations: 0 } }
	});
	await unlock(again);
	expect(rowsOf(again)).toEqual(before);
	await take(again, 'Vier');
	expect(rowsOf(again)[0]).toMatch(/-0004-\d\d Vier/);
});

it('has in one journal what two windows wrote at once', async () => {
	const app = await found();
	const other = await start();
	await unlock(other);
	await Promise.all(['Eins', 'Zwei', 'Drei', 'Vier'].map((familyName, i) => take(i % 2 ? other : app, familyName)));
	const third = await start();
	expect(third.session.state).toMatchObject({ type: 'locked', info: { savedCount: 5, copies: null } });
	await app.session.lock();
	// Told by the other window, it locks a moment later.
	await expect.poll(() => other.session.state.type).toBe('locked');
	await loseDatabase();
	const again = await start();
	await unlock(again);
	expect(rowsOf(again)).toHaveLength(4);
	expect(new Set(rowsOf(again).map((row) => row.split(' ')[0])).size).toBe(4);
});

it('leaves a marker in both places outside the two copies', async () => {
	const app = await found();
	await take(app, 'Eins');
	expect(JSON.parse(localStorage.getItem(MARKER) ?? '{}')).toMatchObject({ sequence: 2 });
	await expect
		.poll(async () => (await caches.match(`/${MARKER}`))?.json(), { timeout: 10_000 })
		.toMatchObject({ sequence: 2 });
});
