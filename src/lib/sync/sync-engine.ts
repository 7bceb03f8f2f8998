/** One exchange with one server, round by round, until both have everything or nothing moves any more (DESIGN § 4). */
import type { DeviceId, RecordId, SpaceId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Head, Heads, OperationLog, Segment } from '$lib/domain/operation-log';
import { err, ok, type Result } from '$lib/domain/result';
import { canShrink, nameOf, nextBatch, SEGMENT_BUDGET_BYTES, whatIsLeft, type Batch, type Run } from './exchange-batch';
import { divergences, haveChanged, isClaimed, type Divergence } from './heads';
import type { DeviceKey, ExchangeAnswer, RefusedSegment } from './protocol';
import type { Exchanged, ExchangeTransport } from './transport';
import type { TransportError } from './transport-error';

/** What came from a server, to be verified and written by the one write door. */
export interface Received {
	readonly segments: readonly Segment[];
	readonly deviceKeys: readonly DeviceKey[];
	readonly records: readonly KeyringRecord[];
	readonly clockOffsetMs: number;
	/** What the server says it holds, and what it did not take: there a device meets its own id (SY15). */
	readonly heads: Heads;
	readonly refused: readonly RefusedSegment[];
}
/** How much of it was new here; only what is on the disk counts. */
export interface Absorbed {
	readonly segments: number;
	readonly records: number;
	/** While the server's word on this device's own history is in doubt: all that it is told of that, so that it shows what it has (SY15). */
	readonly offerOwn?: Head | null;
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
	/** Devices this one vouches for: something of theirs opened here. Whoever else signs in this space's name is a stranger. */
	readonly members: ReadonlySet<DeviceId>;
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
	/** Both sides hold everything, but for what the server does not claim: refused, or behind too many gaps. */
	readonly complete: boolean;
}
export interface ExchangeFailure {
	readonly error: TransportError;
	/** What was reached before: it stays true. */
	readonly report: ExchangeReport;
}

/** A server that never comes to rest is left for the next run. */
const MAX_ROUNDS = 1_000;
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
		settled: [],
		sentRecords: new Set(),
		clockOffsetMs: null,
		ours: new Map(),
		offerOwn: null
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
		if (!more && !left.any && !run.offerOwn) return ok(reportOf(run, true));
		if (!moved) break;
	}
	return ok(reportOf(run, false));
}

/** Writes what came, notes what the server holds now. True when anything moved on either side. */
async function takeAnswer(run: Run, { offer }: Batch, { answer, clockOffsetMs }: Exchanged): Promise<boolean> {
	const before = run.server;
	run.clockOffsetMs = clockOffsetMs;
	const absorbed = await run.ports.absorb({
		segments: answer.segments,
		deviceKeys: answer.deviceKeys,
		records: answer.keyring.records,
		clockOffsetMs,
		heads: answer.heads,
		refused: answer.refused
	});
	const wasOffered = run.offerOwn;
	run.offerOwn = absorbed.offerOwn ?? null;
	const isAskedOn = run.offerOwn !== null && run.offerOwn.sequence !== wasOffered?.sequence;
	run.received += absorbed.segments > 0 ? operationsOf(answer.segments) : 0;
	run.server = { heads: answer.heads, tips: answer.keyring.tips };
	for (const record of offer.keyring.records) run.sentRecords.add(nameOf(record));
	noteSettled(run, offer, answer);
	const moved =
		before === null || haveChanged(before.heads, answer.heads) || !sameTips(before.tips, answer.keyring.tips);
	// What was answered to is settled, so the next round is another one even where heads have no room to say so.
	return moved || isAskedOn || offer.segments.length > 0 || absorbed.segments > 0 || absorbed.records > 0;
}

/** Only what the server's heads claim is sent (SY2); what they do not, it is not asked again in this run. */
function noteSettled(run: Run, { segments }: Batch['offer'], { refused, heads }: ExchangeAnswer): void {
	const unclaimed = segments.filter((segment) => !isClaimed(heads, segment));
	run.refused.push(...refused);
	run.settled.push(...unclaimed);
	run.sent += operationsOf(segments) - operationsOf(unclaimed);
}

const operationsOf = (segments: readonly Segment[]): number =>
	segments.reduce((sum, { header }) => sum + header.count, 0);

const sameTips = (a: readonly RecordId[], b: readonly RecordId[]): boolean =>
	a.length === b.length && a.every((tip) => b.includes(tip));

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
