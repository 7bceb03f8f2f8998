/** What the log on SQLite holds of each device: rows, segments, ranges and the chain values that they tell. */
import type { DeviceId } from '$lib/domain/ids';
import type { Head, OwnHead, PendingRow, Segment } from '$lib/domain/operation-log';
import { furthest, gapFreeEnd, insertRange, type OwnedRanges, type Ranges } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { CHAIN_ZERO } from '$lib/storage/chain-values';
import { emptyOwnHead, parseOwnHead } from '$lib/storage/device-heads';
import { parsePendingRow } from '$lib/storage/pending-rows';
import { isBytes, isCount } from '$lib/storage/row-shape';
import { parseSegment, setAsideIdOf } from '$lib/storage/segment-rows';
import type { FeedDatabase } from './feed-database';

export const devicesIn = (database: FeedDatabase): DeviceId[] =>
	database
		.all('select deviceId from segments union select deviceId from pending order by deviceId')
		.map(({ deviceId }) => deviceId as DeviceId);

/** Numbers in segments. */
export function segmentRanges(database: FeedDatabase, deviceId: DeviceId): OwnedRanges {
	const ranges: OwnedRanges = [];
	const sql =
		'select firstSequence, lastSequence from segments where deviceId = ? order by lastSequence, firstSequence';
	for (const { firstSequence, lastSequence } of database.all(sql, deviceId))
		if (isCount(firstSequence) && isCount(lastSequence)) insertRange(ranges, firstSequence, lastSequence);
	return ranges;
}

/** Numbers in segments and pending rows. */
export function heldRanges(database: FeedDatabase, deviceId: DeviceId): OwnedRanges {
	const ranges = segmentRanges(database, deviceId);
	const sql = 'select sequence from pending where deviceId = ? order by sequence';
	for (const { sequence } of database.all(sql, deviceId))
		if (isCount(sequence)) insertRange(ranges, sequence, sequence);
	return ranges;
}

/** c(sequence), or null where neither a row nor a segment's border tells it. */
export function chainValueAt(database: FeedDatabase, deviceId: DeviceId, sequence: number): Uint8Array | null {
	if (sequence === 0) return CHAIN_ZERO;
	const told =
		database.get('select chainValue as value from pending where deviceId = ? and sequence = ?', deviceId, sequence) ??
		database.get(
			'select chainAfter as value from segments where deviceId = ? and lastSequence = ? limit 1',
			deviceId,
			sequence
		) ??
		database.get(
			'select chainBefore as value from segments where deviceId = ? and firstSequence = ? limit 1',
			deviceId,
			sequence + 1
		);
	return isBytes(told?.value, 32) ? told.value : null;
}

export function headOf(database: FeedDatabase, deviceId: DeviceId): Head {
	const ranges: Ranges = heldRanges(database, deviceId);
	const sequence = gapFreeEnd(ranges);
	const chainValue = chainValueAt(database, deviceId, sequence) ?? CHAIN_ZERO;
	return { sequence, chainValue, beyond: ranges.filter(([from]) => from > sequence) };
}

export function keptOwnHead(database: FeedDatabase, deviceId: DeviceId): OwnHead | null {
	const row = database.get('select * from ownHead where deviceId = ?', deviceId);
	return row ? parseOwnHead({ ...row, commonTo: row.commonTo ?? undefined }) : null;
}

export function putOwnHead(database: FeedDatabase, head: OwnHead): void {
	const { deviceId, sequence, chainValue, tick, caseCounter, commonTo = null } = head;
	database.run(
		'insert or replace into ownHead (deviceId, sequence, chainValue, tick, caseCounter, commonTo) values (?, ?, ?, ?, ?, ?)',
		...[deviceId, sequence, chainValue, tick, caseCounter, commonTo]
	);
}

/** Where own segments reach further than the head, theirs: no number is told twice (SY15). */
export function ownHeadOf(database: FeedDatabase, deviceId: DeviceId): OwnHead {
	const own = keptOwnHead(database, deviceId) ?? emptyOwnHead(deviceId);
	const sequence = furthest(own.sequence, segmentRanges(database, deviceId));
	if (sequence === own.sequence) return own;
	return { ...own, sequence, chainValue: chainValueAt(database, deviceId, sequence) ?? own.chainValue };
}

export const rowsFrom = (database: FeedDatabase, deviceId: DeviceId, from: number): PendingRow[] =>
	database
		.all('select * from pending where deviceId = ? and sequence >= ? order by sequence', deviceId, from)
		.map(parsePendingRow)
		.filter((row) => row !== null);

export function putRow(database: FeedDatabase, row: PendingRow): void {
	const { deviceId, sequence, staffId, keyId, chainValue, sealed, staffSignature } = row;
	database.run(
		'insert into pending (deviceId, sequence, staffId, keyId, chainValue, sealed, staffSignature) values (?, ?, ?, ?, ?, ?, ?)',
		...[deviceId, sequence, staffId, keyId, chainValue, sealed, staffSignature]
	);
}

export const deleteRows = (database: FeedDatabase, deviceId: DeviceId, from: number, to: number): number =>
	database.run('delete from pending where deviceId = ? and sequence between ? and ?', deviceId, from, to);

export function putSegment(database: FeedDatabase, segment: Segment): void {
	const { deviceId, firstSequence, chainBefore, chainAfter } = segment.header;
	const { headerBytes, sealed, staffSignature, signature } = segment;
	database.run(
		'insert or replace into segments (deviceId, lastSequence, firstSequence, chainBefore, chainAfter, headerBytes, sealed, staffSignature, signature) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
		...[deviceId, lastSequenceOf(segment), firstSequence, chainBefore, chainAfter],
		...[headerBytes, sealed, staffSignature, signature]
	);
}

/** False: it was set aside before, and stays with its first reason. */
export function putAside(database: FeedDatabase, segment: Segment, reason: string, setAsideAt: number): boolean {
	const { headerBytes, sealed, staffSignature, signature } = segment;
	const added = database.run(
		'insert or ignore into setAside (id, reason, setAsideAt, headerBytes, sealed, staffSignature, signature) values (?, ?, ?, ?, ?, ?, ?)',
		...[setAsideIdOf(segment), reason, setAsideAt, headerBytes, sealed, staffSignature, signature]
	);
	return added > 0;
}

/** The whole segments under these conditions on `segments`. */
export const segmentsWhere = (database: FeedDatabase, where: string, ...values: readonly (string | number)[]) =>
	database
		.all(`select * from segments where ${where}`, ...values)
		.map(parseSegment)
		.filter((segment) => segment !== null);
