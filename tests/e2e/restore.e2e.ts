/** „War dieses Gerät schon eingerichtet?“ Each way back, in a browser that has nothing: another counter, server and sheet, copies. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { Counter } from './counter';
import type { Device } from './device';
import { expect, test } from './fixtures';
import { JOINING, JoinPage } from './pages/join-page';
import { FOUNDING, SetupPage, type Founding } from './pages/setup-page';
import {
	expectGoodAtBothSizes,
	NEW_PASSWORD,
	NEW_PLACE,
	RestorePage,
	sheetOn,
	type CopyFile,
	type Sheet
} from './pages/restore-page';

const FOLDER = 'Stick des Amts';
/** A slow write puts off the next one by twenty times as long. */
const FOLDER_MS = 120_000;

/** Only the picker is a stand-in: it hands out a folder of OPFS, which real streams write to. */
async function stubPicker(page: Page): Promise<void> {
	await page.addInitScript((folder) => {
		const pick = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true });
		Object.defineProperty(window, 'showDirectoryPicker', { value: pick });
	}, FOLDER);
}

/** A counter of a new space, and its Notfallblatt as a person keeps it. */
async function founded(device: Device, founding: Partial<Founding> = {}): Promise<{ counter: Counter; sheet: Sheet }> {
	const page = await device.open('about:blank');
	await stubPicker(page);
	await page.goto('/');
	const setup = new SetupPage(page);
	const whole = { ...FOUNDING, ...founding };
	await setup.chooseFounding();
	await setup.fillOffice(whole);
	await setup.fillPerson(whole);
	await setup.fillServer(whole);
	const sheet = await sheetOn(page);
	await setup.confirmSheet();
	await setup.goToToday();
	return { counter: new Counter(device, page), sheet };
}

async function emptyDevice(device: Device): Promise<RestorePage> {
	return new RestorePage(await device.open('/'));
}

const asFile = (name: string, buffer: Buffer): CopyFile => ({ name, mimeType: 'application/octet-stream', buffer });

/** „Kopie herunterladen“, as the browser saves it. */
async function downloaded({ admin, page }: Counter): Promise<CopyFile> {
	await admin.open();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Kopie herunterladen' }).click()
	]);
	expect(download.suggestedFilename()).toMatch(/^Notschalter-[0-9A-Z]{4}-[\d-]+\.notkopie$/);
	return asFile(download.suggestedFilename(), await readFile(await download.path()));
}

/** When a file of the folder was last written to its end; what is being written is not looked into. */
function newestOnStick(page: Page): Promise<number> {
	return page.evaluate(async (folder) => {
		const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder);
		let newest = 0;
		for await (const handle of directory.values())
			if (handle.kind === 'file' && handle.name.endsWith('.notkopie'))
				newest = Math.max(newest, (await (handle as FileSystemFileHandle).getFile()).lastModified);
		return newest;
	}, FOLDER);
}

/** What lies on the stick. */
async function filesOnStick(page: Page): Promise<CopyFile[]> {
	const files = await page.evaluate(async (folder) => {
		const found: { name: string; bytes: number[] }[] = [];
		const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder);
		for await (const handle of directory.values())
			if (handle.kind === 'file') {
				const file = await (handle as FileSystemFileHandle).getFile();
				found.push({ name: handle.name, bytes: [...new Uint8Array(await file.arrayBuffer())] });
			}
		return found;
	}, FOLDER);
	return files.map(({ name, bytes }) => asFile(name, Buffer.from(bytes)));
}

async function expectRows({ list }: Counter, numbers: readonly string[]): Promise<void> {
	await list.open();
	for (const number of numbers) await expect(list.row(number)).toBeVisible();
}

test('another counter still runs: its Aufnahmecode brings everything back', async ({ server, device, newDevice }) => {
	const first = await Counter.found(device, { enrolmentCode: server.enrolmentCode });
	const lost = await Counter.join(await newDevice(), first);
	const number = await lost.take({ Familienname: 'Amsel' });
	await lost.exchange.now();
	await lost.device.dispose();

	const code = await first.admin.createJoinCode();
	await first.admin.closeJoinCode();
	const replacement = await newDevice();
	const way = await emptyDevice(replacement);
	await way.button('Ja, es war schon eingerichtet').click();
	await expectGoodAtBothSizes(way.page);
	await way.button('Ein anderer Schalter läuft noch').click();
	const joining = new JoinPage(way.page);
	await joining.sendCode(code);
	await joining.fill(JOINING);
	await new SetupPage(way.page).goToToday();
	await expectRows(new Counter(replacement, way.page), [number]);
});

