/** Files of a ZIP archive, unpacked under limits: what its headers say of sizes is not believed. */
import { Inflate } from 'fflate';
import type { UnreadableReason } from '$lib/domain/appointment-import';
import { err, ok, type Result } from '$lib/domain/result';

/** Of all files read together; the largest table that may be taken has some forty. */
export const MAX_UNPACKED_BYTES = 128 * 1024 * 1024;
/** A table packs to a twentieth, repetitive ones to a hundredth; deflate can do a thousandth. */
const MAX_RATIO = 300;
/** Small files may pack as they like. */
const RATIO_FREE_BYTES = 4 * 1024 * 1024;
/** Excel writes some twenty; pictures and themes a hundred. */
const MAX_FILES = 4_096;
/** So little packed at once that a bomb is seen long before it has filled the memory. */
const SLICE_BYTES = 16 * 1024;

export interface ZipArchive {
	readonly names: ReadonlySet<string>;
	/** The text of an UTF-8 file, without a byte order mark; null: the archive has none of this name. */
	read(name: string): Result<string, UnreadableReason> | null;
}

interface ZipFile {
	readonly packed: Uint8Array;
	readonly method: number;
	readonly encrypted: boolean;
}

export function openZip(bytes: Uint8Array): Result<ZipArchive, UnreadableReason> {
	const files = directoryOf(bytes);
	if (files === null) return err('damaged');
	let budget = MAX_UNPACKED_BYTES;
	return ok({
		names: new Set(files.keys()),
		read: (name) => {
			const file = files.get(name);
			if (file === undefined) return null;
			if (file.encrypted) return err('encrypted');
			const text = unpack(file, budget);
			if (!text.ok) return text;
			budget -= text.value.length;
			return text;
		}
	});
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_LENGTH = 22;
const MAX_COMMENT_LENGTH = 0xffff;

/** By the directory at the end, which is what Excel goes by; null: it does not hang together. */
function directoryOf(bytes: Uint8Array): ReadonlyMap<string, ZipFile> | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = endOf(view);
	if (end === null) return null;
	const count = view.getUint16(end + 10, true);
	if (count > MAX_FILES) return null;
	const files = new Map<string, ZipFile>();
	let at = view.getUint32(end + 16, true);
	for (let i = 0; i < count; i++) {
		if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) return null;
		const nameLength = view.getUint16(at + 28, true);
		const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
		const file = fileAt(bytes, view, at);
		if (file !== null) files.set(name.replaceAll('\\', '/').replace(/^\//, ''), file);
		at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
	}
	return files;
}

function endOf(view: DataView): number | null {
	const first = Math.max(0, view.byteLength - END_LENGTH - MAX_COMMENT_LENGTH);
	for (let at = view.byteLength - END_LENGTH; at >= first; at--) {
		if (view.getUint32(at, true) === END_SIGNATURE) return at;
	}
	return null;
}

/** Null: its local header is not where the directory says; the others may be. */
function fileAt(bytes: Uint8Array, view: DataView, entry: number): ZipFile | null {
	const local = view.getUint32(entry + 42, true);
	if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL_SIGNATURE) return null;
	const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
	return {
		packed: bytes.subarray(start, start + view.getUint32(entry + 20, true)),
		method: view.getUint16(entry + 10, true),
		encrypted: (view.getUint16(entry + 8, true) & 1) === 1
	};
}

function unpack({ packed, method }: ZipFile, budget: number): Result<string, UnreadableReason> {
	if (method === 0) return packed.length > budget ? err('unpacks-too-large') : ok(new TextDecoder().decode(packed));
	return method === 8 ? inflate(packed, budget) : err('damaged');
}

function inflate(packed: Uint8Array, budget: number): Result<string, UnreadableReason> {
	const decoder = new TextDecoder();
	const parts: string[] = [];
	let size = 0;
	let ended = false;
	const stream = new Inflate((chunk, final) => {
		size += chunk.length;
		ended ||= final;
		if (size <= budget) parts.push(decoder.decode(chunk, { stream: true }));
	});
	try {
		for (let at = 0; at < packed.length && !ended; at += SLICE_BYTES) {
			const end = Math.min(at + SLICE_BYTES, packed.length);
			stream.push(packed.subarray(at, end), end === packed.length);
			if (size > budget || (size > RATIO_FREE_BYTES && size > end * MAX_RATIO)) return err('unpacks-too-large');
		}
	} catch {
		return err('damaged');
	}
	parts.push(decoder.decode());
	return ended ? ok(parts.join('')) : err('damaged');
}
