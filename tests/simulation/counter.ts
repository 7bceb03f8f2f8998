/** A started counter: what session, workspace and the keeper's worker put together, over gated ports and virtual time. */
import type { KeyringState } from '$lib/crypto/keyring';
import { emptyState, requestRows, type CounterState } from '$lib/domain/projection';
import type { Decision } from '$lib/domain/request';
import type { ClockOffset } from '$lib/domain/time';
import { exchangeWith, type ExchangeReport } from '$lib/services/exchange-run';
import { createLogKeeper, type LogFacts } from '$lib/services/log-keeper';
import { createLogOpener } from '$lib/services/log-opener';
import { recordOperations, type Pen } from '$lib/services/record-operation';
import { createStateSnapshots, type StateSnapshots } from '$lib/services/state-snapshot';
import type { Disk } from './disk';
import type { Ledger } from './ledger';
import type { Actor, Scheduler } from './scheduler';
import { SERVER_ORIGIN, type Person, type Space } from './space';
import { openStores, type Stores } from './stores';
import { transportOf, unlock, type Unlocked } from './unlock';

export interface CounterPorts {
	readonly actor: Actor;
	readonly scheduler: Scheduler;
	readonly ledger: Ledger;
	readonly space: Space;
	readonly disk: Disk;
	readonly person: Person;
	readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
	/** The raw clock of the machine, however wrong. */
	readonly now: () => number;
	/** Heads of the server were written down. */
	onBelieved(): void;
}

export type Counter = Awaited<ReturnType<typeof startCounter>>;
/** `given-up`: this id lives a second life elsewhere, and the counter must be opened anew (SY15). */
export type Saved = 'saved' | 'not-saved' | 'given-up';

/** The keeper goes on with this very state, so that it can be looked at. */
function watchState(snapshots: StateSnapshots): StateSnapshots & { state: CounterState } {
	return {
		...snapshots,
		state: emptyState(),
		async load(validity) {
			this.state = (await snapshots.load(validity)) ?? emptyState();
			return this.state;
		}
	};
}

export async function startCounter(ports: CounterPorts) {
	const { actor, space, ledger } = ports;
	const { spaceId } = space;
	const stores = openStores(ports);
	const unlocked = await unlock(ports, stores);
	const { loadKeyring, opened, keys, identity } = unlocked;
	const { deviceId } = identity;
	let { keyring }: { keyring: KeyringState } = unlocked;
	let facts: LogFacts | null = null;
	let offset: ClockOffset | null = null;
	let answered = false;

	const snapshots = watchState(
		createStateSnapshots({ store: stores.snapshots, spaceId, currentKeys: keys.current, keysById: keys.byId })
	);
	const deviceKey = await unlocked.deviceKeyOf(identity);
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
	const pen = penOf(stores, unlocked, spaceId, { offset: () => offset, facts: () => facts });
	const transport = await transportOf(ports, unlocked);

	/** As the workspace follows the keyring; nothing more is opened for a person who was removed. */
	async function followKeyring(): Promise<void> {
		keyring = await loadKeyring();
		await keys.follow(keyring);
		ledger.knowKeys(keys.all());
		if (!keyring.people.get(opened.staffId)?.removed) await keeper.keyringChanged(keys.all());
	}

	/** As the worker does it: greeted first, then cut, then exchanged. Null: nobody answered the greeting. */
	async function exchange(): Promise<ExchangeReport | null> {
		if (!answered && !(await transport.hello()).ok) return null;
		await keeper.cut();
		const report = await exchangeWith({
			...{ log: stores.log, keyringStore: stores.keyring, deviceKeys: stores.deviceKeys, servers: stores.servers },
			...{ spaceId, ownDeviceId: deviceId, origin: SERVER_ORIGIN, loadKeyring, transport },
			chainValueAt: opener.chainValueAt,
			chainValueIn: opener.chainValueIn,
			opensHere: opener.opensHere,
			members: new Set([
				...(await keeper.openedDevices()),
				deviceId,
				...(identity.former ?? []).map((one) => one.deviceId)
			]),
			nowMs: ports.now,
			onProgress: () => undefined
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
		deviceId,
		keeper,
		opened,
		exchange,
		followKeyring,
		keyring: () => keyring,
		keyringStore: stores.keyring,
		state: (): CounterState => snapshots.state,
		facts: (): LogFacts | null => facts,
		async save(decisions: readonly Decision[]): Promise<Saved> {
			const written = await recordOperations(pen, decisions);
			if (!written.ok) {
				const { error } = written;
				return error.type === 'not-written' && error.name === 'given-up' ? 'given-up' : 'not-saved';
			}
			for (const { sequence } of written.value) stores.demandCommitted(deviceId, sequence);
			await keeper.applyWritten(written.value);
			return 'saved';
		},
		/** What the keeper does of itself after a long time. */
		keepSnapshot: () =>
			snapshots.save(
				snapshots.state,
				{ rows: requestRows(snapshots.state), appointments: [] },
				`${deviceId} ${opener.revocations()}`.trim()
			)
	};
}

interface Known {
	offset(): ClockOffset | null;
	facts(): LogFacts | null;
}

const penOf = (stores: Stores, { keys, identity }: Unlocked, spaceId: Space['spaceId'], known: Known): Pen => ({
	log: stores.log,
	clock: stores.clock,
	spaceId,
	deviceId: identity.deviceId,
	staffId: keys.staffId,
	staffKey: keys.signingKey,
	placeCode: identity.workplace.placeCode,
	deviceCode: () => identity.workplace.deviceCode,
	currentKeys: keys.current,
	clockOffset: known.offset,
	observedTick: () => known.facts()?.maxTick ?? 0,
	observedCaseCounter: () => known.facts()?.ownCaseCounter ?? 0,
	lastWaitingNumber: () => Promise.resolve(0)
});
