/** Issue 5, origin: a counter first used at one address goes on at another, by a copy; the old address is closed. */
import { readFile } from 'node:fs/promises';
import { Counter } from './counter';
import { expect, expectGoodScreen, test } from './fixtures';
import { RestorePage } from './pages/restore-page';
import { FOUNDING } from './pages/setup-page';
import { ServerProcess } from './server-process';

test('from one address to another in one guided step: closed here, all of it there, nothing twice', async ({
	server,
	device
}) => {
	test.slow();
	const centre = await ServerProcess.create();
	try {
		await centre.start();
		const here = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
		const numbers = [await here.take({ Familienname: 'Amsel' }), await here.take({ Familienname: 'Drossel' })];
		const { page } = here;
		await here.admin.open();
		await page.getByText('An eine andere Adresse umziehen', { exact: true }).click();
		await page.getByRole('button', { name: 'An eine andere Adresse umziehen …' }).click();
		const dialog = page.getByRole('dialog', { name: 'An eine andere Adresse umziehen' });
		const submit = dialog.getByRole('button', { name: 'Hier schließen und umziehen' });
		await dialog.getByLabel('Neue Adresse').fill(server.origin);
		await dialog.getByLabel('Eigenes Passwort', { exact: true }).fill(FOUNDING.password);
		await submit.click();
		await expect(dialog.getByText('Unter dieser Adresse läuft die App schon.')).toBeVisible();
		await dialog.getByLabel('Neue Adresse').fill(centre.origin);
		await expectGoodScreen(page);
		await submit.click();

		const heading = page.getByRole('heading', { level: 1, name: 'Dieses Gerät ist umgezogen' });
		await expect(heading).toBeVisible();
		await expect(page.getByText(centre.origin)).toBeVisible();
		await expect(page.getByText('Amsel')).toHaveCount(0);
		await expectGoodScreen(page);
		await page.reload();
		await expect(heading).toBeVisible();
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('button', { name: 'Kopie speichern' }).click()
		]);
		await expect(page.getByText('Die Kopie ist an den Browser übergeben.')).toBeVisible();
		const copy = {
			name: download.suggestedFilename(),
			mimeType: 'application/octet-stream',
			buffer: await readFile(await download.path())
		};

		await page.getByRole('link', { name: 'Neue Adresse öffnen' }).click();
		await page.waitForURL(`${centre.origin}/einrichtung`);
		const way = new RestorePage(page);
		await way.choose('Eine Kopie ist da');
		await way.sendFiles([copy]);
		await way.field('Name').selectOption({ label: FOUNDING.staffName });
		await way.field('Passwort').fill(FOUNDING.password);
		await way.restore();
		await expect(way.restored).toBeVisible();
		await way.goToToday();
		const there = new Counter(device, page);
		const further = await there.take({ Familienname: 'Fink' });
		expect(further.split('-')[1]).not.toBe(numbers[0]?.split('-')[1]);
		await there.exchange.open();
		await there.exchange.addServer(centre.enrolmentCode, centre.origin);
		await expect(page.getByRole('article', { name: centre.origin })).toContainText('0 zu senden');
		await there.list.open();
		for (const number of [...numbers, further]) await expect(there.list.row(number)).toBeVisible();
		await expect(there.list.rows).toHaveCount(3);

		// The old address stays closed, until somebody says that it does not.
		const old = await device.openWindow('/');
		await expect(old.getByRole('heading', { level: 1, name: 'Dieses Gerät ist umgezogen' })).toBeVisible();
		await old.getByRole('button', { name: 'Doch hier weiterarbeiten' }).click();
		await old.getByRole('dialog').getByRole('button', { name: 'Hier weiterarbeiten' }).click();
		const again = new Counter(device, old);
		await again.lock.unlock();
		await again.list.open();
		await expect(again.list.rows).toHaveCount(2);
	} finally {
		await centre.dispose();
	}
});
