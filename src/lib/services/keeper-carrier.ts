/** Data carriers as the keeper does it: step by step, asked for by the page, so that stopping is not asking any more. */
import type { KeyringState } from '$lib/crypto/keyring';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { bundleChunks, countToWrite, type BundleChunk } from './carrier-writing';
import { createCarrierReading } from './carrier-reading';
import type { CarrierFault } from './carrier-desk';
import type { DeviceStores } from './device-stores';
import { nameOfError } from '$lib/storage/not-written';
import { createIntake } from './intake';
import type { LogKeeper } from './log-keeper';
import type { LogOpener } from './log-opener';

export interface KeeperCarrierPorts {
	readonly stores: Pick<DeviceStores, 'log' | 'keyring' | 'deviceKeys' | 'peers'>;
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly deviceKey: CryptoKey;
	/** Identities that this device has given up: what they wrote lies on this device, and nowhere else for that. */
	readonly formerIds: readonly DeviceId[];
	readonly opener: Pick<LogOpener, 'chainValueAt' | 'chainValueIn' | 'opensHere'>;
	readonly keeper: Pick<LogKeeper, 'cut' | 'catchUp' | 'joinedDevices' | 'openedDevices'>;
	loadKeyring(): Promise<KeyringState>;
	nowMs(): number;
}

/** Between two answers, so that progress is told and other calls come through. */
const STEP_MS = 200;

export function createKeeperCarrier(ports: KeeperCarrierPorts) {
	const { stores, spaceId, deviceId, deviceKey, keeper, loadKeyring, nowMs } = ports;
	const { log } = stores;
	let writing: AsyncGenerator<BundleChunk> | null = null;
	let reading: { readonly steps: ReturnType<typeof createCarrierReading>; readonly intake: Intake } | null = null;

	return {
		/** Begins a bundle → how many operations will be in it. */
		async beginWriting(reader: DeviceId | null, partBytes: number | null): Promise<number> {
			await keeper.cut();
			const peer =
				reader === null ? null : ((await stores.peers.list()).find((one) => one.deviceId === reader) ?? null);
			const deviceKeys = () => stores.deviceKeys.list();
			writing = bundleChunks(
				{ log, spaceId, deviceId, deviceKey, deviceKeys, loadKeyring, nowMs },
				{ reader: peer, partBytes: partBytes ?? Infinity }
			);
			return countToWrite(log, peer);
		},
		/** Null: all is written. */
		async nextChunk(): Promise<BundleChunk | null> {
			const next = await writing?.next();
			return next && !next.done ? next.value : null;
		},
		async beginReading(files: readonly File[]): Promise<number> {
			const intake = await createIntake({
				...ports.opener,
				log,
				keyringStore: stores.keyring,
				deviceKeys: stores.deviceKeys,
				spaceId,
				ownDeviceId: deviceId,
				members: await keeper.openedDevices(),
				loadKeyring,
				nowMs
			});
			reading = { steps: createCarrierReading({ spaceId, intake }, files), intake };
			return reading.steps.totalBytes;
		},
		async readOn(): Promise<{ readonly bytes: number; readonly more: boolean }> {
			if (!reading) return { bytes: 0, more: false };
			const until = performance.now() + STEP_MS;
			let more = true;
			while (more && performance.now() < until) more = await reading.steps.next();
			return { bytes: reading.steps.bytesRead(), more };
		},
		/** Folds what came. A new keyring is to be followed before `settle`: a new person's device may be among the writers. */
		async endReading(stopped: boolean) {
			if (!reading) throw new Error('carrier: nothing is being read');
			reading.steps.end();
			await keeper.catchUp();
			return { ...reading.steps.summary(stopped), keyringChanged: reading.intake.keyringChanged() };
		},
		/** Believes what writers say they hold: only devices of this space are believed, and this one not about itself (decision 38). */
		async settle() {
			if (!reading) throw new Error('carrier: nothing was read');
			const { steps, intake } = reading;
			reading = null;
			const revoked = intake.keyring().revokedDevices;
			const members = new Set((await keeper.joinedDevices()).filter((id) => !revoked.has(id)));
			const said = steps.said();
			for (const { heads } of said.filter((one) => members.has(one.deviceId)))
				intake.fork.noteShown(heads.get(deviceId));
			const own = new Set([deviceId, ...ports.formerIds]);
			const believed = said.filter((one) => !own.has(one.deviceId) && members.has(one.deviceId));
			const identityLost = (await intake.fork.judge()).type === 'ended';
			const writerIds: DeviceId[] = [];
			let fault: CarrierFault | null = null;
			for (const one of believed) {
				try {
					await stores.peers.save({ ...one, readAt: nowMs() });
					writerIds.push(one.deviceId);
				} catch (error) {
					// What was taken in is taken in; only what the other side has counts for nothing then.
					fault = { type: 'not-written', name: nameOfError(error) };
				}
			}
			const writers = steps.writers();
			return {
				writerIds,
				isOwn: writers.some((id) => own.has(id)),
				isUnknownWriter: writers.some((id) => !own.has(id) && !members.has(id)),
				identityLost,
				settleFault: fault
			};
		}
	};
}

type Intake = Awaited<ReturnType<typeof createIntake>>;
