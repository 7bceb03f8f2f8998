/** The disk is full: what is not saved is told, nothing typed is lost, no number is used up, and it goes on when there is room. */
import type { Page } from '@playwright/test';
import { Counter } from './counter';
import { fillDisk, freeDisk, unlockWithFullDisk } from './full-disk';
import { expect, expectGoodScreen, test } from './prepared-device';
import { expectAllThere } from './saved-work';

const status = (page: Page) => page.getByRole('region', { name: 'Zustand des Geräts' });
const draftFailed = (page: Page) => page.getByText('Der Entwurf lässt sich gerade nicht sichern.');
const saveFailed = (page: Page) => page.getByRole('dialog', { name: 'Die letzte Eingabe ist nicht gesichert' });

test('full from the start: unlocks, tells what is not saved, keeps the form, and the next number is the next', async ({
	prepared,
	device
}) => {
	const counter = await unlockWithFullDisk(device);
	const { form, page, receipt } = counter;
	await form.start('umsch');
	await form.field('Familienname').fill('Rabe-x');
	await expect(draftFailed(page)).toBeVisible();
	await form.saveIncompleteButton.click();
	await expect(saveFailed(page)).toContainText('Alles, was vorher als gesichert angezeigt wurde, ist noch da.');
	await expectGoodScreen(page);
	await saveFailed(page).getByRole('button', { name: 'Verstanden' }).click();
	await expect(page.getByText(/^Nicht gespeichert: Der Speicher dieses Geräts nimmt gerade nichts an/)).toBeVisible();
	await expect(status(page)).toContainText('nicht gesichert');
	await expect(form.field('Familienname')).toHaveValue('Rabe-x');

	await freeDisk(page);
	await form.saveIncompleteButton.click();
	const number = await receipt.caseNumber();
	await expect(status(page)).not.toContainText('nicht gesichert');
	const draftNames = [prepared.draftName, 'Rabe-x'];
	await expectAllThere(counter, { numbers: [...prepared.numbers, number], draftNames });
	await counter.expectTwoCopies();
});

test('full in the middle of work, and killed then: what was shown as saved is there, the draft too', async ({
	prepared,
	device
}) => {
	let counter = await Counter.unlock(device);
	const { form, page } = counter;
	await form.start('umsch');
	await form.field('Familienname').fill('Rabe-x');
	await expect(form.draftSaved).toBeVisible();
	await fillDisk(page);
	let typed = 0;
	await expect(async () => {
		await form.field('Vornamen').fill(`Anna ${'a'.repeat(++typed)}`);
		await expect(draftFailed(page)).toBeVisible();
	}).toPass({ timeout: 45_000, intervals: [1] });
	await form.saveIncompleteButton.click();
	await expect(saveFailed(page)).toBeVisible();
	await device.kill();

	counter = await Counter.unlock(device);
	await expectAllThere(counter, { numbers: prepared.numbers, draftNames: [prepared.draftName, 'Rabe-x'] });
});

test('full while the work of another counter is taken in: it is told, and with room again all of it is there', async ({
	prepared,
	device,
	newDevice
}) => {
	await prepared.server.startFrom(prepared.serverData);
	let first = await Counter.unlock(device);
	const second = await Counter.join(await newDevice(), first);
	await first.exchange.now();
	await device.close();
	const taken = [await second.take({ Familienname: 'Amsel' }), await second.take({ Familienname: 'Fink' })];
	await second.exchange.now();
	await second.expectAllSent();

	first = await unlockWithFullDisk(device);
	await first.exchange.open();
	await expect(first.exchange.server).toContainText('Der Abgleich ist auf diesem Gerät gescheitert.');
	await expectGoodScreen(first.page);
	await first.list.open();
	await expect(first.list.rows).toHaveCount(prepared.numbers.length);

	await freeDisk(first.page);
	await first.exchange.now();
	await first.list.open();
	await expect(first.list.rows).toHaveCount(prepared.numbers.length + taken.length);
	for (const number of taken) await expect(first.list.row(number)).toHaveCount(1);
	const number = await first.take({ Familienname: 'Specht' });
	await first.exchange.now();
	await first.expectAllSent();
	await second.exchange.now();
	await second.list.open();
	await expect(second.list.row(number)).toHaveCount(1);
});
