/** First start of a device: found a space or join one. Nothing is written before everything that is needed is at hand. */
import { deriveKeys } from '$lib/crypto/data-key';
import { joinIds, openJoinPackage, type JoinPackage } from '$lib/crypto/join-package';
import { foldKeyring, foundSpace, openPerson, type OpenedPerson } from '$lib/crypto/keyring';
import type { PasswordStretcher } from '$lib/crypto/key-derivation';
import { parseJoinCode } from '$lib/crypto/printed-codes';
import { generateDeviceKeys, wrapDeviceKey, type NewDeviceKeys } from '$lib/crypto/signature';
import { deviceCodeFromBytes } from '$lib/domain/case-number';
import type { SpaceId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock, Instant } from '$lib/domain/time';
import type { Workplace } from '$lib/domain/workplace';
import { RESTART_NOT_BEGUN, type DeviceIdentity, type FormerIdentity } from '$lib/storage/identity-store';
import { parseJoinFile } from '$lib/sync/join-file';
import { deviceJoined } from './device-joined';
import { writeMarker } from './device-marker';
import type { DeviceStores } from './device-stores';
import { emergencySheetOf, unlockErrorOf } from './keyring-acts';
import { once } from './once';
import { recordOperations, type WriteTurn } from './record-operation';
import { createRestartTest } from './restart-test';
import { originOf, serverAt } from './server-client';
import { serverErrorOf } from './server-error';
import type { SessionControl } from './session';
import { feedsOf, staffOf } from './staff-list';
import type {
	DeviceSetup,
	FoundingDraft,
	FoundSpaceInput,
	JoiningByFile,
	JoiningDraft,
	Restoring,
	ServerError,
	SetupError,
	UnlockError
} from './workspace';

export interface SetupPorts {
	readonly stores: Pick<DeviceStores, 'log' | 'identity' | 'keyring' | 'deviceKeys' | 'servers'>;
	readonly clock: Clock;
	readonly stretch: PasswordStretcher;
	readonly session: Pick<SessionControl, 'enter'>;
	/** Of the browser, unless given. */
	readonly inWriteTurn?: WriteTurn;
	readonly mark?: typeof writeMarker;
}

/** A copy brings drafts too. */
export interface RestorePorts extends SetupPorts {
	readonly stores: SetupPorts['stores'] & Pick<DeviceStores, 'drafts'>;
}

/** What becomes the identity of this device, in one transaction. */
interface NewDevice {
	readonly spaceId: SpaceId;
	readonly spaceSecret: Uint8Array;
	readonly records: readonly KeyringRecord[];
	readonly opened: OpenedPerson;
	readonly keys: NewDeviceKeys;
	readonly place: Pick<Workplace, 'commune' | 'placeCode' | 'site' | 'counter'>;
	/** Devices whose place this one takes: their keys vouch for it at servers. */
	readonly former?: readonly FormerIdentity[];
}

export function createDeviceSetup(ports: SetupPorts): Omit<DeviceSetup, keyof Restoring> {
	return {
		prepareFounding: (input) => prepareFounding(ports, input),
		prepareJoining: (origin, code) => prepareJoining(ports, origin, code),
		prepareJoiningByFile: (input) => prepareJoiningByFile(ports, input),
		...createRestartTest(ports.stores.identity)
	};
}

async function prepareFounding(ports: SetupPorts, input: FoundSpaceInput): Promise<Result<FoundingDraft, SetupError>> {
	const { stores, clock, stretch, session } = ports;
	const founded = await foundSpace({
		commune: input.commune,
		ags: input.ags,
		founderName: input.staffName,
		password: input.password,
		recordedAt: clock.now(),
		stretch
	});
	if (!founded.ok) return err({ type: 'refused', rule: 'malformed-name' });
	const { spaceId, spaceSecret, recoveryKey, record, opened } = founded.value;
	const sheet = emergencySheetOf(input, { spaceId, spaceSecret }, recoveryKey, clock);
	recoveryKey.fill(0);
	return ok({
		sheet,
		complete: once(async (): Promise<Result<{ server: ServerError | null }, SetupError>> => {
			const keys = await generateDeviceKeys();
			const signingKey = keys.signingKey;
			const written = await writeDevice(ports, { spaceId, spaceSecret, records: [record], opened, keys, place: input });
			if (!written.ok) return written;
			const server = input.server && (await layOntoServer(stores, input.server, written.value, signingKey, [record]));
			const entered = await session.enter(written.value, opened);
			return entered.ok ? ok({ server }) : err({ type: 'refused', rule: entered.error.type });
		})
	});
}

/** Server unreachable or code wrong: the space is founded all the same, and a server can be added later. */
async function layOntoServer(
	stores: SetupPorts['stores'],
	server: NonNullable<FoundSpaceInput['server']>,
	{ deviceId, publicKey }: DeviceIdentity,
	deviceKey: CryptoKey,
	records: readonly KeyringRecord[]
): Promise<ServerError | null> {
	const origin = originOf(server.origin);
	if (origin === null) return { type: 'not-our-server' };
	const founded = await serverAt(origin, { deviceId, deviceKey }).foundSpace({
		code: server.code,
		records,
		deviceKeys: [{ deviceId, publicKey }]
	});
	if (!founded.ok) return serverErrorOf(founded.error);
	await stores.servers.add(origin);
	return null;
}

