/** A started counter: what `open-workspace.ts` and the keeper's worker put together, over gated ports and virtual time. */
import { signDeviceToken } from '$lib/crypto/device-token';
import { openPerson, type KeyringState } from '$lib/crypto/keyring';
import type { StaffId } from '$lib/domain/ids';
import type { OperationLog } from '$lib/domain/operation-log';
import { emptyState, requestRows, type CounterState } from '$lib/domain/projection';
import type { Decision } from '$lib/domain/request';
import type { ClockOffset, Instant } from '$lib/domain/time';
import { exchangeWith, type ExchangeReport } from '$lib/services/exchange-run';
import { createLogKeeper, type LogFacts } from '$lib/services/log-keeper';
import { createLogOpener } from '$lib/services/log-opener';
import { createPersonKeys, type PersonKeys } from '$lib/services/person-keys';
import { recordOperations, type Pen } from '$lib/services/record-operation';
import { createStateSnapshots, type StateSnapshots } from '$lib/services/state-snapshot';
import { createHttpTransport } from '$lib/sync/transport';
import { createMemoryOperationLog } from '../support/memory-operation-log';
import { quickStretch } from '../support/quick-stretch';
import { must } from '../support/test-space';
import type { Disk } from './disk';
import { gated } from './gated';
import type { Entry, Ledger, Place } from './ledger';
import { memoryDeviceKeys, memoryKeyringStore, memoryServers, memorySnapshotStore } from './memory-stores';
import type { Actor, Scheduler } from './scheduler';
import { SERVER_ORIGIN, type Space } from './space';

export interface CounterPorts {
	readonly actor: Actor;
	readonly scheduler: Scheduler;
	readonly ledger: Ledger;
	readonly space: Space;
	readonly disk: Disk;
	readonly person: { readonly staffId: StaffId; readonly password: string };
	readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
	/** The raw clock of the machine, however wrong. */
	readonly now: () => number;
	/** Heads of the server were written down. */
	onBelieved(): void;
}

export type Counter = Awaited<ReturnType<typeof startCounter>>;

function openStores({ disk, actor, scheduler, now, onBelieved }: CounterPorts) {
	const clock = { now: () => now() as Instant };
	const port = <T extends object>(one: T, name: string): T => gated(one, name, actor, scheduler);
	const servers = memoryServers(disk.stores);
	const believing = {
		...servers,
		saveState: async (...args: Parameters<typeof servers.saveState>) => {
			await servers.saveState(...args);
			onBelieved();
		}
	};
	return {
		clock,
		log: port(createMemoryOperationLog({ content: disk.log, now }), 'log'),
		keyring: port(memoryKeyringStore(disk.stores, clock), 'keyring'),
		deviceKeys: port(memoryDeviceKeys(disk.stores), 'deviceKeys'),
		servers: port(believing, 'servers'),
		snapshots: port(memorySnapshotStore(disk.stores), 'snapshots')
	};
}
type Stores = ReturnType<typeof openStores>;

/** The keeper goes on with this very state, so that it can be looked at. */
function watchState(snapshots: StateSnapshots): StateSnapshots & { state: CounterState } {
	return {
		...snapshots,
		state: emptyState(),
		async load(revocations) {
			this.state = (await snapshots.load(revocations)) ?? emptyState();
			return this.state;
		}
	};
}

