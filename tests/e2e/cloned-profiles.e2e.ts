/** One prepared notebook imaged onto others: every request on every device, each once (DESIGN § 3.5, SY15). */
import { Counter } from './counter';
import type { Device } from './device';
import { expect, expectAccessible, expectGoodScreen, test } from './fixtures';
import { FOUNDING } from './pages/setup-page';

async function unlocked(device: Device): Promise<Counter> {
	const counter = new Counter(device, await device.open('/'));
	await counter.lock.unlock();
	return counter;
}

const notice = ({ page }: Counter) =>
	page.getByRole('status').filter({ hasText: 'Dieses Gerät hat eine neue Kennung' });

/** Until a device holds what all wrote; a device that took a new identity exchanges again under it. */
async function expectNames(counter: Counter, names: readonly string[]): Promise<void> {
	await expect(async () => {
		await counter.exchange.now();
		await counter.list.open();
		await expect(counter.list.rows).toHaveCount(names.length, { timeout: 5_000 });
	}).toPass({ timeout: 60_000 });
	for (const name of names) await expect(counter.list.row(name)).toHaveCount(1);
}

test('[SY15] a profile copied three times ends as four devices, with every request on each of them once', async ({
	server,
	device,
	copyOf
}) => {
	test.setTimeout(480_000);
	const prepared = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	await prepared.take({ Familienname: 'Vorher' });
	await prepared.exchange.now();
	await prepared.expectAllSent();
	await device.close();

	// In an outage: nobody hears of the others before all have taken a request.
	await server.kill();
	const copies = [await copyOf(device), await copyOf(device), await copyOf(device)];
	const counters: Counter[] = [];
	for (const each of [device, ...copies]) counters.push(await unlocked(each));
	const names = ['Vorher'];
	const numbers: string[] = [];
	for (const [i, counter] of counters.entries()) {
		const name = `Kopie${'abcd'.charAt(i)}`;
		numbers.push(await counter.take({ Familienname: name }));
		names.push(name);
	}
	expect(new Set(numbers).size).toBe(1);
	await server.start();
	// The first to exchange keeps its identity; each other one takes a new one at its first exchange.
	for (const counter of counters) await counter.exchange.now();
	for (const counter of counters) await expectNames(counter, names);

	const [first, second] = counters as [Counter, Counter];
	const countTold = () => Promise.all(counters.map((counter) => notice(counter).count()));
	await expect.poll(async () => (await countTold()).toSorted()).toEqual([0, 1, 1, 1]);
	const told = await countTold();
	const renewed = counters[told.findIndex((count) => count === 1)] as Counter;
	await expectAccessible(renewed.page);
	await expect(notice(renewed)).toContainText('Alle Anliegen sind hier.');
	await renewed.page.getByRole('button', { name: 'Verstanden' }).click();
	await expect(notice(renewed)).toBeHidden();

	await expect(first.list.row('Kopiea')).toContainText('Nummer doppelt vergeben');
	await second.list.openRequest('Kopieb');
	await expect(second.page.getByText('Diese Vorgangsnummer trägt noch ein anderes Anliegen')).toBeVisible();
	await expectGoodScreen(second.page);

	await renewed.admin.open();
	await expect(renewed.page.getByText('Frühere Kennungen dieses Geräts')).toBeVisible();
	await expect(renewed.admin.devices.getByText('gleicher Name wie ein anderes Gerät').first()).toBeVisible();

	// The next numbers are nobody else's, and all of it is still there after a power cut.
	const next = [await first.take({ Familienname: 'Neua' }), await renewed.take({ Familienname: 'Neub' })];
	expect(new Set([...numbers, ...next]).size).toBe(3);
	await first.exchange.now();
	await renewed.device.kill();
	await expectNames(await unlocked(renewed.device), [...names, 'Neua', 'Neub']);
});

test('[SY15] „Als Vorlage zum Klonen abschließen“: each clone names its counter, and nothing clashes', async ({
	server,
	device,
	copyOf
}) => {
	test.setTimeout(180_000);
	const template = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	await template.take({ Familienname: 'Vorlage' });
	await template.exchange.now();
	await template.expectAllSent();
	await template.admin.open();
	await template.page.locator('summary', { hasText: 'Als Vorlage zum Klonen abschließen' }).click();
	await template.page.getByRole('button', { name: 'Als Vorlage zum Klonen abschließen' }).click();
	const dialog = template.admin.dialog('Als Vorlage zum Klonen abschließen');
	await expect(dialog.getByText('Alles ist übertragen.')).toBeVisible();
	await expectAccessible(template.page);
	await dialog.getByLabel('Eigenes Passwort', { exact: true }).fill(FOUNDING.password);
	await dialog.getByRole('button', { name: 'Abschließen und sperren' }).click();
	await template.lock.expectShown();
	await device.close();

	const clones: Counter[] = [];
	for (const name of ['Schalter 11', 'Schalter 12']) {
		const clone = await copyOf(device);
		const counter = new Counter(clone, await clone.open('/'));
		await counter.lock.attempt(FOUNDING.password);
		await expect(counter.page.getByRole('heading', { level: 1, name: 'Schalter benennen' })).toBeVisible();
		await expectGoodScreen(counter.page);
		await counter.page.getByRole('button', { name: 'Weiter' }).click();
		await expect(counter.page.getByText('Bitte den Schalter benennen.')).toBeVisible();
		await counter.page.getByLabel('Schalter', { exact: true }).fill(name);
		await counter.page.getByRole('button', { name: 'Weiter' }).click();
		await expect(counter.page.getByRole('region', { name: 'Zustand des Geräts' })).toContainText(name);
		clones.push(counter);
	}
	const [one, two] = clones as [Counter, Counter];
	const numbers = [await one.take({ Familienname: 'Eins' }), await two.take({ Familienname: 'Zwei' })];
	expect(new Set(numbers).size).toBe(2);
	for (const counter of clones) await counter.exchange.now();
	for (const counter of clones) {
		await expectNames(counter, ['Vorlage', 'Eins', 'Zwei']);
		await expect(notice(counter)).toBeHidden();
		await expect(counter.page.getByText('Nummer doppelt vergeben')).toHaveCount(0);
	}
	await one.exchange.open();
	await expect(one.exchange.devices.getByRole('row').filter({ hasText: 'Schalter 12' })).toContainText('vollständig');
});
