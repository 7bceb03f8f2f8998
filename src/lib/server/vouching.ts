/** Devices that vouch for devices: a key proves itself by its id, which is its hash. */
import { deviceIdOf, importVerifyKey } from '$lib/crypto/signature';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { MAX_DEVICES, type DeviceKey } from '$lib/sync/protocol';
import type { ServerParts } from './endpoint';
import type { Store } from './store';

/** A device of the space vouches for others; a key that does not hash to its id counts for nothing. → `known`, or all keys when some came. */
export async function addVouchedDevices(
	{ store, now }: Pick<ServerParts, 'store' | 'now'>,
	spaceId: SpaceId,
	deviceKeys: readonly DeviceKey[],
	known: ReadonlyMap<DeviceId, Uint8Array>
): Promise<ReadonlyMap<DeviceId, Uint8Array>> {
	const fresh: DeviceKey[] = [];
	for (const deviceKey of deviceKeys.slice(0, MAX_DEVICES))
		if (!known.has(deviceKey.deviceId) && (await provesItself(deviceKey))) fresh.push(deviceKey);
	if (fresh.length === 0) return known;
	await store.addDevices(spaceId, fresh, now());
	return keysById(store, spaceId);
}

export const keysById = async (store: Store, spaceId: SpaceId): Promise<ReadonlyMap<DeviceId, Uint8Array>> =>
	new Map((await store.deviceKeys(spaceId)).map(({ deviceId, publicKey }) => [deviceId, publicKey]));

export const provesItself = async ({ deviceId, publicKey }: DeviceKey): Promise<boolean> =>
	(await deviceIdOf(publicKey)) === deviceId && (await importVerifyKey(publicKey)) !== null;
