/** Counters without any server: joined by a file, exchanging by files both ways; bad files are told, and their good part taken. */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Counter } from './counter';
import type { Device } from './device';
import { expect, test } from './fixtures';
import { asFile, CarrierPage } from './pages/carrier-page';
import { JOINING, JoinPage } from './pages/join-page';
import { expectGoodAtBothSizes, type CopyFile } from './pages/restore-page';
import { FOUNDING, SetupPage } from './pages/setup-page';

const SECOND = { ...JOINING, counter: 'Schalter 7' };

/** „Gerät aufnehmen“ with a file: the file as the browser saves it, and the code. */
async function joinFileOf({ admin, page }: Counter): Promise<{ file: CopyFile; code: string }> {
	await admin.open();
	await page.getByRole('button', { name: 'Gerät aufnehmen' }).click();
	const dialog = admin.dialog('Gerät aufnehmen');
	await dialog.getByRole('radio', { name: /mit einer Datei/ }).check();
	await dialog.getByLabel('Eigenes Passwort').fill(FOUNDING.password);
	await dialog.getByRole('button', { name: 'Aufnahmecode erzeugen' }).click();
	const code = await page.getByTestId('join-code').innerText();
	await expectGoodAtBothSizes(page);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Aufnahmedatei speichern' }).click()
	]);
	await page.getByRole('button', { name: 'Fertig' }).click();
	return { file: asFile(download.suggestedFilename(), await readFile(await download.path())), code };
}

async function sendJoinFile(join: JoinPage, file: CopyFile, code: string): Promise<void> {
	await join.page.getByRole('radio', { name: /mit einer Datei/ }).check();
	await join.page.getByLabel('Aufnahmedatei', { exact: true }).setInputFiles(file);
	await join.sendCode(code);
}

/** A bit of what the first frame holds is flipped, and both sums are made to fit: no accident, and against people there are the signatures. */
function forged({ buffer }: CopyFile): Buffer {
	const changed = Buffer.from(buffer);
	const [head, payload] = [16, 32];
	const end = payload + changed.readUInt32BE(head + 4);
	changed[payload] = changed[payload]! ^ 1;
	changed.writeUInt32BE(crc32(changed.subarray(payload, end)), head + 8);
	changed.writeUInt32BE(crc32(changed.subarray(head + 4, head + 12)), head + 12);
	return changed;
}
/** As gzip writes it behind what it packed. */
const crc32 = (bytes: Buffer): number => gzipSync(bytes).subarray(-8).readUInt32LE(0);

/** A further device, let in with a file. */
async function joinByFile(device: Device, first: Counter): Promise<Counter> {
	const { file, code } = await joinFileOf(first);
	const page = await device.open('/');
	const join = new JoinPage(page);
	await join.choose();
	await sendJoinFile(join, file, code);
	await join.fill(SECOND);
	const setup = new SetupPage(page);
	await setup.goToToday();
	await setup.expectOfflineCopy();
	return new Counter(device, page);
}

async function expectRows({ list }: Counter, numbers: readonly string[]): Promise<void> {
	await list.open();
	for (const number of numbers) await expect(list.row(number)).toBeVisible();
}

test('two counters exchange by files both ways, and no server was ever there', async ({
	server,
	device,
	newDevice
}) => {
	test.slow();
	const one = await Counter.found(device);
	const two = await joinByFile(await newDevice(), one);
	await server.kill();
	const numbers = [
		await one.take({ Familienname: 'Amsel' }),
		await one.take({ Familienname: 'Drossel' }),
		await two.take({ Familienname: 'Fink' })
	];
	const [first, second] = [new CarrierPage(one.page), new CarrierPage(two.page)];

	const file = await first.write();
	expect(file.buffer.includes('Amsel')).toBe(false);
	await expectGoodAtBothSizes(one.page);
	await first.closeWritten();
	await expect(one.unsent).not.toHaveText('0 nicht übertragen');

	await second.read([file]);
	await expect(second.report).toContainText(`2 Anliegen von ${FOUNDING.counter} übernommen.`);
	await expectGoodAtBothSizes(two.page);
	await second.closeReport();
	await expect(second.peers).toContainText('Dort fehlen nach diesem Stand');
	await expectRows(two, numbers);

	const answer = await second.write(/^Nur was Schalter .* noch fehlt/);
	expect(answer.buffer.length).toBeLessThan(file.buffer.length);
	await second.closeWritten();
	await first.read([answer]);
	await expect(first.report).toContainText('1 Anliegen von Schalter 7 übernommen.');
	await first.closeReport();
	await one.expectAllSent();
	await expectRows(one, numbers);
	await expect(two.unsent).not.toHaveText('0 nicht übertragen');

	const acknowledgement = await first.write();
	await first.closeWritten();
	await second.read([acknowledgement]);
	await expect(second.report).toContainText('Es war nichts Neues dabei.');
	await second.closeReport();
	await two.expectAllSent();
	await one.admin.open();
	await expect(one.admin.device('Schalter 7')).toContainText('vollständig');
});

