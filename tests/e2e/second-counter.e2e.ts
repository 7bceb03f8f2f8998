/** Story, step 8: a second counter joins by Aufnahmecode, both see each other's work; and a device is locked out. */
import { Counter } from './counter';
import { expect, expectAccessible, expectGoodScreen, test } from './fixtures';
import { FOUNDING } from './pages/setup-page';
import { JOINING, JoinPage } from './pages/join-page';

test('by Aufnahmecode a second counter joins, both see each other’s requests, and staff of the first unlock the second', async ({
	server,
	device,
	newDevice
}) => {
	const first = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	const fromFirst = await first.take({ Familienname: 'Müller' });
	await first.exchange.now();
	await first.expectAllSent();

	const code = await first.admin.createJoinCode();
	await expect(first.page.getByText(server.origin)).toBeVisible();
	await expect(first.page.getByText(/^Gilt noch 1[45]/)).toBeVisible();
	expect(first.page.url()).not.toContain(code.slice(0, 5));
	await expectAccessible(first.page);
	await first.admin.closeJoinCode();
	await expect(first.page.getByTestId('join-code')).toBeHidden();

	const secondDevice = await newDevice();
	const page = await secondDevice.open('/');
	const joining = new JoinPage(page);
	await joining.choose();
	await joining.sendCode(code.toLowerCase().replaceAll('-', ' '));
	await expect(page.getByRole('heading', { name: 'Verbund: Soest' })).toBeVisible();
	await expectGoodScreen(page);
	await joining.fill(JOINING);
	await expect(page.getByText('Soest, Rathaus I, Schalter 4')).toBeVisible();
	await page.getByRole('link', { name: 'Später testen und weiterarbeiten' }).click();

	const second = new Counter(secondDevice, page);
	await second.list.open();
	await expect(second.list.row(fromFirst)).toContainText('Schalter 3');
	const fromSecond = await second.take({ Familienname: 'Weiß' });
	expect(fromSecond).not.toBe(fromFirst);
	await second.exchange.now();
	await second.expectAllSent();

	await first.exchange.now();
	await first.list.open();
	await expect(first.list.row(fromSecond)).toContainText('Schalter 4');
	await expect(first.list.row(fromSecond)).toContainText('Weiß');
	expect(await first.listTexts()).toEqual(await second.listTexts());
	await first.admin.open();
	await expect(first.admin.device('Schalter 4')).toContainText('vollständig');

	await second.lock.lock();
	await second.lock.unlock(FOUNDING.password);
	await second.list.open();
	await expect(second.list.row('Müller')).toBeVisible();
});

test('a device that is locked out is refused, what it wrote later is held apart, and work goes on under a new key', async ({
	server,
	device,
	newDevice
}) => {
	test.slow();
	const lead = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	const lost = await Counter.join(await newDevice(), lead, { counter: 'Schalter 4' });
	const third = await Counter.join(await newDevice(), lead, { counter: 'Schalter 5' });
	const before = await lost.take({ Familienname: 'Vorher' });
	await lost.exchange.now();
	await lead.exchange.now();

	// Both work on with the server gone: the lead locks the lost device out, which goes on writing.
	await server.kill();
	await lead.admin.revoke('Schalter 4');
	const afterwards = await lead.take({ Familienname: 'Danach' });
	await lead.lock.lock();
	await lead.lock.expectShown();
	const later = await lost.take({ Familienname: 'Später' });
	await server.start();
	await lost.exchange.now();
	await lost.expectAllSent();

	await lead.lock.unlock();
	await lead.exchange.now();
	await lead.expectAllSent();
	await lead.admin.open();
	await expect(lead.page.getByText(/1 Sendung ist beiseitegelegt/)).toBeVisible();
	await expectGoodScreen(lead.page);
	await lead.list.open();
	await expect(lead.list.row(before)).toBeVisible();
	await expect(lead.list.row(later)).toHaveCount(0);

	// The others learn the new key with the keyring, without being unlocked anew.
	await third.exchange.now();
	await third.list.open();
	await expect(third.list.row(afterwards)).toContainText('Danach');
	await expect(third.list.row(before)).toBeVisible();
	await expect(third.list.row(later)).toHaveCount(0);
	const underNewKey = await third.take({ Familienname: 'Neu' });
	await third.exchange.now();
	await lead.exchange.now();
	await lead.list.open();
	await expect(lead.list.row(underNewKey)).toBeVisible();

	// The lost device is refused in words, keeps what it has, and reads nothing new.
	await lost.exchange.tryNow();
	await expect(
		lost.exchange.server.getByText('Dieses Gerät ist gesperrt und darf nicht mehr abgleichen.').first()
	).toBeVisible();
	await lost.list.open();
	await expect(lost.list.row(later)).toBeVisible();
	await expect(lost.list.row(afterwards)).toHaveCount(0);
});
