/** Bundles as bytes, for tests: read in chunks of any size. */
import { readFrames, type PartKind, type ReadFrame } from '$lib/sync/bundle-frames';

export async function* inChunks(bytes: Uint8Array, size = 1 << 20): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

export async function readPart(bytes: Uint8Array, chunkBytes?: number): Promise<{ kind: PartKind; read: ReadFrame[] }> {
	const frames = readFrames(inChunks(bytes, chunkBytes));
	const read: ReadFrame[] = [];
	for (;;) {
		const next = await frames.next();
		if (next.done) return { kind: next.value, read };
		read.push(next.value);
	}
}

export const payloadsOf = (read: readonly ReadFrame[]): Uint8Array[] =>
	read.flatMap((one) => (one.type === 'frame' ? [one.payload] : []));

export const joined = (...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
	new Uint8Array(Buffer.concat(pieces));
