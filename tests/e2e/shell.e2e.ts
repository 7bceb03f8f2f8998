/** The shell: starts with every server gone, by any address, also after a crash; and a new version interrupts nobody. */
import { appendFile, cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Device } from './device';
import { expect, expectGoodScreen, test } from './fixtures';
import { ServerProcess } from './server-process';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** The app says „complete“ once the service worker has everything and serves this page. */
const whenKept = (page: Page) =>
	expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');

/** Faults that the browser reports, such as a script that the policy forbids. */
function faultsOf(page: Page): string[] {
	const faults: string[] = [];
	page.on('pageerror', ({ message }) => faults.push(message));
	page.on('console', (message) => {
		if (message.type() === 'error') faults.push(message.text());
	});
	return faults;
}

test('one visit is enough: with the server killed the app starts by address, deep link and after a crash', async ({
	server,
	device
}) => {
	const page = await device.open('/');
	await expect(heading(page)).toHaveText('Gerät einrichten');
	await whenKept(page);
	await server.kill();

	await page.reload();
	await expect(heading(page)).toHaveText('Gerät einrichten');
	await page.goto('/einrichtung');
	await expect(heading(page)).toHaveText('Gerät einrichten');

	await device.kill();
	const again = await device.open('/anliegen/neu');
	await expect(heading(again)).toHaveText('Gerät einrichten');
});

test('a page opened before the copy of the app is complete is not torn away when it is', async ({ device }) => {
	let release = () => {};
	const released = new Promise<void>((resolve) => (release = resolve));
	// Only the service worker asks for this one: until it comes, the copy is not complete.
	const page = await device.open('about:blank');
	await device.context.route('**/icon-maskable-512.png*', async (route) => {
		await released;
		await route.continue();
	});
	const isFetching = device.context.waitForEvent('request', (request) => request.url().includes('icon-maskable-512'));
	await page.goto('/');
	await isFetching;
	const second = await device.openWindow('/');
	await expect(heading(second)).toHaveText('Gerät einrichten');
	await second.getByRole('button', { name: 'Nein, es ist neu' }).click();
	expect(await second.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
	release();
	await whenKept(second);
	await second.getByRole('button', { name: 'Neuen Verbund anlegen' }).click();
	await second.getByLabel('Standort', { exact: true }).fill('Rathaus');
	await page.reload();
	await expect(heading(page)).toHaveText('Gerät einrichten');
	await expect(second.getByLabel('Standort', { exact: true })).toHaveValue('Rathaus');
});

test('a first visit may be a deep link, and nothing on it offends the policy', async ({ device }) => {
	const page = await device.open('about:blank');
	const faults = faultsOf(page);
	await page.goto('/anliegen/neu');
	await expect(heading(page)).toHaveText('Gerät einrichten');
	await whenKept(page);
	expect(faults).toEqual([]);
});

test('an unknown address on a new device leads to its setting up', async ({ device }) => {
	const page = await device.open('/gibt-es-nicht');
	await expect(heading(page)).toHaveText('Gerät einrichten');
	expect(new URL(page.url()).pathname).toBe('/einrichtung');
});

test('the first page is good for everybody', async ({ device }) => {
	const page = await device.open('/');
	await expect(heading(page)).toHaveText('Gerät einrichten');
	await expectGoodScreen(page);
});

test('the app can be installed', async ({ device }) => {
	const page = await device.open('/');
	await whenKept(page);
	const browser = await device.context.newCDPSession(page);
	const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors');
	expect(installabilityErrors).toEqual([]);
	const { errors, url } = await browser.send('Page.getAppManifest');
	expect(errors).toEqual([]);
	expect(new URL(url).pathname).toBe('/manifest.webmanifest');
});

test('a new version waits in every window, keeps what is typed, and comes when it is called', async () => {
	const root = await mkdtemp(join(tmpdir(), 'notschalter-versions-'));
	for (const part of ['build', 'scripts', 'src/lib/server', 'package.json'])
		await cp(part, join(root, part), { recursive: true });
	await symlink(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
	const server = await ServerProcess.create(root);
	const device = await Device.create(server.origin);
	try {
		await server.start();
		const first = await device.open('/');
		await whenKept(first);
		const second = await device.openWindow('/');
		await whenKept(second);

		await appendFile(join(root, 'build/client/service-worker.js'), '\n// a newer version\n');
		for (const packed of ['br', 'gz'])
			await rm(join(root, `build/client/service-worker.js.${packed}`), { force: true });
		await server.stop();
		await server.start();
		await first.evaluate(() =>
			navigator.serviceWorker.getRegistration().then((registration) => registration?.update())
		);

		for (const window of [first, second]) await expect(window.getByText('Neue Version bereit')).toBeVisible();
		const lives = await Promise.all([first, second].map((window) => window.evaluate(() => performance.timeOrigin)));
		await first.getByRole('button', { name: 'Jetzt übernehmen' }).click();
		for (const [place, window] of [first, second].entries()) {
			await expect
				.poll(() => window.evaluate(() => performance.timeOrigin).catch(() => lives[place]))
				.not.toBe(lives[place]);
			await expect(heading(window)).toHaveText('Gerät einrichten');
			await expect(window.getByText('Neue Version bereit')).toBeHidden();
		}
	} finally {
		await device.dispose();
		await server.dispose();
		await rm(root, { recursive: true, force: true });
	}
});
