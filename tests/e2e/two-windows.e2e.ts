/** Two windows of one profile agree: on what is saved, on the draft, and on being locked. */
import { Counter } from './counter';
import type { Device } from './device';
import { expect, test } from './fixtures';
import { HOLDER_CHANGE } from './pages/request-form-page';

async function twoWindows(device: Device) {
	const first = await Counter.found(device);
	const second = new Counter(device, await device.openWindow('/'));
	await second.lock.unlock();
	return { first, second };
}

test('saving in both at once: each request has a number of its own, and both windows show all', async ({ device }) => {
	const { first, second } = await twoWindows(device);
	for (const [{ form }, name] of [
		[first, 'Links'],
		[second, 'Rechts']
	] as const) {
		await form.start('umsch');
		await form.fill({ ...HOLDER_CHANGE, Familienname: name });
	}
	await Promise.all([first.form.save(), second.form.save()]);
	const numbers = await Promise.all([first.receipt.caseNumber(), second.receipt.caseNumber()]);
	expect(new Set(numbers).size).toBe(2);
	for (const { list } of [first, second]) {
		await list.open();
		await expect(list.rows).toHaveCount(2);
		for (const number of numbers) await expect(list.row(number)).toBeVisible();
	}
	expect(await first.listTexts()).toEqual(await second.listTexts());

	// One amends, the other sees it without doing anything.
	await second.list.openRequest(numbers[0]!);
	await first.list.openRequest(numbers[0]!);
	await first.amend({ Ort: 'Werl' });
	await expect(second.request.data).toContainText('Werl');
	await expect(second.request.timeline).toContainText('Ergänzt');
});

test('locking in one locks both, and nothing stays readable', async ({ device }) => {
	const { first, second } = await twoWindows(device);
	const number = await first.take();
	await second.list.open();
	await expect(second.list.row(number)).toBeVisible();
	await first.lock.lock();
	for (const { lock, page } of [first, second]) {
		await lock.expectShown();
		await expect(page.getByText(number)).toHaveCount(0);
		await expect(page.getByText(HOLDER_CHANGE.Familienname)).toHaveCount(0);
	}
	await second.lock.unlock();
	await expect(second.list.row(number)).toBeVisible();
	await first.lock.expectShown();
});

test('amending the same field in both at once loses neither: the timeline has both', async ({ device }) => {
	const { first, second } = await twoWindows(device);
	const number = await first.take({ Straße: 'Alte Gasse' });
	for (const [counter, street] of [
		[first, 'Nordweg'],
		[second, 'Südring']
	] as const) {
		await counter.list.open();
		await counter.list.openRequest(number);
		await counter.beginAmending({ Straße: street });
	}
	await Promise.all([first.saveAmendment(), second.saveAmendment()]);
	for (const { page, request } of [first, second]) {
		const clash = page.getByRole('region', { name: 'Zwei Angaben zu „Straße“' });
		await expect(clash).toContainText('Nordweg');
		await expect(clash).toContainText('Südring');
		await expect(request.timeline).toContainText('Nordweg');
		await expect(request.timeline).toContainText('Südring');
	}
});
