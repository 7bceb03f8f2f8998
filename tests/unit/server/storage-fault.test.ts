/** What a disk says, and how often an administrator reads of it. */
import { describe, expect, it } from 'vitest';
import {
	createProbe,
	createStorageWatch,
	PROBE_HOLDS_MS,
	storageFaultOf,
	STORAGE_WORKS
} from '$lib/server/storage-fault';

const fault = (code: string) => Object.assign(new Error('disk'), { code });

describe('a fault of the disk', () => {
	it.each([
		['SQLITE_FULL', 'storage-full'],
		['ENOSPC', 'storage-full'],
		['SQLITE_READONLY', 'storage-read-only'],
		['SQLITE_READONLY_DIRECTORY', 'storage-read-only'],
		['EACCES', 'storage-read-only'],
		['EROFS', 'storage-read-only'],
		['SQLITE_IOERR_WRITE', 'storage-fault'],
		['SQLITE_CANTOPEN', 'storage-fault'],
		['SQLITE_BUSY', 'storage-fault'],
		['SQLITE_CORRUPT', 'storage-fault']
	])('%s is %s', (code, word) => expect(storageFaultOf(fault(code))).toBe(word));

	it.each([
		fault('SQLITE_CONSTRAINT_NOTNULL'),
		fault('ERR_INVALID_ARG_TYPE'),
		new Error('SQLITE_FULL'),
		'SQLITE_FULL',
		null
	])('%s is none: a bug, or one call’s own', (error) => expect(storageFaultOf(error)).toBeNull());
});

it('is written into the log when it begins, changes and ends, and not with each call', () => {
	const lines: string[] = [];
	const watch = createStorageWatch({
		error: (fields, sentence) => lines.push(`${fields.fault} ${fields.code}: ${sentence.slice(0, 37)}`),
		info: (_, sentence) => lines.push(sentence)
	});
	watch.worked();
	for (let i = 0; i < 5; i++) expect(watch.failed(fault('SQLITE_FULL'))).toBe('storage-full');
	expect(watch.failed(new Error('a bug'))).toBeNull();
	watch.failed(fault('SQLITE_READONLY'));
	for (let i = 0; i < 3; i++) watch.worked();
	expect(lines).toEqual([
		'storage-full SQLITE_FULL: Die Datenbank kann nichts speichern: ',
		'storage-read-only SQLITE_READONLY: Die Datenbank kann nichts speichern: ',
		STORAGE_WORKS
	]);
});

it('is looked for by one write for all who ask meanwhile and shortly afterwards, and by another one later', async () => {
	let writes = 0;
	let now = 0;
	let end: (error?: Error) => void = () => undefined;
	const watch = createStorageWatch({ error: () => undefined, info: () => undefined });
	const write = (): Promise<void> => {
		writes++;
		return new Promise((resolve, reject) => (end = (error) => (error ? reject(error) : resolve())));
	};
	const probe = createProbe(watch, write, () => now);
	const asked = [probe(), probe()];
	// A slow disk does not get a second write on top.
	now += 10 * PROBE_HOLDS_MS;
	asked.push(probe());
	end();
	expect(await Promise.all(asked)).toEqual(['ready', 'ready', 'ready']);
	now += PROBE_HOLDS_MS - 1;
	expect(await probe()).toBe('ready');
	expect(writes).toBe(1);
	now += 1;
	const again = probe();
	end(fault('SQLITE_FULL'));
	expect(await again).toBe('storage-full');
	expect(writes).toBe(2);
});
