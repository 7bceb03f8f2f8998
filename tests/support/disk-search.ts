/** Searches every file below a folder for many needles at once, also in what LevelDB, IndexedDB and the caches have packed. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import { readLog, readTable } from './leveldb-files';
import type { Needle } from './needles';
import { unpackSnappy } from './snappy';

export interface Hit {
	/** Below the folder that was searched. */
	readonly file: string;
	readonly needle: string;
}

/** All hits below a folder. A file that is gone when its turn comes was the browser's to delete. */
export async function searchFolder(root: string, needles: readonly Needle[]): Promise<Hit[]> {
	const find = createFinder(needles);
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	const hits: Hit[] = [];
	for (const entry of entries.filter((file) => file.isFile())) {
		const path = join(entry.parentPath, entry.name);
		const file = path.slice(root.length + 1);
		const bytes = await readFile(path).catch(() => null);
		if (!bytes) continue;
		// A name is written on the disk as well.
		const found = new Set([Buffer.from(file), ...layersOf(entry.name, bytes)].flatMap(find));
		for (const needle of found) hits.push({ file, needle });
	}
	return hits;
}

/** One pass over the bytes, however many needles there are: their first three bytes are looked up, then the rest is compared. */
export function createFinder(needles: readonly Needle[]): (bytes: Uint8Array) => string[] {
	const begins = new Uint8Array(1 << 24);
	const byBegin = new Map<number, Needle[]>();
	for (const needle of needles) {
		const begin = beginAt(needle.bytes, 0);
		begins[begin] = 1;
		byBegin.set(begin, [...(byBegin.get(begin) ?? []), needle]);
	}
	return (bytes) => {
		const found = new Set<string>();
		let begin = beginAt(bytes, -1);
		for (let at = 0; at + 2 < bytes.length; at++) {
			begin = ((begin << 8) | bytes[at + 2]!) & 0xffffff;
			if (begins[begin] === 0) continue;
			for (const needle of byBegin.get(begin) ?? []) if (standsAt(bytes, at, needle)) found.add(needle.name);
		}
		return [...found];
	};
}

const beginAt = (bytes: Uint8Array, at: number): number =>
	((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);

function standsAt(bytes: Uint8Array, at: number, { bytes: wanted, digits }: Needle): boolean {
	if (at + wanted.length > bytes.length) return false;
	for (let i = 3; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false;
	return !digits || !(isDigit(bytes[at - 1]) || isDigit(bytes[at + wanted.length]));
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** The file as it lies there, and what its packed parts hold. */
function layersOf(name: string, bytes: Buffer): Uint8Array[] {
	const unpacked = [
		...(readTable(bytes) ?? []),
		...(name.endsWith('.log') ? [readLog(bytes)] : []),
		...cacheBodies(bytes)
	];
	return [bytes, ...unpacked, ...[bytes, ...unpacked].flatMap(packedValues)];
}

/** Chromium packs greater values of IndexedDB by themselves: 0xFF, pseudo version 17, „compressed with Snappy“ (Blink, idb_value_wrapping.cc). */
const PACKED_VALUE = Buffer.from([0xff, 0x11, 0x02]);

function packedValues(bytes: Uint8Array): Uint8Array[] {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const values: Uint8Array[] = [];
	for (let at = buffer.indexOf(PACKED_VALUE); at >= 0; at = buffer.indexOf(PACKED_VALUE, at + 1)) {
		const value = unpackSnappy(buffer.subarray(at + PACKED_VALUE.length));
		if (value) values.push(value);
	}
	return values;
}

/** Head of an entry of Chromium's simple cache; key and body follow. */
const CACHE_MAGIC = Buffer.from('305c72a71b6dfbfc', 'hex');
const CACHE_HEAD_BYTES = 24;

/** Bodies that the server sent compressed. */
function cacheBodies(bytes: Buffer): Uint8Array[] {
	if (!bytes.subarray(0, CACHE_MAGIC.length).equals(CACHE_MAGIC)) return [];
	const body = bytes.subarray(CACHE_HEAD_BYTES + bytes.readUInt32LE(12));
	return [
		orNone(() => brotliDecompressSync(body, { finishFlush: constants.BROTLI_OPERATION_FLUSH })),
		orNone(() => gunzipSync(body, { finishFlush: constants.Z_SYNC_FLUSH }))
	].flat();
}

function orNone(unpack: () => Uint8Array): Uint8Array[] {
	try {
		return [unpack()];
	} catch {
		return [];
	}
}
