/** The keeper of the log in a worker of its own: folding, cutting and exchanging never hold up a page. */
import { signDeviceToken } from '$lib/crypto/device-token';
import { foldKeyring } from '$lib/crypto/keyring';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import type { Instant } from '$lib/domain/time';
import type { PurposeKeys } from '$lib/crypto/data-key';
import type { KeyId } from '$lib/domain/ids';
import { createHttpTransport } from '$lib/sync/transport';
import { openDeviceStores } from './device-stores';
import { exchangeWith } from './exchange-run';
import { createLogKeeper, type KeeperEvent } from './log-keeper';
import { createStateSnapshots } from './state-snapshot';
import { answerCalls, type MessageEnd } from './worker-call';

/** All the worker needs beside the keys; none of it is secret but the device key, which cannot be exported. */
export interface KeeperSetup {
	readonly databaseName: string;
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly deviceKey: CryptoKey;
}
export type KeeperCalls = ReturnType<typeof createKeeperCalls>;

function createKeeperCalls() {
	let keeper: ReturnType<typeof createLogKeeper> | null = null;
	const keysById = new Map<KeyId, PurposeKeys>();
	let currentKeys: PurposeKeys | null = null;
	const use = (keys: readonly PurposeKeys[]) => {
		for (const one of keys) keysById.set(one.keyId, one);
		currentKeys = keys.at(-1) ?? currentKeys;
	};
	const opened = () => {
		if (!keeper) throw new Error('the keeper is not set up');
		return keeper;
	};
	let exchange: (origin: string) => ReturnType<typeof exchangeWith> = () => Promise.reject(new Error('not set up'));

	return {
		setUp: async ({ databaseName, spaceId, deviceId, deviceKey }: KeeperSetup) => {
			const stores = await openDeviceStores(databaseName);
			if (!stores.ok) throw new Error(`database: ${stores.error.type}`);
			const { log, snapshots, keyring, deviceKeys, servers } = stores.value;
			const clock = { now: () => Date.now() as Instant };
			const loadKeyring = async () => foldKeyring(spaceId, await keyring.loadRecords());
			keeper = createLogKeeper({
				log,
				clock,
				spaceId,
				deviceId,
				deviceKey,
				loadKeyring,
				tell,
				snapshots: createStateSnapshots({
					store: snapshots,
					spaceId,
					keysById: (keyId) => keysById.get(keyId),
					currentKeys: () => {
						if (!currentKeys) throw new Error('no data key is open');
						return currentKeys;
					}
				})
			});
			exchange = async (origin) => {
				await opened().cut();
				const report = await exchangeWith({
					log,
					keyringStore: keyring,
					deviceKeys,
					servers,
					spaceId,
					ownDeviceId: deviceId,
					origin,
					loadKeyring,
					nowMs: clock.now,
					onProgress: ({ sent, received, left }) =>
						tell({ type: 'progress', origin, progress: { sent, received, toSend: sent + (left ?? 0) } }),
					transport: createHttpTransport({
						origin,
						fetch: (input, init) => fetch(input, init),
						now: clock.now,
						signToken: (request) => signDeviceToken({ ...request, deviceId, key: deviceKey })
					})
				});
				await opened().catchUp();
				return report;
			};
		},
		open: (keys: readonly PurposeKeys[]) => {
			use(keys);
			return opened().open(keys);
		},
		keyringChanged: (keys: readonly PurposeKeys[]) => {
			use(keys);
			return opened().keyringChanged(keys);
		},
		applyWritten: (...args: Parameters<ReturnType<typeof createLogKeeper>['applyWritten']>) =>
			opened().applyWritten(...args),
		catchUp: () => opened().catchUp(),
		rest: () => opened().rest(),
		request: (...args: Parameters<ReturnType<typeof createLogKeeper>['request']>) => opened().request(...args),
		batch: (...args: Parameters<ReturnType<typeof createLogKeeper>['batch']>) => opened().batch(...args),
		search: (text: string) => opened().search(text),
		openRequests: () => opened().openRequests(),
		operations: (...args: Parameters<ReturnType<typeof createLogKeeper>['operations']>) => opened().operations(...args),
		exchange: (origin: string) => exchange(origin)
	};
}

const tell = answerCalls<KeeperEvent>(self as unknown as MessageEnd, createKeeperCalls());
