/** Who this device is: space, device id, wrapped private key, workplace. One row, in clear but for the key. */
import { parseDeviceId, parseKeyId, parseSpaceId, type DeviceId, type KeyId, type SpaceId } from '$lib/domain/ids';
import { ok, type Result } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import type { Workplace } from '$lib/domain/workplace';
import type { CounterDatabase } from './database';
import { tryToWrite, type NotWritten } from './not-written';
import { isBytes, isCount, isRow, isText, isTime, ownBytes } from './row-shape';

/** The restart test (DESIGN § 3.5) in the words of what is kept; whether a restart has come is for the page to find out. */
export interface RestartTest {
	readonly status: 'not-begun' | 'waiting-for-restart' | 'passed' | 'failed';
	/** Names the life of the page in which it was begun; any other life is a restart. */
	readonly begunIn: string | null;
}
export const RESTART_NOT_BEGUN: RestartTest = { status: 'not-begun', begunIn: null };

/** An identity this device gave up (SY15): its key vouches for the next one at servers. */
export interface FormerIdentity {
	readonly deviceId: DeviceId;
	readonly publicKey: Uint8Array;
	readonly wrappedPrivateKey: Uint8Array;
	readonly wrapKeyId: KeyId;
	readonly counter: string;
	readonly deviceCode: string;
	readonly endedAt: Instant;
	/** `copied`: met its own id elsewhere. `template`: closed to be cloned. `restored`: another device's, from its further copy. */
	readonly reason: 'copied' | 'template' | 'restored';
	/** Operations recorded again under the next one. */
	readonly recordedAgain: number;
	/** A person has read the notice. */
	readonly isNoticed: boolean;
}

/** Drawn, but not in use yet: a start that finds it goes on with it, and draws no second one. */
export interface NextIdentity {
	readonly deviceId: DeviceId;
	readonly publicKey: Uint8Array;
	readonly wrappedPrivateKey: Uint8Array;
	readonly wrapKeyId: KeyId;
	readonly counter: string;
	readonly deviceCode: string;
}

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
	/** Oldest first. */
	readonly former?: readonly FormerIdentity[];
	readonly next?: NextIdentity;
	/** „Als Vorlage zum Klonen abschließen“: whoever unlocks next, here or on a clone, names the counter and takes a new identity. */
	readonly isTemplate?: boolean;
	/** The origin at which this device goes on: nobody unlocks here until somebody says that it stays here after all. */
	readonly movedTo?: string;
}

export interface IdentityStore {
	/** Null: none here. A broken one is reported as damage and reads as null too; `damage.rows()` tells the two apart. */
	load(): Promise<DeviceIdentity | null>;
	save(identity: DeviceIdentity): Promise<Result<void, NotWritten>>;
	/** One transaction: changes what is there now, so that two windows never undo each other. Null from `change`: it stays as it is. */
	update(change: (identity: DeviceIdentity) => DeviceIdentity | null): Promise<Result<void, NotWritten>>;
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
		const written = await tryToWrite(() => database.identity.put(rowOf(identity)));
		return written.ok ? ok(undefined) : written;
	},
	update: async (change) => {
		const written = await tryToWrite(() =>
			database.transaction('rw', database.identity, async () => {
				const identity = parseIdentity(await database.identity.get(OWN));
				const changed = identity && change(identity);
				if (changed) await database.identity.put(rowOf(changed));
			})
		);
		return written.ok ? ok(undefined) : written;
	}
});

const rowOf = (identity: DeviceIdentity) => ({
	...identity,
	...keysOwned(identity),
	id: OWN,
	spaceSecret: ownBytes(identity.spaceSecret),
	...(identity.former && { former: identity.former.map((former) => ({ ...former, ...keysOwned(former) })) }),
	...(identity.next && { next: { ...identity.next, ...keysOwned(identity.next) } })
});

const keysOwned = ({ publicKey, wrappedPrivateKey }: Pick<DeviceIdentity, 'publicKey' | 'wrappedPrivateKey'>) => ({
	publicKey: ownBytes(publicKey),
	wrappedPrivateKey: ownBytes(wrappedPrivateKey)
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
		restartTest,
		...parseChange(row)
	};
}

/** What is there only where an identity was given up or the device has moved; a broken part is left out, since the identity works without it. */
function parseChange({
	former,
	next,
	isTemplate,
	movedTo
}: Readonly<Record<string, unknown>>): Partial<DeviceIdentity> {
	const formers = Array.isArray(former) ? former.map(parseFormer).filter((one) => one !== null) : [];
	const drawn = parseNext(next);
	return {
		...(formers.length > 0 && { former: formers }),
		...(drawn && { next: drawn }),
		...(isTemplate === true && { isTemplate }),
		...(isText(movedTo) && { movedTo })
	};
}

function parseFormer(value: unknown): FormerIdentity | null {
	const keys = parseNext(value);
	if (!keys || !isRow(value)) return null;
	const { endedAt, reason, recordedAgain, isNoticed } = value;
	if (!isTime(endedAt) || !isCount(recordedAgain) || typeof isNoticed !== 'boolean') return null;
	if (reason !== 'copied' && reason !== 'template' && reason !== 'restored') return null;
	return { ...keys, endedAt: endedAt as Instant, reason, recordedAgain, isNoticed };
}

function parseNext(value: unknown): NextIdentity | null {
	if (!isRow(value)) return null;
	const deviceId = parseDeviceId(value.deviceId);
	const wrapKeyId = parseKeyId(value.wrapKeyId);
	const { publicKey, wrappedPrivateKey, counter, deviceCode } = value;
	if (!deviceId.ok || !wrapKeyId.ok || !isBytes(publicKey, 65) || !isBytes(wrappedPrivateKey)) return null;
	if (!isText(counter) || !isText(deviceCode)) return null;
	return { deviceId: deviceId.value, wrapKeyId: wrapKeyId.value, publicKey, wrappedPrivateKey, counter, deviceCode };
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
