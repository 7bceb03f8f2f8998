/** Public keys of devices, which travel with the segments they sign. Whether a key fits its id is proven before it comes here. */
import { parseDeviceId, type DeviceId } from '$lib/domain/ids';
import type { CounterDatabase } from './database';
import { isBytes, isRow, ownBytes } from './row-shape';

export interface DevicePublicKey {
	readonly deviceId: DeviceId;
	/** Raw uncompressed P-256 point, 65 bytes. */
	readonly publicKey: Uint8Array;
}

export interface DeviceKeyStore {
	/** Adds the keys not known yet; a known id keeps the key it has. */
	add(keys: readonly DevicePublicKey[]): Promise<void>;
	list(): Promise<DevicePublicKey[]>;
	get(deviceId: DeviceId): Promise<DevicePublicKey | null>;
}

const PUBLIC_KEY_BYTES = 65;

export const createDeviceKeyStore = (database: CounterDatabase): DeviceKeyStore => {
	const parsed = (row: unknown, key: unknown): DevicePublicKey | null => {
		const sound = parseDeviceKey(row);
		if (!sound) database.damage.report('deviceKeys', key);
		return sound;
	};
	return {
		add: async (keys) => {
			if (keys.length === 0) return;
			await database.transaction('rw', database.deviceKeys, async () => {
				const held = await database.deviceKeys.bulkGet(keys.map(({ deviceId }) => deviceId));
				const lacking = keys.filter((_, i) => !parseDeviceKey(held[i]));
				await database.deviceKeys.bulkPut(
					lacking.map(({ deviceId, publicKey }) => ({ deviceId, publicKey: ownBytes(publicKey) }))
				);
			});
		},
		list: async () =>
			(await database.deviceKeys.toArray())
				.map((row) => parsed(row, isRow(row) ? row.deviceId : null))
				.filter((key) => key !== null),
		get: async (deviceId) => {
			const row = await database.deviceKeys.get(deviceId);
			return row === undefined ? null : parsed(row, deviceId);
		}
	};
};

export function parseDeviceKey(row: unknown): DevicePublicKey | null {
	if (!isRow(row) || !isBytes(row.publicKey, PUBLIC_KEY_BYTES)) return null;
	const deviceId = parseDeviceId(row.deviceId);
	return deviceId.ok ? { deviceId: deviceId.value, publicKey: row.publicKey } : null;
}
