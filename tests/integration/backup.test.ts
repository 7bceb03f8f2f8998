/** Backups of a server that runs and is written to; putting one back; and all that can go wrong with either. */
import { spawn } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	truncateSync,
	utimesSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ServerProcess } from '../e2e/server-process';
import { openSqliteFile } from '$lib/server/sqlite.js';
import { readBackupRecord } from '$lib/server/backup-record.js';
import { backupsIn } from '../../scripts/backup/make-backup.js';
import { writeAuthority } from '../support/lan-authority';
import { laySpace, pushingDevice } from '../support/pushing-device';
import { runScript } from '../support/run-script';
import { must, testSpace } from '../support/test-space';
import { ensureBuild, startBuiltServer } from './built-server';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(ensureBuild, 300_000);

let server: ServerProcess;
let folder: string;
beforeEach(async () => {
	server = await startBuiltServer();
	folder = mkdtempSync(path.join(tmpdir(), 'notschalter-backup-'));
});
afterEach(async () => {
	await server.dispose();
	rmSync(folder, { recursive: true, force: true });
});

const backUp = (target = folder, environment: Record<string, string> = {}) =>
	runScript('backup', { DATA_DIR: server.dataDir, ...environment }, target);
const restore = (file: string) =>
	runScript('restore', { DATA_DIR: server.dataDir, PORT: new URL(server.origin).port }, file);

async function aWorkingDevice() {
	const space = await testSpace();
	const device = await pushingDevice(space, { origin: server.origin });
	await laySpace(space, [device], server.enrolmentCode);
	return device;
}

const segmentsIn = (file: string): number => {
	const database = openSqliteFile(file, { readOnly: true });
	const [row] = database.prepare('select count(*) as n from segments').all();
	database.close();
	return Number(row!.n);
};

it('makes whole backups while devices write, each with all that was acknowledged before it began', async () => {
	const device = await aWorkingDevice();
	let pushed = 0;
	let working = true;
	const pushing = (async () => {
		while (working) {
			must(await device.push(3));
			pushed += 1;
		}
	})();
	try {
		for (let round = 0; round < 3; round++) {
			await expect.poll(() => pushed, { timeout: 60_000 }).toBeGreaterThan(round * 5);
			const before = pushed;
			expect(await backUpBeside()).toBe(0);
			const newest = path.join(folder, backupsIn(folder).at(-1)!);
			expect(segmentsIn(newest)).toBeGreaterThanOrEqual(before);
		}
	} finally {
		working = false;
		await pushing;
	}
	expect(backupsIn(folder)).toHaveLength(3);
	expect(readdirSync(folder)).toHaveLength(3);
	expect(readBackupRecord(server.dataDir)).toMatchObject({
		last: { file: path.join(folder, backupsIn(folder).at(-1)!) },
		fault: null
	});
});

/** Not by spawnSync: the devices of this process are to go on. */
function backUpBeside(): Promise<number | null> {
	const child = spawn(process.execPath, ['scripts/backup.js', folder], {
		env: { PATH: process.env.PATH, DATA_DIR: server.dataDir },
		stdio: 'inherit'
	});
	return new Promise((resolve) => child.once('close', resolve));
}

