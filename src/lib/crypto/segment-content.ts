/** What is inside a segment's seal: one byte that names the encoding, then operations as lines of JSON, deflated when that pays. */
import { MAX_SEGMENT_OPERATIONS } from '$lib/domain/segment-codec';
import { MAX_LINE_BYTES } from '$lib/domain/operation';
import { err, ok, type Result } from '$lib/domain/result';
import { concat, owned, type Bytes } from './bytes';

const PLAIN = 0;
const RAW_DEFLATE = 1;
/** Below this, deflating costs more than it saves (measured: forty times the encryption for one small operation). */
const DEFLATE_ABOVE_BYTES = 4 * 1024;
/** Inflating stops here, whatever the segment claims: a few kilobytes can deflate from gigabytes. */
const MAX_CONTENT_BYTES = 8 * 1024 * 1024;
const LINE_FEED = 0x0a;

export type ContentError = { readonly type: 'cannot-open' } | { readonly type: 'too-large' };

/** Lines of a segment before sealing. Every line ends with a line feed; JSON has none inside. */
export async function encodeContent(operations: readonly Uint8Array[]): Promise<Bytes> {
	const lines = concat(...operations.flatMap((operation) => [operation, Uint8Array.of(LINE_FEED)]));
	if (lines.length > DEFLATE_ABOVE_BYTES) {
		const deflated = await deflate(lines);
		if (deflated.length < lines.length) return concat(Uint8Array.of(RAW_DEFLATE), deflated);
	}
	return concat(Uint8Array.of(PLAIN), lines);
}

/** `cannot-open`: an encoding of a newer version, or bytes that are none; `too-large`: stopped at the limit. */
export async function decodeContent(content: Uint8Array, count: number): Promise<Result<Bytes[], ContentError>> {
	const limit = Math.min(MAX_CONTENT_BYTES, count * (MAX_LINE_BYTES + 1));
	const body = owned(content.subarray(1));
	const lines =
		content[0] === PLAIN
			? body.length > limit
				? err({ type: 'too-large' } as const)
				: ok(body)
			: content[0] === RAW_DEFLATE
				? await inflate(body, limit)
				: err({ type: 'cannot-open' } as const);
	return lines.ok ? splitLines(lines.value) : lines;
}

/** Content may hold at most this, so that every reader's limit takes it. */
export const fitsOneSegment = (count: number, contentBytes: number): boolean =>
	count <= MAX_SEGMENT_OPERATIONS && contentBytes <= MAX_CONTENT_BYTES / 2;

function splitLines(lines: Bytes): Result<Bytes[], ContentError> {
	const operations: Bytes[] = [];
	for (let from = 0; from < lines.length;) {
		const end = lines.indexOf(LINE_FEED, from);
		if (end === -1) return err({ type: 'cannot-open' });
		if (end - from > MAX_LINE_BYTES) return err({ type: 'too-large' });
		operations.push(lines.subarray(from, end));
		from = end + 1;
	}
	return ok(operations);
}

async function deflate(bytes: Bytes): Promise<Bytes> {
	const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function inflate(bytes: Bytes, limit: number): Promise<Result<Bytes, ContentError>> {
	const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
	const chunks: Uint8Array[] = [];
	let length = 0;
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return ok(concat(...chunks));
			length += value.length;
			if (length > limit) {
				await reader.cancel();
				return err({ type: 'too-large' });
			}
			chunks.push(value);
		}
	} catch {
		return err({ type: 'cannot-open' });
	}
}