test('of another space, bit-flipped, forged, cut off, doubled, no bundle: each is told, and the good part taken', async ({
	server,
	device,
	newDevice
}) => {
	test.slow();
	const one = await Counter.found(device);
	const two = await joinByFile(await newDevice(), one);
	const stranger = await Counter.found(await newDevice());
	await server.kill();
	const number = await one.take({ Familienname: 'Amsel' });
	const file = await new CarrierPage(one.page).write();
	const foreign = await new CarrierPage(stranger.page).write();
	const carrier = new CarrierPage(two.page);

	await carrier.read([asFile('fremd.notschalter', foreign.buffer)]);
	await expect(carrier.report).toContainText('„fremd.notschalter“ gehört zu einem anderen Verbund.');
	await carrier.read([asFile('einkauf.txt', Buffer.from('Brot, Milch'))]);
	await expect(carrier.report).toContainText('„einkauf.txt“ ist kein Datenträger von Notschalter');
	await expectGoodAtBothSizes(two.page);

	const flipped = Buffer.from(file.buffer);
	flipped[30] = flipped[30]! ^ 1;
	await carrier.read([asFile('kaputt.notschalter', flipped)]);
	await expect(carrier.report).toContainText('1 Stelle ist beschädigt');
	await expect(carrier.report).toContainText(`1 Anliegen von ${FOUNDING.counter} übernommen.`);
	await carrier.read([asFile('kurz.notschalter', file.buffer.subarray(0, file.buffer.length - 40))]);
	await expect(carrier.report).toContainText('„kurz.notschalter“ ist nicht vollständig.');
	await carrier.read([asFile('falsch.notschalter', forged(file))]);
	await expect(carrier.report).toContainText('1 Stelle wurde nachträglich verändert und nicht übernommen.');
	await carrier.read([asFile('a.notschalter', file.buffer), asFile('b.notschalter', file.buffer)]);
	await expect(carrier.report).toContainText('„b.notschalter“ war doppelt; das schadet nicht.');
	await expect(carrier.report).toContainText('waren schon da.');
	await carrier.closeReport();
	await expectRows(two, [number]);
});

test('a file of many parts goes to a chosen folder, dropped files are read, and no server is asked', async ({
	server,
	device
}) => {
	// Only the picker is a stand-in: it hands out a folder of OPFS, which real streams write to.
	device.onStart = async (context) =>
		void (await context.addInitScript(() => {
			const pick = async () => (await navigator.storage.getDirectory()).getDirectoryHandle('Stick', { create: true });
			Object.defineProperty(window, 'showDirectoryPicker', { value: pick });
		}));
	const one = await Counter.found(device);
	await server.kill();
	await one.take({ Familienname: 'Amsel' });
	const carrier = new CarrierPage(one.page);
	await carrier.open();
	await one.page.getByRole('button', { name: 'Datenträger schreiben' }).click();
	await carrier.writeDialog.getByLabel('Größe der Dateien').selectOption({ label: 'höchstens 25 MB (E-Mail)' });
	await expectGoodAtBothSizes(one.page);
	await carrier.writeDialog.getByRole('button', { name: 'Speicherort wählen' }).click();
	await expect(carrier.writeDialog.getByText('Geschrieben', { exact: true })).toBeVisible();
	await expect(carrier.writeDialog).toContainText('-Teil-1.notschalter');
	await carrier.closeWritten();

	await one.page.evaluate(async () => {
		const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('Stick');
		const data = new DataTransfer();
		for await (const handle of folder.values())
			if (handle.kind === 'file') data.items.add(await (handle as FileSystemFileHandle).getFile());
		const target = document.querySelector('[aria-labelledby="carrier-title"] .actions');
		target?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
	});
	await expect(carrier.report).toContainText('Geschrieben hat das dieses Gerät selbst');
});

test('an Aufnahmedatei: the wrong code, another file, an old one', async ({ device, newDevice }) => {
	test.slow();
	const one = await Counter.found(device);
	const first = await joinFileOf(one);
	const second = await joinFileOf(one);
	const late = await newDevice();
	const page = await late.open('/');
	await page.clock.install({ time: Date.now() + 3 * 3_600_000 });
	await page.goto('/');
	const join = new JoinPage(page);
	await join.choose();
	await join.sendCode('');
	await sendJoinFile(join, asFile('einkauf.notaufnahme', Buffer.from('Brot')), first.code);
	await expect(page.getByRole('alert')).toContainText('Das ist keine Aufnahmedatei von Notschalter');
	await sendJoinFile(join, first.file, second.code);
	await expect(page.getByRole('alert')).toContainText('Dieser Code gehört zu einer anderen Aufnahmedatei.');
	await sendJoinFile(join, first.file, first.code);
	await expect(page.getByRole('alert')).toContainText('nach den Uhren der Geräte nicht mehr gültig');
	await expectGoodAtBothSizes(page);
	await page.getByRole('checkbox', { name: /eben erst erstellt/ }).check();
	await sendJoinFile(join, first.file, first.code);
	await expect(page.getByRole('heading', { name: 'Verbund: Soest' })).toBeVisible();
});
