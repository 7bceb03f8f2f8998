/** What one round sends, and how it shrinks when it was too much. */
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Head, Heads, Segment } from '$lib/domain/operation-log';
import { segmentBytes } from '$lib/domain/segment-codec';
import { offeredHeads, withSettled } from './heads';
import { FRAME_BYTES, MAX_MESSAGE_BYTES, type DeviceKey, type ExchangeOffer, type RefusedSegment } from './protocol';
import type { ExchangePorts, RememberedServer } from './sync-engine';
import type { TransportError } from './transport-error';

export const SEGMENT_BUDGET_BYTES = MAX_MESSAGE_BYTES - FRAME_BYTES;
/** A server that is gone without a word must not hold a run for long. */
const MAX_TIMEOUTS = 2;

/** Everything that changes while rounds go on. */
export interface Run {
	readonly ports: ExchangePorts;
	server: RememberedServer | null;
	budgetBytes: number;
	timeouts: number;
	requests: number;
	sent: number;
	received: number;
	refused: RefusedSegment[];
	/** Answered to in this run, but not claimed by the server's heads: refused, or behind more gaps than heads can name. */
	settled: Segment[];
	sentRecords: Set<string>;
	clockOffsetMs: number | null;
	ours: Heads;
	/** In place of the own head, while the server is asked to show what it has of it (SY15). */
	offerOwn: Head | null;
}

export interface Batch {
	readonly offer: Omit<ExchangeOffer, 'nonce'>;
	/** More of ours would have followed. */
	readonly more: boolean;
}

/** What the server lacks by what it said last, up to one message. */
export async function nextBatch(run: Run): Promise<Batch> {
	const { ports, server } = run;
	const [ours, apart, allKeys, tips] = await Promise.all([
		ports.log.heads(),
		ports.log.setAsideSegments(),
		ports.deviceKeys(),
		ports.keyring.tips()
	]);
	run.ours = ours;
	const records = await recordsToSend(run);
	const budgetBytes = run.budgetBytes - records.reduce((sum, record) => sum + record.bytes.length, 0);
	const found = await ports.log.segmentsBeyond(theirHeads(run, allKeys), budgetBytes);
	// Without a hint a long log is not sent blindly: the first answer tells what is there already.
	const segments = server === null && found.more && run.requests === 0 ? [] : within(found.segments, budgetBytes);
	const sending = new Set(segments.map(({ header }) => header.deviceId));
	const deviceKeys = allKeys.filter(
		({ deviceId }) => ports.members.has(deviceId) && (sending.has(deviceId) || !server?.heads.has(deviceId))
	);
	const { offerOwn } = run;
	const heads = offeredHeads(
		offerOwn ? new Map([...ours, [ports.ownDeviceId, offerOwn]]) : ours,
		// What was given up with a former identity stands for nothing: the history of others under that id is wanted (SY15).
		apart.filter(({ reason }) => reason !== 'given-up').map(({ segment }) => segment),
		allKeys.map(({ deviceId }) => deviceId)
	);
	return { offer: { heads, segments, deviceKeys, keyring: { tips, records } }, more: found.more };
}

/** A device that is no member for all that is known here is not brought to a server that does not know it: nobody vouches for it. */
function theirHeads({ ports, server, settled }: Run, keys: readonly DeviceKey[]): Heads {
	const heads = new Map(withSettled(server?.heads ?? new Map(), settled));
	for (const { deviceId } of keys)
		if (!ports.members.has(deviceId) && !heads.has(deviceId)) heads.set(deviceId, NOT_TO_BE_SENT);
	return heads;
}
const NOT_TO_BE_SENT: Head = { sequence: Number.MAX_SAFE_INTEGER, chainValue: new Uint8Array(32), beyond: [] };

/** The log keeps to its limit only roughly. */
function within(segments: readonly Segment[], budgetBytes: number): readonly Segment[] {
	let bytes = 0;
	const end = segments.findIndex((segment, i) => (bytes += segmentBytes(segment)) > budgetBytes && i > 0);
	return end < 0 ? segments : segments.slice(0, end);
}

/** Older records first, none twice in a run, at most a quarter of the message. */
async function recordsToSend(run: Run): Promise<readonly KeyringRecord[]> {
	const lacking = await run.ports.keyring.recordsBeyond(run.server?.tips ?? null);
	const chosen: KeyringRecord[] = [];
	let bytes = 0;
	for (const record of lacking) {
		if (run.sentRecords.has(nameOf(record))) continue;
		bytes += record.bytes.length + record.signature.length;
		if (chosen.length > 0 && bytes > run.budgetBytes / 4) break;
		chosen.push(record);
	}
	return chosen;
}

export const nameOf = (record: KeyringRecord): string => record.signature.join();

/** 413: half as much the next time; too late by our own limit or theirs: a quarter, for a slow line. True when it is worth another try. */
export function canShrink(error: TransportError, { offer }: Batch, run: Run): boolean {
	const late =
		(error.type === 'unreachable' && error.cause === 'timeout') || (error.type === 'busy' && error.status === 408);
	if (!late && error.type !== 'too-large') return false;
	if (offer.segments.length <= 1 && offer.keyring.records.length <= 1) return false;
	if (late && ++run.timeouts > MAX_TIMEOUTS) return false;
	run.budgetBytes = Math.floor(Math.min(run.budgetBytes, bytesOf(offer)) / (late ? 4 : 2));
	return true;
}

const bytesOf = ({ segments, keyring }: Batch['offer']): number =>
	segments.reduce((sum, segment) => sum + segmentBytes(segment), 0) +
	keyring.records.reduce((sum, record) => sum + record.bytes.length, 0);

/** What is still to be sent after an answer; heads are compared every time. */
export async function whatIsLeft(run: Run): Promise<{ readonly any: boolean; readonly operations: number }> {
	run.ours = await run.ports.log.heads();
	const allKeys = await run.ports.deviceKeys();
	const theirs = theirHeads(run, allKeys);
	const next = await run.ports.log.segmentsBeyond(theirs, 1);
	const records = await recordsToSend(run);
	const keys = allKeys.filter(({ deviceId }) => !theirs.has(deviceId));
	const any = next.segments.length > 0 || records.length > 0 || keys.length > 0;
	return { any, operations: countBeyond(run.ours, theirs) };
}

/** Roughly: gaps are not looked into, the figure only moves a bar. */
const countBeyond = (ours: Heads, theirs: Heads): number =>
	[...ours].reduce(
		(sum, [deviceId, { sequence }]) => sum + Math.max(0, sequence - (theirs.get(deviceId)?.sequence ?? 0)),
		0
	);
