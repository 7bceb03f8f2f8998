/** The Einlesedienst at work: its keys opened, its log folded; takes entries in and exchanges. */
import type { PasswordStretcher } from '$lib/crypto/key-derivation';
import { foldKeyring, openPerson, type KeyringState, type OpenedPerson } from '$lib/crypto/keyring';
import type { ImportedAppointment, ImportProfile } from '$lib/domain/appointment-import';
import type { IntakeKind } from '$lib/domain/appointment-intake';
import { settingsOf } from '$lib/domain/office-settings';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock, ClockOffset } from '$lib/domain/time';
import { takeIn } from '$lib/services/appointments';
import { withIds } from '$lib/services/appointment-ids';
import { openDeviceKey, openFormerKeys } from '$lib/services/device-key';
import type { ExchangeReport } from '$lib/services/exchange-run';
import { identityAtEntry } from '$lib/services/identity-at-entry';
import { createKeeperExchange } from '$lib/services/keeper-exchange';
import { createLogKeeper, type LogFacts } from '$lib/services/log-keeper';
import { createLogOpener } from '$lib/services/log-opener';
import { createPersonKeys, type PersonKeys } from '$lib/services/person-keys';
import { recordOperations, type Pen } from '$lib/services/record-operation';
import type { Record } from '$lib/services/recorder';
import type { StateSnapshots } from '$lib/services/state-snapshot';
import { countUnsent } from '$lib/services/unsent';
import type { SaveError } from '$lib/services/workspace';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import type { FeedStores } from './sqlite-stores';

export interface FeedPorts {
	readonly stores: FeedStores;
	readonly clock: Clock;
	readonly stretch: PasswordStretcher;
	readonly passphrase: string;
	/** What a server last said of this machine's clock. */
	readonly knownClock: { offset: ClockOffset | null };
}

export type CannotWork = { readonly type: 'not-joined' | 'wrong-passphrase' | 'member-removed' | 'no-key' } | SaveError;

export type IntakeCounts = { readonly [K in IntakeKind]: number };

export interface FeedDesk {
	readonly spaceId: string;
	/** Columns of tables that somebody named at a counter. */
	profiles(): Promise<readonly ImportProfile[]>;
	/** Writes what is new of these, piece by piece; → what they were, counted. */
	takeIn(entries: readonly ImportedAppointment[], signal: AbortSignal): Promise<Result<IntakeCounts, SaveError>>;
	exchange(origin: string): Promise<ExchangeReport>;
	/** Own operations that this server is not known to hold. */
	unsentTo(origin: string): Promise<number>;
}

/** Nothing is kept between two runs but the log: every run folds it. */
const NO_SNAPSHOTS: StateSnapshots = {
	save: async () => undefined,
	loadHead: async () => null,
	load: async () => null,
	discard: async () => undefined
};

const inTurn: NonNullable<Pen['inWriteTurn']> = (write) => write();

export async function openFeedDesk(ports: FeedPorts): Promise<Result<FeedDesk, CannotWork>> {
	const { stores } = ports;
	const joined = await stores.identity.load();
	const staffId = stores.member.load();
	if (!joined || !staffId) return err({ type: 'not-joined' });
	const loadKeyring = async () => foldKeyring(joined.spaceId, await stores.keyring.loadRecords());
	const keyring = await loadKeyring();
	if (keyring.people.get(staffId)?.removed) return err({ type: 'member-removed' });
	const lastOpened = await stores.keyring.lastOpened(staffId);
	const { passphrase, stretch } = ports;
	const person = await openPerson(keyring, staffId, passphrase, joined.spaceSecret, stretch, lastOpened);
	if (!person.ok) return err({ type: person.error.type === 'wrong-password' ? 'wrong-passphrase' : 'no-key' });
	await stores.keyring.noteOpened(staffId, person.value.entryId);
	const identity = await identityNow(ports, joined, person.value, loadKeyring);
	if (!identity.ok) return identity;
	const keys = await createPersonKeys(joined.spaceId, person.value, keyring);
	return ok(await createDesk(ports, { identity: identity.value, keys, loadKeyring }));
}

