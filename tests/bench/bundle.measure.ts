/** Data carriers: 10,000 operations read and written by the real app, 1 GB of bundle through both; time, memory, blocked frames. */
import { createWriteStream, readFileSync, readlinkSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { expect, test, type Page } from '@playwright/test';
import type { RequestId } from '$lib/domain/ids';
import { decideOpenRequest, type Decision } from '$lib/domain/request';
import { generateDeviceKeys } from '$lib/crypto/signature';
import { foldKeyring } from '$lib/crypto/keyring';
import { bundleChunks } from '$lib/services/carrier-writing';
import { encodePartHeader, PART_HEADER_BYTES } from '$lib/sync/bundle-frames';
import { Counter } from '../e2e/counter';
import type { Device } from '../e2e/device';
import { test as withDevices } from '../e2e/fixtures';
import { CarrierPage } from '../e2e/pages/carrier-page';
import { FOUNDING } from '../e2e/pages/setup-page';
import { aHistory } from '../support/log-history';
import { nodeDevice, type NodeDevice } from '../support/node-device';
import { must, testSpace } from '../support/test-space';
import { FOLDER, report, type Figure } from './figures';
import { aRequest, numbersFrom } from './page/requests';

const OPERATIONS = 10_000;
const AT_ONCE = 100;
const GIGABYTE = 1_000_000_000;
/** As much as is read; less for a busy machine. */
const READ_BYTES = Number(process.env['BENCH_BUNDLE_BYTES'] ?? GIGABYTE);
const READ = `read ${Math.round(READ_BYTES / 1e6)} MB of repeated segments`;
const FRAME_MS = 1_000;
const figures: Figure[] = [];

test.describe.configure({ mode: 'serial' });
test.setTimeout(20 * 60_000);
test.afterAll(() => report('bundle', figures));

withDevices('10,000 operations, and 1 GB read', async ({ device, server }, info) => {
	info.setTimeout(20 * 60_000);
	const counter = await Counter.found(device);
	const writer = await writerOf(counter);
	await server.kill();
	const small = join(FOLDER, 'small.notschalter');
	const smallBytes = await save(small, writer.bundle(), (chunk) => chunk.bytes);
	const carrier = new CarrierPage(counter.page);

	const read = await timed(counter.page, () => readByPath(carrier, small));
	await expect(carrier.report).toContainText('10.000 Anliegen von Schalter 9 übernommen.');
	await carrier.closeReport();
	const written = await timed(counter.page, async () => void (await carrier.write()));
	await carrier.closeWritten();

	// The same segments over and over: each is checked again, none is new.
	const large = join(FOLDER, 'large.notschalter');
	const content = (await readFile(small)).subarray(PART_HEADER_BYTES);
	await save(large, repeated(content, READ_BYTES), (bytes) => bytes);
	const again = await timed(counter.page, () => readByPath(carrier, large));
	await expect(carrier.report).toContainText('schon da.');
	figures.push(
		{ name: `bundle of ${OPERATIONS} requests`, unit: 'bytes', values: [smallBytes] },
		{ name: 'read it, folded and shown', unit: 's', values: [read.seconds] },
		{ name: 'read it: longest blocked frame', unit: 'ms', values: [read.blockedMs], goal: FRAME_MS },
		{ name: 'write it', unit: 's', values: [written.seconds] },
		{ name: 'write it: longest blocked frame', unit: 'ms', values: [written.blockedMs], goal: FRAME_MS },
		{ name: READ, unit: 's', values: [again.seconds] },
		{ name: `${READ}: longest blocked frame`, unit: 'ms', values: [again.blockedMs], goal: FRAME_MS },
		{ name: 'largest renderer, at its peak', unit: 'bytes', values: [peakOfRenderers(device)] }
	);
});

test('1 GB written, in Node', async () => {
	const space = await testSpace();
	const { deviceId, publicKey, signingKey } = await generateDeviceKeys();
	const history = aHistory(deviceId);
	const segments = Math.ceil(GIGABYTE / SEGMENT_BYTES);
	const begun = performance.now();
	let bytes = 0;
	for await (const chunk of bundleChunks(
		{
			log: {
				heads: async () => new Map([[deviceId, { sequence: segments, chainValue: new Uint8Array(32), beyond: [] }]]),
				setAsideSegments: async () => [],
				segmentsBeyond: async (heads) => {
					const from = (heads.get(deviceId)?.sequence ?? 0) + 1;
					const to = Math.min(from + 3, segments);
					const some = [];
					for (let at = from; at <= to; at++) some.push(history.segment(at, at, SEGMENT_BYTES));
					return { segments: some, more: to < segments };
				}
			},
			spaceId: space.spaceId,
			deviceId,
			deviceKey: signingKey,
			deviceKeys: async () => [{ deviceId, publicKey }],
			loadKeyring: () => foldKeyring(space.spaceId, [space.record]),
			nowMs: Date.now
		},
		{ reader: null, partBytes: 25_000_000 }
	))
		bytes += chunk.bytes.length;
	const seconds = (performance.now() - begun) / 1_000;
	expect(bytes).toBeGreaterThan(GIGABYTE);
	figures.push(
		{ name: 'write 1 GB in parts of 25 MB, without a disk (Node)', unit: 's', values: [seconds] },
		{ name: 'memory of that', unit: 'bytes', values: [process.resourceUsage().maxRSS * 1_024] }
	);
});

const SEGMENT_BYTES = 250_000;

/** A second device of the space, which took 10,000 requests. */
async function writerOf({ admin, page }: Counter): Promise<NodeDevice> {
	await admin.open();
	await page.getByRole('button', { name: 'Gerät aufnehmen' }).click();
	const dialog = admin.dialog('Gerät aufnehmen');
	await dialog.getByRole('radio', { name: /mit einer Datei/ }).check();
	await dialog.getByLabel('Eigenes Passwort').fill(FOUNDING.password);
	await dialog.getByRole('button', { name: 'Aufnahmecode erzeugen' }).click();
	const code = await page.getByTestId('join-code').innerText();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Aufnahmedatei speichern' }).click()
	]);
	await page.getByRole('button', { name: 'Fertig' }).click();
	const file = await readFile(await download.path());
	const writer = await nodeDevice(new Uint8Array(file), code, FOUNDING.password, 'Schalter 9');
	const draw = numbersFrom(20_231_030);
	for (let done = 0; done < OPERATIONS; done += AT_ONCE) {
		await writer.write(Array.from({ length: AT_ONCE }, () => anOpening(draw)));
		if (done % 1_000 === 0) await writer.cut();
	}
	await writer.cut();
	return writer;
}

