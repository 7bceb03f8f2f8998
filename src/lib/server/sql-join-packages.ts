/** Join packages in SQL: a use is counted by one conditional update, so that two devices never share the last one. */
import type { Transaction } from 'kysely';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { err, ok, type Result } from '$lib/domain/result';
import type { CodeError, NewJoinPackage } from './store';
import type { Tables } from './tables';

/** Kept this long after its end, so that a late caller hears „abgelaufen“ and not „unbekannt“. */
const KEPT_AFTER_END_MS = 24 * 60 * 60 * 1000;

export async function createJoinPackage(
	transaction: Transaction<Tables>,
	{ packageHash, spaceId, sealed, uses, expiresAt }: NewJoinPackage,
	nowMs: number
): Promise<void> {
	await transaction
		.deleteFrom('join_packages')
		.where('expires_at', '<', nowMs - KEPT_AFTER_END_MS)
		.execute();
	await transaction
		.insertInto('join_packages')
		.values({
			package_hash: packageHash,
			space_id: spaceId,
			sealed: Buffer.from(sealed),
			uses_left: uses,
			expires_at: expiresAt
		})
		// The first one stays as it is: a repeated call must not give back uses that were counted.
		.onConflict((conflict) => conflict.column('package_hash').doNothing())
		.execute();
}

export async function takeJoinPackage(
	transaction: Transaction<Tables>,
	packageHash: string,
	deviceId: DeviceId,
	nowMs: number
): Promise<Result<{ readonly spaceId: SpaceId; readonly sealed: Uint8Array }, CodeError>> {
	// Writing first takes the lock at once: read first, another process could write in between, and this call would fail.
	await transaction
		.updateTable('join_packages')
		.set(({ ref }) => ({ uses_left: ref('uses_left') }))
		.where('package_hash', '=', packageHash)
		.execute();
	const repeated = await transaction
		.selectFrom('join_package_uses')
		.select('device_id')
		.where('package_hash', '=', packageHash)
		.where('device_id', '=', deviceId)
		.executeTakeFirst();
	const counted = await transaction
		.updateTable('join_packages')
		.set(({ eb }) => ({ uses_left: eb('uses_left', '-', repeated ? 0 : 1) }))
		.where('package_hash', '=', packageHash)
		.where('expires_at', '>', nowMs)
		.where('uses_left', '>', repeated ? -1 : 0)
		.executeTakeFirst();
	const row = await transaction
		.selectFrom('join_packages')
		.select(['space_id', 'sealed', 'expires_at'])
		.where('package_hash', '=', packageHash)
		.executeTakeFirst();
	if (!row) return err({ type: 'wrong-code' });
	if (counted.numUpdatedRows === 0n)
		return err({ type: Number(row.expires_at) > nowMs ? 'code-used' : 'code-expired' });
	if (!repeated)
		await transaction
			.insertInto('join_package_uses')
			.values({ package_hash: packageHash, device_id: deviceId, used_at: nowMs })
			.execute();
	return ok({ spaceId: row.space_id as SpaceId, sealed: new Uint8Array(row.sealed) });
}
