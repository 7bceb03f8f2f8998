/** Issue 5, several servers a device: the hub in the town hall and the central one; a space moves from one to the other and back. */
import { rm } from 'node:fs/promises';
import { test as base, type Page } from '@playwright/test';
import { CODE, LanServer, PASSPHRASE } from '../support/lan-server';
import { NetworkNamespace } from '../support/network-namespace';
import { Counter } from './counter';
import { expect, expectGoodScreen } from './fixtures';
import { createLanDevice, type LanDevice } from './lan-device';

const HUB = { address: '10.20.30.5', origin: 'https://10.20.30.5:4780', start: { CA_PASSPHRASE: PASSPHRASE } } as const;
const CENTRE_ORIGIN = 'https://10.20.30.6:4790';
const CENTRE = {
	origin: CENTRE_ORIGIN,
	start: { CA_PASSPHRASE: PASSPHRASE, PORT: '4790', HTTP_PORT: '4791', ORIGIN: CENTRE_ORIGIN }
} as const;

interface Fixtures {
	network: NetworkNamespace;
	hub: LanServer;
	centre: LanServer;
	newDevice: () => Promise<LanDevice>;
}

const test = base.extend<Fixtures>({
	network: async ({}, use) => {
		const network = await NetworkNamespace.create(`${HUB.address}/24`, '10.20.30.6/24');
		await use(network);
		await network.dispose();
	},
	hub: async ({ network }, use) => {
		const hub = await LanServer.create(network);
		await use(hub);
		await hub.dispose();
	},
	centre: async ({ network }, use) => {
		const centre = await LanServer.create(network);
		await use(centre);
		await centre.dispose();
	},
	newDevice: async ({ network, hub, centre }, use) => {
		const devices: LanDevice[] = [];
		await use(async () => {
			const made = await createLanDevice(network, HUB.origin);
			made.trust(hub.authority, 'Hub');
			made.trust(centre.authority, 'Zentrale');
			devices.push(made);
			return made;
		});
		for (const device of devices) await device.dispose();
	}
});

const block = (page: Page, origin: string) => page.getByRole('article', { name: origin });

async function exchangeWith({ page, exchange }: Counter, origin: string): Promise<void> {
	await exchange.open();
	const button = block(page, origin).getByRole('button', { name: 'Jetzt abgleichen' });
	await expect(button).not.toHaveAttribute('aria-busy');
	const answered = page.waitForResponse(
		(response) => response.url().startsWith(`${origin}/api/`) && response.url().endsWith('/exchange')
	);
	await button.click();
	await answered;
	await expect(button).not.toHaveAttribute('aria-busy');
	await expect(block(page, origin)).toContainText('0 zu senden');
}

async function addServer({ page, exchange, toasts }: Counter, origin: string, code: string): Promise<void> {
	await exchange.addServer(code, origin);
	await expect(toasts).toContainText('Server hinzugefügt.');
	await expect(block(page, origin)).toBeVisible();
}

