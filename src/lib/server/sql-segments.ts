/** Segments into SQL, device by device. The head stands on the device's row and moves with them. */
import type { Transaction } from 'kysely';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import type { Segment } from '$lib/domain/operation-log';
import { gapFreeEnd } from '$lib/domain/ranges';
import { lastSequenceOf, segmentBytes } from '$lib/domain/segment-codec';
import { rangesOfHead } from '$lib/sync/heads';
import type { RefusedSegment } from '$lib/sync/protocol';
import { decideIntake, type Border, type HeldHistory } from './segment-intake';
import type { Tables } from './tables';

/** SQLite takes 32,766 values in a statement; twelve a row. */
const ROWS_PER_INSERT = 500;

/** → what was refused. */
export async function takeIn(
	transaction: Transaction<Tables>,
	spaceId: SpaceId,
	segments: readonly Segment[],
	nowMs: number
): Promise<ReadonlyMap<Segment, RefusedSegment>> {
	const byDevice = groupByDevice(segments);
	const histories = await readHistories(transaction, spaceId, [...byDevice.keys()]);
	const refused = new Map<Segment, RefusedSegment>();
	const added: Segment[] = [];
	const moved: [DeviceId, HeldHistory, readonly Segment[]][] = [];
	for (const [deviceId, ofDevice] of byDevice) {
		const held = histories.get(deviceId);
		if (!held) {
			for (const segment of ofDevice) refused.set(segment, refusal(segment, 'unknown-device'));
			continue;
		}
		const intake = decideIntake(held, await readBorders(transaction, spaceId, deviceId, ofDevice), ofDevice);
		for (const { segment, reason } of intake.refused) refused.set(segment, refusal(segment, reason));
		added.push(...intake.added);
		if (intake.added.length > 0 || intake.forked !== held.forked) moved.push([deviceId, intake, intake.added]);
	}
	await insertSegments(transaction, spaceId, added, nowMs);
	for (const [deviceId, history, ofDevice] of moved) await moveHead(transaction, spaceId, deviceId, history, ofDevice);
	return refused;
}

/** Of those of the devices that are known. */
async function readHistories(
	transaction: Transaction<Tables>,
	spaceId: SpaceId,
	deviceIds: readonly DeviceId[]
): Promise<ReadonlyMap<DeviceId, HeldHistory>> {
	const rows = await transaction
		.selectFrom('devices')
		.select(['device_id', 'sequence', 'beyond', 'forked'])
		.where('space_id', '=', spaceId)
		.where('device_id', 'in', deviceIds)
		.execute();
	return new Map(
		rows.map((row): [DeviceId, HeldHistory] => {
			const beyond = JSON.parse(row.beyond) as [number, number][];
			const ranges = rangesOfHead({ sequence: Number(row.sequence), beyond });
			return [row.device_id as DeviceId, { ranges, forked: Number(row.forked) === 1 }];
		})
	);
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

async function moveHead(
	transaction: Transaction<Tables>,
	spaceId: SpaceId,
	deviceId: DeviceId,
	{ ranges, forked }: HeldHistory,
	added: readonly Segment[]
): Promise<void> {
	const sequence = gapFreeEnd(ranges);
	const last = added.find((segment) => lastSequenceOf(segment) === sequence);
	const chainValue = last
		? Buffer.from(last.header.chainAfter)
		: await chainValueAt(transaction, spaceId, deviceId, sequence);
	const beyond = JSON.stringify(ranges.filter(([from]) => from > sequence));
	await transaction
		.updateTable('devices')
		.set({ sequence, beyond, forked: forked ? 1 : 0, ...(chainValue ? { chain_value: chainValue } : {}) })
		.where('space_id', '=', spaceId)
		.where('device_id', '=', deviceId)
		.execute();
}

/** The chain value of a gap-free end stands in the segment that ends there. */
async function chainValueAt(
	transaction: Transaction<Tables>,
	spaceId: SpaceId,
	deviceId: DeviceId,
	sequence: number
): Promise<Uint8Array | null> {
	const row = await transaction
		.selectFrom('segments')
		.select('chain_after')
		.where('space_id', '=', spaceId)
		.where('device_id', '=', deviceId)
		.where('last_sequence', '=', sequence)
		.limit(1)
		.executeTakeFirst();
	return row?.chain_after ?? null;
}
