/** What an exchange of one device needs, on real stores; the server is the test's own. */
import type { DeviceId } from '$lib/domain/ids';
import type { DeviceKey } from '$lib/sync/protocol';
import type { Transport } from '$lib/sync/transport';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { OperationLog } from '$lib/domain/operation-log';
import { exchangeWith } from '$lib/services/exchange-run';
import type { HistoryPorts } from '$lib/services/second-histories';
import { createDeviceKeyStore } from '$lib/storage/device-key-store';
import { createKeyringStore } from '$lib/storage/keyring-store';
import { createServerStore } from '$lib/storage/server-store';
import type { CounterDatabase } from '$lib/storage/database';
import { createMemoryOperationLog } from './memory-operation-log';
import type { TestSpace } from './test-space';

export const EXCHANGE_ORIGIN = 'http://server.test';

/** As of segments that do not open here. */
const byBorders: HistoryPorts['chainValueIn'] = async ({ header }, sequence) =>
	sequence === header.firstSequence + header.count - 1 ? header.chainAfter : null;

/** What a device knows of those whose segments it holds; by default it vouches for everybody and opens nothing. */
export interface Trust {
	readonly opensHere?: boolean;
	readonly members?: ReadonlySet<DeviceId>;
}

export type ExchangeDesk = Awaited<ReturnType<typeof exchangeDesk>>;

export async function exchangeDesk(
	database: CounterDatabase,
	space: TestSpace,
	own: DeviceKey,
	origin = EXCHANGE_ORIGIN,
	log: OperationLog = createMemoryOperationLog()
) {
	const keyringStore = createKeyringStore(database);
	const deviceKeys = createDeviceKeyStore(database);
	const servers = createServerStore(database);
	await keyringStore.addOwn([space.record]);
	await deviceKeys.add([own]);
	await servers.add(origin);
	return {
		log,
		keyringStore,
		deviceKeys,
		servers,
		exchange: async (
			transport: Pick<Transport, 'exchange'>,
			nowMs = 5_000,
			chainValueIn = byBorders,
			{ opensHere = false, members }: Trust = {}
		) =>
			exchangeWith({
				log,
				keyringStore,
				deviceKeys,
				servers,
				spaceId: space.spaceId,
				ownDeviceId: own.deviceId,
				transport: transport as Transport,
				origin,
				loadKeyring: async () => space.fold(await keyringStore.loadRecords()),
				chainValueAt: (deviceId, sequence) => log.chainBefore(deviceId, sequence + 1),
				chainValueIn,
				opensHere: async () => opensHere,
				members: members ?? new Set((await deviceKeys.list()).map(({ deviceId }) => deviceId)),
				onProgress: () => undefined,
				nowMs: () => nowMs
			}),
		keyring: async () => space.fold(await keyringStore.loadRecords()),
		held: async (): Promise<readonly KeyringRecord[]> => keyringStore.loadRecords(),
		keyIds: async () => (await deviceKeys.list()).map(({ deviceId }) => deviceId).sort(),
		sequences: async () =>
			new Map([...(await log.heads())].map(([deviceId, { sequence }]) => [deviceId, sequence] as const))
	};
}
