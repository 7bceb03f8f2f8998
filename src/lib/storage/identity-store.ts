/** Who this device is: space, device id, wrapped private key, workplace. One row, in clear but for the key. */
import { parseDeviceId, parseKeyId, parseSpaceId, type DeviceId, type KeyId, type SpaceId } from '$lib/domain/ids';
import { ok, type Result } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import type { Workplace } from '$lib/domain/workplace';
import type { CounterDatabase } from './database';
import { tryToWrite, type NotWritten } from './not-written';
import { isBytes, isRow, isText, isTime, ownBytes } from './row-shape';

/** The restart test (DESIGN § 3.5) in the words of what is kept; whether a restart has come is for the page to find out. */
export interface RestartTest {
	readonly status: 'not-begun' | 'waiting-for-restart' | 'passed' | 'failed';
	/** Names the life of the page in which it was begun; any other life is a restart. */
	readonly begunIn: string | null;
}
export const RESTART_NOT_BEGUN: RestartTest = { status: 'not-begun', begunIn: null };

export interface DeviceIdentity {
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	/** Raw uncompressed P-256 point, 65 bytes. */
	readonly publicKey: Uint8Array;
	/** Sealed under `device-wrap` of the data key `wrapKeyId`. */
	readonly wrappedPrivateKey: Uint8Array;
	readonly wrapKeyId: KeyId;
	/** 128 bit; on every device of the space and never on a server. */
	readonly spaceSecret: Uint8Array;
	readonly workplace: Workplace;
	readonly createdAt: Instant;
	/** False until the Notfallblatt is confirmed and `device-joined` is written. */
	readonly setupComplete: boolean;
	readonly restartTest: RestartTest;
}

export interface IdentityStore {
	/** Null: none here. A broken one is reported as damage and reads as null too; `damage.rows()` tells the two apart. */
	load(): Promise<DeviceIdentity | null>;
	save(identity: DeviceIdentity): Promise<Result<void, NotWritten>>;
}

const OWN = 'own';

export const createIdentityStore = (database: CounterDatabase): IdentityStore => ({
	load: async () => {
		const row = await database.identity.get(OWN);
		const identity = parseIdentity(row);
		if (row !== undefined && !identity) database.damage.report('identity', OWN);
		return identity;
	},
	save: async (identity) => {
		const { publicKey, wrappedPrivateKey, spaceSecret } = identity;
		const row = {
			...identity,
			id: OWN,
			publicKey: ownBytes(publicKey),
			wrappedPrivateKey: ownBytes(wrappedPrivateKey),
			spaceSecret: ownBytes(spaceSecret)
		};
		const written = await tryToWrite(() => database.identity.put(row));
		return written.ok ? ok(undefined) : written;
	}
});

/** Null: no identity, or a broken one. */
export function parseIdentity(row: unknown): DeviceIdentity | null {
	if (!isRow(row)) return null;
	const spaceId = parseSpaceId(row.spaceId);
	const deviceId = parseDeviceId(row.deviceId);
	const wrapKeyId = parseKeyId(row.wrapKeyId);
	const workplace = parseWorkplace(row.workplace);
	const restartTest = parseRestartTest(row.restartTest);
	const { publicKey, wrappedPrivateKey, spaceSecret, createdAt, setupComplete } = row;
	if (!spaceId.ok || !deviceId.ok || !wrapKeyId.ok || !workplace || !restartTest) return null;
	if (!isBytes(publicKey, 65) || !isBytes(wrappedPrivateKey) || !isBytes(spaceSecret, 16)) return null;
	if (!isTime(createdAt) || typeof setupComplete !== 'boolean') return null;
	return {
		spaceId: spaceId.value,
		deviceId: deviceId.value,
		publicKey,
		wrappedPrivateKey,
		wrapKeyId: wrapKeyId.value,
		spaceSecret,
		workplace,
		createdAt: createdAt as Instant,
		setupComplete,
		restartTest
	};
}

function parseWorkplace(value: unknown): Workplace | null {
	if (!isRow(value)) return null;
	const deviceId = parseDeviceId(value.deviceId);
	const { commune, site, counter, placeCode, deviceCode } = value;
	if (!deviceId.ok || !isText(commune) || !isText(site) || !isText(counter)) return null;
	if (!isText(placeCode) || !isText(deviceCode)) return null;
	return { deviceId: deviceId.value, commune, site, counter, placeCode, deviceCode };
}

function parseRestartTest(value: unknown): RestartTest | null {
	if (!isRow(value)) return null;
	const { status, begunIn } = value;
	if (status !== 'not-begun' && status !== 'waiting-for-restart' && status !== 'passed' && status !== 'failed')
		return null;
	return begunIn === null || isText(begunIn) ? { status, begunIn } : null;
}
