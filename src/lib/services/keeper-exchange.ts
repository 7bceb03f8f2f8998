/** An exchange as the keeper does it: greets, cuts what is pending, exchanges, and folds what came. */
import type { KeyringState } from '$lib/crypto/keyring';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import type { ExchangeProgress } from '$lib/sync/sync-engine';
import type { DeviceStores } from './device-stores';
import { exchangeWith, nothingExchanged, type ExchangeReport } from './exchange-run';
import type { LogKeeper } from './log-keeper';
import type { LogOpener } from './log-opener';
import { serverAt, type Signer } from './server-client';
import { serverErrorOf } from './server-error';
import { vouchedFor } from './vouched-transport';

export interface KeeperExchangePorts {
	readonly stores: Pick<DeviceStores, 'log' | 'keyring' | 'deviceKeys' | 'servers'>;
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly deviceKey: CryptoKey;
	/** Identities given up: their keys vouch for this one (SY15). */
	readonly formers: readonly Signer[];
	readonly opener: LogOpener;
	readonly keeper: Pick<LogKeeper, 'cut' | 'catchUp' | 'openedDevices'>;
	loadKeyring(): Promise<KeyringState>;
	nowMs(): number;
	onProgress(origin: string, progress: ExchangeProgress): void;
}

export function createKeeperExchange(ports: KeeperExchangePorts): (origin: string) => Promise<ExchangeReport> {
	const { stores, spaceId, deviceId, deviceKey, opener, keeper, loadKeyring, nowMs } = ports;
	const answered = new Set<string>();
	return async (origin) => {
		const own = await stores.deviceKeys.get(deviceId);
		const formers = ports.formers.map((former) => serverAt(origin, former));
		const transport = vouchedFor(serverAt(origin, { deviceId, deviceKey }), formers, own ? [own] : []);
		// A server that is gone is only greeted: cutting for nobody would leave a segment of every few operations.
		const hello = answered.has(origin) ? null : await transport.hello();
		if (hello && !hello.ok) return nothingExchanged(serverErrorOf(hello.error));
		await keeper.cut();
		const report = await exchangeWith({
			log: stores.log,
			keyringStore: stores.keyring,
			deviceKeys: stores.deviceKeys,
			servers: stores.servers,
			spaceId,
			ownDeviceId: deviceId,
			origin,
			loadKeyring,
			chainValueAt: opener.chainValueAt,
			chainValueIn: opener.chainValueIn,
			opensHere: opener.opensHere,
			members: new Set([...(await keeper.openedDevices()), deviceId, ...ports.formers.map((one) => one.deviceId)]),
			nowMs,
			onProgress: (progress) => ports.onProgress(origin, progress),
			transport
		});
		if (report.error) answered.delete(origin);
		else answered.add(origin);
		await keeper.catchUp();
		return report;
	};
}
