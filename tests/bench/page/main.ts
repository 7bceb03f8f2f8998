/** What a measurement asks of the page: the app’s own services with its own workers, without the screens. */
import { startApp, type App } from '$lib/services/app';
import { recordOperations } from '$lib/services/record-operation';
import type { Workspace } from '$lib/services/workspace';
import { must, openDevice, openStores, PASSWORD } from './device-at-hand';
import { openRawStore } from './raw-put';
import { aRequest, numbersFrom } from './requests';
import { decisionsOfOne, penOf, writeHistory } from './write-history';

const DAY_MS = 86_400_000;
const apps = new Map<string, App>();

async function appOf(database: string): Promise<App> {
	const known = apps.get(database);
	if (known) return known;
	// Several devices share this origin, which a browser of a counter never sees: the marker of one would accuse the others.
	localStorage.clear();
	for (const name of await caches.keys()) await caches.delete(name);
	const started = await startApp(database);
	if ('fault' in started) throw new Error(started.fault);
	apps.set(database, started.app);
	return started.app;
}

async function workspaceOf(database: string): Promise<Workspace> {
	const { session } = await appOf(database);
	if (session.state.type !== 'unlocked') throw new Error(session.state.type);
	return session.state.workspace;
}

/** Resolves at once or with the change that makes it so; tells the time of it. */
const when = (subscribe: (listener: () => void) => () => void, isSo: () => boolean): Promise<number> =>
	new Promise((resolve) => {
		const look = () => {
			if (!isSo()) return;
			unsubscribe();
			resolve(performance.now());
		};
		const unsubscribe = subscribe(look);
		look();
	});

/** Exchanges until the server holds all; fails where the exchange did. */
async function exchange(workspace: Workspace, origin: string): Promise<number> {
	const begun = performance.now();
	await workspace.exchangeNow(origin);
	const seconds = (performance.now() - begun) / 1_000;
	const status = workspace.view.exchanges.find((one) => one.origin === origin);
	if (!status || status.lastError || status.lastSuccessAt === null || status.unsentCount > 0)
		throw new Error(`the exchange did not succeed: ${JSON.stringify(status)}`);
	return seconds;
}

