/** Bad input of issue and life: each time a sentence that a clerk understands, and nothing is lost. */
import { rm } from 'node:fs/promises';
import { openCaptivePortal } from './captive-portal';
import { Counter } from './counter';
import { expect, expectAccessible, test } from './fixtures';
import { JOINING, JoinPage } from './pages/join-page';
import { HOLDER_CHANGE } from './pages/request-form-page';
import { SetupPage } from './pages/setup-page';
import { DECADE_MS, MINUTE_MS, serverClock, setDeviceClock } from './wrong-clock';

test('a wrong Betriebscode: the space is founded all the same, and the right code is taken later', async ({
	server,
	device
}) => {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.found({ enrolmentCode: 'FALSCH-FALSCH-0000' });
	await expect(page.getByText('Der Verbund ist angelegt, aber noch nicht mit dem Server verbunden')).toBeVisible();
	await expect(page.getByText(/^Diesen Code kennt der Server nicht\./)).toBeVisible();
	await setup.goToToday();

	const counter = new Counter(device, page);
	const number = await counter.take();
	await counter.exchange.open();
	await counter.exchange.addServer('NOCHMAL-FALSCH-0000');
	const dialog = page.getByRole('dialog', { name: 'Server hinzufügen' });
	await expect(dialog.getByText(/^Diesen Code kennt der Server nicht\./)).toBeVisible();
	await expectAccessible(page);
	await dialog.getByLabel('Betriebscode').fill(server.enrolmentCode);
	await dialog.getByRole('button', { name: 'Hinzufügen' }).click();
	await expect(dialog).toBeHidden();
	await counter.expectAllSent();
	await counter.list.open();
	await expect(counter.list.row(number)).toBeVisible();
});

test('Aufnahmecodes that are mistyped, unknown, used or expired are told apart, and a good one still works', async ({
	server,
	device,
	newDevice
}) => {
	test.slow();
	const first = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	const used = await first.admin.createJoinCode();
	await first.admin.closeJoinCode();
	const joined = await newDevice();
	const joinedPage = await joined.open('/');
	await new JoinPage(joinedPage).join(used, JOINING);
	await joined.close();

	const page = await (await newDevice()).open('/');
	const joining = new JoinPage(page);
	await joining.choose();
	await joining.sendCode('');
	await expect(page.getByText('Bitte den Aufnahmecode eingeben.').first()).toBeVisible();
	await joining.sendCode(used.slice(0, -1));
	await expect(page.getByText(/^Der Code ist nicht vollständig oder hat einen Tippfehler\./)).toBeVisible();
	await joining.sendCode('ABCD0-ABCD0-ABCD0-ABCD0-ABCD0-ABCD0');
	await expect(page.getByText(/^Der Code ist nicht vollständig oder hat einen Tippfehler\./)).toBeVisible();
	await joining.sendCode(used);
	await expect(page.getByText(/^Dieser Code ist schon verbraucht\./)).toBeVisible();
	await expectAccessible(page);

	const late = await first.admin.createJoinCode();
	await first.admin.closeJoinCode();
	await server.stop();
	await joining.sendCode(late);
	await expect(page.getByText(/^Der Server ist nicht erreichbar\./)).toBeVisible();
	await server.start(serverClock(16 * MINUTE_MS));
	await joining.sendCode(late);
	await expect(page.getByText(/^Dieser Code ist abgelaufen\./)).toBeVisible();

	const good = await first.admin.createJoinCode();
	await first.admin.closeJoinCode();
	await joining.sendCode(good);
	await joining.fill({ ...JOINING, counter: 'Schalter 9', password: 'das ist es nicht' });
	await expect(page.getByText(/^Das Passwort stimmt nicht\./)).toBeVisible();
	await joining.fill({ ...JOINING, counter: 'Schalter 9' });
	await expect(page.getByText('Soest, Rathaus I, Schalter 9')).toBeVisible();
});

test('a code of another space or never made is not known', async ({ server, device, newDevice }) => {
	const elsewhere = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	const code = await elsewhere.admin.createJoinCode();
	await server.kill();
	await rm(server.dataDir, { recursive: true });
	await server.start();
	const page = await (await newDevice()).open('/');
	const joining = new JoinPage(page);
	await joining.choose();
	await joining.sendCode(code);
	await expect(page.getByText(/^Diesen Code kennt der Server nicht\./)).toBeVisible();
});

