/** The browser that the kit opens: no child of it may read what the server was told. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openBrowser } from '../../../scripts/kit/browser.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'notschalter-browser-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SECRETS = {
	HUB_CODE: '7KXM-0RT4-9HQ2',
	CA_PASSPHRASE: 'sieben Gänse am Teich',
	CA_PASSPHRASE_FILE: '/etc/passphrase',
	ENROLMENT_CODE: 'TEST-BETRIEB-0001',
	DATABASE_URL: 'postgres://x:geheim@db',
	TLS_KEY: '/etc/key.pem',
	KIT_KEY_FILE: 'kit-schluessel.pem',
	DATA_DIR: '/srv/daten'
};

it('gets what a desktop needs, and none of the server’s settings', async () => {
	const seen = path.join(folder, 'seen');
	const program = path.join(folder, 'xdg-open');
	writeFileSync(program, `#!/bin/sh\n{ echo "$1"; env; } >'${seen}.part' && mv '${seen}.part' '${seen}'\n`);
	chmodSync(program, 0o755);
	const missing = vi.fn();
	openBrowser('http://localhost:4780', { ...SECRETS, PATH: `${folder}:${process.env.PATH}`, DISPLAY: ':7' }, missing);
	await expect.poll(() => existsSync(seen), { timeout: 10_000 }).toBe(true);
	const told = readFileSync(seen, 'utf8').split('\n');
	expect(told[0]).toBe('http://localhost:4780');
	expect(told).toContain('DISPLAY=:7');
	for (const name of Object.keys(SECRETS)) expect(told.filter((line) => line.startsWith(`${name}=`))).toEqual([]);
	expect(missing).not.toHaveBeenCalled();
});

it('tells that there is none', async () => {
	const missing = vi.fn();
	openBrowser('http://localhost:4780', { PATH: folder }, missing);
	await expect.poll(() => missing.mock.calls.length, { timeout: 10_000 }).toBe(1);
});
