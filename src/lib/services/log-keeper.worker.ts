/** The keeper of the log in a worker of its own: folding, cutting and exchanging never hold up a page. */
import { foldKeyring } from '$lib/crypto/keyring';
import type { Instant } from '$lib/domain/time';
import type { PurposeKeys } from '$lib/crypto/data-key';
import type { DeviceId, KeyId, SpaceId } from '$lib/domain/ids';
import { createOpfsJournal } from '$lib/storage/opfs-journal';
import { openDeviceStores } from './device-stores';
import type { ExchangeReport } from './exchange-run';
import { createKeeperCarrier } from './keeper-carrier';
import { createKeeperExchange } from './keeper-exchange';
import { createLogKeeper, type KeeperEvent, type LogKeeper } from './log-keeper';
import { createLogOpener } from './log-opener';
import type { Signer } from './server-client';
import { createStateSnapshots } from './state-snapshot';
import { createWindowChannel } from './window-channel';
import { answerCalls, type MessageEnd } from './worker-call';

/** All the worker needs beside the keys; none of it is secret but the device key, which cannot be exported. */
export interface KeeperSetup {
	readonly databaseName: string;
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly deviceKey: CryptoKey;
	/** Identities given up: their keys vouch for this one (SY15). */
	readonly formers: readonly Signer[];
}
export type KeeperCalls = ReturnType<typeof createKeeperCalls>;

interface Opened {
	readonly keeper: LogKeeper;
	exchange(origin: string): Promise<ExchangeReport>;
	readonly carrier: ReturnType<typeof createKeeperCarrier>;
	mend(): Promise<void>;
	tidy(): Promise<void>;
}

/** Keys the page has opened; the newest last. */
function createKeys() {
	const byId = new Map<KeyId, PurposeKeys>();
	let newest: PurposeKeys | null = null;
	return {
		use: (keys: readonly PurposeKeys[]) => {
			for (const one of keys) byId.set(one.keyId, one);
			newest = keys.at(-1) ?? newest;
			return keys;
		},
		byId: (keyId: KeyId) => byId.get(keyId),
		current: () => {
			if (!newest) throw new Error('no data key is open');
			return newest;
		}
	};
}
type Keys = ReturnType<typeof createKeys>;

async function openKeeper(setup: KeeperSetup, keys: Keys, tell: (event: KeeperEvent) => void): Promise<Opened> {
	const { databaseName, spaceId, deviceId, deviceKey } = setup;
	const opened = await openDeviceStores(databaseName, {
		journal: createOpfsJournal(databaseName),
		channel: createWindowChannel(databaseName),
		isCompared: true
	});
	if (!opened.ok) throw new Error(`database: ${opened.error.type}`);
	const stores = opened.value;
	const { log, snapshots, keyring } = stores;
	const clock = { now: () => Date.now() as Instant };
	const loadKeyring = async () => foldKeyring(spaceId, await keyring.loadRecords());
	const opener = createLogOpener({ log, spaceId, deviceId, deviceKey, loadKeyring });
	const keeper = createLogKeeper({
		log,
		clock,
		deviceId,
		tell,
		opener,
		snapshots: createStateSnapshots({ store: snapshots, spaceId, keysById: keys.byId, currentKeys: keys.current })
	});
	const exchange = createKeeperExchange({
		...setup,
		stores,
		opener,
		keeper,
		loadKeyring,
		nowMs: clock.now,
		onProgress: (origin, { sent, received, left }) =>
			tell({ type: 'progress', origin, progress: { sent, received, toSend: sent + (left ?? 0) } })
	});
	const carrier = createKeeperCarrier({
		...setup,
		stores,
		opener,
		keeper,
		loadKeyring,
		nowMs: clock.now,
		formerIds: setup.formers.map((former) => former.deviceId)
	});
	/** Rows found broken while they were read come back from the journal. */
	const mend = async () => {
		if (stores.damage.rows().length === 0) return;
		const { restoredOperations } = await stores.bringTogether();
		if (restoredOperations > 0) await keeper.catchUp();
	};
	return { keeper, exchange, mend, tidy: stores.tidyJournal, carrier };
}

function createKeeperCalls(tell: (event: KeeperEvent) => void) {
	const keys = createKeys();
	let setUp: (setup: KeeperSetup) => void = () => undefined;
	const opened = new Promise<KeeperSetup>((resolve) => (setUp = resolve)).then((setup) =>
		openKeeper(setup, keys, tell)
	);
	type Args<K extends keyof LogKeeper> = Parameters<LogKeeper[K]>;
	type Carrier = ReturnType<typeof createKeeperCarrier>;
	type CarrierArgs<K extends keyof Carrier> = Parameters<Carrier[K]>;
	const carrier = async () => (await opened).carrier;

	return {
		setUp: async (setup: KeeperSetup) => {
			setUp(setup);
			await opened;
		},
		open: async (opening: readonly PurposeKeys[]) => {
			const { keeper, mend } = await opened;
			await keeper.open(keys.use(opening));
			await mend();
		},
		keyringChanged: async (following: readonly PurposeKeys[]) =>
			(await opened).keeper.keyringChanged(keys.use(following)),
		applyWritten: async (...args: Args<'applyWritten'>) => (await opened).keeper.applyWritten(...args),
		catchUp: async () => (await opened).keeper.catchUp(),
		rest: async () => {
			const { keeper, tidy } = await opened;
			await keeper.rest();
			await tidy();
		},
		request: async (...args: Args<'request'>) => (await opened).keeper.request(...args),
		batch: async (...args: Args<'batch'>) => (await opened).keeper.batch(...args),
		search: async (text: string) => (await opened).keeper.search(text),
		appointment: async (...args: Args<'appointment'>) => (await opened).keeper.appointment(...args),
		searchAppointments: async (text: string) => (await opened).keeper.searchAppointments(text),
		intake: async (...args: Args<'intake'>) => (await opened).keeper.intake(...args),
		decideIntake: async (...args: Args<'decideIntake'>) => (await opened).keeper.decideIntake(...args),
		settingsFields: async () => (await opened).keeper.settingsFields(),
		lastWaitingNumber: async (...args: Args<'lastWaitingNumber'>) => (await opened).keeper.lastWaitingNumber(...args),
		openRequests: async () => (await opened).keeper.openRequests(),
		operations: async (...args: Args<'operations'>) => (await opened).keeper.operations(...args),
		exchange: async (origin: string) => (await opened).exchange(origin),
		beginWriting: async (...args: CarrierArgs<'beginWriting'>) => (await carrier()).beginWriting(...args),
		nextChunk: async () => (await carrier()).nextChunk(),
		beginReading: async (...args: CarrierArgs<'beginReading'>) => (await carrier()).beginReading(...args),
		readOn: async () => (await carrier()).readOn(),
		endReading: async (...args: CarrierArgs<'endReading'>) => (await carrier()).endReading(...args),
		settleReading: async () => (await carrier()).settle()
	};
}

const end = self as unknown as MessageEnd;
const tellPage: (event: KeeperEvent) => void = (event) => tell(event);
const tell = answerCalls<KeeperEvent>(end, createKeeperCalls(tellPage));
