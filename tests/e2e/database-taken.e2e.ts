/** Another version of the app at the same database, another window in the way, a private window, and data that were cleared. */
import { chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '../../scripts/chromium.js';
import { Counter } from './counter';
import { LockPage } from './pages/lock-page';
import { SetupPage } from './pages/setup-page';
import { StartPage } from './pages/start-page';
import { expect, expectGoodScreen, test } from './prepared-device';
import { expectAllThere } from './saved-work';

/** A page of the origin that does not start the app. */
const BESIDE_THE_APP = '/robots.txt';
const NEWER_VERSION = 20;

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const ANEW = 'Neue Version: bitte neu laden';

/** As a newer version of the app does it, with a table of its own. */
const raiseVersion = (page: Page, version: number): Promise<void> =>
	page.evaluate(
		(to) =>
			new Promise<void>((resolve, reject) => {
				const asked = indexedDB.open('notschalter', to);
				asked.onupgradeneeded = () => asked.result.createObjectStore('of-a-newer-version');
				asked.onerror = () => reject(asked.error);
				asked.onsuccess = () => {
					asked.result.close();
					resolve();
				};
			}),
		version
	);

/** How many rows each table has, the database left as it is. */
const countRows = (page: Page): Promise<Record<string, number>> =>
	page.evaluate(async () => {
		const asked = <T>(request: IDBRequest<T>): Promise<T> =>
			new Promise((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const database = await asked(indexedDB.open('notschalter'));
		const counts: Record<string, number> = {};
		for (const table of ['identity', 'keyring', 'pending', 'segments', 'drafts'])
			counts[table] = await asked(database.transaction(table).objectStore(table).count());
		database.close();
		return counts;
	});

test('a database of a newer version is left alone, and the screen says so', async ({ device }) => {
	const page = await device.open(BESIDE_THE_APP);
	const before = await countRows(page);
	expect(before).toMatchObject({ identity: 1, drafts: 1 });
	await raiseVersion(page, NEWER_VERSION);
	await page.goto('/');
	await expect(heading(page, ANEW)).toBeVisible();
	await expect(page.getByText('Alles Gespeicherte ist noch da, auch Entwürfe.')).toBeVisible();
	await expectGoodScreen(page);
	await page.reload();
	await expect(heading(page, ANEW)).toBeVisible();
	await page.goto(BESIDE_THE_APP);
	expect(await countRows(page)).toEqual(before);
});

test('a newer version in another window: this one lets go, hides everything, and what was typed is on the disk', async ({
	device
}) => {
	const { form, page } = await Counter.unlock(device);
	await form.start('umsch');
	await form.field('Familienname').fill('Rabe');
	await expect(form.draftSaved).toBeVisible();
	const beside = await device.openWindow(BESIDE_THE_APP);
	const before = await countRows(beside);
	expect(before['drafts']).toBe(2);
	await raiseVersion(beside, NEWER_VERSION);
	await expect(heading(page, ANEW)).toBeVisible();
	await expect(form.field('Familienname')).toHaveCount(0);
	expect(await countRows(beside)).toEqual(before);
});

test('an older version that does not let go: the screen asks to close that window, and then it goes on', async ({
	prepared,
	newDevice
}) => {
	await prepared.server.startFrom(prepared.serverData);
	const device = await newDevice();
	const inTheWay = await device.open(BESIDE_THE_APP);
	await raiseVersion(inTheWay, 1);
	await inTheWay.evaluate(() => void indexedDB.open('notschalter'));
	const page = await device.openWindow('/');
	await expect(heading(page, 'Ein anderes Fenster ist im Weg')).toBeVisible();
	await expect(page.getByText('Alles Gespeicherte ist noch da, auch Entwürfe.')).toBeVisible();
	await expectGoodScreen(page);
	await inTheWay.close();
	await page.getByRole('button', { name: 'Neu laden' }).click();
	await expect(page.getByText('War dieses Gerät schon eingerichtet?')).toBeVisible();
});

test('a private window works, says from the beginning that it keeps nothing, and keeps nothing', async ({
	prepared
}) => {
	await prepared.server.startFrom(prepared.serverData);
	const browser = await chromium.launch(chromiumLaunch());
	const openPrivately = async () => {
		const context = await browser.newContext({ baseURL: prepared.server.origin, locale: 'de-DE' });
		const page = await context.newPage();
		await page.goto('/');
		return { context, page };
	};
	const { context, page } = await openPrivately();
	const setup = new SetupPage(page);
	await setup.found();
	await expect(page.getByText('In einem privaten Fenster behält der Browser nichts')).toBeVisible();
	await setup.goToToday();
	await expect(page.getByText('In einem privaten Fenster behält der Browser nichts')).toBeVisible();
	await context.close();
	const again = await openPrivately();
	await expect(again.page.getByText('War dieses Gerät schon eingerichtet?')).toBeVisible();
	await browser.close();
});

test('the database deleted under the open app: the screen says so, and loading anew brings everything back', async ({
	prepared,
	device
}) => {
	const counter = await Counter.unlock(device);
	const { lock, page } = counter;
	const session = await page.context().newCDPSession(page);
	await session.send('Storage.clearDataForOrigin', { origin: device.origin, storageTypes: 'indexeddb' });
	const start = new StartPage(page);
	await start.expectDamaged('Die Datenbank wurde geschlossen');
	await expectGoodScreen(page);
	await page.getByRole('button', { name: 'Neu laden' }).click();
	await lock.expectShown();
	await expect(start.news('Daten wiederhergestellt')).toBeVisible();
	await lock.unlock();
	await expectAllThere(counter, { numbers: prepared.numbers, draftNames: [prepared.draftName] });
});

test('all site data cleared: asks whether this device was set up before, and says what to do', async ({
	prepared,
	device
}) => {
	await prepared.server.startFrom(prepared.serverData);
	const page = await device.open('/');
	await new LockPage(page).expectShown();
	const session = await page.context().newCDPSession(page);
	await session.send('Storage.clearDataForOrigin', { origin: device.origin, storageTypes: 'all' });
	// The service worker went as well; the page stays as it is, since a reload nobody asked for would take what is typed.
	await new StartPage(page).expectDamaged('Die Datenbank wurde geschlossen');
	await page.getByRole('button', { name: 'Neu laden' }).click();
	await expect(page.getByText('War dieses Gerät schon eingerichtet?')).toBeVisible();
	await expectGoodScreen(page);
	await page.getByRole('button', { name: 'Ja', exact: false }).first().click();
	for (const way of ['Ein anderer Schalter läuft noch', 'Server und Notfallblatt sind da', 'Eine Kopie ist da'])
		await expect(page.getByRole('button', { name: way })).toBeVisible();
	await expectGoodScreen(page);
});