export async function startCounter(ports: CounterPorts) {
	const { actor, disk, space, ledger, person } = ports;
	const { spaceId } = space;
	const { deviceId, signingKey: deviceKey } = disk.keys;
	const stores = openStores(ports);
	const loadKeyring = async () => space.folded(await stores.keyring.loadRecords());
	let keyring: KeyringState = await loadKeyring();
	const opened = must(await openPerson(keyring, person.staffId, person.password, space.spaceSecret, quickStretch));
	const keys = await createPersonKeys(spaceId, opened, keyring);
	ledger.knowKeys(keys.all());
	let facts: LogFacts | null = null;
	let offset: ClockOffset | null = null;
	let answered = false;

	const snapshots = watchState(
		createStateSnapshots({ store: stores.snapshots, spaceId, currentKeys: keys.current, keysById: keys.byId })
	);
	const opener = createLogOpener({ log: stores.log, spaceId, deviceId, deviceKey, loadKeyring });
	const keeper = createLogKeeper({
		log: stores.log,
		opener,
		snapshots,
		clock: stores.clock,
		deviceId,
		tell: (event) => {
			if (event.type === 'facts') ({ facts } = event);
		}
	});
	const pen = penOf(ports, stores, keys, { offset: () => offset, facts: () => facts });
	const transport = createHttpTransport({
		origin: SERVER_ORIGIN,
		fetch: ports.fetch,
		now: ports.now,
		signToken: (request) => signDeviceToken({ ...request, deviceId, key: deviceKey })
	});

	/** As `followKeyring` of the workspace; false: the person who works here was removed. */
	async function followKeyring(): Promise<boolean> {
		keyring = await loadKeyring();
		await keys.follow(keyring);
		ledger.knowKeys(keys.all());
		if (keyring.people.get(opened.staffId)?.removed) return false;
		await keeper.keyringChanged(keys.all());
		return true;
	}

	/** As the worker does it: greeted first, then cut, then exchanged. Null: nobody answered the greeting. */
	async function exchange(): Promise<ExchangeReport | null> {
		if (!answered && !(await transport.hello()).ok) return null;
		await keeper.cut();
		const report = await exchangeWith({
			log: stores.log,
			keyringStore: stores.keyring,
			deviceKeys: stores.deviceKeys,
			servers: stores.servers,
			spaceId,
			ownDeviceId: deviceId,
			origin: SERVER_ORIGIN,
			loadKeyring,
			nowMs: ports.now,
			onProgress: () => undefined,
			transport
		});
		answered = report.error === null;
		await keeper.catchUp();
		if (report.clockOffsetMs !== null) offset = { ms: report.clockOffsetMs, source: SERVER_ORIGIN };
		if (report.keyringChanged) await followKeyring();
		return report;
	}

	await keeper.open(keys.all());
	return {
		actor,
		keeper,
		opened,
		exchange,
		followKeyring,
		keyring: () => keyring,
		keyringStore: stores.keyring,
		state: (): CounterState => snapshots.state,
		facts: (): LogFacts | null => facts,
		/** True once it was shown as saved. */
		async save(decisions: readonly Decision[]): Promise<boolean> {
			const written = await recordOperations(pen.pen, decisions);
			if (!written.ok) return false;
			for (const { sequence } of written.value) pen.entryAt(sequence).acknowledged = true;
			await keeper.applyWritten(written.value);
			return true;
		},
		/** What the keeper does of itself after a long time. */
		keepSnapshot: () => snapshots.save(snapshots.state, requestRows(snapshots.state), opener.revocations())
	};
}

interface Known {
	offset(): ClockOffset | null;
	facts(): LogFacts | null;
}

/** The pen of the workspace, whose commits go into the ledger as well. */
function penOf(ports: CounterPorts, stores: Stores, keys: PersonKeys, known: Known) {
	const { disk, ledger, scheduler, actor, space } = ports;
	const bare = createMemoryOperationLog({ content: disk.log, now: ports.now });
	const noted: Place[] = [];
	const noting: OperationLog = {
		...bare,
		appendPending: async (rows, next, draftId) => {
			const first = rows[0];
			const before = first && (await bare.chainBefore(first.deviceId, first.sequence));
			const appended = await bare.appendPending(rows, next, draftId);
			if (appended.ok && before) noted.push(...ledger.committed(deviceNameOf(actor), rows, before));
			return appended;
		}
	};
	const pen: Pen = {
		log: gated(noting, 'log', actor, scheduler),
		clock: stores.clock,
		spaceId: space.spaceId,
		deviceId: disk.keys.deviceId,
		staffId: keys.staffId,
		staffKey: keys.signingKey,
		placeCode: 'SO',
		deviceCode: () => disk.deviceCode,
		currentKeys: keys.current,
		clockOffset: known.offset,
		observedTick: () => known.facts()?.maxTick ?? 0,
		observedCaseCounter: () => known.facts()?.ownCaseCounter ?? 0
	};
	return {
		pen,
		/** What this start of the device committed last under this number. */
		entryAt: (sequence: number): Entry => {
			const place = noted.findLast((one) => one.startsWith(`${disk.keys.deviceId}:${sequence}:`));
			const entry = place === undefined ? undefined : ledger.entry(place);
			if (!entry) throw new Error(`operation ${sequence} is shown as saved and was never committed`);
			return entry;
		}
	};
}

/** `D2#5` is the fifth start of D2. */
export const deviceNameOf = ({ name }: Actor): string => name.split('#')[0] ?? name;
