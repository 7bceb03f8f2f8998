/** A bundle as a stream of bytes: everything, or what the other side lacks by its own heads; part by part (SPEC.md). */
import { signBundleMessage } from '$lib/crypto/bundle-signature';
import type { KeyringState } from '$lib/crypto/keyring';
import type { DeviceId, RecordId, SpaceId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Heads, OperationLog, Segment } from '$lib/domain/operation-log';
import { addRange, type Ranges } from '$lib/domain/ranges';
import { lastSequenceOf, segmentBytes } from '$lib/domain/segment-codec';
import { encodeBundleMessage, encodeSignedFrame, BUNDLE_ID_BYTES, type BundleFrame } from '$lib/sync/bundle';
import { encodeFrame, encodePartHeader } from '$lib/sync/bundle-frames';
import { heldHeads, rangesOfHead } from '$lib/sync/heads';
import type { DeviceKey } from '$lib/sync/protocol';
import { headsOf } from './log-keeper';
import { countUnsent } from './unsent';

export interface WritingPorts {
	readonly log: Pick<OperationLog, 'heads' | 'segmentsBeyond' | 'setAsideSegments'>;
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly deviceKey: CryptoKey;
	deviceKeys(): Promise<readonly DeviceKey[]>;
	loadKeyring(): Promise<KeyringState>;
	nowMs(): number;
}

export interface WritingChoice {
	/** What the other side said it holds; null: nothing is known of it, so everything is written. */
	readonly reader: { readonly heads: Heads; readonly tips: readonly RecordId[] } | null;
	/** A part grows no larger than this, but for a keyring that alone is; Infinity: one file. */
	readonly partBytes: number;
}

export interface BundleChunk {
	/** From 1 on. */
	readonly part: number;
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Operations in it. */
	readonly operations: number;
}

/** So much is lost when one byte of a frame is damaged; so much is sealed, summed and handed over at one time. */
const FRAME_BUDGET_BYTES = 1024 * 1024;
/** Of a frame beside its segments, and of each segment in it. */
const FRAME_OVERHEAD_BYTES = 1024;
const KEY_OVERHEAD_BYTES = 100;
const SEGMENT_OVERHEAD_BYTES = 16;
const PART_HEADER_BYTES = 16;

/** How many operations the other side lacks of what is held here. */
export const countToWrite = async (
	log: Pick<OperationLog, 'heads'>,
	reader: WritingChoice['reader']
): Promise<number> => countUnsent(await log.heads(), reader?.heads ?? new Map());

/**
 * Pending rows are cut by the caller beforehand: only segments travel. Read page by page, so that no save waits for it. What
 * is saved meanwhile may be in it and may not; the heads say what was held at its beginning.
 */
export async function* bundleChunks(ports: WritingPorts, choice: WritingChoice): AsyncGenerator<BundleChunk> {
	const writer = await createFrameWriter(ports, choice.reader?.tips ?? []);
	yield* writer.open();
	// Small parts are to be filled, too.
	const pageBytes = Math.min(FRAME_BUDGET_BYTES, choice.partBytes / 4);
	for await (const segments of pagesBeyond(ports.log, choice.reader?.heads ?? new Map(), pageBytes)) {
		if (writer.isFull(segments, choice.partBytes)) {
			yield await writer.close('part');
			yield* writer.open();
		}
		yield await writer.carry(segments);
	}
	yield await writer.close('bundle');
}

async function* pagesBeyond(
	log: WritingPorts['log'],
	theirs: Heads,
	pageBytes: number
): AsyncGenerator<readonly Segment[], void, undefined> {
	const read = new Map<DeviceId, Ranges>([...theirs].map(([deviceId, head]) => [deviceId, rangesOfHead(head)]));
	for (;;) {
		const page = await log.segmentsBeyond(headsOf(read), pageBytes);
		if (page.segments.length > 0) yield page.segments;
		if (!page.more || page.segments.length === 0) return;
		for (const segment of page.segments) {
			const { deviceId, firstSequence } = segment.header;
			read.set(deviceId, addRange(read.get(deviceId) ?? [], firstSequence, lastSequenceOf(segment)));
		}
	}
}

