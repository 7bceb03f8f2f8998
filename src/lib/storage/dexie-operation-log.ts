/** The operation log in IndexedDB. Rows are sealed: the disk sees ids, order and ciphertext, no more. */
import type { DeviceId } from '$lib/domain/ids';
import type { OperationLog, OwnHead, PendingRow, SetAsideSegment } from '$lib/domain/operation-log';
import { furthest } from '$lib/domain/ranges';
import { addSegments } from './add-segments';
import { appendStrictly } from './append-pending';
import { beginAnew, stopWriting, takeOut } from './begin-anew';
import { chainValueAt } from './chain-values';
import type { CounterDatabase } from './database';
import { emptyOwnHead, loadDeviceHead, parseOwnHead, readHeads, readSize, rebuildDeviceHeads } from './device-heads';
import { pendingBetween, readPendingRow } from './pending-rows';
import { replacePending } from './replace-pending';
import { readSetAsideRow, segmentHolding, setAsideIdOf, setAsideRowOf } from './segment-rows';
import { segmentsBeyond } from './segments-beyond';

export interface DexieLogOptions {
	/** Runs within a save when everything is asked for and nothing is committed yet; throwing there aborts the save. */
	readonly beforeCommit?: () => void;
	/** Device clock, ms. */
	readonly now?: () => number;
}

export interface DexieOperationLog extends OperationLog {
	/** Makes the table of heads anew from the segments that can be read: after damage, and whenever in doubt. */
	rebuildHeads(): Promise<void>;
}

export const createDexieOperationLog = (
	database: CounterDatabase,
	{ beforeCommit, now = () => Date.now() }: DexieLogOptions = {}
): DexieOperationLog => ({
	ownHead: (deviceId) => readOwnHead(database, deviceId),
	appendPending: (rows, next, draftId) => {
		assertConsecutive(rows, next);
		return appendStrictly(database, { rows, next, draftId, beforeCommit });
	},
	stopWriting: (deviceId, commonTo) => stopWriting(database, deviceId, commonTo),
	beginAnew: (beginning) => beginAnew(database, beginning, now()),
	pendingRows: async (deviceId, fromSequence = 1) => {
		const rows = await pendingBetween(database, deviceId, fromSequence, Infinity).toArray();
		return rows.map((row) => readPendingRow(database, row)).filter((row) => row !== null);
	},
	chainBefore: (deviceId, sequence) => chainValueAt(database, deviceId, sequence - 1),
	replacePending: (deviceId, fromSequence, toSequence, segments) =>
		replacePending(database, deviceId, fromSequence, toSequence, segments),
	addSegments: (segments) => addSegments(database, segments, now()),
	heads: () => {
		const { heads, ownHead, pending, segments } = database;
		return Promise.resolve(database.transaction('r', heads, ownHead, pending, segments, () => readHeads(database)));
	},
	segmentsBeyond: (heads, maxBytes) => segmentsBeyond(database, heads, maxBytes),
	segmentWith: (deviceId, sequence) =>
		Promise.resolve(database.transaction('r', database.segments, () => segmentHolding(database, deviceId, sequence))),
	setAside: (segments) => setAside(database, segments),
	setAsideSegments: async () => {
		const rows = await database.setAside.toArray();
		return rows.map((row) => readSetAsideRow(database, row)).filter((row) => row !== null);
	},
	size: () => {
		const { heads, ownHead, pending } = database;
		return Promise.resolve(database.transaction('r', heads, ownHead, pending, () => readSize(database)));
	},
	rebuildHeads: () => rebuildDeviceHeads(database)
});

/** A caller that breaks the order would break the log for good: that is a bug, and nothing is written. */
function assertConsecutive(rows: readonly PendingRow[], next: OwnHead): void {
	const last = rows.at(-1);
	const isInOrder = rows.every(
		({ deviceId, sequence }, i) => deviceId === next.deviceId && sequence === (rows[0]?.sequence ?? 0) + i
	);
	if (!last || !isInOrder || last.sequence !== next.sequence)
		throw new Error('append: rows are not consecutive, or the head does not follow them');
}

function readOwnHead(database: CounterDatabase, deviceId: DeviceId): Promise<OwnHead> {
	const { ownHead, heads, pending, segments } = database;
	return Promise.resolve(
		database.transaction('r', ownHead, heads, pending, segments, async () => {
			const row = await ownHead.get(deviceId);
			const own = parseOwnHead(row) ?? emptyOwnHead(deviceId);
			if (row !== undefined && !parseOwnHead(row)) database.damage.report('ownHead', deviceId);
			const { ranges } = await loadDeviceHead(database, deviceId);
			const sequence = furthest(own.sequence, ranges);
			if (sequence === own.sequence) return own;
			return { ...own, sequence, chainValue: (await chainValueAt(database, deviceId, sequence)) ?? own.chainValue };
		})
	);
}

function setAside(database: CounterDatabase, segments: readonly SetAsideSegment[]): Promise<void> {
	const { setAside: table, segments: held, pending, heads } = database;
	const givenUp = segments.filter(({ reason }) => reason === 'given-up').map(({ segment }) => segment);
	return Promise.resolve(
		database.transaction('rw', [table, held, pending, heads], async () => {
			const known = await table.bulkGet(segments.map(({ segment }) => setAsideIdOf(segment)));
			await table.bulkPut(segments.filter((_, i) => known[i] === undefined).map(setAsideRowOf));
			if (givenUp.length > 0) await takeOut(database, givenUp);
		})
	);
}