test('all devices are lost: server and Notfallblatt bring everything back, and the counter works on', async ({
	server,
	device,
	newDevice
}) => {
	test.slow();
	const { counter: lost, sheet } = await founded(device, { enrolmentCode: server.enrolmentCode });
	const numbers = [await lost.take({ Familienname: 'Amsel' }), await lost.take({ Familienname: 'Drossel' })];
	await lost.exchange.now();
	await lost.expectAllSent();
	await device.dispose();

	const replacement = await newDevice();
	const way = await emptyDevice(replacement);
	await way.choose('Server und Notfallblatt sind da');
	await expectGoodAtBothSizes(way.page);
	await way.sendSheet({ ...sheet, recovery: sheet.recovery.toReversed() });
	await expect(way.failure).toContainText('Tippfehler');
	await way.sendSheet(sheet);
	await expect(way.page.getByRole('heading', { name: 'Verbund: Soest' })).toBeVisible();
	expect(way.page.url()).not.toContain(sheet.recovery[0]);
	await expectGoodAtBothSizes(way.page);
	await way.fillPlace();
	await way.fillNewPassword();
	await way.restore();
	await expect(way.restored).toBeVisible();
	await expect(way.page.getByText('2 Anliegen sind auf diesem Gerät.')).toBeVisible();
	await expect(way.page.getByText(/^Der Abgleich ist fertig: \d+ Buchungen geholt\.$/)).toBeVisible();
	await expectGoodAtBothSizes(way.page);
	await way.goToToday();

	const counter = new Counter(replacement, way.page);
	await expectRows(counter, numbers);
	const further = await counter.take({ Familienname: 'Fink' });
	expect(numbers.map((number) => number.split('-')[1])).not.toContain(further.split('-')[1]);
	await counter.exchange.now();
	await counter.expectAllSent();
	await counter.admin.open();
	await expect(counter.admin.device(FOUNDING.counter)).toContainText('vollständig');
	await expectRows(counter, [...numbers, further]);
	await counter.lock.lock();
	await counter.lock.unlock(NEW_PASSWORD);
	await expectRows(counter, [...numbers, further]);
});

test('a sheet of another space opens nothing, and the words say what to look at', async ({
	server,
	device,
	newDevice
}) => {
	await founded(device, { enrolmentCode: server.enrolmentCode });
	const elsewhere = await newDevice();
	const { sheet } = await founded(elsewhere);
	const way = await emptyDevice(await newDevice());
	await way.choose('Server und Notfallblatt sind da');
	await way.sendSheet(sheet);
	await expect(way.failure).toContainText('Dieser Server kennt keinen Verbund zu diesem Notfallblatt');
	await server.kill();
	await way.sendSheet(sheet);
	await expect(way.failure).toContainText('Der Server ist nicht erreichbar.');
});

test('a downloaded copy and the password: everything saved is there, the server gone', async ({
	server,
	device,
	newDevice
}) => {
	test.slow();
	const { counter: lost } = await founded(device, { enrolmentCode: server.enrolmentCode });
	const numbers = [await lost.take({ Familienname: 'Amsel' }), await lost.take({ Familienname: 'Drossel' })];
	const file = await downloaded(lost);
	expect(file.buffer.includes('Amsel')).toBe(false);
	await device.dispose();

	const replacement = await newDevice();
	const way = await emptyDevice(replacement);
	await way.choose('Eine Kopie ist da');
	await expectGoodAtBothSizes(way.page);
	await server.kill();
	await way.sendFiles([file]);
	await expect(way.field('Schalter')).toHaveValue(FOUNDING.counter);
	await way.fillPlace();
	await way.field('Passwort').fill('falsches Passwort');
	await way.restore();
	await expect(way.failure).toContainText('Das Passwort stimmt nicht.');
	await expectGoodAtBothSizes(way.page);
	await way.field('Passwort').fill(FOUNDING.password);
	await way.restore();
	await expect(way.restored).toBeVisible();
	await expect(way.page.getByText(/^\d+ Buchungen aus der Kopie eines Geräts übernommen\.$/)).toBeVisible();
	await way.goToToday();
	const counter = new Counter(replacement, way.page);
	await expectRows(counter, numbers);
	const further = await counter.take({ Familienname: 'Fink' });

	// The lost device's key vouches for this one, as soon as the server is there again.
	await server.start();
	await counter.exchange.now();
	await counter.expectAllSent();
	await replacement.close();
	const again = new Counter(replacement, await replacement.open('/'));
	await again.lock.unlock();
	await expectRows(again, [...numbers, further]);
});