function anOpening(draw: ReturnType<typeof numbersFrom>): Decision {
	const id = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex') as RequestId;
	const decided = must(decideOpenRequest({ ...aRequest(draw, id), id, batchId: null }, null));
	if (!decided) throw new Error('an opening decides something');
	return decided;
}

async function readByPath(carrier: CarrierPage, path: string): Promise<void> {
	await carrier.open();
	await carrier.page.getByRole('button', { name: 'Datenträger einlesen' }).click();
	await carrier.readDialog.getByLabel('Dateien vom Datenträger').setInputFiles(path);
	await carrier.readDialog.getByRole('button', { name: 'Einlesen', exact: true }).click();
	const done = carrier.readDialog.getByRole('button', { name: 'Weitere Dateien einlesen' });
	// Somebody is there: without any input the screen locks after five minutes, and reading stops.
	await expect
		.poll(
			async () => {
				await carrier.page.mouse.move(Math.random() * 100, Math.random() * 100);
				return done.isVisible();
			},
			{ timeout: 14 * 60_000, intervals: [200] }
		)
		.toBe(true);
}

/** Seconds, and the longest time between two frames meanwhile. */
async function timed(page: Page, act: () => Promise<void>): Promise<{ seconds: number; blockedMs: number }> {
	await page.evaluate(() => {
		const watch = { longest: 0, last: performance.now() };
		(window as unknown as { watch: typeof watch }).watch = watch;
		const frame = (now: number) => {
			watch.longest = Math.max(watch.longest, now - watch.last);
			watch.last = now;
			requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);
	});
	const begun = performance.now();
	await act();
	const seconds = (performance.now() - begun) / 1_000;
	const blockedMs = await page.evaluate(() => (window as unknown as { watch: { longest: number } }).watch.longest);
	return { seconds, blockedMs };
}

async function save<T>(path: string, source: AsyncIterable<T>, bytesOf: (one: T) => Uint8Array): Promise<number> {
	const file = createWriteStream(path);
	let bytes = 0;
	for await (const one of source) {
		bytes += bytesOf(one).length;
		if (!file.write(bytesOf(one))) await once(file, 'drain');
	}
	file.end();
	await once(file, 'close');
	return bytes;
}

async function* repeated(content: Uint8Array, least: number): AsyncGenerator<Uint8Array> {
	yield encodePartHeader();
	for (let bytes = 0; bytes < least; bytes += content.length) yield content;
}

/** By what Linux notes of each process below this device's browser. */
function peakOfRenderers(device: Device): number {
	const [, browser] = /-(\d+)$/.exec(readlinkSync(join(device.profile, 'SingletonLock'))) ?? [];
	const peaks = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name) && isBelow(name, browser ?? ''))
		.map((id) => Number(/VmHWM:\s+(\d+)/.exec(textOf(`/proc/${id}/status`))?.[1] ?? 0));
	return Math.max(...peaks) * 1_024;
}

function isBelow(id: string, ancestor: string): boolean {
	const parent = /PPid:\s+(\d+)/.exec(textOf(`/proc/${id}/status`))?.[1] ?? '0';
	if (!textOf(`/proc/${id}/cmdline`).includes('--type=renderer')) return false;
	for (let at = parent; at !== '0'; at = /PPid:\s+(\d+)/.exec(textOf(`/proc/${at}/status`))?.[1] ?? '0')
		if (at === ancestor) return true;
	return false;
}

/** '' for a process that has ended meanwhile. */
function textOf(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}
