/** The site of a seed as it stands on the first morning: five devices set up, one server that knows them. */
import { NOTHING_KNOWN } from '$lib/storage/server-store';
import { generateDeviceKeys, wrapDeviceKey, type NewDeviceKeys } from '$lib/crypto/signature';
import type { DeviceId } from '$lib/domain/ids';
import type { Instant } from '$lib/domain/time';
import { RESTART_NOT_BEGUN, type DeviceIdentity } from '$lib/storage/identity-store';
import { MONDAY } from '../fixtures/builders';
import type { Chance } from './chance';
import { createDevice, type SimDevice } from './device';
import { emptyDisk, type Disk } from './disk';
import type { Site } from './invariants';
import { createLedger } from './ledger';
import { createNetwork, type Weather } from './network';
import type { Scheduler } from './scheduler';
import { createServer } from './server';
import { SERVER_ORIGIN, type Space } from './space';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const DECADE_MS = 3_652 * DAY_MS;
/** How far clocks are off [SY8]. */
export const SKEWS = [0, 0, 0, 90_000, -HOUR_MS, DECADE_MS, -DECADE_MS];
const DEVICES = 5;
const FRAGILITIES = [0, 0.001, 0.003, 0.01];

export interface SiteRun extends Site {
	readonly chance: Chance;
	readonly scheduler: Scheduler;
	readonly space: Space;
	readonly weather: Weather;
	readonly devices: SimDevice[];
	/** How likely a device or server dies at a gate. */
	fragility: number;
	/** Ids whose history may go two ways until the devices have met: of profiles put back or copied. */
	readonly copied: Set<DeviceId>;
	/** A device's first history may be lost to the server, and its second one stand there: they will not come to one. */
	mayStayParted: boolean;
	addDevice(disk: Disk, personIndex: number): SimDevice;
}

export async function buildSite(space: Space, scheduler: Scheduler, chance: Chance): Promise<SiteRun> {
	// In the order of their ids, so that a seed's order does not depend on which keys were drawn.
	const keys = (await Promise.all(Array.from({ length: DEVICES }, () => generateDeviceKeys()))).sort((a, b) =>
		a.deviceId < b.deviceId ? -1 : 1
	);
	const weather: Weather = {
		loss: chance.pick([0, 0.05, 0.3]),
		duplication: chance.pick([0, 0.1, 0.3]),
		lateness: chance.pick([0, 0.05, 0.2]),
		confusion: chance.pick([0, 0.03])
	};
	const server = await createServer(space, keys, scheduler);
	const network = createNetwork({ chance, scheduler, server, weather });
	const ledger = createLedger(space.spaceId);
	const devices: SimDevice[] = [];
	const run: SiteRun = {
		...{ chance, scheduler, space, weather, ledger, server, devices },
		fragility: chance.pick(FRAGILITIES),
		copied: new Set(),
		mayStayParted: false,
		addDevice(disk, personIndex) {
			const person = space.people[personIndex % space.people.length]!;
			const device = createDevice({
				...{ scheduler, ledger, space, network, disk, person },
				name: `D${devices.length + 1}`,
				skewMs: chance.pick(SKEWS),
				fragility: () => run.fragility
			});
			devices.push(device);
			return device;
		}
	};
	for (const [i, own] of keys.entries()) run.addDevice(await diskOf(space, own, i), i);
	server.actor().fragility = run.fragility;
	server.actor().onCrash = () => restartLater(run);
	return run;
}

/** A device as set up: its key wrapped, the keyring, one server. */
async function diskOf(space: Space, keys: NewDeviceKeys, index: number): Promise<Disk> {
	const { spaceId, spaceSecret, firstKeys } = space;
	const { deviceId, publicKey } = keys;
	const identity: DeviceIdentity = {
		...{ spaceId, deviceId, publicKey, spaceSecret },
		wrappedPrivateKey: await wrapDeviceKey(firstKeys, spaceId, deviceId, keys.privateKey),
		wrapKeyId: firstKeys.keyId,
		workplace: {
			...{ deviceId, commune: 'Soest, Stadt', site: 'Bürgerbüro', placeCode: 'SO' },
			counter: `Schalter ${index + 1}`,
			deviceCode: `${index + 2}KXM`
		},
		createdAt: MONDAY satisfies Instant,
		setupComplete: true,
		restartTest: RESTART_NOT_BEGUN
	};
	const disk = emptyDisk(identity);
	disk.stores.records.push(...space.records);
	disk.stores.deviceKeys.set(deviceId, { deviceId, publicKey });
	disk.stores.servers.set(SERVER_ORIGIN, { origin: SERVER_ORIGIN, paused: false, ...NOTHING_KNOWN });
	return disk;
}

export function restartLater(run: SiteRun): void {
	const { scheduler, server } = run;
	const restart = () => {
		if (server.actor().alive) return;
		server.start(run.fragility);
		server.actor().onCrash = () => restartLater(run);
	};
	scheduler.after(MINUTE_MS, restart, null);
}
