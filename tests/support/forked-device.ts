/** A device of a test space whose profile can be copied: writes, cuts, and takes a new identity, over a log in memory. */
import { deriveKeys, type PurposeKeys } from '$lib/crypto/data-key';
import { generateDeviceKeys, wrapDeviceKey, type NewDeviceKeys } from '$lib/crypto/signature';
import type { KeyId } from '$lib/domain/ids';
import type { AnyOperation } from '$lib/domain/operation';
import { decodeOperation } from '$lib/domain/operation-codec';
import type { OperationLog, PendingRow, Segment } from '$lib/domain/operation-log';
import { foldOperations, requestIds, requestView } from '$lib/domain/projection';
import { changeOf, decideAmend, type Decision } from '$lib/domain/request';
import type { Instant } from '$lib/domain/time';
import { deviceJoined } from '$lib/services/device-joined';
import { createLogOpener, type LogOpener } from '$lib/services/log-opener';
import { takeNewIdentity, type NewIdentityPorts } from '$lib/services/new-identity';
import { recordOperations } from '$lib/services/record-operation';
import { RESTART_NOT_BEGUN, type DeviceIdentity } from '$lib/storage/identity-store';
import { createMemoryDeviceKeys, createMemoryIdentity, type createPowerCut } from './memory-identity';
import { createMemoryOperationLog } from './memory-operation-log';
import { opening } from './test-desk';
import { must, type TestSpace } from './test-space';

const KEY = '1.general' as KeyId;

export interface Profile {
	readonly keys: NewDeviceKeys;
	readonly identity: DeviceIdentity;
	/** What it has written before it was copied. */
	readonly rows: readonly PendingRow[];
}
export type ForkedDevice = Awaited<ReturnType<typeof forkedDevice>>;

export async function aProfile(space: TestSpace): Promise<Profile> {
	const keys = await generateDeviceKeys();
	const { deviceId, publicKey } = keys;
	const purpose = await deriveKeys(space.opened.dataKeys.get(KEY)!, space.spaceId, KEY);
	const identity: DeviceIdentity = {
		spaceId: space.spaceId,
		deviceId,
		publicKey,
		spaceSecret: space.spaceSecret,
		wrappedPrivateKey: await wrapDeviceKey(purpose, space.spaceId, deviceId, keys.privateKey.slice()),
		wrapKeyId: KEY,
		workplace: {
			deviceId,
			commune: 'Soest',
			placeCode: 'SO',
			site: 'Bürgerbüro',
			counter: 'Schalter 1',
			deviceCode: '7KXM'
		},
		createdAt: 1 as Instant,
		setupComplete: true,
		restartTest: RESTART_NOT_BEGUN
	};
	return { keys, identity, rows: [] };
}

/** Puts a profile to use; twice, it is a clone. `now`: a clock of its own, so that no two things happen at once. */
export async function forkedDevice(space: TestSpace, profile: Profile, now: () => number) {
	const purpose = await deriveKeys(space.opened.dataKeys.get(KEY)!, space.spaceId, KEY);
	const keysById = new Map<KeyId, PurposeKeys>([[KEY, purpose]]);
	const log = createMemoryOperationLog();
	const store = createMemoryIdentity(profile.identity);
	const deviceKeys = createMemoryDeviceKeys();
	const { spaceId, opened } = space;
	const loadKeyring = () => space.fold([space.record]);
	const markers: string[] = [];
	for (const row of profile.rows)
		must(
			await log.appendPending(
				[row],
				{
					deviceId: row.deviceId,
					sequence: row.sequence,
					chainValue: row.chainValue,
					tick: row.sequence,
					caseCounter: row.sequence
				},
				null
			)
		);

	const identity = async () => (await store.load()) as DeviceIdentity;
	async function openerOf(of: OperationLog = log): Promise<LogOpener> {
		const { deviceId } = await identity();
		const opener = createLogOpener({ log: of, spaceId, deviceId, deviceKey: profile.keys.signingKey, loadKeyring });
		await opener.use([purpose]);
		return opener;
	}

	/** Everything the log holds, of whatever identity. */
	async function operations(): Promise<AnyOperation[]> {
		const opener = await openerOf();
		const found: AnyOperation[] = [];
		const take = (line: Uint8Array, deviceId: PendingRow['deviceId'], sequence: number) =>
			found.push(must(decodeOperation(line, deviceId, sequence)));
		for (const segment of (await log.segmentsBeyond(new Map(), Infinity)).segments) {
			const lines = await opener.openLines(segment);
			if (lines.type !== 'opened') throw new Error(lines.type);
			lines.lines.forEach((line, i) => take(line, segment.header.deviceId, segment.header.firstSequence + i));
		}
		for (const deviceId of (await log.heads()).keys())
			for (const row of await log.pendingRows(deviceId)) take((await opener.openRow(row))!, deviceId, row.sequence);
		return found;
	}

	async function write(...decided: Decision[]): Promise<void> {
		const { deviceId, workplace } = await identity();
		const pen = {
			log,
			clock: { now: () => now() as Instant },
			spaceId,
			deviceId,
			staffId: opened.staffId,
			staffKey: () => opened.signingKey,
			placeCode: 'SO',
			deviceCode: () => workplace.deviceCode,
			currentKeys: () => purpose,
			clockOffset: () => null,
			observedTick: () => 0,
			observedCaseCounter: () => 0,
			lastWaitingNumber: () => Promise.resolve(0)
		};
		must(await recordOperations(pen, decided));
	}

	return {
		log,
		markers,
		deviceKeys,
		identity,
		operations,
		state: async () => foldOperations(await operations()),
		join: async () => {
			const { deviceId, publicKey, workplace } = await identity();
			await write(deviceJoined(deviceId, publicKey, workplace));
		},
		open: (n: number) => write(opening(n)),
		/** Changes the plate of a request that is here, replacing what is seen of it. */
		async amend(plate: string, which: number): Promise<void> {
			const state = foldOperations(await operations());
			const ids = requestIds(state).sort();
			const id = ids[which % ids.length];
			const view = id && requestView(state, id);
			if (view) await write(must(decideAmend(view, [changeOf(view, 'answers/plate', plate)])));
		},
		cut: async () => (await openerOf()).cut(),
		/** Cut as an exchange would, of the identity in use. */
		segments: async (): Promise<readonly Segment[]> => {
			await (await openerOf()).cut();
			return (await log.segmentsBeyond(new Map(), Infinity)).segments;
		},
		profile: async (): Promise<Profile> => ({ ...profile, rows: await log.pendingRows(profile.keys.deviceId) }),
		/** Takes a new identity; a power cut ends it where it says. */
		beginAnew: async (cut?: ReturnType<typeof createPowerCut>) => {
			const watched = <T extends object>(port: T): T => cut?.watched(port) ?? port;
			const ports: NewIdentityPorts = {
				log: watched(log),
				identity: watched(store),
				deviceKeys: watched(deviceKeys),
				clock: { now: () => now() as Instant },
				randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
				writeMarker: ({ deviceId }) => void markers.push(deviceId)
			};
			const { staffId, signingKey } = opened;
			return takeNewIdentity(ports, {
				staffId,
				signingKey,
				keysById,
				currentKeys: purpose,
				loadKeyring,
				clockOffset: null
			});
		}
	};
}
