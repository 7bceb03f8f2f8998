/** What whoever looks after a server may know of each device: numbers, sizes and times. */
import type { Kysely } from 'kysely';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import type { Contact, DeviceOverview } from './store';
import type { Tables } from './tables';

export async function readSpaceIds(database: Kysely<Tables>): Promise<readonly SpaceId[]> {
	const rows = await database.selectFrom('spaces').select('space_id').orderBy('founded_at').execute();
	return rows.map(({ space_id }) => space_id as SpaceId);
}

/** In the order in which the devices came. */
export async function readOverview(database: Kysely<Tables>, spaceId: SpaceId): Promise<readonly DeviceOverview[]> {
	const rows = await database
		.selectFrom('devices')
		.leftJoin('segments', (join) =>
			join.onRef('segments.space_id', '=', 'devices.space_id').onRef('segments.device_id', '=', 'devices.device_id')
		)
		.where('devices.space_id', '=', spaceId)
		.groupBy('devices.device_id')
		.select(['devices.device_id', 'enrolled_at', 'sequence', 'beyond', 'forked', 'contact_at'])
		.select(({ fn }) => [
			fn.sum<number | null>('segments.size_bytes').as('size_bytes'),
			fn.max('segments.received_at').as('received_at')
		])
		.orderBy('enrolled_at')
		.orderBy('devices.device_id')
		.execute();
	return rows.map((row) => ({
		deviceId: row.device_id as DeviceId,
		enrolledAt: Number(row.enrolled_at),
		sequence: Number(row.sequence),
		beyond: JSON.parse(row.beyond) as [number, number][],
		forked: Number(row.forked) === 1,
		sizeBytes: Number(row.size_bytes ?? 0),
		lastContactAt: latest(row.contact_at, row.received_at)
	}));
}

const latest = (...times: readonly (number | null)[]): number | null =>
	times.reduce<number | null>((last, time) => (time === null ? last : Math.max(last ?? 0, Number(time))), null);

export async function noteContacts(database: Kysely<Tables>, contacts: readonly Contact[]): Promise<void> {
	await database.transaction().execute(async (transaction) => {
		for (const { spaceId, deviceId, atMs } of contacts)
			await transaction
				.updateTable('devices')
				.set({ contact_at: atMs })
				.where('space_id', '=', spaceId)
				.where('device_id', '=', deviceId)
				.execute();
	});
}
