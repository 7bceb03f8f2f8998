/** Story, step 3: the server is killed, the machine goes down, and the counter opens as on any morning. */
import { expect, test } from './fixtures';
import { LockPage } from './pages/lock-page';
import { ReceiptPage } from './pages/receipt-page';
import { HOLDER_CHANGE, RequestFormPage } from './pages/request-form-page';
import { RequestListPage, RequestPage } from './pages/request-list-page';
import { FOUNDING, SetupPage } from './pages/setup-page';

const BANNER = 'Server nicht erreichbar – Sie können weiterarbeiten';

test('server and browser killed: the app starts by address, by deep link, installed and in a second window', async ({
	server,
	device
}) => {
	let page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.found({ enrolmentCode: server.enrolmentCode });
	await setup.goToToday();
	await setup.expectOfflineCopy();
	await new RequestFormPage(page).takeHolderChange();
	const number = await new ReceiptPage(page).caseNumber();
	const requestId = new ReceiptPage(page).requestId();
	await expect(page.getByText(BANNER)).toBeHidden();

	await server.kill();
	await device.kill();

	page = await device.open('/');
	await new LockPage(page).unlock();
	await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
	await expect(page.getByText(BANNER)).toBeVisible();
	await expect(page.getByText('gesichert', { exact: false }).first()).toBeVisible();

	await device.kill();
	page = await device.open(`/anliegen/${requestId}`);
	await new LockPage(page).unlock();
	await expect(page.getByText(number).first()).toBeVisible();
	await expect(new RequestPage(page).data.getByText(HOLDER_CHANGE.Familienname)).toBeVisible();

	// As the installed app starts: by the address its manifest names.
	const startUrl = await page.evaluate(async () => {
		const link = document.querySelector<HTMLLinkElement>('link[rel=manifest]');
		const manifest = (await (await fetch(link?.href ?? '')).json()) as { start_url: string };
		return manifest.start_url;
	});
	const second = await device.openWindow(startUrl);
	await new LockPage(second).unlock();
	await new RequestFormPage(second).takeHolderChange({ Familienname: 'Öztürk' });
	// Both windows agree on what there is.
	await new RequestListPage(page).open();
	await expect(new RequestListPage(page).row('Öztürk')).toBeVisible();
	await expect(new RequestListPage(page).row('Müller')).toBeVisible();
	await expect(page.getByText('nicht übertragen').first()).toBeVisible();

	// Locking one locks both, and what is behind is gone from the page.
	await new LockPage(page).lock();
	await new LockPage(page).expectShown();
	await new LockPage(second).expectShown();
	await expect(second.getByText('Öztürk')).toHaveCount(0);
	expect(await second.content()).not.toContain('Öztürk');
	await expect(page.getByText(FOUNDING.counter).first()).toBeVisible();
});
