/** The operation log on SQLite, for devices without a browser. The same contract as in IndexedDB; rows are sealed before they come here. */
import type { DeviceId } from '$lib/domain/ids';
import type {
	AppendError,
	Heads,
	NewBeginning,
	OperationLog,
	OwnHead,
	PendingRow,
	Segment
} from '$lib/domain/operation-log';
import { err, ok, type Result } from '$lib/domain/result';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { CHAIN_ZERO } from '$lib/storage/chain-values';
import { emptyOwnHead } from '$lib/storage/device-heads';
import { areEqual } from '$lib/storage/row-shape';
import { parseSetAside } from '$lib/storage/segment-rows';
import { codeOf, type FeedDatabase } from './feed-database';
import {
	chainValueAt,
	deleteRows,
	devicesIn,
	headOf,
	heldRanges,
	keptOwnHead,
	ownHeadOf,
	putAside,
	putOwnHead,
	putRow,
	putSegment,
	rowsFrom,
	segmentsWhere
} from './sqlite-segments';
import { addSegments, segmentsBeyond } from './sqlite-segment-pages';

export interface SqliteLogOptions {
	/** Runs within a save when all is written and nothing committed yet; throwing there takes it back. */
	readonly beforeCommit?: () => void;
	/** Device clock, ms. */
	readonly now?: () => number;
}

export function createSqliteOperationLog(
	database: FeedDatabase,
	{ beforeCommit, now = () => Date.now() }: SqliteLogOptions = {}
): OperationLog {
	return {
		ownHead: async (deviceId) => database.read(() => ownHeadOf(database, deviceId)),
		appendPending: async (rows, next, draftId) => append(database, { rows, next, draftId, beforeCommit }),
		stopWriting: async (deviceId, commonTo) =>
			database.write(() => {
				const head = keptOwnHead(database, deviceId) ?? emptyOwnHead(deviceId);
				putOwnHead(database, { ...head, commonTo: Math.max(commonTo, head.commonTo ?? 0) });
			}),
		beginAnew: async (beginning) => beginAnew(database, beginning, now(), beforeCommit),
		pendingRows: async (deviceId, from = 1) => rowsFrom(database, deviceId, from),
		chainBefore: async (deviceId, sequence) => database.read(() => chainValueAt(database, deviceId, sequence - 1)),
		replacePending: async (deviceId, from, to, segments) =>
			database.write(() => replacePending(database, deviceId, from, to, segments)),
		addSegments: async (segments) => database.write(() => addSegments(database, segments, now())),
		heads: async (): Promise<Heads> =>
			database.read(() => new Map(devicesIn(database).map((deviceId) => [deviceId, headOf(database, deviceId)]))),
		segmentsBeyond: async (heads, maxBytes) => database.read(() => segmentsBeyond(database, heads, maxBytes)),
		segmentWith: async (deviceId, sequence) => {
			const around = 'deviceId = ? and firstSequence <= ? and lastSequence >= ? order by lastSequence limit 1';
			return segmentsWhere(database, around, deviceId, sequence, sequence)[0] ?? null;
		},
		setAside: async (aside) =>
			database.write(() => {
				for (const { segment, reason, setAsideAt } of aside) putAside(database, segment, reason, setAsideAt);
				takeOut(
					database,
					aside.filter(({ reason }) => reason === 'given-up').map(({ segment }) => segment)
				);
			}),
		setAsideSegments: async () =>
			database
				.all('select * from setAside')
				.map(parseSetAside)
				.filter((one) => one !== null),
		size: async () => database.read(() => sizeOf(database))
	};
}

/** One transaction. */
function writeOrSay(database: FeedDatabase, act: () => AppendError | null): Result<void, AppendError> {
	let refused: AppendError | null = null;
	try {
		database.write(() => {
			refused = act();
		});
	} catch (error) {
		return err({ type: 'not-written', name: codeOf(error) });
	}
	return refused === null ? ok(undefined) : err(refused);
}

interface Append {
	readonly rows: readonly PendingRow[];
	readonly next: OwnHead;
	/** Nobody types here; the port has it all the same. */
	readonly draftId: string | null;
	readonly beforeCommit?: () => void;
}

function append(database: FeedDatabase, { rows, next, draftId, beforeCommit }: Append): Result<void, AppendError> {
	return writeOrSay(database, () => {
		const { sequence, commonTo } = ownHeadOf(database, next.deviceId);
		if (commonTo !== undefined) return { type: 'given-up' };
		if (rows[0]?.sequence !== sequence + 1) return { type: 'head-moved', head: sequence };
		for (const row of rows) putRow(database, row);
		putOwnHead(database, next);
		if (draftId !== null) database.run('delete from documents where name = ?', `draft/${draftId}`);
		beforeCommit?.();
		return null;
	});
}

function beginAnew(
	database: FeedDatabase,
	{ former, keptTo, givenUp, rows, next }: NewBeginning,
	setAsideAt: number,
	beforeCommit?: () => void
): Result<void, AppendError> {
	return writeOrSay(database, () => {
		const head = keptOwnHead(database, former);
		const begun = keptOwnHead(database, next.deviceId);
		if (head?.commonTo === undefined || begun) return { type: 'head-moved', head: begun?.sequence ?? 0 };
		takeOut(database, givenUp);
		for (const segment of givenUp) putAside(database, segment, 'given-up', setAsideAt);
		const chainValue = chainValueAt(database, former, keptTo) ?? CHAIN_ZERO;
		putOwnHead(database, { ...head, sequence: keptTo, chainValue });
		for (const row of rows) putRow(database, row);
		putOwnHead(database, next);
		beforeCommit?.();
		return null;
	});
}

/** Told by signature and chain value: another history under the same numbers, which may be here by now, stays. */
function takeOut(database: FeedDatabase, givenUp: readonly Segment[]): void {
	for (const segment of givenUp) {
		const { deviceId, firstSequence, chainAfter } = segment.header;
		const last = lastSequenceOf(segment);
		database.run('delete from segments where deviceId = ? and signature = ?', deviceId, segment.signature);
		const [row] = rowsFrom(database, deviceId, last);
		if (row?.sequence === last && areEqual(row.chainValue, chainAfter))
			deleteRows(database, deviceId, firstSequence, last);
	}
}

function replacePending(
	database: FeedDatabase,
	deviceId: DeviceId,
	from: number,
	to: number,
	segments: readonly Segment[]
): boolean {
	const rows = new Map(rowsFrom(database, deviceId, from).map((row) => [row.sequence, row]));
	let next = from;
	for (const segment of segments) {
		const last = rows.get(lastSequenceOf(segment));
		if (segment.header.deviceId !== deviceId || segment.header.firstSequence !== next || !last) return false;
		if (!areEqual(last.chainValue, segment.header.chainAfter)) return false;
		next = lastSequenceOf(segment) + 1;
	}
	if (segments.length === 0 || next !== to + 1) return false;
	for (let sequence = from; sequence <= to; sequence++) if (!rows.has(sequence)) return false;
	deleteRows(database, deviceId, from, to);
	for (const segment of segments) putSegment(database, segment);
	return true;
}

function sizeOf(database: FeedDatabase) {
	const count = (table: string) => Number(database.get(`select count(*) as n from ${table}`)?.n);
	const held = devicesIn(database).flatMap((deviceId) => heldRanges(database, deviceId));
	return {
		pending: count('pending'),
		segments: count('segments'),
		operations: held.reduce((sum, [from, to]) => sum + to - from + 1, 0)
	};
}
