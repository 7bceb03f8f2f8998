/** Segments into SQL, device by device. The head stands on the device's row and moves with them. */
import type { Transaction } from 'kysely';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import type { Segment } from '$lib/domain/operation-log';
import { gapFreeEnd } from '$lib/domain/ranges';
import { lastSequenceOf, segmentBytes } from '$lib/domain/segment-codec';
import { rangesOfHead } from '$lib/sync/heads';
import type { RefusedSegment } from '$lib/sync/protocol';
import { readHeads } from './sql-segment-pages';
import { decideIntake, type Border, type HeldHistory } from './segment-intake';
import type { Tables } from './tables';

/** SQLite takes 32,766 values in a statement; twelve a row. */
const ROWS_PER_INSERT = 500;
export async function takeIn(
	transaction: Transaction<Tables>,
	spaceId: SpaceId,
	segments: readonly Segment[],
	nowMs: number
): Promise<RefusedSegment[]> {
	const heads = await readHeads(transaction, spaceId);
	const refused: RefusedSegment[] = [];
	for (const [deviceId, ofDevice] of groupByDevice(segments)) {
		const head = heads.get(deviceId);
		if (!head) {
			refused.push(...ofDevice.map((segment) => refusal(segment, 'unknown-device')));
			continue;
		}
		const borders = await readBorders(transaction, spaceId, deviceId, ofDevice);
		const held = { ranges: rangesOfHead(head), forked: await isForked(transaction, spaceId, deviceId) };
		const intake = decideIntake(held, borders, ofDevice);
		refused.push(...intake.refused.map(({ segment, reason }) => refusal(segment, reason)));
		if (intake.added.length > 0) await insertSegments(transaction, spaceId, intake.added, nowMs);
		if (intake.added.length > 0 || intake.forked !== held.forked)
			await moveHead(transaction, spaceId, deviceId, intake);
	}
	return refused;
}

async function isForked(transaction: Transaction<Tables>, spaceId: SpaceId, deviceId: DeviceId): Promise<boolean> {
	const row = await transaction
		.selectFrom('devices')
		.select('forked')
		.where('space_id', '=', spaceId)
		.where('device_id', '=', deviceId)
		.executeTakeFirstOrThrow();
	return Number(row.forked) === 1;
}

const refusal = ({ header }: Segment, reason: RefusedSegment['reason']): RefusedSegment => ({
	deviceId: header.deviceId,
	firstSequence: header.firstSequence,
	reason
});

function groupByDevice(segments: readonly Segment[]): Map<DeviceId, Segment[]> {
	const byDevice = new Map<DeviceId, Segment[]>();
	for (const segment of segments) {
		const group = byDevice.get(segment.header.deviceId);
		if (group) group.push(segment);
		else byDevice.set(segment.header.deviceId, [segment]);
	}
	return byDevice;
}

/** Held segments that touch or overlap the given ones. */
async function readBorders(
	transaction: Transaction<Tables>,
	spaceId: SpaceId,
	deviceId: DeviceId,
	segments: readonly Segment[]
): Promise<Border[]> {
	const lowest = segments.reduce((low, { header }) => Math.min(low, header.firstSequence), Number.MAX_SAFE_INTEGER);
	const highest = segments.reduce((high, segment) => Math.max(high, lastSequenceOf(segment)), 0);
	const rows = await transaction
		.selectFrom('segments')
		.select(['first_sequence', 'last_sequence', 'chain_before', 'chain_after'])
		.where('space_id', '=', spaceId)
		.where('device_id', '=', deviceId)
		.where('last_sequence', '>=', lowest - 1)
		.where('first_sequence', '<=', highest + 1)
		.execute();
	return rows.map((row) => ({
		firstSequence: Number(row.first_sequence),
		lastSequence: Number(row.last_sequence),
		chainBefore: row.chain_before,
		chainAfter: row.chain_after
	}));
}

async function insertSegments(
	transaction: Transaction<Tables>,
	spaceId: SpaceId,
	segments: readonly Segment[],
	nowMs: number
): Promise<void> {
	for (let at = 0; at < segments.length; at += ROWS_PER_INSERT)
		await transaction
			.insertInto('segments')
			.values(
				segments.slice(at, at + ROWS_PER_INSERT).map((segment) => ({
					space_id: spaceId,
					device_id: segment.header.deviceId,
					first_sequence: segment.header.firstSequence,
					last_sequence: lastSequenceOf(segment),
					chain_before: Buffer.from(segment.header.chainBefore),
					chain_after: Buffer.from(segment.header.chainAfter),
					header: Buffer.from(segment.headerBytes),
					sealed: Buffer.from(segment.sealed),
					staff_signature: Buffer.from(segment.staffSignature),
					signature: Buffer.from(segment.signature),
					size_bytes: segmentBytes(segment),
					received_at: nowMs
				}))
			)
			.execute();
}

/** The chain value of a gap-free end stands in the segment that ends there. */
async function moveHead(
	transaction: Transaction<Tables>,
	spaceId: SpaceId,
	deviceId: DeviceId,
	{ ranges, forked }: HeldHistory
): Promise<void> {
	const sequence = gapFreeEnd(ranges);
	const last = await transaction
		.selectFrom('segments')
		.select('chain_after')
		.where('space_id', '=', spaceId)
		.where('device_id', '=', deviceId)
		.where('last_sequence', '=', sequence)
		.limit(1)
		.executeTakeFirst();
	const beyond = JSON.stringify(ranges.filter(([from]) => from > sequence));
	await transaction
		.updateTable('devices')
		.set({ sequence, beyond, forked: forked ? 1 : 0, ...(last ? { chain_value: last.chain_after } : {}) })
		.where('space_id', '=', spaceId)
		.where('device_id', '=', deviceId)
		.execute();
}
