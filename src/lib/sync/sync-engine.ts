/** One exchange with one server, round by round, until both have everything or nothing moves any more (DESIGN § 4). */
import type { DeviceId, RecordId, SpaceId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Heads, OperationLog, Segment } from '$lib/domain/operation-log';
import { segmentBytes } from '$lib/domain/segment-codec';
import { err, ok, type Result } from '$lib/domain/result';
import { divergences, haveChanged, offeredHeads, withRefused, type Divergence } from './heads';
import {
	MAX_MESSAGE_BYTES,
	type DeviceKey,
	type ExchangeAnswer,
	type ExchangeOffer,
	type RefusedSegment
} from './protocol';
import type { Exchanged, ExchangeTransport } from './transport';
import type { TransportError } from './transport-error';

/** What came from a server, to be verified and written by the one write door. */
export interface Received {
	readonly segments: readonly Segment[];
	readonly deviceKeys: readonly DeviceKey[];
	readonly records: readonly KeyringRecord[];
	readonly clockOffsetMs: number;
}
/** How much of it was new here; only what is on the disk counts. */
export interface Absorbed {
	readonly segments: number;
	readonly records: number;
}

/** What is remembered of a server: a hint that saves bytes, never a position. */
export interface RememberedServer {
	readonly heads: Heads;
	readonly tips: readonly RecordId[];
}

export interface ExchangeProgress {
	readonly requests: number;
	/** Operations. */
	readonly sent: number;
	readonly received: number;
	/** Segments still to be sent are at least this many operations; null while unknown. */
	readonly left: number | null;
}

export interface ExchangePorts {
	readonly spaceId: SpaceId;
	readonly ownDeviceId: DeviceId;
	/** Pending rows are cut by the caller beforehand: only segments travel. */
	readonly log: Pick<OperationLog, 'heads' | 'segmentsBeyond' | 'setAsideSegments'>;
	readonly keyring: {
		tips(): Promise<readonly RecordId[]>;
		/** Records that one who knows these tips lacks, older ones first; null: nothing is known of the other. */
		recordsBeyond(tips: readonly RecordId[] | null): Promise<readonly KeyringRecord[]>;
	};
	deviceKeys(): Promise<readonly DeviceKey[]>;
	readonly transport: ExchangeTransport;
	absorb(received: Received): Promise<Absorbed>;
	readonly remembered: RememberedServer | null;
	onProgress?(progress: ExchangeProgress): void;
	readonly signal?: AbortSignal;
}

export interface ExchangeReport {
	readonly requests: number;
	/** Operations. */
	readonly sent: number;
	readonly received: number;
	readonly refused: readonly RefusedSegment[];
	/** What the server last said it holds; null when it said nothing. */
	readonly server: RememberedServer | null;
	readonly clockOffsetMs: number | null;
	/** Second histories and own heads beyond our own (SY1, SY15). */
	readonly divergences: readonly Divergence[];
	/** Both sides hold everything, but for what was refused. */
	readonly complete: boolean;
}
export interface ExchangeFailure {
	readonly error: TransportError;
	/** What was reached before: it stays true. */
	readonly report: ExchangeReport;
}

/** Room for heads, keys and the frame of a message. */
const FRAME_BYTES = 384 * 1024;
const SEGMENT_BUDGET_BYTES = MAX_MESSAGE_BYTES - FRAME_BYTES;
/** A server that never comes to rest is left for the next run. */
const MAX_ROUNDS = 1_000;
/** A server that is gone without a word must not hold a run for long. */
const MAX_TIMEOUTS = 2;

/** Everything that changes while rounds go on. */
interface Run {
	readonly ports: ExchangePorts;
	server: RememberedServer | null;
	budgetBytes: number;
	timeouts: number;
	requests: number;
	sent: number;
	received: number;
	refused: RefusedSegment[];
	refusedSegments: Segment[];
	sentRecords: Set<string>;
	clockOffsetMs: number | null;
	ours: Heads;
}

interface Batch {
	readonly offer: Omit<ExchangeOffer, 'nonce'>;
	/** More of ours would have followed. */
	readonly more: boolean;
}

/** Runs under the Web Lock of the exchange (SY13); pure over its ports. */
export async function runExchange(ports: ExchangePorts): Promise<Result<ExchangeReport, ExchangeFailure>> {
	const run: Run = {
		ports,
		server: ports.remembered,
		budgetBytes: SEGMENT_BUDGET_BYTES,
		timeouts: 0,
		requests: 0,
		sent: 0,
		received: 0,
		refused: [],
		refusedSegments: [],
		sentRecords: new Set(),
		clockOffsetMs: null,
		ours: new Map()
	};
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const batch = await nextBatch(run);
		run.requests++;
		const exchanged = await ports.transport.exchange(ports.spaceId, batch.offer, ports.signal);
		if (!exchanged.ok) {
			if (canShrink(exchanged.error, batch, run)) continue;
			return err({ error: exchanged.error, report: reportOf(run, false) });
		}
		const moved = await takeAnswer(run, batch, exchanged.value);
		const left = await whatIsLeft(run);
		ports.onProgress?.({ requests: run.requests, sent: run.sent, received: run.received, left: left.operations });
		const { more } = exchanged.value.answer;
		if (!more && !left.any) return ok(reportOf(run, true));
		if (!moved) break;
	}
	return ok(reportOf(run, false));
}