async function prepareJoining(
	ports: SetupPorts,
	typedOrigin: string,
	typedCode: string
): Promise<Result<JoiningDraft, SetupError>> {
	const parsed = parseJoinCode(typedCode);
	if (!parsed.ok) return err({ type: 'malformed-code' });
	const origin = parsed.value.origin ?? originOf(typedOrigin);
	if (origin === null) return err({ type: 'not-our-server' });
	const ids = await joinIds(parsed.value.code);
	const keys = await generateDeviceKeys();
	const { deviceId, publicKey, signingKey } = keys;
	const taken = await serverAt(origin, { deviceId, deviceKey: signingKey }).takeJoinPackage(ids.packageId, {
		deviceId,
		publicKey
	});
	if (!taken.ok) return err(serverErrorOf(taken.error));
	const opened = await openJoinPackage(ids, taken.value.sealed);
	if (!opened.ok) return err({ type: 'refused', rule: 'malformed-package' });
	return ok(await joiningDraft(ports, { ...opened.value, origin }, keys));
}

/** The package comes in a file: whoever has file and code is let in, and the others hear of the device by its first bundle. */
async function prepareJoiningByFile(
	ports: SetupPorts,
	{ file, code, goesByClock }: JoiningByFile
): Promise<Result<JoiningDraft, SetupError>> {
	const parsed = parseJoinCode(code);
	if (!parsed.ok) return err({ type: 'malformed-code' });
	const read = parseJoinFile(file);
	if (!read.ok) return read;
	const ids = await joinIds(parsed.value.code);
	if (ids.packageId !== read.value.packageId) return err({ type: 'code-of-other-file' });
	const opened = await openJoinPackage(ids, read.value.sealed);
	if (!opened.ok) return err({ type: 'not-a-join-file' });
	const { madeAt, validForMs } = read.value;
	const now = ports.clock.now();
	// Two clocks that nobody has compared: a file of the future tells as little as one of the past.
	if (goesByClock && Math.abs(now - madeAt) > validForMs)
		return err({ type: 'join-file-expired', madeAt: madeAt as Instant, now });
	return ok(await joiningDraft(ports, opened.value, await generateDeviceKeys()));
}

async function joiningDraft(
	ports: SetupPorts,
	{ spaceId, spaceSecret, records, placeCode, origin }: JoinPackage,
	keys: NewDeviceKeys
): Promise<JoiningDraft> {
	const keyring = await foldKeyring(spaceId, records);
	return {
		commune: keyring.commune,
		placeCode,
		staff: staffOf(keyring),
		feeds: feedsOf(keyring),
		complete: once(async ({ site, counter, staffId, password }: JoinInput): Promise<Result<void, JoinError>> => {
			const person = await openPerson(keyring, staffId, password, spaceSecret, ports.stretch);
			if (!person.ok) return err(unlockErrorOf(person.error));
			const place = { commune: keyring.commune, placeCode, site, counter };
			const written = await writeDevice(ports, { spaceId, spaceSecret, records, opened: person.value, keys, place });
			if (!written.ok) return written;
			if (origin !== '') await ports.stores.servers.add(origin);
			return ports.session.enter(written.value, person.value);
		})
	};
}

type JoinInput = Parameters<JoiningDraft['complete']>[0];
type JoinError = UnlockError | SetupError;

/** Keyring, the operation `device-joined` and the identity; after this the device can be unlocked by itself. */
export async function writeDevice(
	{ stores, clock, inWriteTurn, mark = writeMarker }: SetupPorts,
	{ spaceId, spaceSecret, records, opened, keys, place, former = [] }: NewDevice
): Promise<Result<DeviceIdentity, SetupError>> {
	// Another window has set up this device meanwhile: its identity is never replaced.
	if (await stores.identity.load()) return err({ type: 'refused', rule: 'already-set-up' });
	const keyring = await foldKeyring(spaceId, records);
	const dataKey = opened.dataKeys.get(keyring.currentKeyId);
	if (!dataKey) return err({ type: 'refused', rule: 'data-key-not-vouched-for' });
	const purposeKeys = await deriveKeys(dataKey, spaceId, keyring.currentKeyId);
	const { deviceId, publicKey } = keys;
	const { commune, placeCode, site, counter } = place;
	const deviceCode = deviceCodeFromBytes(crypto.getRandomValues(new Uint8Array(4)));
	const identity: DeviceIdentity = {
		spaceId,
		deviceId,
		publicKey,
		spaceSecret,
		wrappedPrivateKey: await wrapDeviceKey(purposeKeys, spaceId, deviceId, keys.privateKey.slice()),
		wrapKeyId: purposeKeys.keyId,
		workplace: { deviceId, commune, placeCode, site, counter, deviceCode },
		createdAt: clock.now(),
		setupComplete: true,
		restartTest: RESTART_NOT_BEGUN,
		...(former.length > 0 && { former })
	};
	const keyringKept = await stores.keyring.addOwn(records);
	if (!keyringKept.ok) return keyringKept;
	await stores.deviceKeys.add([{ deviceId, publicKey }]);
	const joined = await recordOperations(
		{
			log: stores.log,
			clock,
			spaceId,
			deviceId,
			staffId: opened.staffId,
			staffKey: () => opened.signingKey,
			placeCode,
			deviceCode: () => deviceCode,
			currentKeys: () => purposeKeys,
			clockOffset: () => null,
			observedTick: () => 0,
			observedCaseCounter: () => 0,
			inWriteTurn,
			lastWaitingNumber: () => Promise.resolve(0)
		},
		[deviceJoined(deviceId, publicKey, identity.workplace)]
	);
	if (!joined.ok) return joined;
	// The identity comes last: while it is not there, this device is not set up and everything may be begun anew.
	const saved = await stores.identity.save(identity);
	if (!saved.ok) return saved;
	keys.privateKey.fill(0);
	mark({ deviceId, incarnation: identity.createdAt, sequence: 1 });
	return ok(identity);
}
