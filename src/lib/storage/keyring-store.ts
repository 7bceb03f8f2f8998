/** The keyring's records as they were signed: added, never changed, never dropped. Judging them is not done here. */
import { hexOf, parseRecordId, type RecordId, type StaffId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import { ok, type Result } from '$lib/domain/result';
import type { Clock, Instant } from '$lib/domain/time';
import type { CounterDatabase } from './database';
import { tryToWrite, type NotWritten } from './not-written';
import { isBytes, isRow, isTime, ownBytes } from './row-shape';

export interface KeyringStore {
	/** Every record held, accepted or kept apart, in no particular order. */
	loadRecords(): Promise<KeyringRecord[]>;
	/** Takes in records of others; returns how many were new. Throws when the disk refuses: nothing was written then. */
	addRecords(records: readonly KeyringRecord[]): Promise<number>;
	/** As `addRecords`, for records made here: a person waits for them and is told. */
	addOwn(records: readonly KeyringRecord[]): Promise<Result<number, NotWritten>>;
	/** When this device last took in or made a record (device clock); null before the first. */
	asOf(): Promise<Instant | null>;
	/** The record whose entry last opened for this person here: kept in use until its successor has opened once. */
	lastOpened(staffId: StaffId): Promise<RecordId | null>;
	noteOpened(staffId: StaffId, recordId: RecordId): Promise<void>;
}

const SIGNATURE_BYTES = 64;
const AS_OF = 'keyringAsOf';
const openedKey = (staffId: StaffId) => `opened/${staffId}`;

interface RecordRow extends KeyringRecord {
	readonly id: string;
	readonly addedAt: number;
}

export const createKeyringStore = (
	database: CounterDatabase,
	clock: Clock = { now: () => Date.now() as Instant }
): KeyringStore => {
	const add = async (records: readonly KeyringRecord[]): Promise<number> => {
		if (records.length === 0) return 0;
		const addedAt = clock.now();
		const rows: RecordRow[] = [];
		for (const { bytes, signature } of records)
			rows.push({
				id: await recordRowId(bytes, signature),
				bytes: ownBytes(bytes),
				signature: ownBytes(signature),
				addedAt
			});
		return database.transaction('rw', database.keyring, database.settings, async () => {
			const held = await database.keyring.bulkGet(rows.map(({ id }) => id));
			const lacking = new Map(rows.filter((_, i) => !parseRecord(held[i])).map((row) => [row.id, row]));
			if (lacking.size === 0) return 0;
			await database.keyring.bulkPut([...lacking.values()]);
			await database.settings.put({ key: AS_OF, at: addedAt });
			return lacking.size;
		});
	};
	return {
		loadRecords: async () => {
			const records: KeyringRecord[] = [];
			for (const row of await database.keyring.toArray()) {
				const record = parseRecord(row);
				if (record) records.push(record);
				else database.damage.report('keyring', isRow(row) ? row.id : null);
			}
			return records;
		},
		addRecords: add,
		addOwn: async (records) => {
			const written = await tryToWrite(() => add(records));
			return written.ok ? ok(written.value) : written;
		},
		asOf: async () => {
			const row = await database.settings.get(AS_OF);
			return isRow(row) && isTime(row.at) ? (row.at as Instant) : null;
		},
		lastOpened: async (staffId) => {
			const row = await database.settings.get(openedKey(staffId));
			const recordId = parseRecordId(isRow(row) ? row.recordId : null);
			return recordId.ok ? recordId.value : null;
		},
		noteOpened: async (staffId, recordId) => {
			await database.settings.put({ key: openedKey(staffId), recordId });
		}
	};
};

/** Over bytes and signature: a record that came first with a bad signature must not keep the good one out. */
export async function recordRowId(bytes: Uint8Array, signature: Uint8Array): Promise<string> {
	const whole = new Uint8Array(bytes.length + signature.length);
	whole.set(bytes);
	whole.set(signature, bytes.length);
	return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', whole)));
}

export const parseRecord = (row: unknown): KeyringRecord | null =>
	isRow(row) && isBytes(row.bytes) && isBytes(row.signature, SIGNATURE_BYTES)
		? { bytes: row.bytes, signature: row.signature }
		: null;