test('a folder that the office chose is written after each save; its files and the Notfallblatt bring everything back', async ({
	device,
	newDevice
}) => {
	test.slow();
	const { counter: lost, sheet } = await founded(device);
	await lost.admin.open();
	const { page } = lost;
	await expect(page.getByText(/Kein Ordner gewählt/)).toBeVisible();
	await page.getByRole('button', { name: 'Ordner wählen' }).click();
	await expect(page.getByText(/„Stick des Amts“: zuletzt geschrieben/)).toBeVisible();
	await expect(page.getByText('Alles Gesicherte ist darin.')).toBeVisible();
	await expectGoodAtBothSizes(page);
	const numbers = [await lost.take({ Familienname: 'Amsel' }), await lost.take({ Familienname: 'Drossel' })];
	await lost.admin.open();
	await expect(page.getByText('Alles Gesicherte ist darin.')).toBeVisible({ timeout: FOLDER_MS });

	// Still chosen after a restart.
	await device.close();
	const reopened = new Counter(device, await device.open('/'));
	await reopened.lock.unlock();
	await reopened.admin.open();
	await expect(reopened.page.getByText(/„Stick des Amts“: zuletzt geschrieben/)).toBeVisible();
	const allWritten = reopened.page.getByText('Alles Gesicherte ist darin.');
	await expect(allWritten).toBeVisible({ timeout: FOLDER_MS });
	const before = await newestOnStick(reopened.page);
	await reopened.page.getByRole('button', { name: 'Jetzt schreiben' }).click();
	await expect.poll(() => newestOnStick(reopened.page)).toBeGreaterThan(before);
	await expect(allWritten).toBeVisible();
	const files = await filesOnStick(reopened.page);
	expect(files.map(({ name }) => name)).toEqual([
		expect.stringMatching(/-[AB]\.notkopie$/),
		expect.stringMatching(/-[AB]\.notkopie$/)
	]);
	await device.dispose();

	const replacement = await newDevice();
	const way = await emptyDevice(replacement);
	await way.choose('Eine Kopie ist da');
	await way.sendFiles(files);
	await way.fillPlace(NEW_PLACE);
	await way.page.getByRole('radio', { name: 'mit dem Notfallblatt' }).check();
	await way.field('Notfallschlüssel').fill(sheet.recovery.join(' '));
	await way.fillNewPassword();
	await expectGoodAtBothSizes(way.page);
	await way.restore();
	await expect(way.restored).toBeVisible();
	await expectGoodAtBothSizes(way.page);
	await way.goToToday();
	const counter = new Counter(replacement, way.page);
	await expectRows(counter, numbers);
	await counter.lock.lock();
	await counter.lock.unlock(NEW_PASSWORD);
	await expectRows(counter, numbers);
});

test('a wrong file, files of two spaces, a damaged file: each is told, and the good part of it is taken', async ({
	device,
	newDevice
}) => {
	test.slow();
	const { counter: lost } = await founded(device);
	const number = await lost.take({ Familienname: 'Amsel' });
	const file = await downloaded(lost);
	const { counter: other } = await founded(await newDevice());
	const foreign = await downloaded(other);

	const replacement = await newDevice();
	const way = await emptyDevice(replacement);
	await way.choose('Eine Kopie ist da');
	await way.button('Dateien lesen').click();
	await expect(way.page.getByRole('link', { name: 'Bitte mindestens eine Datei wählen.' })).toBeVisible();
	await way.sendFiles([asFile('einkauf.txt', Buffer.from('Brot, Milch'))]);
	await expect(way.failure).toContainText('Das ist keine Kopie von Notschalter.');
	await way.sendFiles([file, foreign]);
	await expect(way.failure).toContainText('Diese Dateien gehören zu verschiedenen Verbünden.');
	await way.sendFiles([asFile(file.name, file.buffer.subarray(0, 40))]);
	await expect(way.failure).toContainText('Diese Kopie ist so beschädigt');
	await expectGoodAtBothSizes(way.page);

	await way.sendFiles([asFile(file.name, file.buffer.subarray(0, file.buffer.length - 10))]);
	await way.fillPlace();
	await way.field('Passwort').fill(FOUNDING.password);
	await way.restore();
	await expect(way.restored).toBeVisible();
	await expect(way.page.getByText('1 Stelle der Datei war nicht lesbar.')).toBeVisible();
	await expect(way.page.getByText('Die Datei bitte aufbewahren')).toBeVisible();
	await expectGoodAtBothSizes(way.page);
	await way.goToToday();
	await expectRows(new Counter(replacement, way.page), [number]);
});
