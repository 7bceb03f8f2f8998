/** The start file for Linux with a small program in the place of Node.js: what is unpacked where, and mended. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addStartFile } from '../../../scripts/kit/build-kit.js';

/** Says where it lies, and what it was told. */
const PROGRAM = '#!/bin/sh\necho "place=$0 passing=${PASSING_RUNTIME:-none} mode=$(stat -c %a "$(dirname "$0")")"\n';
const START = 'notschalter-starten.sh';

let place: string;
let kit: string;
let packed: string;
beforeEach(() => {
	place = mkdtempSync(path.join(tmpdir(), 'notschalter-start-'));
	kit = path.join(place, 'Notschalter Süd');
	packed = path.join(kit, 'laufzeit/linux-x64/node.gz');
	mkdirSync(path.dirname(packed), { recursive: true });
	for (const name of ['home', 'tmp']) mkdirSync(path.join(place, name));
	writeFileSync(packed, gzipSync(PROGRAM));
	const LINUX_SHA256 = createHash('sha256').update(PROGRAM).digest('hex');
	addStartFile(kit, START, 0o755, { NODE_VERSION: '1.2.3', LINUX_SHA256 });
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const start = (environment: Record<string, string>) =>
	spawnSync('sh', [path.join(kit, START)], {
		env: { PATH: process.env.PATH ?? '', TMPDIR: path.join(place, 'tmp'), ...environment },
		encoding: 'utf8'
	});
const withHome = () => start({ HOME: path.join(place, 'home') });
const cached = () => path.join(place, 'home/.cache/notschalter/laufzeit-1.2.3/node');

it('unpacks once into the account’s own folder, shut to others, and uses what is whole', () => {
	expect(withHome().stdout).toBe(`place=${cached()} passing=none mode=700\n`);
	const { ino } = statSync(cached());
	expect(withHome().status).toBe(0);
	expect(statSync(cached()).ino).toBe(ino);
});

it.each([
	['changed', () => writeFileSync(cached(), '#!/bin/sh\necho forged\n')],
	['cut off', () => writeFileSync(cached(), PROGRAM.slice(0, 20))],
	['not to be run', () => chmodSync(cached(), 0o600)]
])('mends by itself what was unpacked and is %s', (_, damage) => {
	withHome();
	damage();
	expect(withHome().stdout).toBe(`place=${cached()} passing=none mode=700\n`);
	expect(readFileSync(cached(), 'utf8')).toBe(PROGRAM);
	expect(readdirSync(path.dirname(cached()))).toEqual(['node']);
});

it.each([
	['has none', {}],
	['has an empty name', { HOME: '' }],
	['cannot be made', { HOME: '/proc/none' }]
])('takes a fresh folder, shut to others, where the account’s own %s', (_, environment: Record<string, string>) => {
	const [first, second] = [start(environment), start(environment)];
	for (const { stdout } of [first, second])
		expect(stdout).toMatch(/^place=(\/.+\/notschalter-laufzeit\.\w{8})\/node passing=\1 mode=700\n$/);
	expect(first.stdout).not.toBe(second.stdout);
});

it('says in a sentence what to do when the packed program is damaged, and leaves nothing behind', () => {
	writeFileSync(packed, gzipSync(PROGRAM).subarray(0, -9));
	for (const run of [withHome(), start({})]) {
		expect(run.status).toBe(1);
		expect(run.stdout).toContain('noch einmal vom Stick kopieren');
	}
	expect(existsSync(cached())).toBe(false);
	expect(readdirSync(path.dirname(cached()))).toEqual([]);
	expect(readdirSync(path.join(place, 'tmp'))).toEqual([]);
});