/** A data folder that was copied gives up its identity when it meets the other (SY15), and goes on under a new one. */
async function identityNow(
	{ stores, clock, knownClock }: FeedPorts,
	joined: DeviceIdentity,
	person: OpenedPerson,
	loadKeyring: () => Promise<KeyringState>
): Promise<Result<DeviceIdentity, SaveError>> {
	const { workplace } = joined;
	const entry = { stores, clock, clockOffset: knownClock.offset, loadKeyring };
	const named = { nameCounter: async () => workplace.counter, inWriteTurn: inTurn, mark: () => undefined };
	const identity = await identityAtEntry({ ...entry, ...named }, joined, person);
	return identity.ok ? ok(identity.value ?? joined) : identity;
}

interface Opened {
	readonly identity: DeviceIdentity;
	readonly keys: PersonKeys;
	readonly loadKeyring: () => Promise<KeyringState>;
}

async function createDesk(ports: FeedPorts, { identity, keys, loadKeyring }: Opened): Promise<FeedDesk> {
	const { stores, clock, knownClock } = ports;
	const { spaceId, deviceId } = identity;
	const deviceKey = await openDeviceKey(identity, keys.byId);
	const formers = await openFormerKeys(identity, keys.byId);
	let facts: LogFacts | null = null;
	const opener = createLogOpener({ log: stores.log, spaceId, deviceId, deviceKey, loadKeyring });
	const keeper = createLogKeeper({
		...{ log: stores.log, opener, clock, deviceId, snapshots: NO_SNAPSHOTS },
		tell: (event) => {
			if (event.type === 'facts') ({ facts } = event);
		}
	});
	await keeper.open(keys.all());
	const pen = penOf(ports, identity, keys, {
		maxTick: () => facts?.maxTick ?? 0,
		lastWaitingNumber: keeper.lastWaitingNumber
	});
	const record: Record = async (decided) => {
		if (decided.length === 0) return ok(undefined);
		const written = await recordOperations(pen, decided);
		if (!written.ok) return written;
		await keeper.applyWritten(written.value);
		return ok(undefined);
	};
	const exchange = createKeeperExchange({
		...{ stores, spaceId, deviceId, deviceKey, formers, opener, keeper, loadKeyring, nowMs: clock.now },
		onProgress: () => undefined
	});

	return {
		spaceId,
		profiles: async () => settingsOf(await keeper.settingsFields()).profiles,
		takeIn: async (entries, signal) => {
			const counts = { new: 0, changed: 0, cancelled: 0, unchanged: 0, older: 0 };
			for (const { kind } of await keeper.intake(await withIds(spaceId, entries))) counts[kind]++;
			const taken = await takeIn({ keeper, record, spaceId, inTurn }, entries, { signal, onProgress: () => undefined });
			return taken.ok ? ok(counts) : taken;
		},
		exchange: async (origin) => {
			const report = await exchange(origin);
			if (report.clockOffsetMs !== null) knownClock.offset = { ms: report.clockOffsetMs, source: origin };
			if (report.keyringChanged) {
				await keys.follow(await loadKeyring());
				await keeper.keyringChanged(keys.all());
			}
			return report;
		},
		unsentTo: async (origin) => {
			const server = (await stores.servers.list()).find((one) => one.origin === origin);
			const own = [...(await stores.log.heads())].filter(([id]) => id === deviceId);
			return countUnsent(new Map(own), server?.heads ?? new Map());
		}
	};
}

/** Cases and waiting numbers are never given here. */
function penOf(
	{ stores, clock, knownClock }: FeedPorts,
	{ spaceId, deviceId, workplace }: DeviceIdentity,
	keys: PersonKeys,
	seen: Pick<Pen, 'lastWaitingNumber'> & { readonly maxTick: () => number }
): Pen {
	return {
		...{ log: stores.log, clock, spaceId, deviceId, staffId: keys.staffId, inWriteTurn: inTurn },
		staffKey: keys.signingKey,
		placeCode: workplace.placeCode,
		deviceCode: () => workplace.deviceCode,
		currentKeys: keys.current,
		clockOffset: () => knownClock.offset,
		observedTick: seen.maxTick,
		observedCaseCounter: () => 0,
		lastWaitingNumber: seen.lastWaitingNumber
	};
}
