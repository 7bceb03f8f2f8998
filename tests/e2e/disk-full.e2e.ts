/** The disk is full: what is not saved is told, nothing typed is lost, no number is used up, and it goes on when there is room. */
import type { Page } from '@playwright/test';
import { Counter } from './counter';
import { LockPage } from './pages/lock-page';
import { JOINING } from './pages/join-page';
import { expect, expectGoodScreen, test } from './prepared-device';
import { fillDisk, freeDisk, unlockWithFullDisk } from './full-disk';
import { expectAllThere } from './saved-work';

const status = (page: Page) => page.getByRole('region', { name: 'Zustand des Geräts' });
const draftFailed = (page: Page) => page.getByText('Der Entwurf ist nicht gesichert').first();
const failedDialog = (page: Page) => page.getByRole('dialog', { name: 'Die letzte Eingabe ist nicht gesichert' });

test('full from the start: unlocks, shows all, tells what is not saved, keeps the form, and the next number is the next', async ({
	prepared,
	device
}) => {
	const counter = await unlockWithFullDisk(device);
	const { form, page, receipt } = counter;
	await form.start('umsch');
	await form.field('Familienname').fill('Rabe-x');
	await expect(draftFailed(page)).toBeVisible();
	await form.saveIncompleteButton.click();
	await expect(failedDialog(page)).toContainText('Alles, was vorher als gesichert angezeigt wurde, ist noch da.');
	await expectGoodScreen(page);
	await failedDialog(page).getByRole('button', { name: 'Verstanden' }).click();
	await expect(page.getByText(/^Nicht gespeichert: Der Speicher dieses Geräts nimmt gerade nichts an/)).toBeVisible();
	await expect(status(page)).toContainText('nicht gesichert');
	await expect(form.field('Familienname')).toHaveValue('Rabe-x');

	await freeDisk(page);
	await form.saveIncompleteButton.click();
	const number = await receipt.caseNumber();
	await expect(status(page)).not.toContainText('nicht gesichert');
	const draftNames = [prepared.draftName, 'Rabe-x'];
	await expectAllThere(counter, { numbers: [...prepared.numbers, number], draftNames });
});