it('keeps as many as it is told, removes the oldest only after a new one is whole, and touches nothing else', () => {
	writeFileSync(path.join(folder, 'Urlaub.sqlite'), 'not ours');
	const left = path.join(folder, 'notschalter-0a1b2c3d-2020-01-01T00-00-00-000Z.sqlite.teil');
	writeFileSync(left, 'left by a run that was ended');
	utimesSync(left, 1_000, 1_000);
	const inWork = 'notschalter-0a1b2c3d-2026-01-01T00-00-00-000Z.sqlite.teil';
	writeFileSync(path.join(folder, inWork), 'of a run that is still at it');
	for (let i = 0; i < 4; i++) expect(backUp(folder, { BACKUP_KEEP: '2' }).status).toBe(0);
	expect(backupsIn(folder)).toHaveLength(2);
	expect(backUp(folder, { BACKUP_KEEP: '1' }).status).toBe(0);
	expect(backupsIn(folder)).toHaveLength(1);
	// Made while a clock was wrong: it sorts as the newest, and neither pushes out the others nor is taken for one of them.
	const ofFuture = backupsIn(folder)[0]!.replace(/-20\d\d-/, '-2099-');
	cpSync(path.join(folder, backupsIn(folder)[0]!), path.join(folder, ofFuture));
	for (let i = 0; i < 3; i++) expect(backUp(folder, { BACKUP_KEEP: '2' }).status).toBe(0);
	expect(backupsIn(folder)).toHaveLength(3);
	expect(backupsIn(folder)).toContain(ofFuture);
	for (const name of backupsIn(folder)) expect(segmentsIn(path.join(folder, name))).toBe(0);
	expect(readdirSync(folder).filter((name) => !backupsIn(folder).includes(name))).toEqual(['Urlaub.sqlite', inWork]);
	const kept = backupsIn(folder);
	// A database that cannot be copied leaves the good ones alone.
	const broken = mkdtempSync(path.join(folder, 'broken-'));
	writeFileSync(path.join(broken, 'notschalter.sqlite'), Buffer.alloc(8192, 7));
	const run = runScript('backup', { DATA_DIR: broken, BACKUP_KEEP: '1' }, folder);
	expect(run.status).toBe(1);
	expect(run.faults).toContain('beschädigt');
	expect(backupsIn(folder)).toEqual(kept);
	expect(readBackupRecord(broken).fault?.sentence).toContain('beschädigt');
});

it('lets servers share a stick, and no backup push out one that holds a space it lacks', async () => {
	const other = await startBuiltServer();
	try {
		expect(runScript('backup', { DATA_DIR: other.dataDir, BACKUP_KEEP: '1' }, folder).status).toBe(0);
		const ofOther = backupsIn(folder);
		await aWorkingDevice();
		for (let i = 0; i < 2; i++) expect(backUp(folder, { BACKUP_KEEP: '1' }).status).toBe(0);
		expect(backupsIn(folder)).toHaveLength(2);
		expect(backupsIn(folder)).toEqual(expect.arrayContaining(ofOther));
	} finally {
		await other.dispose();
	}
	const full = backupsIn(folder);
	// The same server, emptied: as after a wrong restore.
	await server.stop();
	const database = openSqliteFile(path.join(server.dataDir, 'notschalter.sqlite'));
	database.exec('pragma foreign_keys = off; delete from devices; delete from keyring_records; delete from spaces');
	database.close();
	for (let i = 0; i < 3; i++) expect(backUp(folder, { BACKUP_KEEP: '1' }).status).toBe(0);
	expect(backupsIn(folder)).toEqual(expect.arrayContaining(full));
	expect(backupsIn(folder)).toHaveLength(3);
});

