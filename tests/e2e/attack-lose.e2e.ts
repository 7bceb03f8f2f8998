/** Tries to lose what was shown as saved: power cuts right after it was shown, locks and reloads in the middle of a save. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { LockPage } from './pages/lock-page';
import { CASE_NUMBER, ReceiptPage } from './pages/receipt-page';
import { HOLDER_CHANGE, RequestFormPage } from './pages/request-form-page';
import { RequestListPage } from './pages/request-list-page';
import { SetupPage } from './pages/setup-page';

/** The counters in case numbers, lowest first: 1, 2, 3 … when none is missing and none is given twice. */
const counters = (numbers: readonly string[]) =>
	numbers.map((number) => Number(number.split('-').at(-2))).sort((a, b) => a - b);

async function foundAlone(page: Page): Promise<void> {
	const setup = new SetupPage(page);
	await setup.found();
	await setup.goToToday();
}

/** Presses keys in one go, with nothing of the app running between them. */
const pressAtOnce = (page: Page, keys: readonly string[]) =>
	page.evaluate((pressed) => {
		const target = document.activeElement ?? document.body;
		for (const key of pressed)
			target.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true }));
	}, keys);

test('killed right after each receipt: every case is there, under its number, once', async ({ device }) => {
	let page = await device.open('/');
	await foundAlone(page);
	const numbers: string[] = [];
	for (let cut = 0; cut < 4; cut++) {
		const form = new RequestFormPage(page);
		await form.start('umsch');
		await form.field('Familienname').fill('Stromausfall');
		await form.saveIncompleteButton.click();
		numbers.push(await new ReceiptPage(page).caseNumber());
		await device.kill();
		page = await device.open('/');
		await new LockPage(page).unlock();
	}
	const list = new RequestListPage(page);
	await list.open();
	await expect(list.rows).toHaveCount(4);
	for (const number of numbers) await expect(list.row(number)).toHaveCount(1);
	expect(counters(numbers)).toEqual([1, 2, 3, 4]);
});

test('saved twice at once, locked or reloaded while saving: a case or its whole draft, and never two', async ({
	device
}) => {
	const page = await device.open('/');
	await foundAlone(page);
	const form = new RequestFormPage(page);
	const receipt = new ReceiptPage(page);
	const lock = new LockPage(page);
	const NAMES = ['Doppelt', 'Gesperrt', 'Neugeladen'] as const;
	const interruptions = {
		Doppelt: () => pressAtOnce(page, ['Enter', 'Enter']),
		Gesperrt: () => pressAtOnce(page, ['Enter', 'l']),
		Neugeladen: async () => {
			await pressAtOnce(page, ['Enter']);
			await page.reload();
		}
	};
	for (const name of NAMES) {
		await form.start('umsch');
		await form.fill({ ...HOLDER_CHANGE, Familienname: name });
		await expect(form.draftSaved).toBeVisible();
		await interruptions[name]();
		if (name === 'Doppelt') {
			await expect(receipt.heading).toBeVisible();
			continue;
		}
		await lock.unlock();
		await expect(form.field('Familienname').or(page.getByText(CASE_NUMBER)).first()).toBeVisible();
		if (await form.field('Familienname').isVisible()) {
			await expect(form.field('Familienname')).toHaveValue(name);
			await form.save();
			await expect(receipt.heading).toBeVisible();
		}
	}
	const list = new RequestListPage(page);
	await list.open();
	await expect(list.rows).toHaveCount(NAMES.length);
	for (const name of NAMES) await expect(list.row(name)).toHaveCount(1);
	const lines = await list.rows.allInnerTexts();
	expect(counters(lines.map((line) => CASE_NUMBER.exec(line)?.[0] ?? ''))).toEqual([1, 2, 3]);
});
