/** Story, step 10: the server comes back; the exchange begins by itself or when asked for, and both counters show the same. */
import { Counter } from './counter';
import { expect, expectGoodScreen, test } from './fixtures';
import type { ServerProcess } from './server-process';
import type { Device } from './device';

/** From being reachable to the status line (issue: by itself within 30 s). */
const BY_ITSELF_MS = 30_000;

async function twoCounters(server: ServerProcess, device: Device, newDevice: () => Promise<Device>) {
	const first = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	return { first, second: await Counter.join(await newDevice(), first) };
}

test('after an outage the work of both counters finds its way by itself, and both show the same', async ({
	server,
	device,
	newDevice
}) => {
	test.slow();
	const { first, second } = await twoCounters(server, device, newDevice);
	await first.expectAllSent();
	await server.kill();
	const numbers = [
		await first.take({ Familienname: 'Amsel' }),
		await second.take({ Familienname: 'Drossel' }),
		await second.take({ Familienname: 'Fink' })
	];
	await expect(first.unsent).not.toHaveText('0 nicht übertragen');
	for (const { page } of [first, second])
		await expect(page.getByText('Server nicht erreichbar – Sie können weiterarbeiten')).toBeVisible({
			timeout: 40_000
		});
	await second.exchange.open();
	await expect(second.exchange.server).toContainText('nicht erreichbar');
	await expectGoodScreen(second.page);

	await server.start();
	await Promise.all([first.expectAllSent(BY_ITSELF_MS), second.expectAllSent(BY_ITSELF_MS)]);
	await expect(first.page.getByText('Server nicht erreichbar – Sie können weiterarbeiten')).toBeHidden();

	await first.list.open();
	await second.list.open();
	for (const number of numbers)
		for (const { list } of [first, second]) await expect(list.row(number)).toBeVisible({ timeout: 40_000 });
	expect(await first.listTexts()).toEqual(await second.listTexts());
	for (const { list } of [first, second]) await list.openRequest('Drossel');
	for (const { request } of [first, second]) await expect(request.timeline.getByRole('listitem').first()).toBeVisible();
	expect(await first.request.data.innerText()).toBe(await second.request.data.innerText());
	expect(await first.request.timeline.innerText()).toBe(await second.request.timeline.innerText());
});

test('asked for by „Jetzt abgleichen“: tells how much was sent, the status line falls to 0', async ({
	server,
	device
}) => {
	const first = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	const { exchange, page } = first;
	await first.expectAllSent();
	await server.kill();
	await first.take();
	await exchange.tryNow();
	await expect(
		exchange.server.getByText(/^Der Server ist nicht erreichbar\. Auf diesem Gerät ist alles gesichert\./)
	).toBeVisible();
	await expect(first.unsent).toHaveText(/^[1-9]\d* nicht übertragen$/);
	const waiting = Number.parseInt(await first.unsent.innerText());

	await server.start();
	await exchange.now();
	await first.expectAllSent();
	await expect(exchange.server.getByText(`${waiting} gesendet, 0 geholt`).first()).toBeVisible();
	await expect(exchange.server).toContainText('0 zu senden');
	await expect(exchange.server).toContainText('erreichbar seit');
	await expect(page.getByText('Alles ist übertragen.')).toBeVisible();
});

test('a space founded without a server is laid onto one later, under Abgleich', async ({
	server,
	device,
	newDevice
}) => {
	const first = await Counter.found(device);
	const number = await first.take();
	const { exchange, page } = first;
	await exchange.open();
	await expect(page.getByText('Noch kein Server.')).toBeVisible();
	await expectGoodScreen(page);
	await first.admin.open();
	await page.getByRole('button', { name: 'Gerät aufnehmen' }).click();
	await first.admin.dialog('Gerät aufnehmen').getByRole('link', { name: 'Zum Abgleich' }).click();

	await exchange.addServer(server.enrolmentCode);
	await expect(first.toasts).toContainText('Server hinzugefügt.');
	await first.expectAllSent();
	const second = await Counter.join(await newDevice(), first);
	await second.list.open();
	await expect(second.list.row(number)).toBeVisible();
});

test('two counters amend the same field offline: both values stand side by side until a person chooses', async ({
	server,
	device,
	newDevice
}) => {
	test.slow();
	const { first, second } = await twoCounters(server, device, newDevice);
	const number = await first.take({ Straße: 'Alte Gasse' });
	await first.exchange.now();
	await second.exchange.now();
	await server.kill();
	for (const { list } of [first, second]) {
		await list.open();
		await list.openRequest(number);
	}
	await first.amend({ Straße: 'Nordweg', Telefon: '02921 1001' });
	await second.amend({ Straße: 'Südring' });
	await server.start();
	await first.exchange.now();
	await second.exchange.now();
	await first.exchange.now();

	for (const { list, page } of [first, second]) {
		await list.open();
		await expect(list.row(number)).toContainText('1 Widerspruch');
		await list.openRequest(number);
		const clash = page.getByRole('region', { name: 'Zwei Angaben zu „Straße“' });
		await expect(clash).toContainText(/Nordweg[^]*Schalter 3/);
		await expect(clash).toContainText(/Südring[^]*Schalter 4/);
	}
	// All of it at once: what the status line half covers would count as too small to touch.
	await second.page.setViewportSize({ width: 1366, height: 1600 });
	await expectGoodScreen(second.page);
	const settled = second.page.getByRole('region', { name: 'Zwei Angaben zu „Straße“' });
	await settled.locator('.value', { hasText: 'Südring' }).getByRole('button', { name: 'Diesen Wert behalten' }).click();
	await expect(settled).toBeHidden();
	await expect(second.request.timeline).toContainText('Widerspruch geklärt');
	await second.exchange.now();
	await first.exchange.now();
	await first.list.open();
	await expect(first.list.row(number)).not.toContainText('Widerspruch');
	await first.list.openRequest(number);
	await expect(first.request.data).toContainText('Südring');
	await expect(first.request.data).toContainText('02921 1001');
	await expect(first.request.data).not.toContainText('Nordweg');
	await expect(first.request.timeline).toContainText('Nordweg');
});
