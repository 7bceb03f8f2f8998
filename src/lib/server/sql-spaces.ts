/** Spaces in SQL: laid with a code, with their keyring records and devices. */
import type { Kysely, Transaction } from 'kysely';
import type { DeviceId, RecordId, SpaceId } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import { MAX_DEVICES, type DeviceKey } from '$lib/sync/protocol';
import type { CodeError, KeyringSummary, NewSpace, SpaceRow, StoredRecord } from './store';
import type { Tables } from './tables';

type Database = Kysely<Tables> | Transaction<Tables>;

/** Of a device without operations. */
const ZERO_CHAIN = Buffer.alloc(32);

export async function readSpace(database: Database, spaceId: SpaceId): Promise<SpaceRow | null> {
	const row = await database
		.selectFrom('spaces')
		.select(['tips', 'revoked', 'record_count'])
		.where('space_id', '=', spaceId)
		.executeTakeFirst();
	return row
		? {
				tips: JSON.parse(row.tips) as RecordId[],
				revoked: new Set(JSON.parse(row.revoked) as DeviceId[]),
				recordCount: Number(row.record_count)
			}
		: null;
}

export async function createSpace(transaction: Transaction<Tables>, space: NewSpace): Promise<Result<void, CodeError>> {
	const { spaceId, codeHash, nowMs } = space;
	const used = await transaction
		.updateTable('enrolment_codes')
		.set({ used_at: nowMs, used_by_space_id: spaceId })
		.where('code_hash', '=', codeHash)
		.where('used_at', 'is', null)
		.executeTakeFirst();
	if (used.numUpdatedRows === 0n) {
		const code = await transaction
			.selectFrom('enrolment_codes')
			.select('used_by_space_id')
			.where('code_hash', '=', codeHash)
			.executeTakeFirst();
		// The answer to the first call was lost: the space is here, saying so again changes nothing.
		if (code?.used_by_space_id === spaceId) return ok(undefined);
		return err({ type: code ? 'code-used' : 'wrong-code' });
	}
	const inserted = await transaction
		.insertInto('spaces')
		.values({
			space_id: spaceId,
			founded_at: nowMs,
			...summaryColumns(space.summary),
			record_count: space.records.length,
			writes: 1
		})
		.onConflict((conflict) => conflict.column('space_id').doNothing())
		.executeTakeFirst();
	if (inserted.numInsertedOrUpdatedRows === 0n) return ok(undefined);
	await insertRecords(transaction, spaceId, space.records, 0);
	await addDevices(transaction, spaceId, space.deviceKeys, nowMs);
	return ok(undefined);
}

export const summaryColumns = ({ tips, revoked }: KeyringSummary) => ({
	tips: JSON.stringify(tips),
	revoked: JSON.stringify(revoked)
});

export async function insertRecords(
	transaction: Transaction<Tables>,
	spaceId: SpaceId,
	records: readonly StoredRecord[],
	position: number
): Promise<void> {
	for (const [i, { recordId, record }] of records.entries())
		await transaction
			.insertInto('keyring_records')
			.values({
				space_id: spaceId,
				record_id: recordId,
				position: position + i,
				bytes: Buffer.from(record.bytes),
				signature: Buffer.from(record.signature)
			})
			.execute();
}

export async function addDevices(
	transaction: Transaction<Tables>,
	spaceId: SpaceId,
	deviceKeys: readonly DeviceKey[],
	nowMs: number
): Promise<void> {
	const { count } = await transaction
		.selectFrom('devices')
		.select(({ fn }) => fn.countAll().as('count'))
		.where('space_id', '=', spaceId)
		.executeTakeFirstOrThrow();
	for (const { deviceId, publicKey } of deviceKeys.slice(0, Math.max(0, MAX_DEVICES - Number(count))))
		await transaction
			.insertInto('devices')
			.values({
				space_id: spaceId,
				device_id: deviceId,
				public_key: Buffer.from(publicKey),
				enrolled_at: nowMs,
				sequence: 0,
				chain_value: ZERO_CHAIN,
				beyond: '[]',
				forked: 0,
				contact_at: null
			})
			.onConflict((conflict) => conflict.columns(['space_id', 'device_id']).doNothing())
			.execute();
}