const bench = {
	async found(database: string, origin: string, code: string): Promise<void> {
		const { setup } = await appOf(database);
		const draft = must(
			await setup.prepareFounding({
				commune: 'Soest, Stadt',
				ags: '05974040',
				placeCode: 'SO',
				site: 'Rathaus I',
				counter: 'Schalter 1',
				staffName: 'Erika Mustermann',
				password: PASSWORD,
				server: { origin, code }
			})
		);
		const { server } = must(await draft.complete());
		if (server) throw new Error(server.type);
		await exchange(await workspaceOf(database), origin);
	},
	async joinCode(database: string, origin: string, uses: number): Promise<string> {
		const workspace = await workspaceOf(database);
		return must(await workspace.createJoinCode({ origin, ownPassword: PASSWORD, uses, validMs: DAY_MS })).code;
	},
	/** Joins, and takes in whatever the server holds. Seconds until all rows are shown, and until the exchange is done. */
	async join(database: string, origin: string, code: string, requests: number) {
		const { setup } = await appOf(database);
		const draft = must(await setup.prepareJoining(origin, code));
		const [person] = draft.staff;
		if (!person) throw new Error('nobody may unlock here');
		const counter = `Schalter ${database}`;
		must(await draft.complete({ site: 'Rathaus I', counter, staffId: person.id, password: PASSWORD }));
		const workspace = await workspaceOf(database);
		const begun = performance.now();
		const shown = when(workspace.subscribe, () => workspace.view.rows.length >= requests);
		const all = await exchange(workspace, origin);
		return { shown: ((await shown) - begun) / 1_000, all };
	},
	async lock(database: string): Promise<void> {
		await (await appOf(database)).session.lock();
	},
	/** With the session of this device locked or not begun: writes as another window would. */
	async writeHistory(database: string, inSmall: string, requests: number) {
		const small = await openStores(inSmall);
		return writeHistory(await openDevice(database), small.log, requests);
	},
	/** Milliseconds from the open password to the first rows and to the whole list. */
	async unlock(database: string, requests: number, snapshot: 'with' | 'without' | 'as-it-is') {
		const { snapshots } = await openStores(database);
		if (snapshot === 'without') await snapshots.discard();
		else if (snapshot === 'with' && !(await snapshots.loadHead())) throw new Error('there is no snapshot');
		const { session } = await appOf(database);
		if (session.state.type !== 'locked') throw new Error(session.state.type);
		const [person] = session.state.info.staff;
		if (!person) throw new Error('nobody may unlock here');
		const opening = when(session.subscribe, () => {
			const { state } = session;
			return state.type === 'unlocking' && state.step === 'opening';
		});
		const unlocked = when(session.subscribe, () => session.state.type === 'unlocked');
		must(await session.unlock(person.id, PASSWORD));
		const workspace = await workspaceOf(database);
		const complete = await when(workspace.subscribe, () => workspace.view.complete);
		if (workspace.view.rows.length < requests) throw new Error(`only ${workspace.view.rows.length} rows`);
		return { first: (await unlocked) - (await opening), complete: complete - (await opening) };
	},
	async forgetServer(database: string, origin: string): Promise<void> {
		must(await (await workspaceOf(database)).removeServer(origin));
	},
	/** Lays the space onto a server that has nothing. */
	async layOnto(database: string, origin: string, code: string): Promise<void> {
		must(await (await workspaceOf(database)).addServer(origin, code));
	},
	async exchange(database: string, origin: string): Promise<number> {
		return exchange(await workspaceOf(database), origin);
	},
	/** Milliseconds of each save, and of a raw put right after it. */
	async saves(database: string, count: number) {
		const workspace = await workspaceOf(database);
		const raw = await openRawStore();
		const draw = numbersFrom(count);
		const times: { saves: number[]; puts: number[] } = { saves: [], puts: [] };
		for (let i = 0; i < count; i++) {
			const request = aRequest(draw, workspace.newRequestId());
			const begun = performance.now();
			must(await workspace.takeRequest(request));
			const saved = performance.now();
			await raw.put();
			times.saves.push(saved - begun);
			times.puts.push(performance.now() - saved);
		}
		raw.close();
		return times;
	},
	/** The same of what a save writes alone: named, sealed, signed, on the disk in both copies; nothing folded, nothing shown. */
	async records(database: string, count: number) {
		const device = await openDevice(database);
		const pen = penOf(device, { time: Date.now() });
		const raw = await openRawStore();
		const draw = numbersFrom(count);
		const times: { saves: number[]; puts: number[] } = { saves: [], puts: [] };
		for (let i = 0; i < count; i++) {
			const [opening] = decisionsOfOne(device, draw, 0);
			if (!opening) throw new Error('an opening is the first of them');
			const begun = performance.now();
			must(await recordOperations(pen, [opening]));
			const saved = performance.now();
			await raw.put();
			times.saves.push(saved - begun);
			times.puts.push(performance.now() - saved);
		}
		raw.close();
		if (device.stores.copy.copies < 2) throw new Error('the second copy fell behind');
		return times;
	},
	/** Seconds until a database that is gone is whole again, and how many operations that were. */
	async rebuild(database: string) {
		await new Promise((resolve, reject) => {
			const request = indexedDB.deleteDatabase(database);
			request.onsuccess = resolve;
			request.onerror = () => reject(request.error);
		});
		const stores = await openStores(database, false);
		const begun = performance.now();
		const report = await stores.bringTogether();
		const seconds = (performance.now() - begun) / 1_000;
		if (!report.rebuilt || report.lostOperations > 0) throw new Error(JSON.stringify(report));
		return { seconds, operations: report.restoredOperations };
	}
};

export type BenchPage = typeof bench;
(window as unknown as { bench: BenchPage }).bench = bench;
