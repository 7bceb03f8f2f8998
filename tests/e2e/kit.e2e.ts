/** The kit: nothing installed, no network, no rights; the main job done, and nothing run that is not as it was made. */
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { chromium, expect, test } from '@playwright/test';
import { chromiumPath } from '../../scripts/chromium.js';
import { NetworkNamespace } from '../support/network-namespace';
import { Counter } from './counter';
import { Device } from './device';
import { KitProcess } from './kit-process';
import { CASE_NUMBER } from './pages/receipt-page';

const MOST_BYTES = 150e6;

test.describe.configure({ mode: 'serial', timeout: 300_000 });

let network: NetworkNamespace;
let kit: KitProcess;

test.beforeAll(async () => {
	// Packing the runtimes and the ZIP is work for the processor, which others use too.
	test.setTimeout(600_000);
	network = await NetworkNamespace.create();
	kit = await KitProcess.create(network);
});
test.afterAll(async () => {
	await kit?.dispose();
	await network?.dispose();
});

test('fits onto a stick, with a guide of one page', () => {
	const { folderBytes, zipBytes } = kit.kit;
	console.log(`kit: folder ${(folderBytes / 1e6).toFixed(1)} MB, ZIP ${(zipBytes / 1e6).toFixed(1)} MB`);
	expect(folderBytes).toBeLessThanOrEqual(MOST_BYTES);
	expect(zipBytes).toBeLessThanOrEqual(MOST_BYTES);
	const pdf = readFileSync(path.join(kit.folder, 'Anleitung.pdf')).toString('latin1');
	expect(pdf).toMatch(/^%PDF-/);
	expect(pdf).toMatch(/\/Type \/Pages\s+\/Count 1\b/);
	expect(existsSync(path.join(kit.folder, 'app/node_modules/better-sqlite3'))).toBe(false);
});

test('does the main job in an empty network, as an ordinary user, also after a restart of both', async () => {
	const begunAt = performance.now();
	expect(await kit.start('allein')).toBeNull();
	const servedAfterMs = performance.now() - begunAt;
	const executablePath = network.wrapper(chromiumPath() ?? chromium.executablePath());
	const device = await Device.create(kit.origin, { executablePath });
	try {
		const first = await device.open('/');
		await expect(first.getByRole('heading', { level: 1 })).toHaveText('Gerät einrichten');
		const seenAfterMs = performance.now() - begunAt;
		console.log(`kit: served after ${Math.round(servedAfterMs)} ms, first screen after ${Math.round(seenAfterMs)} ms`);
		await device.close();

		const counter = await Counter.found(device, { enrolmentCode: kit.enrolmentCode });
		const caseNumber = await counter.take();
		expect(caseNumber).toMatch(CASE_NUMBER);
		await expect(counter.receipt.sheet).toContainText('Eingegangen am');
		await counter.expectAllSent();
		expect(readdirSync(path.join(kit.folder, 'daten'))).toContain('notschalter.sqlite');
		expect(statSync(path.join(kit.folder, 'daten')).uid).toBe(network.user.uid);

		await device.close();
		await kit.stop();
		expect(await kit.start('allein')).toBeNull();
		expect(kit.output).not.toContain('Betriebscode:  ');
		const again = await Counter.unlock(device);
		await again.list.open();
		await expect(again.list.rows.first()).toContainText(caseNumber);
		await again.take();
		await again.expectAllSent();
	} finally {
		await device.dispose();
		await kit.stop();
	}
});

test('serves the local network unless told otherwise, with an authority of its own', async () => {
	try {
		expect(await kit.start()).toBeNull();
		expect(kit.output).toContain('https://localhost:4780');
		expect(kit.output).toContain('http://localhost:4781');
		expect(kit.output).toContain('Dieser Rechner hat keine private Netzadresse');
		expect(kit.output).toContain('Fingerabdruck des Stammzertifikats');
		expect(readdirSync(path.join(kit.folder, 'daten/tls'))).toContain('authority.json');
	} finally {
		await kit.stop();
	}
});

test('says that all is as it was made, and makes a Betriebscode and a backup by its own commands', async () => {
	expect(await kit.start('check')).toBe(0);
	expect(kit.output).toContain(kit.kit.fingerprint);
	expect(await kit.start('code')).toBe(0);
	expect(kit.output).toMatch(/Betriebscode: ([0-9A-Z]{4}-){3}[0-9A-Z]{4}/);
	expect(await kit.start('backup', '.')).toBe(0);
	const [backup] = readdirSync(kit.home).filter((name) => name.endsWith('.sqlite'));
	expect(await kit.start('restore', path.join(kit.home, backup!))).toBe(0);
	expect(kit.output).toContain('Wiederhergestellt');
});

