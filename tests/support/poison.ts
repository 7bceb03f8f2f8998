/** Segments as an enrolled device makes them that means harm: well signed by the device, so that no server can tell. */
import { seal } from '$lib/crypto/aead';
import { concat, labelled, randomBytes, uint64, utf8, type Bytes } from '$lib/crypto/bytes';
import { chainValue, chainZero } from '$lib/crypto/seal';
import { signSegment } from '$lib/crypto/segment-signature';
import { sign } from '$lib/crypto/signature';
import { bytesOfHex } from '$lib/domain/ids';
import type { Segment, SegmentHeader, SetAsideReason } from '$lib/domain/operation-log';
import { encodeSegmentHeader, MAX_SEGMENT_OPERATIONS } from '$lib/domain/segment-codec';
import { keysOf } from './test-desk';
import type { TestCounter } from './test-counter';
import type { TestSpace } from './test-space';

interface Poison {
	/** Before it is sealed: the encoding, then the lines. */
	readonly content: Bytes;
	readonly count?: number;
	/** Operations that the chain value really stands for; none: it stands for nothing. */
	readonly chained?: readonly Bytes[];
	readonly forgedStaffSignature?: boolean;
	readonly unsealed?: boolean;
}

const PLAIN = Uint8Array.of(0);
const LINE = utf8('{"n":1}');

async function deflated(bytes: Bytes): Promise<Bytes> {
	const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
	return concat(Uint8Array.of(1), new Uint8Array(await new Response(stream).arrayBuffer()));
}

/** By name: what is in it, and why devices set it aside; null: it opens, but holds no operation. */
export const poisons: readonly (readonly [string, SetAsideReason | null, () => Promise<Poison> | Poison])[] = [
	['64 megabytes in 64 kilobytes', 'cannot-open', async () => ({ content: await deflated(new Uint8Array(2 ** 26)) })],
	[
		'eight million empty lines',
		'broken-chain',
		async () => ({
			content: await deflated(new Uint8Array(2 ** 23 - 1).fill(0x0a)),
			count: MAX_SEGMENT_OPERATIONS
		})
	],
	['bytes that were never deflated', 'cannot-open', () => ({ content: Uint8Array.of(1, 255, 255, 255) })],
	['an encoding of its own', 'cannot-open', () => ({ content: Uint8Array.of(9, 1, 2, 3) })],
	['a line without end', 'cannot-open', () => ({ content: concat(PLAIN, LINE) })],
	['nothing that was ever sealed', 'cannot-open', () => ({ content: randomBytes(40), unsealed: true })],
	['another history than it claims', 'broken-chain', () => ({ content: concat(PLAIN, LINE, utf8('\n')) })],
	[
		'a history nobody has signed',
		'bad-staff-signature',
		() => ({ content: concat(PLAIN, LINE, utf8('\n')), chained: [LINE], forgedStaffSignature: true })
	],
	['a line that is no operation', null, () => ({ content: concat(PLAIN, LINE, utf8('\n')), chained: [LINE] })],
	[
		'brackets sixty thousand deep',
		null,
		() => {
			const line = utf8('['.repeat(60_000));
			return { content: concat(PLAIN, line, utf8('\n')), chained: [line] };
		}
	]
];

/** The first segment of this device, poisoned. */
export async function poisonedSegment(space: TestSpace, device: TestCounter, poison: Poison): Promise<Segment> {
	const { spaceId, opened } = space;
	const { deviceId, signingKey } = device;
	const [keys] = await keysOf(space, opened);
	if (!keys) throw new Error('a founded space has a key');
	const { count = 1, chained = [] } = poison;
	let chainAfter = chained.length > 0 ? chainZero() : randomBytes(32);
	for (const line of chained) chainAfter = await chainValue(keys.chain, chainAfter, line);
	const header: SegmentHeader = {
		version: 1,
		algorithm: 1,
		spaceId,
		deviceId,
		firstSequence: 1,
		count,
		chainBefore: chainZero(),
		chainAfter,
		keyId: keys.keyId,
		staffId: opened.staffId
	};
	const headerBytes = encodeSegmentHeader(header);
	const statement = labelled('staff-signature', bytesOfHex(spaceId), bytesOfHex(deviceId), uint64(count), chainAfter);
	const staffSignature = poison.forgedStaffSignature ? randomBytes(64) : await sign(opened.signingKey, statement);
	const sealed = poison.unsealed ? poison.content : await seal(keys.segment, poison.content, headerBytes);
	const unsigned = { headerBytes, sealed, staffSignature };
	return { header, ...unsigned, signature: await signSegment(signingKey, unsigned) };
}