async function createFrameWriter(ports: WritingPorts, theirTips: readonly RecordId[]) {
	const [ours, apart, allKeys, keyring] = await Promise.all([
		ports.log.heads(),
		ports.log.setAsideSegments(),
		ports.deviceKeys(),
		ports.loadKeyring()
	]);
	const own = allKeys.find(({ deviceId }) => deviceId === ports.deviceId);
	if (!own) throw new Error('bundle: this device does not know its own key');
	const keyById = new Map(allKeys.map((key) => [key.deviceId, key]));
	const heads = heldHeads(
		ours,
		apart.filter(({ reason }) => reason !== 'given-up').map(({ segment }) => segment),
		[...keyById.keys()]
	);
	const batches = inBatches(keyring.ancestorsMissing(theirTips));
	const nonce = crypto.getRandomValues(new Uint8Array(BUNDLE_ID_BYTES));
	const writtenAt = ports.nowMs();
	/** What is left free at the end of a part for the frame that closes it. */
	let reserved = 0;
	let at = { part: 0, frame: 0, bytes: 0, carried: 0 };

	async function frame(
		content: Partial<BundleFrame['offer']>,
		closes: BundleFrame['closes'] = 'nothing'
	): Promise<Uint8Array<ArrayBuffer>> {
		at.frame++;
		const message = encodeBundleMessage({
			spaceId: ports.spaceId,
			writer: own!,
			writtenAt,
			part: at.part,
			frame: at.frame,
			closes,
			offer: { nonce, heads: new Map(), segments: [], deviceKeys: [], keyring: NO_RECORDS, ...content }
		});
		const bytes = encodeFrame(encodeSignedFrame(message, await signBundleMessage(ports.deviceKey, message)));
		at.bytes += bytes.length;
		return bytes;
	}
	const keyringPart = (records: readonly KeyringRecord[]) => ({ tips: keyring.tips, records });

	return {
		/** What everything else depends on stands at both ends of a part, as far as one frame holds it. */
		async *open(): AsyncGenerator<BundleChunk> {
			at = { part: at.part + 1, frame: 0, bytes: PART_HEADER_BYTES, carried: 0 };
			yield { part: at.part, bytes: encodePartHeader(), operations: 0 };
			const [first = [], ...others] = batches;
			const lead = await frame({ heads, keyring: keyringPart(first) });
			reserved = lead.length + FRAME_OVERHEAD_BYTES;
			yield { part: at.part, bytes: lead, operations: 0 };
			for (const records of others)
				yield { part: at.part, bytes: await frame({ keyring: keyringPart(records) }), operations: 0 };
		},
		isFull: (segments: readonly Segment[], partBytes: number): boolean =>
			at.carried > 0 && at.bytes + sizeOf(segments) + reserved > partBytes,
		async carry(segments: readonly Segment[]): Promise<BundleChunk> {
			const ids = new Set(segments.map(({ header }) => header.deviceId));
			const deviceKeys = [...ids].flatMap((id) => keyById.get(id) ?? []);
			at.carried++;
			const bytes = await frame({ segments, deviceKeys });
			return { part: at.part, bytes, operations: segments.reduce((sum, { header }) => sum + header.count, 0) };
		},
		async close(closes: 'part' | 'bundle'): Promise<BundleChunk> {
			const bytes = await frame({ heads, keyring: keyringPart(batches[0] ?? []) }, closes);
			return { part: at.part, bytes, operations: 0 };
		}
	};
}

const NO_RECORDS = { tips: [], records: [] } as const;

const sizeOf = (segments: readonly Segment[]): number =>
	segments.reduce(
		(sum, segment) => sum + segmentBytes(segment) + SEGMENT_OVERHEAD_BYTES + KEY_OVERHEAD_BYTES,
		FRAME_OVERHEAD_BYTES
	);

/** Older ones first; each batch fits a frame. */
function inBatches(records: readonly KeyringRecord[]): (readonly KeyringRecord[])[] {
	const batches: KeyringRecord[][] = [];
	let bytes = Infinity;
	for (const record of records) {
		const size = record.bytes.length + record.signature.length;
		if (bytes + size > FRAME_BUDGET_BYTES) {
			batches.push([]);
			bytes = 0;
		}
		batches.at(-1)?.push(record);
		bytes += size;
	}
	return batches;
}
