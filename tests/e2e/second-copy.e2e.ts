/** [LG2] [LG3] Either copy of a real profile is taken away while the browser is killed: what was shown as saved is there again. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Device } from './device';
import { expect, test } from './fixtures';
import { LockPage } from './pages/lock-page';
import { ReceiptPage } from './pages/receipt-page';
import { RequestFormPage } from './pages/request-form-page';
import { RequestListPage } from './pages/request-list-page';
import { SetupPage } from './pages/setup-page';

const NAMES = ['Erste', 'Zweite', 'Dritte'];
const status = (page: Page) => page.getByRole('region', { name: 'Zustand des Geräts' });

/** A device alone with three saved cases and a draft, its browser killed; gives the case numbers. */
async function killedWithCases(device: Device): Promise<string[]> {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.found();
	await setup.goToToday();
	const form = new RequestFormPage(page);
	const numbers: string[] = [];
	for (const name of NAMES) {
		await form.start('umsch');
		await form.field('Familienname').fill(name);
		await form.saveIncompleteButton.click();
		numbers.push(await new ReceiptPage(page).caseNumber());
	}
	await expect(status(page)).toContainText('gesichert (2 Kopien)');
	await form.start('umsch');
	await form.field('Familienname').fill('Entwurf');
	await expect(form.draftSaved).toBeVisible();
	await device.kill();
	return numbers;
}

/** Folders of a profile in which Chromium keeps what these words name. */
async function removeFromProfile(device: Device, name: RegExp): Promise<void> {
	const folder = join(device.profile, 'Default');
	const found = (await readdir(folder)).filter((entry) => name.test(entry));
	expect(found, 'a folder of this kind in the profile').not.toEqual([]);
	for (const entry of found) await rm(join(folder, entry), { recursive: true });
}

async function expectAllThere(page: Page, numbers: readonly string[]): Promise<void> {
	await new LockPage(page).unlock();
	await expect(status(page)).toContainText('gesichert (2 Kopien)');
	const list = new RequestListPage(page);
	await list.open();
	await expect(list.rows).toHaveCount(NAMES.length);
	for (const [i, number] of numbers.entries()) await expect(list.row(number)).toContainText(NAMES[i] ?? '');
}

test('without its database the device is rebuilt from the second copy, and says so', async ({ device }) => {
	const numbers = await killedWithCases(device);
	await removeFromProfile(device, /^IndexedDB$/);
	const page = await device.open('/');
	await expect(page.getByText('Die Datenbank dieses Geräts war leer.')).toBeVisible();
	await expect(page.getByText('4 Buchungen wiederhergestellt.')).toBeVisible();
	await expectAllThere(page, numbers);
	// The numbers go on where they were.
	const form = new RequestFormPage(page);
	await form.start('umsch');
	await form.field('Familienname').fill('Danach');
	await form.saveIncompleteButton.click();
	expect(await new ReceiptPage(page).caseNumber()).toMatch(/-0004-/);
});

test('without its second copy the device goes on, and has two again', async ({ device }) => {
	const numbers = await killedWithCases(device);
	await removeFromProfile(device, /^File System$/);
	const page = await device.open('/');
	await expectAllThere(page, numbers);
	await device.kill();
	await removeFromProfile(device, /^IndexedDB$/);
	const again = await device.open('/');
	await expect(again.getByText('4 Buchungen wiederhergestellt.')).toBeVisible();
	await expectAllThere(again, numbers);
});

test('without both it says that data are missing, and how many at least', async ({ device }) => {
	await killedWithCases(device);
	await removeFromProfile(device, /^(IndexedDB|File System)$/);
	const page = await device.open('/');
	await expect(page.getByRole('heading', { level: 1, name: 'Daten fehlen' })).toBeVisible();
	await expect(page.getByText(/^Mindestens \d+ Buchung(en)? fehl/)).toBeVisible();
	await expect(page.getByRole('link', { name: 'Daten zurückholen' })).toBeVisible();
});

test('two windows write to one second copy, and a rebuilt device has the cases of both', async ({ device }) => {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.found();
	await setup.goToToday();
	const other = await device.openWindow('/');
	await new LockPage(other).unlock();
	for (const [i, name] of NAMES.entries()) {
		const window = i % 2 ? other : page;
		const form = new RequestFormPage(window);
		await form.start('umsch');
		await form.field('Familienname').fill(name);
		await form.saveIncompleteButton.click();
		await new ReceiptPage(window).caseNumber();
		await expect(status(window)).toContainText('gesichert (2 Kopien)');
	}
	await device.kill();
	await removeFromProfile(device, /^IndexedDB$/);
	const again = await device.open('/');
	await new LockPage(again).unlock();
	const list = new RequestListPage(again);
	await list.open();
	await expect(list.rows).toHaveCount(NAMES.length);
});
