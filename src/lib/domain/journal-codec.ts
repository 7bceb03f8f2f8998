/**
 * A journal as bytes: a header, then frames that each stand alone, so that damage costs the frames it touched and no other.
 *
 * Header, 16 bytes: magic (8) ‖ version (4) ‖ CRC-32 of the twelve before.
 * Frame: marker (4) ‖ length of the payload (4) ‖ CRC-32 of length and payload (4) ‖ payload (deterministic CBOR). Numbers are big-endian.
 * The same bytes serve as a file on any other medium.
 */
import { crc32 } from './crc32';
import type { JournalEntry } from './journal';
import { decodeEntry, encodePayload } from './journal-entry-codec';

export const JOURNAL_VERSION = 1;
export const HEADER_BYTES = 16;
const FRAME_BYTES = 12;
/** "NOTSCH", then what a transfer as text would change. */
const MAGIC = Uint8Array.of(0x4e, 0x4f, 0x54, 0x53, 0x43, 0x48, 0x0d, 0x0a);
/** Bytes that no text and hardly any CBOR holds: where reading goes on after damage. */
const FIRST_OF_MARKER = 0xf7;
const MARKER = Uint8Array.of(FIRST_OF_MARKER, 0x4e, 0xff, 0x4a);
/** Longer than any entry: a draft of 1 MiB is the longest. A longer claim is damage. */
const MAX_PAYLOAD_BYTES = 4 * 1024 * 1024;

export interface JournalFile {
	/** `newer`: of a later version, unread. `foreign`: not ours, or nothing of it is left. */
	readonly kind: 'ours' | 'empty' | 'newer' | 'foreign';
	readonly entries: readonly JournalEntry[];
	/** Stretches between readable frames, and their bytes; a torn tail is none. */
	readonly places: number;
	readonly lostBytes: number;
	readonly tornBytes: number;
}

/** The first bytes of a file. */
export function encodeJournalHeader(version = JOURNAL_VERSION): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(HEADER_BYTES);
	bytes.set(MAGIC);
	const view = new DataView(bytes.buffer);
	view.setUint32(8, version);
	view.setUint32(12, crc32(bytes.subarray(0, 12)));
	return bytes;
}

/** One entry as a frame, to be appended behind a header or another frame. */
export function encodeEntry(entry: JournalEntry): Uint8Array<ArrayBuffer> {
	const payload = encodePayload(entry);
	if (payload.length > MAX_PAYLOAD_BYTES) throw new Error('journal: an entry is longer than any can be');
	const bytes = new Uint8Array(FRAME_BYTES + payload.length);
	bytes.set(MARKER);
	const view = new DataView(bytes.buffer);
	view.setUint32(4, payload.length);
	bytes.set(payload, FRAME_BYTES);
	view.setUint32(8, crc32(bytes.subarray(4, 8), payload));
	return bytes;
}

export function encodeEntries(entries: readonly JournalEntry[]): Uint8Array<ArrayBuffer> {
	return joined(entries.map(encodeEntry));
}

/** A whole file of these entries. */
export const encodeJournal = (entries: readonly JournalEntry[]): Uint8Array<ArrayBuffer> =>
	joined([encodeJournalHeader(), ...entries.map(encodeEntry)]);

/** Reads whatever can be read: never throws, and yields no entry that was not written. */
export function readJournal(bytes: Uint8Array): JournalFile {
	const header = judgeHeader(bytes);
	if (header === 'empty' || header === 'newer') return { ...NOTHING, kind: header };
	const entries: JournalEntry[] = [];
	const lost = { places: 0, bytes: 0 };
	/** Behind the last frame that was read. */
	let end = header === 'ours' ? HEADER_BYTES : 0;
	for (let at = end; at !== -1;) {
		const payload = payloadAt(bytes, at);
		if (payload === null) {
			at = bytes.indexOf(FIRST_OF_MARKER, at + 1);
			continue;
		}
		if (at > end) lost.places++;
		lost.bytes += at - end;
		entries.push(decodeEntry(payload));
		at += FRAME_BYTES + payload.length;
		end = at;
	}
	if (header === 'damaged' && entries.length === 0) return { ...NOTHING, kind: 'foreign', lostBytes: bytes.length };
	return { kind: 'ours', entries, ...withTail(bytes, end, lost) };
}

const NOTHING = { entries: [], places: 0, lostBytes: 0, tornBytes: 0 } as const;

/** The rest behind the last readable frame: cut off by a crash, or damaged where it lies. */
function withTail(bytes: Uint8Array, end: number, lost: { readonly places: number; readonly bytes: number }) {
	const tail = bytes.subarray(end);
	if (tail.length === 0 || isTorn(tail)) return { places: lost.places, lostBytes: lost.bytes, tornBytes: tail.length };
	return { places: lost.places + 1, lostBytes: lost.bytes + tail.length, tornBytes: 0 };
}

/** A frame that claims more than is there, the beginning of one, or zeros that a file system left. */
function isTorn(tail: Uint8Array): boolean {
	if (tail.every((byte) => byte === 0)) return true;
	if (!MARKER.every((byte, i) => i >= tail.length || tail[i] === byte)) return false;
	return tail.length < FRAME_BYTES || lengthAt(tail, 0) > tail.length - FRAME_BYTES;
}

function judgeHeader(bytes: Uint8Array): 'empty' | 'ours' | 'newer' | 'damaged' {
	const whole = encodeJournalHeader();
	// Cut off while it was made: nothing was written behind it yet.
	if (bytes.length < HEADER_BYTES) return bytes.every((byte, i) => byte === whole[i]) ? 'empty' : 'damaged';
	const view = viewOf(bytes);
	const isSound = MAGIC.every((byte, i) => bytes[i] === byte) && view.getUint32(12) === crc32(bytes.subarray(0, 12));
	if (!isSound) return 'damaged';
	return view.getUint32(8) > JOURNAL_VERSION ? 'newer' : 'ours';
}

/** The payload of a frame that begins here and is sound; null otherwise. */
function payloadAt(bytes: Uint8Array, at: number): Uint8Array | null {
	if (at + FRAME_BYTES > bytes.length || !MARKER.every((byte, i) => bytes[at + i] === byte)) return null;
	const length = lengthAt(bytes, at);
	const end = at + FRAME_BYTES + length;
	if (length > MAX_PAYLOAD_BYTES || end > bytes.length) return null;
	const payload = bytes.subarray(at + FRAME_BYTES, end);
	return viewOf(bytes).getUint32(at + 8) === crc32(bytes.subarray(at + 4, at + 8), payload) ? payload : null;
}

const lengthAt = (bytes: Uint8Array, at: number): number => viewOf(bytes).getUint32(at + 4);
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		bytes.set(piece, at);
		at += piece.length;
	}
	return bytes;
}
