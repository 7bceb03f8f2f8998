/** The search that must find nothing in a profile finds what is there: in every encoding, and in what is packed. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFinder, searchFolder } from '../../support/disk-search';
import { byteNeedles, textNeedles } from '../../support/needles';
import { unpackSnappy } from '../../support/snappy';

const NAME = 'Quästenflösser';
let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'notschalter-search-'));
});
afterEach(() => rm(folder, { recursive: true }));

const noise = (length: number) => Buffer.from(Array.from({ length }, (_, i) => (i * 97 + 13) & 255));
async function finds(content: Uint8Array, needles = textNeedles(NAME), file = 'any.bin'): Promise<boolean> {
	await writeFile(join(folder, file), content);
	return (await searchFolder(folder, needles)).length > 0;
}
const within = (part: Uint8Array, before = 1001) => Buffer.concat([noise(before), part, noise(501)]);

it.each<[string, Uint8Array]>([
	['UTF-8', Buffer.from(NAME)],
	['UTF-16, little endian', Buffer.from(NAME, 'utf16le')],
	['UTF-16, big endian', Buffer.from(NAME, 'utf16le').swap16()],
	['Latin-1', Buffer.from(NAME, 'latin1')],
	['decomposed', Buffer.from(NAME.normalize('NFD'))],
	['capitals', Buffer.from(NAME.toUpperCase())],
	['its search form', Buffer.from('QUAESTENFLOESSER')],
	['percent', Buffer.from(`?q=${encodeURIComponent(NAME)}&`)],
	['JSON with escapes', Buffer.from('"Qu\\u00e4stenfl\\u00f6sser"')],
	['hexadecimal', Buffer.from(Buffer.from(NAME).toString('hex'))]
])('finds a name in %s', async (_, bytes) => {
	expect(await finds(within(bytes))).toBe(true);
	expect(await finds(within(bytes.subarray(0, -2)))).toBe(false);
});

it('finds a text in base64 whatever stands before and behind it', () => {
	const find = createFinder(textNeedles(NAME));
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (before, behind) => {
			const all = Buffer.concat([before, Buffer.from(NAME), behind]);
			expect(find(Buffer.from(all.toString('base64')))).not.toEqual([]);
			expect(find(Buffer.from(all.toString('base64url')))).not.toEqual([]);
		})
	);
});

it('finds a key raw, in hexadecimal and in base64, at either end of a file', async () => {
	const key = noise(600).subarray(300, 332);
	const needles = byteNeedles('key', key);
	expect(await finds(Buffer.concat([key, Buffer.alloc(50)]), needles)).toBe(true);
	expect(await finds(Buffer.concat([Buffer.alloc(50), key]), needles)).toBe(true);
	expect(await finds(Buffer.from(key.toString('hex')), needles)).toBe(true);
	expect(await finds(Buffer.from(`{"k":"${key.toString('base64')}"}`), needles)).toBe(true);
	expect(await finds(Buffer.concat([key.subarray(0, 31), Buffer.alloc(50)]), needles)).toBe(false);
});

it('finds what stands in the name of a file or folder', async () => {
	await mkdir(join(folder, NAME));
	expect(await finds(Buffer.alloc(0), textNeedles(NAME), `${NAME}/x`)).toBe(true);
});

it('takes digits for a number only where no further digit stands beside them', async () => {
	expect(await finds(Buffer.from('PIN 483926.'), textNeedles('483926'))).toBe(true);
	expect(await finds(Buffer.from('at 17483926551'), textNeedles('483926'))).toBe(false);
});

it('unpacks Snappy, also copies that overlap themselves', () => {
	const packed = Uint8Array.from([11, 2 << 2, 97, 98, 99, ((8 - 4) << 2) | 1, 3]);
	expect(Buffer.from(unpackSnappy(packed) ?? []).toString()).toBe('abcabcabcab');
	expect(unpackSnappy(Uint8Array.from([11, 2 << 2, 97]))).toBeNull();
});

it('finds what a packed value of IndexedDB and a packed body of the cache hold', async () => {
	const word = Buffer.from('Abendsegler');
	const packed = [0xff, 0x11, 0x02, word.length, (word.length - 2) << 2, ...word.subarray(0, -1)];
	// One sign is a copy: the word does not stand there as it is.
	const value = Uint8Array.from([...packed, (1 - 1) << 2, word.at(-1)!]);
	expect(await finds(within(value), textNeedles('Abendsegler'))).toBe(true);
	const head = Buffer.concat([
		Buffer.from('305c72a71b6dfbfc05000000', 'hex'),
		Buffer.from([3, 0, 0, 0]),
		Buffer.alloc(8)
	]);
	const entry = Buffer.concat([head, Buffer.from('key'), brotliCompressSync(`${'x'.repeat(99)} Abendsegler`)]);
	expect(await finds(entry, textNeedles('Abendsegler'))).toBe(true);
});
