/** Where the kit's data are, asked as an ordinary account: the superuser may write everywhere. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const MODULE = pathToFileURL(path.resolve('scripts/kit/data-dir.js')).href;
const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

let place: string;
let kit: string;
let own: string;
beforeEach(() => {
	place = mkdtempSync(path.join(tmpdir(), 'notschalter-data-'));
	kit = path.join(place, 'Notschalter');
	own = path.join(place, 'share/notschalter');
	for (const folder of [place, kit, path.dirname(own)]) {
		mkdirSync(folder, { recursive: true });
		if (isRoot) chownSync(folder, NOBODY, NOBODY);
	}
});
afterEach(() => {
	spawnSync('chmod', ['-R', 'u+rwx', place]);
	rmSync(place, { recursive: true, force: true });
});

function ask(): { dataDir?: string; fault?: string } {
	const code = `import(${JSON.stringify(MODULE)}).then((m) => console.log(JSON.stringify(m.dataDirOf(${JSON.stringify(kit)}, process.env))))`;
	const run = spawnSync(process.execPath, ['-e', code], {
		env: { PATH: process.env.PATH, XDG_DATA_HOME: path.dirname(own) },
		encoding: 'utf8',
		...(isRoot ? { uid: NOBODY, gid: NOBODY } : {})
	});
	expect(run.stderr).toBe('');
	return JSON.parse(run.stdout) as { dataDir?: string; fault?: string };
}

function lay(folder: string, mode = 0o700, name = 'notschalter.sqlite'): void {
	mkdirSync(folder, { recursive: true });
	writeFileSync(path.join(folder, name), '');
	if (isRoot) chownSync(folder, NOBODY, NOBODY);
	chmodSync(folder, mode);
}
const beside = () => path.join(kit, 'daten');

it('is beside the app where nothing is yet, and leaves no trial behind', () => {
	expect(ask()).toEqual({ dataDir: beside() });
	expect(readdirSync(beside())).toEqual([]);
});

it('is with the account where nothing may be written beside', () => {
	chmodSync(kit, 0o500);
	expect(ask()).toEqual({ dataDir: own });
});

it.each([
	['may only be read', 0o500],
	['may not even be looked into', 0o000]
])('is no empty folder elsewhere when the one with data %s', (_, mode) => {
	lay(beside(), mode);
	expect(ask().fault).toMatch(/daten“ liegen schon Daten.*Es wurde nichts verändert/);
	expect(readdirSync(path.dirname(own))).toEqual([]);
});

it('stays with the account where data are there, also when beside may be written today', () => {
	lay(own);
	mkdirSync(beside());
	if (isRoot) chownSync(beside(), NOBODY, NOBODY);
	expect(ask()).toEqual({ dataDir: own });
	// A system that looked at the folder has put no data there.
	lay(beside(), 0o700, 'Thumbs.db');
	expect(ask()).toEqual({ dataDir: own });
	chmodSync(own, 0o500);
	expect(ask().fault).toContain('liegen schon Daten');
});

it('is beside the app when there are data in both', () => {
	lay(own);
	lay(beside());
	expect(ask()).toEqual({ dataDir: beside() });
});

it('says so when nothing may be written anywhere', () => {
	chmodSync(kit, 0o500);
	chmodSync(path.dirname(own), 0o500);
	expect(ask().fault).toMatch(/^Weder in .*Desktop\.$/);
});