test('in a captive portal nothing is sent, saving goes on, and the exchange follows when the server is back', async ({
	server,
	device
}) => {
	const counter = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	const { exchange, page } = counter;
	await counter.expectAllSent();
	await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
	await server.kill();
	const portal = await openCaptivePortal(server.origin);
	const number = await counter.take();
	await exchange.tryNow();
	await expect(
		exchange.server.getByText(/^Unter dieser Adresse antwortet etwas anderes als ein Notschalter-Server/).first()
	).toBeVisible();
	await expect(exchange.server.getByText(/Es wurde nichts übertragen\./).first()).toBeVisible();
	await expect(counter.unsent).not.toHaveText('0 nicht übertragen');
	await expectAccessible(page);

	// The app itself is still the app, not the portal's page.
	await page.reload();
	await counter.lock.unlock();
	await counter.list.open();
	await expect(counter.list.row(number)).toBeVisible();
	await portal.close();
	await server.start();
	await exchange.now();
	await counter.expectAllSent();
});

test('a server that has another space: told so, nothing counts as sent, and with a Betriebscode it takes all of it', async ({
	server,
	device,
	newDevice
}) => {
	const counter = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	const number = await counter.take();
	await counter.exchange.now();
	await counter.expectAllSent();
	await server.kill();
	await rm(server.dataDir, { recursive: true });
	await server.start();
	await Counter.found(await newDevice(), { commune: 'Lippstadt', enrolmentCode: server.enrolmentCode });

	const { exchange, page } = counter;
	await exchange.tryNow();
	await expect(
		exchange.server.getByText(/^Der Server kennt dieses Gerät nicht\. Auf diesem Gerät ist alles gesichert\./)
	).toBeVisible();
	await expect(page.getByText('Der Abgleich braucht Aufmerksamkeit – Sie können weiterarbeiten')).toBeVisible();
	await expect(counter.unsent).toHaveText(/^[1-9]\d* nicht übertragen$/);

	await server.stop();
	await server.start({ ENROLMENT_CODE: 'TEST-BETRIEB-0002' });
	await exchange.addServer('TEST-BETRIEB-0002', server.origin);
	await expect(counter.toasts).toContainText('Server hinzugefügt.');
	await exchange.now();
	await counter.expectAllSent();
	await counter.list.open();
	await expect(counter.list.rows).toHaveCount(1);
	await expect(counter.list.row(number)).toBeVisible();
});

for (const [words, offsetMs] of [
	['ten years ahead', DECADE_MS],
	['ten years behind', -DECADE_MS]
] as const)
	test(`a counter whose clock is ${words} saves, exchanges, lets a device in, and is told`, async ({
		server,
		device,
		newDevice
	}) => {
		test.slow();
		await device.open('about:blank');
		await setDeviceClock(device.context, offsetMs);
		const page = device.context.pages()[0]!;
		await page.goto('/');
		expect(Math.abs((await page.evaluate(() => Date.now())) - Date.now() - offsetMs)).toBeLessThan(MINUTE_MS);
		const setup = new SetupPage(page);
		await setup.found({ enrolmentCode: server.enrolmentCode });
		await setup.goToToday();
		const counter = new Counter(device, page);
		await counter.exchange.now();
		const number = await counter.take();
		await counter.exchange.now();
		await counter.expectAllSent();

		const second = await Counter.join(await newDevice(), counter);
		await second.list.open();
		await expect(second.list.row(number)).toBeVisible();
		const fromSecond = await second.take({ Familienname: 'Richtig' });
		await second.exchange.now();
		await counter.exchange.now();
		await counter.list.open();
		await expect(counter.list.row(fromSecond)).toBeVisible();
		for (const { admin } of [counter, second]) {
			await admin.open();
			await expect(
				admin.page.getByText(
					/tr(ägt|agen) eine Zeit, die weit von der Uhr dieses Geräts abweicht\. Bitte die Uhren prüfen\./
				)
			).toBeVisible();
		}
	});

test('a server whose clock is ten years off, either way, takes everything', async ({ server, device }) => {
	await server.stop();
	await server.start(serverClock(DECADE_MS));
	const counter = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	await counter.take();
	await counter.exchange.now();
	await counter.expectAllSent();
	await server.stop();
	await server.start(serverClock(-DECADE_MS));
	await counter.take();
	await counter.exchange.now();
	await counter.expectAllSent();
	await counter.list.open();
	await expect(counter.list.rows).toHaveCount(2);
});

test('a note of more than 20,000 characters is told before saving, kept as typed, and saved when shortened', async ({
	device
}) => {
	const counter = await Counter.found(device);
	const { form, page } = counter;
	await form.start('umsch');
	await form.fill(HOLDER_CHANGE);
	await form.field('Notiz').fill('x'.repeat(20_007));
	await expect(page.getByText('Die Notiz ist um 7 Zeichen zu lang.').first()).toBeVisible();
	await form.save();
	await expect(form.summary).toContainText('Die Notiz ist um 7 Zeichen zu lang.');
	await expectAccessible(page);
	await expect(form.field('Notiz')).toHaveValue(/^x{20007}$/);
	await expect(form.field('Familienname')).toHaveValue(HOLDER_CHANGE.Familienname);
	await form.field('Notiz').fill('x'.repeat(20_000));
	await form.save();
	await expect(counter.receipt.heading).toBeVisible();
});