it('brings back what counters trust, no code that was used meanwhile, and says what is in it', async () => {
	await aWorkingDevice();
	const tls = path.join(server.dataDir, 'tls');
	mkdirSync(tls, { recursive: true });
	await writeAuthority(server.dataDir);
	const authority = readFileSync(path.join(tls, 'authority.json'), 'utf8');
	for (const name of ['address.json', 'server.pem']) writeFileSync(path.join(tls, name), `of ${name}`);
	expect(runScript('code', { DATA_DIR: server.dataDir }).status).toBe(0);
	expect(backUp().status).toBe(0);
	const good = path.join(folder, backupsIn(folder)[0]!);
	expect(statSync(good).mode & 0o077).toBe(0);
	await server.stop();
	const empty = path.join(folder, 'other machine');
	const run = runScript('restore', { DATA_DIR: empty }, good);
	expect(run).toMatchObject({ status: 0, faults: '' });
	expect(run.output).toMatch(/Darin: Verbund [0-9a-f]{8}, angelegt \d/);
	expect(run.output).toContain('gelten nicht mehr');
	expect(readdirSync(path.join(empty, 'tls')).sort()).toEqual(['address.json', 'authority.json']);
	expect(readFileSync(path.join(empty, 'tls', 'authority.json'), 'utf8')).toBe(authority);
	const database = openSqliteFile(path.join(empty, 'notschalter.sqlite'), { readOnly: true });
	expect(database.prepare('select * from enrolment_codes where used_at is null').all()).toEqual([]);
	expect(database.prepare('select * from enrolment_codes').all().length).toBeGreaterThanOrEqual(2);
	expect(database.prepare("select value from server_state where name = 'server-id'").all()).toEqual([]);
	expect(database.prepare("select name from sqlite_schema where name = 'kept_files'").all()).toEqual([]);
	database.close();
	// What a counter trusts already is not replaced.
	await writeAuthority(empty);
	const ofThisMachine = readFileSync(path.join(empty, 'tls', 'authority.json'), 'utf8');
	expect(runScript('restore', { DATA_DIR: empty }, good).status).toBe(0);
	expect(readFileSync(path.join(empty, 'tls', 'authority.json'), 'utf8')).toBe(ofThisMachine);

	// A damaged one is trusted by nobody any more: it is in no backup, pushes none out, and makes room.
	writeFileSync(path.join(tls, 'authority.json'), 'damaged');
	for (let i = 0; i < 2; i++) {
		const again = backUp(folder, { BACKUP_KEEP: '1' });
		expect(again).toMatchObject({ status: 0, faults: expect.stringMatching(/authority.json.*beschädigt/) });
	}
	expect(backupsIn(folder)).toContain(path.basename(good));
	expect(backupsIn(folder)).toHaveLength(2);
	writeFileSync(path.join(empty, 'tls', 'authority.json'), 'damaged');
	expect(runScript('restore', { DATA_DIR: empty }, good).status).toBe(0);
	expect(readFileSync(path.join(empty, 'tls', 'authority.json'), 'utf8')).toBe(authority);
	expect(readdirSync(path.join(empty, 'tls')).filter((name) => name.includes('.vor-'))).toHaveLength(1);
});

it('writes nothing into a database that has its name in backups already', async () => {
	expect(backUp().status).toBe(0);
	await server.stop();
	const database = openSqliteFile(path.join(server.dataDir, 'notschalter.sqlite'));
	database.exec("create trigger never before insert on server_state begin select raise(abort, 'no'); end");
	database.close();
	expect(backUp()).toMatchObject({ status: 0, faults: '' });
	expect(new Set(backupsIn(folder).map((name) => name.split('-')[1])).size).toBe(1);
});

it('that was broken off is not followed by an empty server, and that of a newer version by none at all', async () => {
	await aWorkingDevice();
	expect(backUp().status).toBe(0);
	const good = path.join(folder, backupsIn(folder)[0]!);
	await server.stop();
	const file = path.join(server.dataDir, 'notschalter.sqlite');
	renameSync(file, `${file}.vor-2026-11-02T06-30-00Z`);
	await expect(server.start()).rejects.toThrow(/fehlt die Datenbank.*früherer Stand liegt daneben.*leer beginnen/);
	writeFileSync(`${file}.neu`, 'half');
	await expect(server.start()).rejects.toThrow(/Zurückspielen wurde unterbrochen; verloren ist nichts/);
	expect(existsSync(file)).toBe(false);
	expect(restore(good).status).toBe(0);
	await server.start();
	await server.stop();

	for (const one of [file, good]) {
		const database = openSqliteFile(one);
		database.exec("insert into kysely_migration values ('0099-of-tomorrow', '2030-01-01T00:00:00.000Z')");
		database.close();
	}
	await expect(server.start()).rejects.toThrow(/gehört zu einer neueren Version/);
	expect(restore(good)).toMatchObject({ status: 1, faults: expect.stringContaining('neueren Version') });
});

