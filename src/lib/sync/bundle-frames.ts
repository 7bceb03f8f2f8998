/**
 * A bundle's part as bytes: a header, then frames that each stand alone, so that damage costs the frames it touched and no
 * other. Written and read as a stream: what is in memory at one time is one frame and one chunk, however long the file is.
 *
 * Header, 16 bytes: magic (8) ‖ version (4) ‖ CRC-32 of the twelve before.
 * Frame: marker (4) ‖ length of the payload (4) ‖ CRC-32 of the payload (4) ‖ CRC-32 of the eight before (4) ‖ payload.
 * Numbers are big-endian.
 */
import { crc32 } from '$lib/domain/crc32';
import { MAX_MESSAGE_BYTES } from './protocol';
import type { Bytes } from './wire';

export const BUNDLE_VERSION = 1;
export const PART_HEADER_BYTES = 16;
export const FRAME_HEAD_BYTES = 16;
/** A message and its signature. */
export const MAX_PAYLOAD_BYTES = MAX_MESSAGE_BYTES + 64;
/** "NOTSBU", then what a transfer as text would change. */
const MAGIC = Uint8Array.of(0x4e, 0x4f, 0x54, 0x53, 0x42, 0x55, 0x0d, 0x0a);
/** Where reading goes on after damage. Not the journal's: neither file is ever taken for the other. */
const MARKER = Uint8Array.of(0xf7, 0x42, 0xff, 0x55);
/** So much may be summed in vain while looking into damaged frames for others; behind that they are passed over whole. */
const MOST_IN_VAIN_BYTES = 16 * MAX_PAYLOAD_BYTES;

const SEARCH_BYTES = 512 * 1024;

/** A file that does not say it is ours is given up when so much of it held no frame. */
const MOST_FOREIGN_BYTES = 64 * 1024 * 1024;

export type ReadFrame =
	| { readonly type: 'frame'; readonly payload: Uint8Array }
	/** A stretch between two frames, or at the end, that could not be read. */
	| { readonly type: 'damaged'; readonly bytes: number }
	/** Within such a stretch: a moment to stop in, and to tell how far it is. */
	| { readonly type: 'searching' };

export type PartKind = 'ours' | 'newer' | 'foreign';

/** The first bytes of a part. */
export function encodePartHeader(version = BUNDLE_VERSION): Bytes {
	const bytes = new Uint8Array(PART_HEADER_BYTES);
	bytes.set(MAGIC);
	const view = new DataView(bytes.buffer);
	view.setUint32(8, version);
	view.setUint32(12, crc32(bytes.subarray(0, 12)));
	return bytes;
}

/** One payload as a frame. Throws when it is longer than any reader takes: a fault of the writer. */
export function encodeFrame(payload: Uint8Array): Bytes {
	if (payload.length > MAX_PAYLOAD_BYTES) throw new Error('bundle: a frame is longer than any can be');
	const bytes = new Uint8Array(FRAME_HEAD_BYTES + payload.length);
	bytes.set(MARKER);
	const view = new DataView(bytes.buffer);
	view.setUint32(4, payload.length);
	view.setUint32(8, crc32(payload));
	view.setUint32(12, crc32(bytes.subarray(4, 12)));
	bytes.set(payload, FRAME_HEAD_BYTES);
	return bytes;
}

/** What the first bytes of a file say. A damaged header tells nothing: its frames still may. */
export function kindOfPart(head: Uint8Array): 'ours' | 'newer' | 'damaged' {
	if (head.length < PART_HEADER_BYTES || !MAGIC.every((byte, i) => head[i] === byte)) return 'damaged';
	if (numberAt(head, 12) !== crc32(head.subarray(0, 12))) return 'damaged';
	return numberAt(head, 8) > BUNDLE_VERSION ? 'newer' : 'ours';
}

