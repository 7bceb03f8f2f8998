/** Snappy's raw format, read only: in it Chromium hides what LevelDB and IndexedDB hold. */

/** Larger than anything a test writes; a length beyond it is no Snappy at all. */
const MAX_LENGTH = 64 * 1024 * 1024;

/** The bytes behind it, or null for what is not Snappy. Source: google/snappy, format_description.txt. */
export function unpackSnappy(packed: Uint8Array): Uint8Array | null {
	const length = readVarint(packed, 0);
	if (!length || length.value > MAX_LENGTH) return null;
	const unpacked = new Uint8Array(length.value);
	let from = length.next;
	let to = 0;
	while (from < packed.length && to < unpacked.length) {
		const piece = readPiece(packed, from);
		if (!piece || to + piece.length > unpacked.length) return null;
		if (piece.offset === null) {
			if (piece.next + piece.length > packed.length) return null;
			unpacked.set(packed.subarray(piece.next, piece.next + piece.length), to);
			from = piece.next + piece.length;
		} else {
			if (piece.offset === 0 || piece.offset > to) return null;
			// Byte by byte: a copy may reach into what it writes itself.
			for (let i = 0; i < piece.length; i++) unpacked[to + i] = unpacked[to + i - piece.offset] ?? 0;
			from = piece.next;
		}
		to += piece.length;
	}
	return to === unpacked.length ? unpacked : null;
}

interface Piece {
	readonly length: number;
	/** How far back a copy begins; null: a literal, which follows at `next`. */
	readonly offset: number | null;
	readonly next: number;
}

function readPiece(bytes: Uint8Array, at: number): Piece | null {
	const tag = bytes[at] ?? 0;
	const little = (start: number, count: number): number => {
		let value = 0;
		for (let i = count - 1; i >= 0; i--) value = value * 256 + (bytes[start + i] ?? 0);
		return value;
	};
	switch (tag & 3) {
		case 0: {
			const short = tag >> 2;
			const more = short < 60 ? 0 : short - 59;
			return { length: (more === 0 ? short : little(at + 1, more)) + 1, offset: null, next: at + 1 + more };
		}
		case 1:
			return { length: ((tag >> 2) & 7) + 4, offset: ((tag >> 5) << 8) | (bytes[at + 1] ?? 0), next: at + 2 };
		case 2:
			return { length: (tag >> 2) + 1, offset: little(at + 1, 2), next: at + 3 };
		default:
			return { length: (tag >> 2) + 1, offset: little(at + 1, 4), next: at + 5 };
	}
}

/** A number in groups of seven bits, lowest first. */
export function readVarint(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } | null {
	let value = 0;
	for (let i = 0; i < 8; i++) {
		const byte = bytes[at + i];
		if (byte === undefined) return null;
		value += (byte & 127) * 2 ** (7 * i);
		if (byte < 128) return { value, next: at + i + 1 };
	}
	return null;
}
