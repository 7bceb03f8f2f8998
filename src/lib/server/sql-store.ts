/** The store on SQL by Kysely: SQLite now, written so that PostgreSQL can follow. */
import type { Kysely, Transaction } from 'kysely';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import type { Segment } from '$lib/domain/operation-log';
import type { RefusedSegment } from '$lib/sync/protocol';
import { createJoinPackage, takeJoinPackage } from './sql-join-packages';
import { noteContacts, readOverview, readSpaceIds } from './sql-overview';
import { readHeads, segmentsBeyond } from './sql-segment-pages';
import { takeIn } from './sql-segments';
import { addDevices, createSpace, insertRecords, readSpace, summaryColumns } from './sql-spaces';
import type { SpaceIntake, Store } from './store';
import type { Tables } from './tables';

/** As much as the biggest segment: on a disk that is nearly full, one small row more would still be written. */
const PROBE_BYTES = 256 * 1024;

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

		takeIn: (intakes, nowMs) =>
			database.transaction().execute(async (transaction) => {
				const refused = new Map<Segment, RefusedSegment>();
				for (const [spaceId, segments] of segmentsBySpace(intakes)) {
					await lockSpace(transaction, spaceId);
					for (const [segment, reason] of await takeIn(transaction, spaceId, segments, nowMs))
						refused.set(segment, reason);
				}
				return intakes.map(({ segments }) => segments.flatMap((segment) => refused.get(segment) ?? []));
			}),
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

		spaceIds: () => readSpaceIds(database),
		overview: (spaceId) => readOverview(database, spaceId),
		noteContacts: (contacts) => noteContacts(database, contacts),

		async probe(nowMs) {
			const stamp = `${nowMs} `;
			// Different all over: SQLite writes no page again that stays as it was.
			const value = stamp.repeat(PROBE_BYTES / stamp.length);
			await database
				.insertInto('server_state')
				.values({ name: 'probe', value })
				.onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
				.execute();
		},
		close: () => database.destroy()
	};
}

/** In the order of their ids: two processes that lock the same spaces never wait for each other. */
function segmentsBySpace(intakes: readonly SpaceIntake[]): readonly [SpaceId, readonly Segment[]][] {
	const bySpace = new Map<SpaceId, Segment[]>();
	for (const { spaceId, segments } of intakes) bySpace.set(spaceId, [...(bySpace.get(spaceId) ?? []), ...segments]);
	return [...bySpace].sort(([a], [b]) => (a < b ? -1 : 1));
}

const lockSpace = (transaction: Transaction<Tables>, spaceId: SpaceId) =>
	transaction
		.updateTable('spaces')
		.set(({ eb }) => ({ writes: eb('writes', '+', 1) }))
		.where('space_id', '=', spaceId)
		.execute();
