/** What stands in the files of a LevelDB: its tables are compressed in blocks, its logs are cut into frames. */
import { readVarint, unpackSnappy } from './snappy';

const TABLE_MAGIC = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];
const FOOTER_BYTES = 48;
const LOG_BLOCK_BYTES = 32 * 1024;
const LOG_HEADER_BYTES = 7;

/** Keys and values as they were written, or null for what is no table. Throws where a block cannot be read: a search must not pass it by. */
export function readTable(file: Uint8Array): Uint8Array[] | null {
	const footer = file.subarray(file.length - FOOTER_BYTES);
	if (footer.length < FOOTER_BYTES || !TABLE_MAGIC.every((byte, i) => footer[40 + i] === byte)) return null;
	const metaIndex = readHandle(footer, 0);
	const index = metaIndex && readHandle(footer, metaIndex.next);
	if (!index) throw new Error('a table of LevelDB without an index');
	return entriesOf(blockAt(file, index)).flatMap(({ value }) => {
		const handle = readHandle(value, 0);
		if (!handle) throw new Error('a table of LevelDB with a damaged index');
		return entriesOf(blockAt(file, handle)).map(({ key, value: held }) => joined([key, held]));
	});
}

interface Handle {
	readonly offset: number;
	readonly size: number;
	readonly next: number;
}

function readHandle(bytes: Uint8Array, at: number): Handle | null {
	const offset = readVarint(bytes, at);
	const size = offset && readVarint(bytes, offset.next);
	return size && { offset: offset.value, size: size.value, next: size.next };
}

function blockAt(file: Uint8Array, { offset, size }: Handle): Uint8Array {
	const block = file.subarray(offset, offset + size);
	const compression = file[offset + size];
	if (compression === 0) return block;
	const unpacked = compression === 1 ? unpackSnappy(block) : null;
	if (!unpacked) throw new Error(`a block of LevelDB compressed in a way that is not known here: ${compression}`);
	return unpacked;
}

/** Keys share their beginnings with the one before. */
function entriesOf(block: Uint8Array): { readonly key: Uint8Array; readonly value: Uint8Array }[] {
	const restarts = new DataView(block.buffer, block.byteOffset + block.length - 4, 4).getUint32(0, true);
	const end = block.length - 4 * (restarts + 1);
	const entries = [];
	let key: Uint8Array = new Uint8Array();
	let at = 0;
	while (at < end) {
		const shared = readVarint(block, at);
		const own = shared && readVarint(block, shared.next);
		const length = own && readVarint(block, own.next);
		if (!length) throw new Error('a damaged block of LevelDB');
		const valueAt = length.next + own.value;
		key = joined([key.subarray(0, shared.value), block.subarray(length.next, valueAt)]);
		entries.push({ key, value: block.subarray(valueAt, valueAt + length.value) });
		at = valueAt + length.value;
	}
	return entries;
}

/** A log without the frames of its 32 KiB blocks, within which a text may be cut in two. */
export function readLog(file: Uint8Array): Uint8Array {
	const parts: Uint8Array[] = [];
	for (let block = 0; block < file.length; block += LOG_BLOCK_BYTES) {
		const end = Math.min(block + LOG_BLOCK_BYTES, file.length);
		let at = block;
		while (at + LOG_HEADER_BYTES <= end) {
			const length = (file[at + 4] ?? 0) | ((file[at + 5] ?? 0) << 8);
			if (file[at + 6] === 0) break;
			parts.push(file.subarray(at + LOG_HEADER_BYTES, Math.min(at + LOG_HEADER_BYTES + length, end)));
			at += LOG_HEADER_BYTES + length;
		}
	}
	return joined(parts);
}

export const joined = (parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);
