/** Issue 5, a town hall that prepared nothing: a hub on the local network over HTTPS, counters that learn to trust it, and a hub that moves. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { test as base } from '@playwright/test';
import { issueServer, makeAuthority, type Issued } from '../../scripts/lan/certificates.js';
import { CODE, LanServer, PASSPHRASE } from '../support/lan-server';
import { NetworkNamespace } from '../support/network-namespace';
import { Counter } from './counter';
import { expect, expectAccessible, expectGoodScreen, expectNoSidewaysScroll } from './fixtures';
import { createLanDevice, type LanDevice } from './lan-device';

const ADDRESS = '10.20.30.5';
const ORIGIN = `https://${ADDRESS}:4780`;
const MOVED = 'https://192.168.7.9:4780';

interface Fixtures {
	network: NetworkNamespace;
	hub: LanServer;
	newDevice: (origin?: string) => Promise<LanDevice>;
}

const test = base.extend<Fixtures>({
	network: async ({}, use) => {
		const network = await NetworkNamespace.create(`${ADDRESS}/24`);
		await use(network);
		await network.dispose();
	},
	hub: async ({ network }, use) => {
		const hub = await LanServer.create(network);
		expect(await hub.start({ CA_PASSPHRASE: PASSPHRASE }), hub.output).toBe(true);
		await use(hub);
		await hub.dispose();
	},
	newDevice: async ({ network }, use) => {
		const devices: LanDevice[] = [];
		await use(async (origin = ORIGIN) => {
			const device = await createLanDevice(network, origin);
			devices.push(device);
			return device;
		});
		for (const device of devices) await device.dispose();
	}
});

test('a counter that does not trust the hub yet finds the page that explains it, by whatever address is typed', async ({
	hub,
	newDevice
}) => {
	const { device } = await newDevice();
	const page = await device.open('about:blank');
	await expect(page.goto(ORIGIN)).rejects.toThrow(/ERR_CERT_AUTHORITY_INVALID/);
	await page.waitForURL('chrome-error://chromewebdata/');
	for (const address of [`http://${ADDRESS}:4781/`, `http://${ADDRESS}:4780/anliegen/neu`, `http://localhost:4780/`]) {
		await page.goto(address);
		await expect(page.getByRole('heading', { level: 1, name: 'Diesem Server vertrauen' })).toBeVisible();
	}
	const sha256 = await page.getByText('SHA-256', { exact: true }).locator('..').locator('code').innerText();
	expect(hub.output).toContain(sha256.replaceAll(/\s/g, '').slice(0, 47));
	for (const name of ['iPad', 'Linux: Chrome und Chromium', 'Warum ist das nötig, und was darf dieses Zertifikat?'])
		await page.getByText(name, { exact: true }).click();
	await expect(page.getByRole('img', { name: /Zertifikatsvertrauenseinstellungen/ })).toBeVisible();
	await expectAccessible(page);
	await page.emulateMedia({ colorScheme: 'dark' });
	await expectAccessible(page);
	await page.setViewportSize({ width: 360, height: 740 });
	await expectNoSidewaysScroll(page);
	const download = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Zertifikat herunterladen (.pem)' }).click();
	expect((await download).suggestedFilename()).toBe('notschalter-ca.pem');
	await expect(page.getByRole('link', { name: /öffnen$/ })).toHaveAttribute('href', `${ORIGIN}/`);
});

test('two counters that trust the hub found, join and exchange both ways, and go on when it is killed and comes back at another address', async ({
	hub,
	network,
	newDevice
}) => {
	test.slow();
	const [one, two] = [await newDevice(), await newDevice()];
	one.trust(hub.authority);
	two.trust(hub.authority);
	const first = await Counter.found(one.device, { enrolmentCode: CODE });
	expect(first.page.url()).toMatch(/^https:\/\/10\.20\.30\.5:4780\//);
	expect(await first.page.evaluate(() => window.isSecureContext)).toBe(true);
	const fromFirst = await first.take({ Familienname: 'Müller' });
	await first.exchange.now();
	await first.expectAllSent();
	const second = await Counter.join(two.device, first, { counter: 'Schalter 4' });
	await second.list.open();
	const fromSecond = await second.take({ Familienname: 'Weiß' });
	await second.exchange.now();
	await second.expectAllSent();
	await second.list.open();
	await expect(second.list.row(fromFirst)).toContainText('Müller');
	await first.exchange.now();
	await first.expectAllSent();
	await first.list.open();
	await expect(first.list.row(fromSecond)).toContainText('Weiß');

	// The hub dies and loses its address; the counters work on, and say that they are not backed up.
	await hub.end('SIGKILL');
	network.setAddresses('192.168.7.9/24', 'fd00:7::9/64');
	const during = await first.take({ Familienname: 'Unterwegs' });
	expect(await hub.start({ CA_PASSPHRASE: PASSPHRASE }), hub.output).toBe(true);
	expect(hub.output).toContain(`${ORIGIN} gehört nicht mehr zu diesem Rechner`);
	expect(hub.output).toContain(`ORIGIN=${MOVED}`);
	await first.exchange.tryNow();
	await expect(first.unsent).toHaveText(/[1-9]\d* nicht übertragen/);
	// Under its new address it is one more server for a counter that goes on under the old one.
	await first.exchange.addServer('wird nicht geprüft', MOVED);
	const moved = first.exchange.server.filter({ hasText: MOVED });
	await expect(moved).toBeVisible();
	await expect(moved.getByRole('button', { name: 'Jetzt abgleichen' })).not.toHaveAttribute('aria-busy');
	const answered = first.page.waitForResponse((response) => response.url().startsWith(`${MOVED}/api/v1/spaces/`));
	await moved.getByRole('button', { name: 'Jetzt abgleichen' }).click();
	expect((await answered).ok()).toBe(true);
	await expect(moved).toContainText('0 zu senden');
	await first.expectAllSent();

	// It gets its address back, beside the new one: everything flows again, without a word at the counters.
	await hub.end('SIGKILL');
	network.setAddresses('192.168.7.9/24', `${ADDRESS}/24`);
	expect(await hub.start(), hub.output).toBe(true);
	expect(hub.output).not.toContain('ACHTUNG');
	await second.exchange.now();
	await second.list.open();
	await expect(second.list.row(during)).toContainText('Unterwegs');
});

test('an address without TLS shows what to do, and no app that cannot work', async ({ network, newDevice }) => {
	const origin = `http://${ADDRESS}:4780`;
	const server = await LanServer.create(network, []);
	expect(await server.start({ HOST: '0.0.0.0', ORIGIN: origin }), server.output).toBe(true);
	const { device } = await newDevice(origin);
	const page = await device.open('/anliegen/neu');
	const faults: Error[] = [];
	page.on('pageerror', (error) => faults.push(error));
	await page.reload();
	await expect(page.getByRole('heading', { level: 1, name: 'Diese Adresse ist nicht geschützt' })).toBeVisible();
	await expect(page.getByText(origin)).toBeVisible();
	await expect(page.getByRole('link', { name: 'Mit „https://“ öffnen' })).toHaveAttribute(
		'href',
		`https://${ADDRESS}:4780/anliegen/neu`
	);
	await expectGoodScreen(page);
	expect(faults).toEqual([]);
	await server.dispose();
});

test('Chromium refuses what a stolen authority says of an address outside its bounds', async ({
	network,
	newDevice
}) => {
	const BANK = '203.0.113.5';
	network.setAddresses(`${ADDRESS}/24`, `${BANK}/24`);
	const nowMs = Date.now();
	const authority = makeAuthority({ title: 'Notschalter hub', names: ['hub', 'local', 'localhost'], nowMs });
	const { device, trust } = await newDevice();
	trust(authority.certificate.toString());
	const page = await device.open('about:blank');
	for (const [hosts, asked, outcome] of [
		[[ADDRESS], ADDRESS, 'the app'],
		[[BANK], BANK, 'ERR_CERT'],
		[[ADDRESS, BANK], ADDRESS, 'ERR_CERT']
	] as const) {
		const issued = issueServer(authority, { hosts, nowMs });
		const server = await serveWithin(network, issued);
		const shown = await page.goto(`https://${asked}:8443/`).then(
			async () => page.locator('body').innerText(),
			async (error: Error) => {
				await page.waitForURL('chrome-error://chromewebdata/');
				return error.message;
			}
		);
		expect(shown, hosts.join()).toContain(outcome);
		const gone = once(server, 'exit');
		server.kill();
		await gone;
	}
});

/** A server on port 8443 that shows this certificate. */
async function serveWithin(network: NetworkNamespace, { certificate, privateKey }: Issued): Promise<ChildProcess> {
	const options = { cert: certificate.toString(), key: privateKey.export({ type: 'pkcs8', format: 'pem' }) };
	const script = `require('node:https').createServer(${JSON.stringify(options)}, (_, answer) => answer.end('the app')).listen(8443, () => console.log('listening'))`;
	const [program, ...args] = network.command(process.execPath, '-e', script);
	const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	await once(server.stdout, 'data');
	return server;
}
