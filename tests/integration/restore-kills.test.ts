/** A restore that is ended at any of its steps: there is a whole database afterwards, or the server says what to do; and the next one works. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSqliteFile } from '$lib/server/sqlite.js';
import { backupsIn } from '../../scripts/backup/make-backup.js';
import { writeAuthority } from '../support/lan-authority';
import { runScript } from '../support/run-script';
import { ensureBuild, startBuiltServer } from './built-server';

vi.setConfig({ testTimeout: 300_000 });

const FILE = 'notschalter.sqlite';
/** More than there are: the loop ends by the run that nobody ended. */
const MOST_STEPS = 40;

let folder: string;
/** Of a server that has an authority; the database of the machine it is put onto holds a mark of its own. */
let backup: string;
let before: string;
let authority: string;

beforeAll(async () => {
	await ensureBuild();
	folder = mkdtempSync(path.join(tmpdir(), 'notschalter-restore-'));
	before = path.join(folder, 'before');
	const server = await startBuiltServer();
	try {
		const tls = path.join(server.dataDir, 'tls');
		await writeAuthority(server.dataDir);
		authority = readFileSync(path.join(tls, 'authority.json'), 'utf8');
		writeFileSync(path.join(tls, 'address.json'), 'of address.json');
		expect(runScript('backup', { DATA_DIR: server.dataDir }, folder)).toMatchObject({ status: 0, faults: '' });
		await server.stop();
		rmSync(tls, { recursive: true });
		cpSync(server.dataDir, before, { recursive: true });
		mark(path.join(before, FILE), 'before');
	} finally {
		await server.dispose();
	}
	backup = path.join(folder, backupsIn(folder)[0]!);
	mark(backup, 'backup');
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function mark(file: string, name: string): void {
	const database = openSqliteFile(file);
	database.prepare("insert or replace into server_state (name, value) values ('mark', ?)").run([name]);
	database.close();
}

/** Of a database that is whole. */
function markOf(file: string): unknown {
	const database = openSqliteFile(file, { readOnly: true });
	try {
		expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
		return database.prepare("select value from server_state where name = 'mark'").all()[0]?.value;
	} finally {
		database.close();
	}
}

function restore(dataDir: string, environment: Record<string, string> = {}) {
	return spawnSync(
		process.execPath,
		['--import', path.resolve('tests/support/kill-at-step.js'), 'scripts/restore.js', backup],
		{ env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '4799', ...environment }, encoding: 'utf8' }
	);
}

describe.each([
	['on a disk', {}],
	['on a stick that knows no second names', { NO_LINKS: '1' }]
])('a restore that is killed %s', (_, disk: Record<string, string>) => {
	it('leaves a whole database or a server that says what to do, and is made good by the next', () => {
		const gone: number[] = [];
		let step = 1;
		for (; step <= MOST_STEPS; step++) {
			const dataDir = mkdtempSync(path.join(folder, 'machine-'));
			cpSync(before, dataDir, { recursive: true });
			const run = restore(dataDir, { ...disk, KILL_AT: String(step) });
			const file = path.join(dataDir, FILE);
			if (run.signal === null) {
				expect(run).toMatchObject({ status: 0, stderr: '' });
				expect(markOf(file)).toBe('backup');
				break;
			}
			expect(run.signal).toBe('SIGKILL');
			if (existsSync(file)) expect(['before', 'backup']).toContain(markOf(file));
			else {
				gone.push(step);
				const start = runScript('serve', { DATA_DIR: dataDir, PORT: '4799', ORIGIN: 'http://localhost:4799' });
				expect(start.status).toBe(1);
				expect(start.faults).toMatch(
					/Zurückspielen wurde unterbrochen; verloren ist nichts.*noch einmal zurückspielen/
				);
				expect(existsSync(file)).toBe(false);
			}
			expect(restore(dataDir, disk)).toMatchObject({ status: 0, stderr: '' });
			expect(markOf(file)).toBe('backup');
			expect(readFileSync(path.join(dataDir, 'tls/authority.json'), 'utf8')).toBe(authority);
			expect(readFileSync(path.join(dataDir, 'tls/address.json'), 'utf8')).toBe('of address.json');
			const names = readdirSync(dataDir, { recursive: true }).map(String);
			expect(names.filter((name) => name.includes('.neu'))).toEqual([]);
			// What was there before is kept under some name.
			const aside = names.filter((name) => name.includes('.vor-') && !/-(wal|shm)$/.test(name));
			expect(aside.map((name) => markOf(path.join(dataDir, name)))).toContain('before');
			rmSync(dataDir, { recursive: true });
		}
		expect(step).toBeGreaterThan(8);
		expect(step).toBeLessThan(MOST_STEPS);
		expect(gone.length > 0).toBe(disk.NO_LINKS === '1');
	});
});

it('keeps each state aside when two are put back within one second', () => {
	const dataDir = mkdtempSync(path.join(folder, 'machine-'));
	cpSync(before, dataDir, { recursive: true });
	for (let i = 0; i < 4; i++) expect(restore(dataDir).status).toBe(0);
	const aside = readdirSync(dataDir).filter((name) => name.includes('.vor-'));
	expect(aside.map((name) => markOf(path.join(dataDir, name))).sort()).toEqual([
		'backup',
		'backup',
		'backup',
		'before'
	]);
});
