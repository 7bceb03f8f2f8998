/** Operations ⇄ pending rows and segments: chain values, seals and both signatures (DESIGN § 3.2). */
import { bytesOfHex, type DeviceId, type SpaceId, type StaffId } from '$lib/domain/ids';
import type { PendingRow, Segment } from '$lib/domain/operation-log';
import { err, ok, type Result } from '$lib/domain/result';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { open, seal, type CannotOpen } from './aead';
import { concat, equalBytes, labelled, owned, randomBytes, uint64, type Bytes, type RandomBytes } from './bytes';
import type { PurposeKeys } from './data-key';
import { decodeContent } from './segment-content';
import { sign, verify } from './signature';

export { cutSegments, type CutInput, type OpenedRow } from './cut';
export { verifySegmentSignature } from './segment-signature';

const CHAIN_VALUE_BYTES = 32;

/** c(0): before a device's first operation. */
export const chainZero = (): Bytes => new Uint8Array(CHAIN_VALUE_BYTES);

/** c(n) = HMAC-SHA-256(c(n−1) ‖ bytes of operation n): names a device's whole history up to n, however it is cut. */
export const chainValue = async (chainKey: CryptoKey, previous: Uint8Array, operation: Uint8Array): Promise<Bytes> =>
	new Uint8Array(await crypto.subtle.sign('HMAC', chainKey, concat(previous, operation)));

/** What a person signs: that this device's history up to `sequence` ends as the chain value says. */
const staffStatement = (spaceId: SpaceId, deviceId: DeviceId, sequence: number, chain: Uint8Array): Bytes =>
	labelled('staff-signature', bytesOfHex(spaceId), bytesOfHex(deviceId), uint64(sequence), chain);

type RowPlace = Pick<PendingRow, 'deviceId' | 'sequence' | 'chainValue' | 'staffId' | 'keyId'>;
const rowBinding = (spaceId: SpaceId, row: RowPlace): Bytes =>
	labelled(
		'pending-row',
		bytesOfHex(spaceId),
		bytesOfHex(row.deviceId),
		uint64(row.sequence),
		row.chainValue,
		bytesOfHex(row.staffId),
		row.keyId
	);

export interface PendingInput {
	readonly keys: PurposeKeys;
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly sequence: number;
	/** One line of JSON without line feed. */
	readonly operationBytes: Uint8Array;
	/** c(sequence − 1). */
	readonly previousChainValue: Uint8Array;
	readonly staffId: StaffId;
	readonly staffKey: CryptoKey;
}

/** Seals one operation alone, bound to its place in the history, and signs the history with it. */
export async function sealPending(input: PendingInput, random: RandomBytes = randomBytes): Promise<PendingRow> {
	const { keys, spaceId, deviceId, sequence, operationBytes, staffId } = input;
	if (operationBytes.includes(0x0a)) throw new Error('an operation is one line');
	const chain = await chainValue(keys.chain, input.previousChainValue, operationBytes);
	const place: RowPlace = { deviceId, sequence, chainValue: chain, staffId, keyId: keys.keyId };
	const [sealed, staffSignature] = await Promise.all([
		seal(keys.pending, operationBytes, rowBinding(spaceId, place), random),
		sign(input.staffKey, staffStatement(spaceId, deviceId, sequence, chain))
	]);
	return { ...place, sealed, staffSignature };
}

/** Bytes of the operation. `cannot-open`: another key, another place in the history, or touched bytes. */
export const openPending = (row: PendingRow, keys: PurposeKeys, spaceId: SpaceId): Promise<Result<Bytes, CannotOpen>> =>
	open(keys.pending, row.sealed, rowBinding(spaceId, row));

/** Whether one of these keys of the person signed the history up to this row; needs no key of the space. */
export const isRowSigned = (
	{ deviceId, sequence, chainValue: chain, staffSignature }: PendingRow,
	spaceId: SpaceId,
	staffKeys: readonly CryptoKey[]
): Promise<boolean> => isSignedByOneOf(staffKeys, staffStatement(spaceId, deviceId, sequence, chain), staffSignature);

export type OpenSegmentError =
	| { readonly type: 'bad-staff-signature' }
	| { readonly type: 'broken-chain' }
	/** Another key, touched bytes, or an encoding of a newer version: kept, and tried again. */
	| CannotOpen
	| { readonly type: 'too-large' };

/**
 * Opens a segment and verifies all that its header claims: the person's signature, number of operations and every chain value.
 * `staffKeys`: all signing keys the person has had (a new password brings a new one); one of them must have signed.
 */
export async function openSegment(
	segment: Segment,
	keys: PurposeKeys,
	staffKeys: readonly CryptoKey[]
): Promise<Result<{ readonly operations: Bytes[] }, OpenSegmentError>> {
	const { header } = segment;
	const statement = staffStatement(header.spaceId, header.deviceId, lastSequenceOf(segment), header.chainAfter);
	if (!(await isSignedByOneOf(staffKeys, statement, segment.staffSignature)))
		return err({ type: 'bad-staff-signature' });
	const content = await open(keys.segment, segment.sealed, segment.headerBytes);
	if (!content.ok) return content;
	const operations = await decodeContent(content.value, header.count);
	if (!operations.ok) return operations;
	if (operations.value.length !== header.count) return err({ type: 'broken-chain' });
	let chain = owned(header.chainBefore);
	for (const operation of operations.value) chain = await chainValue(keys.chain, chain, operation);
	if (!equalBytes(chain, header.chainAfter)) return err({ type: 'broken-chain' });
	return ok({ operations: operations.value });
}

async function isSignedByOneOf(
	keys: readonly CryptoKey[],
	statement: Uint8Array,
	signature: Uint8Array
): Promise<boolean> {
	for (const key of keys) if (await verify(key, statement, signature)) return true;
	return false;
}
