/** Segments and heads read from SQL: handed out in order, page by page. */
import type { Kysely, Transaction } from 'kysely';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import type { Head, Heads, Segment } from '$lib/domain/operation-log';
import { countMissing } from '$lib/domain/ranges';
import { lastSequenceOf, segmentBytes, segmentOf } from '$lib/domain/segment-codec';
import { rangesOfHead } from '$lib/sync/heads';
import type { Tables } from './tables';

type Database = Kysely<Tables> | Transaction<Tables>;

/** A row is at most 256 KiB: a page stays below 8 MiB. */
const ROWS_PER_PAGE = 32;

export async function readHeads(database: Database, spaceId: SpaceId): Promise<Heads> {
	const rows = await database
		.selectFrom('devices')
		.select(['device_id', 'sequence', 'chain_value', 'beyond'])
		.where('space_id', '=', spaceId)
		.orderBy('device_id')
		.execute();
	return new Map(
		rows.map((row): [DeviceId, Head] => [
			row.device_id as DeviceId,
			{
				sequence: Number(row.sequence),
				chainValue: new Uint8Array(row.chain_value),
				beyond: JSON.parse(row.beyond) as [number, number][]
			}
		])
	);
}

/** Walks the devices that hold more than the caller, and their segments page by page (key-set paging). */
export async function segmentsBeyond(
	database: Database,
	spaceId: SpaceId,
	heads: Heads,
	maxBytes: number
): Promise<{ readonly segments: Segment[]; readonly more: boolean }> {
	const segments: Segment[] = [];
	let sizeBytes = 0;
	for (const [deviceId, head] of await readHeads(database, spaceId)) {
		const theirs = rangesOfHead(heads.get(deviceId));
		if (countMissing(rangesOfHead(head), theirs) === 0) continue;
		for await (const segment of segmentsAfter(database, spaceId, deviceId, heads.get(deviceId)?.sequence ?? 0)) {
			if (countMissing([[segment.header.firstSequence, lastSequenceOf(segment)]], theirs) === 0) continue;
			sizeBytes += segmentBytes(segment);
			if (segments.length > 0 && sizeBytes > maxBytes) return { segments, more: true };
			segments.push(segment);
		}
	}
	return { segments, more: false };
}

async function* segmentsAfter(
	database: Database,
	spaceId: SpaceId,
	deviceId: DeviceId,
	sequence: number
): AsyncGenerator<Segment> {
	let [afterFirst, afterLast] = [0, 0];
	for (;;) {
		const rows = await database
			.selectFrom('segments')
			.select(['first_sequence', 'last_sequence', 'header', 'sealed', 'staff_signature', 'signature'])
			.where('space_id', '=', spaceId)
			.where('device_id', '=', deviceId)
			.where('last_sequence', '>', sequence)
			.where('first_sequence', '>=', afterFirst)
			.where(({ eb, and, or }) =>
				or([
					eb('first_sequence', '>', afterFirst),
					and([eb('first_sequence', '=', afterFirst), eb('last_sequence', '>', afterLast)])
				])
			)
			.orderBy('first_sequence')
			.orderBy('last_sequence')
			.limit(ROWS_PER_PAGE)
			.execute();
		for (const row of rows) {
			[afterFirst, afterLast] = [Number(row.first_sequence), Number(row.last_sequence)];
			const parts = [row.header, row.sealed, row.staff_signature, row.signature].map((part) => new Uint8Array(part));
			const segment = segmentOf(parts[0]!, parts[1]!, parts[2]!, parts[3]!);
			if (segment.ok) yield segment.value;
		}
		if (rows.length < ROWS_PER_PAGE) return;
	}
}
