/** The store on SQL by Kysely: SQLite now, written so that PostgreSQL can follow. */
import type { Kysely, Transaction } from 'kysely';
import type { DeviceId, RecordId, SpaceId } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import { createJoinPackage, takeJoinPackage } from './sql-join-packages';
import { readHeads, segmentsBeyond, takeIn } from './sql-segments';
import {
	MAX_DEVICES,
	type CodeError,
	type KeyringSummary,
	type NewSpace,
	type Store,
	type StoredRecord
} from './store';
import type { Tables } from './tables';
import type { DeviceKey } from '$lib/sync/protocol';

/** Of a device without operations. */
const ZERO_CHAIN = Buffer.alloc(32);

export function createSqlStore(database: Kysely<Tables>): Store {
	/** One transaction that holds the space's row from its first statement on. */
	const writing = <T>(spaceId: SpaceId, act: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> =>
		database.transaction().execute(async (transaction) => {
			await lockSpace(transaction, spaceId);
			return act(transaction);
		});

	return {
		space: (spaceId) => readSpace(database, spaceId),
		hasSpaces: async () =>
			(await database.selectFrom('spaces').select('space_id').limit(1).executeTakeFirst()) !== undefined,
		createSpace: (space) => database.transaction().execute((transaction) => createSpace(transaction, space)),
		offerCode: (codeHash, kind, nowMs) =>
			database.transaction().execute(async (transaction) => {
				if (kind === 'start')
					await transaction
						.deleteFrom('enrolment_codes')
						.where('kind', '=', 'start')
						.where('used_at', 'is', null)
						.execute();
				await transaction
					.insertInto('enrolment_codes')
					.values({ code_hash: codeHash, kind, made_at: nowMs, used_at: null, used_by_space_id: null })
					.onConflict((conflict) => conflict.column('code_hash').doNothing())
					.execute();
			}),

		async deviceKey(spaceId, deviceId) {
			const row = await database
				.selectFrom('devices')
				.select('public_key')
				.where('space_id', '=', spaceId)
				.where('device_id', '=', deviceId)
				.executeTakeFirst();
			return row ? new Uint8Array(row.public_key) : null;
		},
		async deviceKeys(spaceId) {
			const rows = await database
				.selectFrom('devices')
				.select(['device_id', 'public_key'])
				.where('space_id', '=', spaceId)
				.execute();
			return rows.map((row) => ({ deviceId: row.device_id as DeviceId, publicKey: new Uint8Array(row.public_key) }));
		},
		addDevices: (spaceId, deviceKeys, nowMs) =>
			writing(spaceId, (transaction) => addDevices(transaction, spaceId, deviceKeys, nowMs)),

		async records(spaceId) {
			const rows = await database
				.selectFrom('keyring_records')
				.select(['bytes', 'signature'])
				.where('space_id', '=', spaceId)
				.orderBy('position')
				.execute();
			return rows.map(({ bytes, signature }) => ({
				bytes: new Uint8Array(bytes),
				signature: new Uint8Array(signature)
			}));
		},
		addRecords: (spaceId, records, summary, expectedCount) =>
			writing(spaceId, async (transaction) => {
				const space = await readSpace(transaction, spaceId);
				if (space?.recordCount !== expectedCount) return false;
				await insertRecords(transaction, spaceId, records, expectedCount);
				await transaction
					.updateTable('spaces')
					.set({ ...summaryColumns(summary), record_count: expectedCount + records.length })
					.where('space_id', '=', spaceId)
					.execute();
				return true;
			}),

		takeIn: (spaceId, segments, nowMs) =>
			writing(spaceId, (transaction) => takeIn(transaction, spaceId, segments, nowMs)),
		heads: (spaceId) => readHeads(database, spaceId),
		segmentsBeyond: (spaceId, heads, maxBytes) => segmentsBeyond(database, spaceId, heads, maxBytes),

		createJoinPackage: (joinPackage, nowMs) =>
			writing(joinPackage.spaceId, (transaction) => createJoinPackage(transaction, joinPackage, nowMs)),
		takeJoinPackage: (packageHash, deviceKey, nowMs) =>
			database.transaction().execute(async (transaction) => {
				const taken = await takeJoinPackage(transaction, packageHash, deviceKey.deviceId, nowMs);
				if (taken.ok) await addDevices(transaction, taken.value.spaceId, [deviceKey], nowMs);
				return taken;
			}),

		async probe(nowMs) {
			const value = String(nowMs);
			await database
				.insertInto('server_state')
				.values({ name: 'probe', value })
				.onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
				.execute();
		},
		close: () => database.destroy()
	};
}

type Database = Kysely<Tables> | Transaction<Tables>;

const lockSpace = (transaction: Transaction<Tables>, spaceId: SpaceId) =>
	transaction
		.updateTable('spaces')
		.set(({ eb }) => ({ writes: eb('writes', '+', 1) }))
		.where('space_id', '=', spaceId)
		.execute();

async function readSpace(database: Database, spaceId: SpaceId) {
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

async function createSpace(transaction: Transaction<Tables>, space: NewSpace): Promise<Result<void, CodeError>> {
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

const summaryColumns = ({ tips, revoked }: KeyringSummary) => ({
	tips: JSON.stringify(tips),
	revoked: JSON.stringify(revoked)
});

async function insertRecords(
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

async function addDevices(
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
				forked: 0
			})
			.onConflict((conflict) => conflict.columns(['space_id', 'device_id']).doNothing())
			.execute();
}
