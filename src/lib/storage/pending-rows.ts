/** Pending rows on the disk: operations sealed one by one, not yet cut into a segment. */
import { parseDeviceId, parseKeyId, parseStaffId, type DeviceId } from '$lib/domain/ids';
import type { PendingRow } from '$lib/domain/operation-log';
import type { CounterDatabase } from './database';
import { isBytes, isRow, isSequence, ownBytes } from './row-shape';

export const pendingRowOf = (row: PendingRow): PendingRow => ({
	deviceId: row.deviceId,
	sequence: row.sequence,
	staffId: row.staffId,
	keyId: row.keyId,
	chainValue: ownBytes(row.chainValue),
	sealed: ownBytes(row.sealed),
	staffSignature: ownBytes(row.staffSignature)
});

/** Null for a row that is broken; it is reported. */
export function readPendingRow(database: CounterDatabase, row: unknown): PendingRow | null {
	const parsed = parsePendingRow(row);
	if (!parsed) database.damage.report('pending', isRow(row) ? `${row.deviceId}:${row.sequence}` : null);
	return parsed;
}

export function parsePendingRow(row: unknown): PendingRow | null {
	if (!isRow(row)) return null;
	const deviceId = parseDeviceId(row.deviceId);
	const staffId = parseStaffId(row.staffId);
	const keyId = parseKeyId(row.keyId);
	const { sequence, chainValue, sealed, staffSignature } = row;
	if (!deviceId.ok || !staffId.ok || !keyId.ok || !isSequence(sequence)) return null;
	if (!isBytes(chainValue, 32) || !isBytes(sealed) || !isBytes(staffSignature, 64)) return null;
	return {
		deviceId: deviceId.value,
		sequence,
		staffId: staffId.value,
		keyId: keyId.value,
		chainValue,
		sealed,
		staffSignature
	};
}

/** All rows of a device between two sequence numbers, both included. */
export const pendingBetween = (database: CounterDatabase, deviceId: DeviceId, from: number, to: number) =>
	database.pending.where('[deviceId+sequence]').between([deviceId, from], [deviceId, to], true, true);