test('stores by what its Node.js brings, and that keeps the whole contract of a store', async () => {
	expect(await kit.start('check')).toBe(0);
	const cache = path.join(kit.home, '.cache/notschalter');
	const runtime = path.join(cache, readdirSync(cache)[0]!, 'node');
	const run = (...words: readonly string[]) =>
		spawnSync(runtime, ['--disable-warning=ExperimentalWarning', ...words], {
			env: { PATH: process.env.PATH },
			encoding: 'utf8'
		});
	const library = run('-e', "import('./src/lib/server/sqlite.js').then((m) => console.log(m.sqliteLibrary()))");
	expect(library.stdout.trim()).toBe('node:sqlite');
	const contract = run(
		'node_modules/vitest/vitest.mjs',
		'run',
		'--project',
		'unit',
		'tests/contract/sql-store.test.ts'
	);
	expect(stripVTControlCharacters(contract.stdout + contract.stderr)).toMatch(/Tests\s+\d+ passed/);
	expect(contract.status).toBe(0);
});

test('runs nothing that lies around it', async () => {
	const planted = path.join(kit.folder, 'node_modules/better-sqlite3');
	const ran = path.join(kit.home, 'ran');
	mkdirSync(planted, { recursive: true });
	writeFileSync(path.join(planted, 'index.js'), `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '')`);
	try {
		expect(await kit.start('allein')).toBeNull();
	} finally {
		await kit.stop();
		rmSync(path.dirname(planted), { recursive: true });
	}
	expect(existsSync(ran)).toBe(false);
});

test('makes no empty server beside data that it may not write', async () => {
	const data = path.join(kit.folder, 'daten');
	chmodSync(data, 0o500);
	try {
		expect(await kit.start('allein')).toBe(1);
		expect(kit.output).toMatch(/daten“ liegen schon Daten, aber dieses Benutzerkonto darf dort nicht schreiben/);
		expect(existsSync(path.join(kit.home, '.local/share/notschalter'))).toBe(false);
	} finally {
		chmodSync(data, 0o700);
	}
});

test('does not start with a changed, a missing or a foreign file, names it, and starts again when it is mended', async () => {
	const file = path.join(kit.folder, 'app/build/handler.js');
	const whole = readFileSync(file);
	const changed = Buffer.from(whole);
	changed[changed.length >> 1]! ^= 1;
	writeFileSync(file, changed);
	expect(await kit.start()).toBe(1);
	expect(kit.output).toMatch(/wurde verändert\): app\/build\/handler\.js\./);
	expect(kit.output).not.toMatch(/ {4}at |Betriebscode/);
	writeFileSync(file, whole);

	renameSync(file, `${file}.weg`);
	expect(await kit.start()).toBe(1);
	expect(kit.output).toMatch(/fehlt\): app\/build\/handler\.js\./);
	expect(kit.output).toMatch(/gehört nicht dazu\): app\/build\/handler\.js\.weg\./);
	renameSync(`${file}.weg`, file);

	const manifest = path.join(kit.folder, 'manifest.json');
	const list = readFileSync(manifest);
	writeFileSync(manifest, String(list).replace(/"version": "/, '"version": "9'));
	expect(await kit.start()).toBe(1);
	expect(kit.output).toContain('Unterschrift stimmt nicht');
	writeFileSync(manifest, list);

	const runtime = path.join(
		kit.home,
		'.cache/notschalter',
		readdirSync(path.join(kit.home, '.cache/notschalter'))[0]!,
		'node'
	);
	const program = readFileSync(runtime);
	rmSync(runtime);
	writeFileSync(runtime, Buffer.concat([program, Buffer.from('x')]), { mode: 0o755 });
	// What is unpacked is mended by the start file; whatever else runs these scripts is refused by them.
	expect(await kit.start('check')).toBe(0);
	expect(readFileSync(runtime).equals(program)).toBe(true);
	const foreign = spawnSync(process.execPath, [path.join(kit.folder, 'app/scripts/kit/start.js'), 'allein'], {
		env: { PATH: process.env.PATH, OPEN_BROWSER: '0' },
		encoding: 'utf8'
	});
	expect(foreign).toMatchObject({
		status: 1,
		stderr: expect.stringContaining('ist nicht die Laufzeit dieses Ordners')
	});

	writeFileSync(path.join(kit.folder, 'app/._handler.js'), 'laid down by another system');
	expect(await kit.start('allein')).toBeNull();
	await kit.stop();
});