/** What the server lacks by what it said last, up to one message. */
async function nextBatch(run: Run): Promise<Batch> {
	const { ports, server } = run;
	const [ours, apart, allKeys, tips] = await Promise.all([
		ports.log.heads(),
		ports.log.setAsideSegments(),
		ports.deviceKeys(),
		ports.keyring.tips()
	]);
	run.ours = ours;
	const records = await recordsToSend(run);
	const found = await ports.log.segmentsBeyond(theirHeads(run), run.budgetBytes);
	// Without a hint a long log is not sent blindly: the first answer tells what is there already.
	const segments = server === null && found.more && run.requests === 0 ? [] : within(found.segments, run.budgetBytes);
	const sending = new Set(segments.map(({ header }) => header.deviceId));
	const deviceKeys = allKeys.filter(({ deviceId }) => sending.has(deviceId) || !server?.heads.has(deviceId));
	const heads = offeredHeads(
		ours,
		apart.map(({ segment }) => segment),
		allKeys.map(({ deviceId }) => deviceId)
	);
	return { offer: { heads, segments, deviceKeys, keyring: { tips, records } }, more: found.more };
}

/** Refused segments count as held: they are not offered again in this run. */
const theirHeads = ({ server, refusedSegments }: Run): Heads =>
	withRefused(server?.heads ?? new Map(), refusedSegments);

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

const nameOf = (record: KeyringRecord): string => record.signature.join();

/** 413: half as much the next time; our own time limit: a quarter, for a slow line. True when it is worth another try. */
function canShrink(error: TransportError, { offer }: Batch, run: Run): boolean {
	const late = error.type === 'unreachable' && error.cause === 'timeout';
	if (!late && error.type !== 'too-large') return false;
	if (offer.segments.length <= 1 && offer.keyring.records.length <= 1) return false;
	if (late && ++run.timeouts > MAX_TIMEOUTS) return false;
	run.budgetBytes = Math.floor(Math.min(run.budgetBytes, bytesOf(offer)) / (late ? 4 : 2));
	return true;
}

const bytesOf = ({ segments, keyring }: Batch['offer']): number =>
	segments.reduce((sum, segment) => sum + segmentBytes(segment), 0) +
	keyring.records.reduce((sum, record) => sum + record.bytes.length, 0);

/** Writes what came, notes what the server holds now. True when anything moved on either side. */
async function takeAnswer(run: Run, { offer }: Batch, { answer, clockOffsetMs }: Exchanged): Promise<boolean> {
	const before = run.server;
	run.clockOffsetMs = clockOffsetMs;
	const absorbed = await run.ports.absorb({
		segments: answer.segments,
		deviceKeys: answer.deviceKeys,
		records: answer.keyring.records,
		clockOffsetMs
	});
	run.received += absorbed.segments > 0 ? operationsOf(answer.segments) : 0;
	run.server = { heads: answer.heads, tips: answer.keyring.tips };
	for (const record of offer.keyring.records) run.sentRecords.add(nameOf(record));
	noteRefused(run, offer, answer);
	const moved =
		before === null || haveChanged(before.heads, answer.heads) || !sameTips(before.tips, answer.keyring.tips);
	return moved || absorbed.segments > 0 || absorbed.records > 0;
}

function noteRefused(run: Run, offer: Batch['offer'], { refused }: ExchangeAnswer): void {
	const isRefused = ({ header }: Segment) =>
		refused.some((one) => one.deviceId === header.deviceId && one.firstSequence === header.firstSequence);
	const rejected = offer.segments.filter(isRefused);
	run.refused.push(...refused);
	run.refusedSegments.push(...rejected);
	run.sent += operationsOf(offer.segments) - operationsOf(rejected);
}

const operationsOf = (segments: readonly Segment[]): number =>
	segments.reduce((sum, { header }) => sum + header.count, 0);

const sameTips = (a: readonly RecordId[], b: readonly RecordId[]): boolean =>
	a.length === b.length && a.every((tip) => b.includes(tip));

/** What is still to be sent after an answer; heads are compared every time. */
async function whatIsLeft(run: Run): Promise<{ readonly any: boolean; readonly operations: number }> {
	run.ours = await run.ports.log.heads();
	const next = await run.ports.log.segmentsBeyond(theirHeads(run), 1);
	const records = await recordsToSend(run);
	const keys = (await run.ports.deviceKeys()).filter(({ deviceId }) => !run.server?.heads.has(deviceId));
	const any = next.segments.length > 0 || records.length > 0 || keys.length > 0;
	return { any, operations: countBeyond(run.ours, theirHeads(run)) };
}

/** Roughly: gaps are not looked into, the figure only moves a bar. */
const countBeyond = (ours: Heads, theirs: Heads): number =>
	[...ours].reduce(
		(sum, [deviceId, { sequence }]) => sum + Math.max(0, sequence - (theirs.get(deviceId)?.sequence ?? 0)),
		0
	);

const reportOf = (run: Run, complete: boolean): ExchangeReport => ({
	requests: run.requests,
	sent: run.sent,
	received: run.received,
	refused: run.refused,
	server: run.requests > 0 && run.clockOffsetMs !== null ? run.server : null,
	clockOffsetMs: run.clockOffsetMs,
	divergences:
		run.server && run.clockOffsetMs !== null ? divergences(run.ours, run.server.heads, run.ports.ownDeviceId) : [],
	complete
});
