/** Chain values as far as they are known without a key: at pending rows and at the borders of segments. */
import type { DeviceId } from '$lib/domain/ids';
import type { CounterDatabase } from './database';
import { readPendingRow } from './pending-rows';
import { readSegmentRow, segmentsEndingBetween } from './segment-rows';

/** c(0): before a device's first operation. */
export const CHAIN_ZERO: Uint8Array<ArrayBuffer> = new Uint8Array(32);

/** c(sequence) of a device, or null where nothing here tells it. */
export async function chainValueAt(
	database: CounterDatabase,
	deviceId: DeviceId,
	sequence: number
): Promise<Uint8Array | null> {
	if (sequence === 0) return CHAIN_ZERO;
	const pending = await database.pending.get([deviceId, sequence]);
	const row = pending === undefined ? null : readPendingRow(database, pending);
	return row?.chainValue ?? chainValueAtBorder(database, deviceId, sequence);
}

/** The same from segments alone: where one ends, or the next begins. */
export async function chainValueAtBorder(
	database: CounterDatabase,
	deviceId: DeviceId,
	sequence: number
): Promise<Uint8Array | null> {
	const ending = await segmentsEndingBetween(database, deviceId, sequence, sequence).first();
	const before = ending === undefined ? null : readSegmentRow(database, ending);
	if (before) return before.header.chainAfter;
	const beginning = await database.segments
		.where('[deviceId+firstSequence]')
		.equals([deviceId, sequence + 1])
		.first();
	const after = beginning === undefined ? null : readSegmentRow(database, beginning);
	return after?.header.chainBefore ?? null;
}
