/** The Einlesedienst from its first start to a counter that shows the appointments; killed, without a server, twice at once. */
import 'fake-indexeddb/auto';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServerProcess } from '../e2e/server-process';
import { searchFolder } from '../support/disk-search';
import { ended, feedSite, PASSPHRASE, type FeedSite } from '../support/feed-process';
import { byteNeedles, textNeedles } from '../support/needles';
import { ensureBuild, startBuiltServer } from './built-server';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 300_000 });

/** Nobody of the staff is called so: their names lie in clear. */
const NAMES = ['Quirin Übelhör', 'Zoë Beispielsberg', 'Wunibald Prüfstein'];
const PHONE = '02921 7766554';
const MAIL = 'quirin.uebelhoer@example.org';

const berlin = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short' });
const germanDay = (days: number): string =>
	berlin
		.format(Date.now() + days * 86_400_000)
		.split('-')
		.reverse()
		.join('.');
const HEADER = 'Datum;Uhrzeit;Name;Telefon;E-Mail;Dienstleistung;Nr.';
const row = (n: number, name: string, day = 7) =>
	[germanDay(day), `09:${String(n % 60).padStart(2, '0')}`, name, PHONE, MAIL, 'Personalausweis', n].join(';');
const table = (...rows: readonly string[]) => [HEADER, ...rows, ''].join('\r\n');
const FIRST = table(row(1, NAMES[0]!), row(2, NAMES[1]!));

let server: ServerProcess;
let site: FeedSite;

beforeAll(ensureBuild);
beforeEach(async () => {
	server = await startBuiltServer();
	site = await feedSite(server);
});
afterEach(async () => {
	await site.remove();
	await server.dispose();
});

const join = async () => {
	const joined = await site.run('--join', await site.joinCode(), '--server', server.origin, '--name', 'Einlesedienst');
	expect(joined).toMatchObject({ code: 0, errors: '' });
	return joined;
};
/** Nothing that was read may be said, or lie in clear in the data folder. */
async function expectNothingInClear(...outputs: readonly string[]): Promise<void> {
	const typed = [...NAMES.flatMap((name) => [name, ...name.split(' ')]), PHONE, MAIL, 'Personalausweis'];
	const needles = [...typed, PASSPHRASE].flatMap(textNeedles);
	needles.push(...byteNeedles('passphrase', Buffer.from(PASSPHRASE)));
	expect(await searchFolder(site.dataDir, needles)).toEqual([]);
	for (const word of typed) for (const output of outputs) expect(output).not.toContain(word);
}

describe('the Einlesedienst', () => {
	it('joins, takes a table in, writes nothing for the same file, and what changed for a newer one', async () => {
		const file = site.put('export.csv', FIRST);
		expect(await site.run(file)).toMatchObject({ code: 1, errors: expect.stringContaining('noch nicht aufgenommen') });
		await join();
		expect(await site.run('--join', 'XXXXX', '--server', server.origin)).toMatchObject({ code: 1 });
		const first = await site.run(file);
		expect(first).toMatchObject({ code: 0, errors: '' });
		expect(first.output).toContain('export.csv: 2 neu, 0 geändert, 0 unverändert, 0 abgesagt, 0 nicht lesbar.');
		expect(first.output).toContain('Übertragen');
		const seen = await site.seenByCounter();
		expect(seen.appointments.map(({ name }) => name).sort()).toEqual([NAMES[0], NAMES[1]].sort());
		expect(seen).toMatchObject({ operations: 3, devices: 1, setAside: [], unknownCount: 0, unopenedCount: 0 });

		const again = await site.run('export.csv');
		expect(again.output).toContain('0 neu, 0 geändert, 2 unverändert');
		expect((await site.seenByCounter()).operations).toBe(3);

		writeFileSync(file, table(row(1, NAMES[0]!, 8), row(2, NAMES[1]!), row(3, NAMES[2]!), ';;;;;;', 'x;y;z;;;;'));
		const newer = await site.run(file);
		expect(newer).toMatchObject({ code: 1 });
		expect(newer.errors).toMatch(/1 unverändert, 0 abgesagt, 1 nicht lesbar\.\n {2}Zeile \d: Datum nicht lesbar/);
		await expectNothingInClear(first.output, again.output, newer.output, newer.errors);
	});

	it('keeps everything while no server is there, and sends it the next time', async () => {
		await join();
		const file = site.put('export.csv', FIRST);
		await server.stop();
		const alone = await site.run(file);
		expect(alone).toMatchObject({ code: 2, output: expect.stringContaining('2 neu') });
		expect(alone.errors).toMatch(/nicht erreichbar .*2 Einträge bleiben hier/);
		await server.start();
		expect(await site.run(file)).toMatchObject({ code: 0, output: expect.stringContaining('2 unverändert') });
		expect((await site.seenByCounter()).appointments).toHaveLength(2);
	});

	it('killed while it writes, takes in nothing twice and loses nothing', async () => {
		await join();
		const count = 3_000;
		const rows = Array.from({ length: count }, (_, i) => row(i + 1, `${NAMES[2]} ${i}`));
		const file = site.put('gross.csv', table(...rows));
		const wal = path.join(site.dataDir, 'feed.sqlite-wal');
		let killed = 0;
		for (const least of [300_000, 900_000]) {
			const child = site.start(file);
			const end = ended(child);
			await vi.waitUntil(() => child.exitCode !== null || (existsSync(wal) && statSync(wal).size > least), {
				timeout: 60_000,
				interval: 5
			});
			child.kill('SIGKILL');
			if ((await end).code === null) killed++;
		}
		expect(killed).toBeGreaterThan(0);
		const whole = await site.run(file);
		expect(whole).toMatchObject({ code: 0, errors: '' });
		const seen = await site.seenByCounter();
		expect(seen.appointments).toHaveLength(count);
		expect(seen).toMatchObject({ operations: count + 1, devices: 1, setAside: [] });
		await expectNothingInClear(whole.output);
	});

	it('watches a folder, lets no second run in, and ends when asked to', async () => {
		await join();
		const folder = path.join(site.folder, 'ablage');
		mkdirSync(folder);
		writeFileSync(path.join(folder, 'kaputt.csv'), Buffer.alloc(3_000, 0xff));
		writeFileSync(path.join(folder, 'a.csv'), FIRST);
		const watching = site.start('--watch', folder, '--every', '0');
		let output = '';
		for (const stream of [watching.stdout, watching.stderr])
			stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
		const end = ended(watching);
		const said = (words: RegExp) => vi.waitUntil(() => words.test(output), { timeout: 60_000, interval: 50 });
		await said(/a\.csv: 2 neu/);
		await said(/kaputt\.csv: nicht eingelesen/);
		await said(/Übertragen/);
		const second = await site.run(path.join(folder, 'a.csv'));
		expect(second).toMatchObject({ code: 1, errors: expect.stringContaining('läuft mit diesem Datenordner schon') });
		await server.stop();
		writeFileSync(path.join(folder, 'a.csv'), table(row(1, NAMES[0]!), row(2, NAMES[1]!), row(3, NAMES[2]!)));
		await said(/a\.csv: 1 neu, 0 geändert, 2 unverändert/);
		await server.start();
		await said(/alles, was gewartet hat/);
		expect(existsSync(path.join(folder, 'kaputt.csv'))).toBe(true);
		watching.kill('SIGINT');
		const run = await end;
		expect(run).toMatchObject({ code: 0, output: expect.stringContaining('Beendet') });
		expect((await site.seenByCounter()).appointments).toHaveLength(3);
		await expectNothingInClear(run.output, run.errors);
	});
});