/** Every frame of a part that can be read, in order, with the stretches that cannot; throws only what `chunks` throws. */
export async function* readFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ReadFrame, PartKind> {
	const window = createWindow(chunks);
	await window.fill(PART_HEADER_BYTES);
	const kind = kindOfPart(window.bytes());
	if (kind === 'newer') return 'newer';
	if (kind === 'ours') window.drop(PART_HEADER_BYTES);
	let found = false;
	let lost = 0;
	let inVain = 0;
	let searched = 0;
	while (await window.fill(1)) {
		const judged = await judgeFrame(window);
		if (judged.type === 'frame') {
			if (lost > 0) yield { type: 'damaged', bytes: lost };
			lost = searched = 0;
			found = true;
			// A copy: the window moves on.
			yield { type: 'frame', payload: judged.payload.slice() };
			window.drop(FRAME_HEAD_BYTES + judged.payload.length);
			continue;
		}
		// Its length was sound and its content is not: others may lie inside of what it claims, after a cut or an insertion.
		inVain += judged.summed;
		const step = judged.summed > 0 && inVain > MOST_IN_VAIN_BYTES ? FRAME_HEAD_BYTES + judged.summed : 1;
		lost += window.dropToMarker(step);
		if (kind === 'damaged' && !found && lost > MOST_FOREIGN_BYTES) return 'foreign';
		if (judged.summed === 0 && lost - searched < SEARCH_BYTES) continue;
		searched = lost;
		yield { type: 'searching' };
	}
	if (lost > 0 && (found || kind === 'ours')) yield { type: 'damaged', bytes: lost };
	return found || kind === 'ours' ? 'ours' : 'foreign';
}

type Judged =
	{ readonly type: 'frame'; readonly payload: Uint8Array } | { readonly type: 'none'; readonly summed: number };

/** What begins where the window begins. `summed`: bytes whose sum was computed and is another. */
async function judgeFrame(window: ByteWindow): Promise<Judged> {
	const none = { type: 'none', summed: 0 } as const;
	if (!(await window.fill(FRAME_HEAD_BYTES))) return none;
	const head = window.bytes().subarray(0, FRAME_HEAD_BYTES);
	if (!MARKER.every((byte, i) => head[i] === byte) || numberAt(head, 12) !== crc32(head.subarray(4, 12))) return none;
	const length = numberAt(head, 4);
	const sum = numberAt(head, 8);
	if (length > MAX_PAYLOAD_BYTES || !(await window.fill(FRAME_HEAD_BYTES + length))) return none;
	const payload = window.bytes().subarray(FRAME_HEAD_BYTES, FRAME_HEAD_BYTES + length);
	return crc32(payload) === sum ? { type: 'frame', payload } : { type: 'none', summed: length };
}

type ByteWindow = ReturnType<typeof createWindow>;

/** The bytes from here on, as far as they were needed yet. */
function createWindow(chunks: AsyncIterable<Uint8Array>) {
	const source = chunks[Symbol.asyncIterator]();
	let held: Uint8Array = new Uint8Array(0);
	let isOver = false;
	return {
		bytes: () => held,
		/** True: at least so many bytes are held. */
		fill: async (least: number): Promise<boolean> => {
			if (held.length >= least) return true;
			const pieces = [held];
			let length = held.length;
			while (length < least && !isOver) {
				const next = await source.next();
				if (next.done) isOver = true;
				else {
					pieces.push(next.value);
					length += next.value.length;
				}
			}
			held = pieces.length > 1 ? joined(pieces, length) : held;
			return held.length >= least;
		},
		drop: (count: number): void => {
			held = held.subarray(count);
		},
		/** Drops at least `step` bytes, and what follows up to a marker or what may begin one; tells how many that were. */
		dropToMarker: (step: number): number => {
			const [first = 0] = MARKER;
			let at = held.indexOf(first, step);
			while (at >= 0 && !mayBeMarker(held, at)) at = held.indexOf(first, at + 1);
			const count = at < 0 ? held.length : at;
			held = held.subarray(count);
			return count;
		}
	};
}

/** As far as the bytes are held. */
const mayBeMarker = (bytes: Uint8Array, at: number): boolean =>
	MARKER.every((byte, i) => at + i >= bytes.length || bytes[at + i] === byte);

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		bytes.set(piece, at);
		at += piece.length;
	}
	return bytes;
}

const numberAt = (bytes: Uint8Array, at: number): number =>
	new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at);
