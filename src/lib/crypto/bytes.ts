/** Bytes as all of crypto writes them: joined, labelled, compared, overwritten. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Draws that many random bytes; tests put a seeded one in its place. */
export type RandomBytes = (length: number) => Bytes;
export const randomBytes: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

const encoder = new TextEncoder();
export const utf8 = (text: string): Bytes => encoder.encode(text) as Bytes;

/** The same bytes, in the type that WebCrypto takes; copied only when they lie in shared memory. */
export const owned = (bytes: Uint8Array): Bytes =>
	bytes.buffer instanceof ArrayBuffer ? (bytes as Bytes) : new Uint8Array(bytes);

export function concat(...parts: readonly Uint8Array[]): Bytes {
	const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);

/** 8 bytes, most significant first. */
export function uint64(value: number): Bytes {
	const bytes = new Uint8Array(8);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
	return bytes;
}

/**
 * What is signed, hashed or bound: a label, then the parts, each behind its length (4 bytes).
 * No two lists of parts give the same bytes, and no label is taken for another; begins with a zero byte, so never with CBOR or text.
 */
export function labelled(label: string, ...parts: readonly (Uint8Array | string)[]): Bytes {
	const pieces: Uint8Array[] = [];
	for (const part of [`notschalter/1/${label}`, ...parts]) {
		const bytes = typeof part === 'string' ? utf8(part) : part;
		const length = new Uint8Array(4);
		new DataView(length.buffer).setUint32(0, bytes.length);
		pieces.push(length, bytes);
	}
	return concat(...pieces);
}

export const sha256 = async (bytes: Uint8Array): Promise<Bytes> =>
	new Uint8Array(await crypto.subtle.digest('SHA-256', owned(bytes)));

/** Overwrites secrets as far as JavaScript allows: the engine may still hold copies. */
export function wipe(...secrets: readonly Uint8Array[]): void {
	for (const secret of secrets) secret.fill(0);
}
