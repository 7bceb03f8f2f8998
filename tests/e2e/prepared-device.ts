/** One counter prepared once a worker: founded, at work, its browser closed; each test damages a copy of its profile. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { Counter } from './counter';
import { Device } from './device';
import { ServerProcess } from './server-process';

/** What was shown as saved when the browser was closed. */
export interface Prepared {
	/** Gone: a damaged device has to help itself, unless a test starts it. */
	readonly server: ServerProcess;
	/** Folders: the profile, the same profile one exchange and two requests earlier, and the server's data. */
	readonly profile: string;
	readonly earlierProfile: string;
	readonly serverData: string;
	/** Case numbers in the order they were given. The first two are on the server. */
	readonly numbers: readonly string[];
	/** `Familienname` in the draft. */
	readonly draftName: string;
}

interface Fixtures {
	/** A copy of the prepared profile; its browser is not started. */
	device: Device;
	/** Further copies of the prepared profile. */
	newCopy: () => Promise<Device>;
	/** A device without data. */
	newDevice: () => Promise<Device>;
}

export const test = base.extend<Fixtures, { prepared: Prepared }>({
	prepared: [
		async ({}, use) => {
			const root = await mkdtemp(join(tmpdir(), 'notschalter-prepared-'));
			const server = await ServerProcess.create();
			await server.start();
			const device = await Device.create(server.origin);
			await use(await prepare(server, device, root));
			await device.dispose();
			await server.dispose();
			await rm(root, { recursive: true, force: true });
		},
		{ scope: 'worker', timeout: 120_000 }
	],
	newCopy: async ({ prepared }, use) => {
		await withDevices(() => Device.from(prepared.profile, prepared.server.origin), use);
		await prepared.server.kill();
	},
	newDevice: async ({ prepared }, use) => withDevices(() => Device.create(prepared.server.origin), use),
	device: async ({ newCopy }, use) => use(await newCopy())
});

export { expect } from '@playwright/test';
export { expectGoodScreen } from './page-checks';

/** Those that were made are gone after the test. */
async function withDevices(
	create: () => Promise<Device>,
	use: (createNext: () => Promise<Device>) => Promise<void>
): Promise<void> {
	const devices: Device[] = [];
	await use(async () => {
		const device = await create();
		devices.push(device);
		return device;
	});
	for (const device of devices) await device.dispose();
}

async function prepare(server: ServerProcess, device: Device, root: string): Promise<Prepared> {
	const folders = {
		profile: join(root, 'profile'),
		earlierProfile: join(root, 'earlier-profile'),
		serverData: join(root, 'server')
	};
	let counter = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	const numbers = [await counter.take({ Familienname: 'Ahorn' }), await counter.take({ Familienname: 'Birke' })];
	await counter.exchange.now();
	await counter.expectAllSent();
	await device.close();
	await cp(device.profile, folders.earlierProfile, { recursive: true });
	await server.stop();
	await cp(server.dataDir, folders.serverData, { recursive: true });

	counter = await Counter.unlock(device);
	numbers.push(await counter.take({ Familienname: 'Eiche' }));
	await fillLog(counter);
	numbers.push(await counter.take({ Familienname: 'Fichte' }));
	const draftName = 'Ginster';
	await counter.form.start('umsch');
	await counter.form.fill({ Familienname: draftName });
	await counter.form.draftSaved.waitFor();
	await device.close();
	await cp(device.profile, folders.profile, { recursive: true });
	return { server, ...folders, numbers, draftName };
}

/** LevelDB writes a table (`.ldb`) whenever its log has grown past 4 MiB: after this, what was saved before lies in one. */
const fillLog = ({ page }: Counter): Promise<void> =>
	page.evaluate(async () => {
		const asked = <T>(request: IDBRequest<T>): Promise<T> =>
			new Promise((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const database = await asked(indexedDB.open('notschalter'));
		for (let part = 0; part < 100; part++) {
			const filler = crypto.getRandomValues(new Uint8Array(60_000));
			const settings = database.transaction('settings', 'readwrite', { durability: 'strict' }).objectStore('settings');
			await asked(settings.put({ key: 'filler-of-a-test', filler }));
		}
		database.close();
	});
