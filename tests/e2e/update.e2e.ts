/** From one version to the next: with work not sent yet, an open form and two windows; killed in the middle; and both in one space. */
import type { Page } from '@playwright/test';
import { Counter } from './counter';
import { Device } from './device';
import { expect, expectGoodScreen, test } from './fixtures';
import { Versions } from './newer-version';
import { LockPage } from './pages/lock-page';
import { RequestFormPage } from './pages/request-form-page';
import { RequestListPage } from './pages/request-list-page';
import { addRows, countOf, databaseVersion, holdDatabase } from './raw-database';
import { ServerProcess } from './server-process';

// One build of the next version serves all of them.
test.describe.configure({ mode: 'serial' });
test.slow();

let versions: Versions;
let server: ServerProcess;
let devices: Device[];

test.beforeAll(async () => {
	test.setTimeout(300_000);
	versions = await Versions.prepare();
});
test.afterAll(() => versions.dispose());
test.beforeEach(async () => {
	await versions.bring('this');
	server = await ServerProcess.create(versions.root);
	await server.start();
	devices = [];
});
test.afterEach(async () => {
	for (const device of devices) await device.dispose();
	await server.dispose();
});

async function newDevice(): Promise<Device> {
	const device = await Device.create(server.origin);
	devices.push(device);
	return device;
}

const whenKept = (page: Page) =>
	expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');

/** The next version arrives, and waits. */
async function bringNext(page: Page): Promise<void> {
	await server.kill();
	await versions.bring('next');
	await server.start();
	await page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration?.update()));
	await expect(page.getByText('Neue Version bereit')).toBeVisible({ timeout: 30_000 });
}

/** Presses it, and waits until the window has begun a new life. */
async function takeNext(page: Page): Promise<void> {
	const life = await page.evaluate(() => performance.timeOrigin);
	await page.getByRole('button', { name: 'Jetzt übernehmen' }).click();
	await expect.poll(() => page.evaluate(() => performance.timeOrigin).catch(() => life)).not.toBe(life);
}

for (const connection of ['online', 'offline'] as const)
	test(`${connection}: unsent work, an open form and a second window come through to the next version`, async () => {
		const device = await newDevice();
		const counter = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
		const { form, page } = counter;
		await whenKept(page);
		await server.kill();
		const number = await counter.take({ Familienname: 'Ungesendet' });
		const second = await device.openWindow('/');
		await new LockPage(second).unlock();
		await bringNext(page);
		if (connection === 'offline') {
			// What was unsent until now may have gone when the server came up with the next version.
			await server.kill();
			await counter.take();
			await expect(counter.unsent).toHaveText(/^[1-9]/);
		}
		await form.start('umsch');
		await form.field('Familienname').fill('Angefangen');
		await takeNext(page);

		await counter.lock.unlock();
		await expect(form.field('Familienname')).toHaveValue('Angefangen');
		expect(await databaseVersion(page)).toBe(20);
		if (connection === 'offline') await expect(counter.unsent).toHaveText(/^[1-9]/);
		await new LockPage(second).unlock();
		await new RequestListPage(second).open();
		await expect(new RequestListPage(second).row(number)).toContainText('Ungesendet');
		await new RequestFormPage(page).saveIncompleteButton.click();
		await expect(counter.receipt.heading).toBeVisible();
		await server.start();
		await counter.exchange.now();
		await counter.expectAllSent();
	});

/** Enough of them that a browser can be killed before the upgrade is through. */
const ROWS = 12_000;
/** They are gone through at the next start before anything is shown. */
const UPGRADE_LIMIT_MS = 60_000;

test('killed while its database is upgraded: afterwards all of it is there, under the next version', async () => {
	const device = await newDevice();
	const counter = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	await whenKept(counter.page);
	const number = await counter.take({ Familienname: 'Vorher' });
	await addRows(counter.page, ROWS);
	await bringNext(counter.page);
	await server.kill();

	const told: string[] = [];
	const { page } = counter;
	const begun = page.waitForEvent('console', (message) => message.text() === 'upgrade begins');
	page.on('console', (message) => told.push(message.text()));
	await page.getByRole('button', { name: 'Jetzt übernehmen' }).click();
	await begun;
	await device.kill();
	expect(told).not.toContain('upgrade ends');

	const again = await device.open('/');
	await expect(new LockPage(again).heading).toBeVisible({ timeout: UPGRADE_LIMIT_MS });
	await new LockPage(again).unlock();
	expect(await databaseVersion(again)).toBe(20);
	for (const table of ['settings', 'copies']) expect(await countOf(again, table)).toBeGreaterThanOrEqual(ROWS);
	const list = new RequestListPage(again);
	await list.open();
	await expect(list.row(number)).toContainText('Vorher');
});

test('an upgrade that another window blocks says so in words, and goes through when that window is closed', async () => {
	const device = await newDevice();
	const counter = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	await whenKept(counter.page);
	const number = await counter.take();
	await bringNext(counter.page);
	// A window that does not let go, as one that the browser has frozen.
	const frozen = await device.context.newPage();
	await frozen.goto('/healthz');
	await holdDatabase(frozen);
	await takeNext(counter.page);
	await expect(counter.page.getByRole('heading', { level: 1, name: 'Ein anderes Fenster ist im Weg' })).toBeVisible();
	await expect(counter.page.getByText('Alles Gespeicherte ist noch da, auch Entwürfe.')).toBeVisible();
	await expectGoodScreen(counter.page);
	await frozen.close();
	await counter.page.getByRole('button', { name: 'Neu laden' }).click();
	await counter.lock.unlock();
	await counter.list.open();
	await expect(counter.list.row(number)).toBeVisible();
});

test('[SY7] both versions in one space: what the older does not know it keeps, marks, and shows once it is new itself', async () => {
	const older = await Counter.found(await newDevice(), { enrolmentCode: server.enrolmentCode });
	await whenKept(older.page);
	const number = await older.take({ Familienname: 'Beide' });
	await older.exchange.now();
	await bringNext(older.page);
	const newer = await Counter.join(await newDevice(), older);
	expect(await databaseVersion(newer.page)).toBe(20);
	expect(await databaseVersion(older.page)).toBe(10);
	await newer.list.open();
	await newer.list.openRequest(number);
	await newer.request.addNote('in neuer Art geschrieben');
	await newer.amend({ Vornamen: 'Bekannt' });
	await newer.exchange.now();
	await newer.expectAllSent();

	await older.exchange.now();
	await older.list.open();
	await expect(older.list.row(number)).toContainText('von neuerer Version');
	await older.list.openRequest(number);
	await expect(older.request.data).toContainText('Bekannt');
	await expect(older.request.timeline).toContainText('von neuerer Version');
	await expect(older.page.getByText('in neuer Art geschrieben')).toHaveCount(0);
	await expectGoodScreen(older.page);
	await older.amend({ Vornamen: 'Ergänzt' });
	await older.exchange.now();
	await newer.exchange.now();
	await expect(newer.exchange.heading).toBeVisible();
	await newer.list.open();
	await newer.list.openRequest(number);
	await expect(newer.request.data).toContainText('Ergänzt');

	// From what it kept itself: no server is there to ask.
	await server.kill();
	await takeNext(older.page);
	await older.lock.unlock();
	await older.list.open();
	await expect(older.list.row(number)).not.toContainText('von neuerer Version');
	await older.list.openRequest(number);
	await expect(older.page.getByText('in neuer Art geschrieben').first()).toBeVisible();
});
