/** What is typed after `npm run feed --`, and where the passphrase comes from. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { err, ok } from '$lib/domain/result';
import { parseCommand } from '$lib/feed/command-line';
import { readPassphrase } from '$lib/feed/passphrase';

const common = { dataDir: 'feed-data', passphraseFile: '', server: '' };

describe('a command', () => {
	it('reads files, for twelve weeks unless told otherwise', () => {
		const read = { ...common, type: 'read', space: '', weeks: 12, date: null };
		expect(parseCommand(['a.csv', 'b.ics'])).toEqual(ok({ ...read, files: ['a.csv', 'b.ics'] }));
		expect(parseCommand(['a.csv', '--server', 'rathaus.example.de/x', '--weeks', '3', '--date', '2026-11-30'])).toEqual(
			ok({ ...read, files: ['a.csv'], server: 'https://rathaus.example.de', weeks: 3, date: '2026-11-30' })
		);
	});

	it('joins, and watches', () => {
		expect(parseCommand(['--join', 'ABC', '--name', 'Einlesedienst', '--data', 'd'])).toEqual(
			ok({ ...common, dataDir: 'd', type: 'join', code: 'ABC', name: 'Einlesedienst' })
		);
		expect(parseCommand(['--watch', 'ablage', '--every', '0,5'])).toMatchObject({
			value: { type: 'watch', folder: 'ablage', everyMs: 30_000 }
		});
	});

	it.each([
		['nothing to read', []],
		['an option that is none', ['--delete', 'a.csv']],
		['weeks that are no number', ['a.csv', '--weeks', 'viele']],
		['a day that is none', ['a.csv', '--date', '30.11.2026']],
		['files beside a folder', ['a.csv', '--watch', 'ablage']],
		['an address that is none', ['a.csv', '--server', 'http://']]
	])('is not understood with %s, and a sentence says why', (_what, args) => {
		expect(parseCommand(args)).toMatchObject({ ok: false, error: { sentence: expect.stringMatching(/\.|z\. B\./) } });
	});
});

describe('the passphrase', () => {
	let folder: string;
	beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'notschalter-passphrase-'))));
	afterAll(() => rmSync(folder, { recursive: true }));
	const file = (content: string): string => {
		const name = path.join(folder, 'passphrase');
		writeFileSync(name, content);
		return name;
	};

	it.each(['Drei Kraniche', 'Drei Kraniche\n', 'Drei Kraniche\r\n', '\uFEFFDrei Kraniche\r\n'])(
		'is what stands in the file: %j',
		(content) => expect(readPassphrase(file(content), {})).toEqual(ok('Drei Kraniche'))
	);

	it('is taken from the file that was named, then from the environment', () => {
		const NOTSCHALTER_PASSPHRASE_FILE = file('aus der Datei');
		const environment = { NOTSCHALTER_PASSPHRASE_FILE, NOTSCHALTER_PASSPHRASE: 'aus der Umgebung' };
		expect(readPassphrase('', environment)).toEqual(ok('aus der Datei'));
		expect(readPassphrase('', { NOTSCHALTER_PASSPHRASE: 'aus der Umgebung' })).toEqual(ok('aus der Umgebung'));
		expect(readPassphrase(path.join(folder, 'none'), environment)).toEqual(err({ type: 'passphrase-unreadable' }));
		expect(readPassphrase('', {})).toEqual(err({ type: 'no-passphrase' }));
	});
});