it('says what is wrong with a target, in a sentence, and makes no folder where a stick should be', () => {
	const missing = path.join(folder, 'stick');
	expect(backUp(missing)).toMatchObject({
		status: 1,
		faults: expect.stringMatching(/gibt es nicht. Ist der Datenträger angeschlossen\?/)
	});
	expect(existsSync(missing)).toBe(false);
	expect(runScript('backup', { DATA_DIR: server.dataDir })).toMatchObject({
		status: 1,
		faults: expect.stringContaining('Wohin?')
	});
	expect(backUp(folder, { BACKUP_KEEP: '0' })).toMatchObject({
		status: 1,
		faults: expect.stringContaining('BACKUP_KEEP')
	});
	expect(backUp().output).toContain('auf demselben Datenträger');
	expect(backUp().faults).toBe('');
	expect(runScript('backup', { DATA_DIR: folder }, folder)).toMatchObject({
		status: 1,
		faults: expect.stringContaining('liegt keine Datenbank')
	});
});

it('puts nothing in place while a server runs, nor what is no whole backup', async () => {
	const device = await aWorkingDevice();
	must(await device.push(20));
	expect(backUp().status).toBe(0);
	const good = path.join(folder, backupsIn(folder)[0]!);
	expect(restore(good)).toMatchObject({
		status: 1,
		faults: expect.stringMatching(/arbeitet gerade ein Server[^]*nichts verändert/)
	});
	must(await device.push(3));

	await server.stop();
	const before = readFileSync(path.join(server.dataDir, 'notschalter.sqlite'));
	const [short, foreign, empty] = ['short', 'foreign', 'empty'].map((name) => path.join(folder, name));
	cpSync(good, short!);
	truncateSync(short!, readFileSync(good).length - 8192);
	writeFileSync(foreign!, 'Das ist ein Brief.');
	openSqliteFile(empty!).close();
	for (const file of [short!, foreign!, empty!, path.join(folder, 'gibt-es-nicht')]) {
		const run = restore(file);
		expect([file, run.status]).toEqual([file, 1]);
		expect(run.faults).not.toMatch(/ {4}at /);
	}
	expect(readFileSync(path.join(server.dataDir, 'notschalter.sqlite')).equals(before)).toBe(true);
	expect(readdirSync(server.dataDir).filter((name) => name.endsWith('.neu'))).toEqual([]);
});

it('puts a backup in place of a database that is damaged, and keeps that one beside', async () => {
	const device = await aWorkingDevice();
	must(await device.push(5));
	expect(backUp().status).toBe(0);
	const good = path.join(folder, backupsIn(folder)[0]!);
	await server.stop();
	const file = path.join(server.dataDir, 'notschalter.sqlite');
	writeFileSync(file, Buffer.alloc(20_000, 7));
	const run = restore(good);
	expect(run).toMatchObject({ status: 0, faults: '' });
	const aside = readdirSync(server.dataDir).filter((name) => name.includes('.vor-'));
	expect(aside).toHaveLength(1);
	expect(readFileSync(path.join(server.dataDir, aside[0]!)).length).toBe(20_000);
	await server.start();
	must(await device.push(2));
});

it('is made by the running server by itself, and its failure is shown on the status page', async () => {
	await server.stop();
	const target = path.join(folder, 'stick');
	const environment = { BACKUP_DIR: target, BACKUP_EVERY: '1', LOG_LEVEL: 'info' };
	await server.start(environment);
	const status = async () =>
		(await (await fetch(`${server.origin}/hub.json`)).json()) as { concerns: string[]; backup: { last: unknown } };
	await expect
		.poll(async () => (await status()).concerns.join(' '), { timeout: 30_000 })
		.toMatch(/gescheitert: Den Ordner .*stick gibt es nicht/);
	await expect.poll(() => server.output).toMatch(/"level":50.*gibt es nicht/);
	await server.stop();
	mkdirSync(target);
	await server.start(environment);
	await expect.poll(async () => (await status()).backup.last, { timeout: 30_000 }).not.toBeNull();
	expect((await status()).concerns.join(' ')).not.toMatch(/gescheitert/);
	expect(backupsIn(target)).toHaveLength(1);
	await expect.poll(() => server.output).toContain('Die Datenbank wurde gesichert und die Sicherung geprüft.');
});