test('a space moves from the hub to the central server and back: the other counter follows by a click, and nothing is lost', async ({
	hub,
	centre,
	newDevice
}) => {
	test.slow();
	expect(await hub.start(HUB.start), hub.output).toBe(true);
	expect(await centre.start(CENTRE.start), centre.output).toBe(true);
	const first = await Counter.found((await newDevice()).device, { enrolmentCode: CODE });
	const numbers = [await first.take({ Familienname: 'Amsel' })];
	await exchangeWith(first, HUB.origin);
	const second = await Counter.join((await newDevice()).device, first);
	numbers.push(await second.take({ Familienname: 'Drossel' }));

	// The first lays the space onto the central server; the second is told of it, and needs no code.
	await first.exchange.open();
	await first.exchange.addServer('', CENTRE.origin);
	await expect(first.page.getByText('Bitte den Betriebscode eingeben.')).toBeVisible();
	await first.page.getByRole('dialog').getByLabel('Betriebscode').fill(CODE);
	await first.page.getByRole('dialog').getByRole('button', { name: 'Hinzufügen' }).click();
	await expect(block(first.page, CENTRE.origin)).toBeVisible();
	await exchangeWith(first, HUB.origin);
	await exchangeWith(first, CENTRE.origin);
	await exchangeWith(second, HUB.origin);
	await second.exchange.open();
	await second.page.getByRole('button', { name: 'Hier hinzufügen' }).click();
	await second.page.getByRole('dialog').getByRole('button', { name: 'Hinzufügen' }).click();
	await expect(block(second.page, CENTRE.origin)).toBeVisible();
	await exchangeWith(second, CENTRE.origin);
	await expectGoodScreen(second.page);

	// The hub is gone for good. What is on the central server is not „nicht übertragen“.
	await hub.end('SIGKILL');
	numbers.push(await first.take({ Familienname: 'Fink' }));
	numbers.push(await second.take({ Familienname: 'Star' }));
	await exchangeWith(first, CENTRE.origin);
	await exchangeWith(second, CENTRE.origin);
	await first.expectAllSent();
	await second.expectAllSent();
	await expect(block(second.page, HUB.origin)).toContainText(/[1-9]\d* zu senden/);

	// Paused, it is neither asked nor missed.
	await second.exchange.open();
	await block(second.page, HUB.origin).getByRole('button', { name: 'Pausieren' }).click();
	await expect(block(second.page, HUB.origin)).toContainText('pausiert');
	await expectGoodScreen(second.page);

	// And back: a new hub with nothing, and the central server gone.
	await rm(`${hub.dataDir}/notschalter.sqlite`, { force: true });
	for (const end of ['-wal', '-shm']) await rm(`${hub.dataDir}/notschalter.sqlite${end}`, { force: true });
	expect(await hub.start(HUB.start), hub.output).toBe(true);
	await first.exchange.open();
	await block(first.page, HUB.origin).getByRole('button', { name: 'Jetzt abgleichen' }).click();
	await expect(block(first.page, HUB.origin)).toContainText('Der Server kennt dieses Gerät nicht.');
	await first.expectAllSent();
	await addServer(first, HUB.origin, CODE);
	await exchangeWith(first, HUB.origin);
	await centre.end('SIGKILL');
	numbers.push(await first.take({ Familienname: 'Zeisig' }));
	await exchangeWith(first, HUB.origin);
	await second.exchange.open();
	await block(second.page, HUB.origin).getByRole('button', { name: 'Fortsetzen' }).click();
	await exchangeWith(second, HUB.origin);
	await exchangeWith(first, HUB.origin);
	expect(await second.listTexts()).toEqual(await first.listTexts());
	for (const number of numbers) await expect(second.list.row(number)).toBeVisible();
	await expect(second.list.rows).toHaveCount(numbers.length);
});

test('the browser’s question about the local network is explained before it comes, and a „no“ afterwards', async ({
	hub,
	centre,
	newDevice
}) => {
	const here = 'https://localhost:4790';
	expect(await hub.start(HUB.start), hub.output).toBe(true);
	expect(await centre.start({ ...CENTRE.start, ORIGIN: here }), centre.output).toBe(true);
	const first = await Counter.found((await newDevice()).device, { enrolmentCode: CODE });
	await first.exchange.open();
	await first.page.getByRole('button', { name: 'Server hinzufügen' }).click();
	const dialog = first.page.getByRole('dialog', { name: 'Server hinzufügen' });
	await dialog.getByLabel('Adresse des Servers').fill(HUB.origin);
	await expect(dialog.getByText('Der Browser fragt gleich')).toBeHidden();
	await dialog.getByLabel('Adresse des Servers').fill(here);
	await expect(dialog.getByText('Der Browser fragt gleich')).toBeVisible();
	await dialog.getByLabel('Betriebscode').fill(CODE);
	await first.device.context.grantPermissions(['local-network-access'], { origin: HUB.origin });
	await dialog.getByRole('button', { name: 'Hinzufügen' }).click();
	await expect(block(first.page, here)).toContainText('erreichbar');
	await expect(first.page.getByText('Der Browser lässt diese Seite nicht in das örtliche Netz.')).toBeHidden();

	const session = await first.device.context.newCDPSession(first.page);
	for (const name of ['loopback-network', 'local-network-access'])
		await session.send('Browser.setPermission', { permission: { name }, setting: 'denied', origin: HUB.origin });
	await first.page.reload();
	await first.lock.unlock();
	await expect(block(first.page, here)).toContainText('Der Browser lässt diese Seite nicht in das örtliche Netz.');
});
