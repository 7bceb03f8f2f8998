/** Cutting: consecutive pending rows of one person and key become segments that fit an exchange. */
import type { DeviceId, KeyId, SpaceId } from '$lib/domain/ids';
import type { PendingRow, Segment, SegmentHeader } from '$lib/domain/operation-log';
import { encodeSegmentHeader, MAX_SEGMENT_SIZE_BYTES } from '$lib/domain/segment-codec';
import { NONCE_BYTES, seal, TAG_BYTES } from './aead';
import { randomBytes, type RandomBytes } from './bytes';
import type { PurposeKeys } from './data-key';
import { encodeContent, fitsOneSegment } from './segment-content';
import { signSegment } from './segment-signature';
import { SIGNATURE_BYTES } from './signature';

export interface OpenedRow {
	readonly row: PendingRow;
	/** What `openPending` gave for it. */
	readonly bytes: Uint8Array;
}

export interface CutInput {
	/** Consecutive, ascending, of one device. */
	readonly rows: readonly OpenedRow[];
	/** Chain value before the first row. */
	readonly chainBefore: Uint8Array;
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly deviceKey: CryptoKey;
	readonly keysById: ReadonlyMap<KeyId, PurposeKeys>;
}

interface Run {
	readonly rows: readonly OpenedRow[];
	readonly chainBefore: Uint8Array;
}

const HEADER_RESERVE_BYTES = 256;
const MAX_CONTENT_SEALED_BYTES =
	MAX_SEGMENT_SIZE_BYTES - HEADER_RESERVE_BYTES - 2 * SIGNATURE_BYTES - NONCE_BYTES - TAG_BYTES;

/**
 * Cuts rows into segments of at most 1,000 operations and 256 KiB as carried, each of one person and one data key.
 * Throws on rows that are not consecutive or whose key is not given: whoever opened them held it.
 */
export async function cutSegments(input: CutInput, random: RandomBytes = randomBytes): Promise<Segment[]> {
	const segments: Segment[] = [];
	for (const run of runsOf(input)) segments.push(...(await segmentsOf(input, run, random)));
	return segments;
}

/** Neighbours that may share a segment, taken as long as they fit. */
function runsOf({ rows, chainBefore }: CutInput): Run[] {
	const runs: Run[] = [];
	let run: OpenedRow[] = [];
	let runBytes = 0;
	let before = chainBefore;
	const close = () => {
		if (run.length === 0) return;
		runs.push({ rows: run, chainBefore: before });
		before = run.at(-1)?.row.chainValue ?? before;
		run = [];
		runBytes = 0;
	};
	for (const opened of rows) {
		const last = run.at(-1)?.row;
		if (last && (last.staffId !== opened.row.staffId || last.keyId !== opened.row.keyId)) close();
		if (!fitsOneSegment(run.length + 1, runBytes + opened.bytes.length + 1)) close();
		run.push(opened);
		runBytes += opened.bytes.length + 1;
	}
	close();
	return runs;
}

/** One segment, or two halves when it comes out too large. */
async function segmentsOf(input: CutInput, run: Run, random: RandomBytes): Promise<Segment[]> {
	const content = await encodeContent(run.rows.map(({ bytes }) => bytes));
	if (content.length <= MAX_CONTENT_SEALED_BYTES) return [await segmentOfContent(input, run, content, random)];
	const middle = run.rows.length >> 1;
	const first: Run = { rows: run.rows.slice(0, middle), chainBefore: run.chainBefore };
	const between = first.rows.at(-1)?.row.chainValue ?? run.chainBefore;
	const second: Run = { rows: run.rows.slice(middle), chainBefore: between };
	return [...(await segmentsOf(input, first, random)), ...(await segmentsOf(input, second, random))];
}

async function segmentOfContent(
	{ spaceId, deviceId, deviceKey, keysById }: CutInput,
	{ rows, chainBefore }: Run,
	content: Uint8Array,
	random: RandomBytes
): Promise<Segment> {
	const first = rows[0]?.row;
	const last = rows.at(-1)?.row;
	const keys = first && keysById.get(first.keyId);
	if (!first || !last || !keys) throw new Error('cut: the rows’ key is not given');
	if (last.sequence - first.sequence + 1 !== rows.length) throw new Error('cut: rows are not consecutive');
	const header: SegmentHeader = {
		version: 1,
		algorithm: 1,
		spaceId,
		deviceId,
		firstSequence: first.sequence,
		count: rows.length,
		chainBefore,
		chainAfter: last.chainValue,
		keyId: first.keyId,
		staffId: first.staffId
	};
	const headerBytes = encodeSegmentHeader(header);
	const sealed = await seal(keys.segment, content, headerBytes, random);
	const unsigned = { headerBytes, sealed, staffSignature: last.staffSignature };
	return { header, ...unsigned, signature: await signSegment(deviceKey, unsigned) };
}
