/** The one door for what comes from elsewhere, by a server or a data carrier: verified before it is kept (SY1, SY5, SY15). */
import { foldKeyring, type KeyringState } from '$lib/crypto/keyring';
import { verifySegmentSignature } from '$lib/crypto/seal';
import { deviceIdOf, importVerifyKey } from '$lib/crypto/signature';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { MAX_RECORDS, type KeyringRecord } from '$lib/domain/keyring-record';
import type { OperationLog, Segment } from '$lib/domain/operation-log';
import type { DeviceKeyStore } from '$lib/storage/device-key-store';
import type { KeyringStore } from '$lib/storage/keyring-store';
import { MAX_DEVICES, type DeviceKey } from '$lib/sync/protocol';
import { createForkWatch } from './own-fork';
import { partHistories, type HistoryPorts } from './second-histories';

/** With more devices than this of which nothing opened here yet, the next one comes in when its work does. */
const ROOM_FOR_UNKNOWN = 200;

export interface IntakePorts {
	readonly log: OperationLog;
	readonly keyringStore: KeyringStore;
	readonly deviceKeys: DeviceKeyStore;
	readonly spaceId: SpaceId;
	readonly ownDeviceId: DeviceId;
	loadKeyring(): Promise<KeyringState>;
	readonly chainValueAt: HistoryPorts['chainValueAt'];
	readonly chainValueIn: HistoryPorts['chainValueIn'];
	/** Sealed under a data key of this space and signed by one of its people, as far as both are known here. */
	opensHere(segment: Segment): Promise<boolean>;
	/** Devices whose work opened here before. */
	readonly members: ReadonlySet<DeviceId>;
	nowMs(): number;
}

export interface Incoming {
	readonly segments: readonly Segment[];
	readonly deviceKeys: readonly DeviceKey[];
	readonly records: readonly KeyringRecord[];
}

/** What became of it. Segments that are in none of these lists share numbers with others and cannot be compared yet: they come again. */
export interface TakenIn {
	/** Newly stored. */
	readonly added: readonly Segment[];
	/** Held before, however cut. */
	readonly known: readonly Segment[];
	/** Of another space, of a device whose key is not here, or with a wrong signature. */
	readonly refused: readonly Segment[];
	/** Of a second history: kept apart. */
	readonly apart: readonly Segment[];
	/** Keyring records, newly stored. */
	readonly records: number;
}

export async function createIntake(ports: IntakePorts) {
	let keyring = await ports.loadKeyring();
	let keyringChanged = false;
	const held = new Set(keyring.records.map((record) => record.signature.join()));
	const verifiers = createVerifiers(ports.deviceKeys, ports);
	const { log, ownDeviceId: deviceId } = ports;
	const fork = createForkWatch({ log, deviceId, chainValueAt: (sequence) => ports.chainValueAt(deviceId, sequence) });

	/** Keys first, then the keyring, then segments: each is needed to judge the next. */
	async function take(incoming: Incoming): Promise<TakenIn> {
		const ofSpace = incoming.segments.filter(({ header }) => header.spaceId === ports.spaceId);
		await verifiers.add(incoming.deviceKeys, ofSpace);
		const records = await takeRecords(incoming.records);
		const sound: Segment[] = [];
		for (const segment of ofSpace) if (await verifiers.isSigned(segment)) sound.push(segment);
		const { joining, apart } = await partHistories(ports, await fork.sift(sound));
		const setAsideAt = ports.nowMs();
		if (apart.length > 0)
			await log.setAside(apart.map((segment) => ({ segment, reason: 'second-history', setAsideAt })));
		const { added, clashing } = await log.addSegments(joining);
		const isSound = new Set(sound);
		const isNew = new Set([...added, ...clashing]);
		return {
			added,
			known: joining.filter((segment) => !isNew.has(segment)),
			refused: incoming.segments.filter((segment) => !isSound.has(segment)),
			apart: [...apart, ...clashing],
			records
		};
	}

	/** Only what verifies is kept: what a server makes up must not fill the disk. What builds on records still missing comes again. */
	async function takeRecords(received: readonly KeyringRecord[]): Promise<number> {
		const unknown = received.filter((record) => !held.has(record.signature.join()));
		if (unknown.length === 0 || keyring.records.length + unknown.length > MAX_RECORDS) return 0;
		const next = await foldKeyring(ports.spaceId, [...keyring.records, ...unknown], { verified: keyring.acceptedIds });
		const fresh = next.records.slice().filter((record) => !held.has(record.signature.join()));
		const added = await ports.keyringStore.addRecords(fresh);
		for (const record of fresh) held.add(record.signature.join());
		if (added > 0) {
			keyring = next;
			keyringChanged = true;
		}
		return added;
	}

	return {
		take,
		/** Whether this device is one whose segments are taken here. */
		holdsKey: verifiers.holdsKey,
		/** What others hold under this device's own id (SY15). */
		fork,
		/** With what was taken so far. */
		keyring: () => keyring,
		keyringChanged: () => keyringChanged
	};
}

/**
 * Device keys prove themselves: the id is the hash of the key. One that nothing here is signed with is not kept, since a
 * server could make up any number of them until no message has room for their heads; it comes again with its segments.
 * Anybody can sign something, so only what opens here has all the room; the rest waits for the keyring in a small part of it.
 */
function createVerifiers(store: DeviceKeyStore, { opensHere, members }: Pick<IntakePorts, 'opensHere' | 'members'>) {
	const keyById = new Map<DeviceId, CryptoKey | null>();
	const keyOf = async (deviceId: DeviceId): Promise<CryptoKey | null> => {
		const known = keyById.get(deviceId);
		if (known !== undefined) return known;
		const stored = (await store.list()).find((key) => key.deviceId === deviceId);
		const key = stored ? await importVerifyKey(stored.publicKey) : null;
		keyById.set(deviceId, key);
		return key;
	};
	return {
		add: async (keys: readonly DeviceKey[], segments: readonly Segment[]) => {
			const held = new Set((await store.list()).map(({ deviceId }) => deviceId));
			const signing = new Set(segments.map(({ header }) => header.deviceId).filter((id) => !held.has(id)));
			const proven: DeviceKey[] = [];
			let unknown = [...held].filter((id) => !members.has(id)).length;
			for (const key of keys) {
				if (!signing.has(key.deviceId) || (await deviceIdOf(key.publicKey)) !== key.deviceId) continue;
				const verifyKey = await importVerifyKey(key.publicKey);
				const theirs = segments.filter(({ header }) => header.deviceId === key.deviceId);
				const signed = verifyKey && (await firstSigned(theirs, verifyKey));
				if (!signed) continue;
				const opens = await opensHere(signed);
				if (held.size + proven.length >= MAX_DEVICES || (!opens && unknown >= ROOM_FOR_UNKNOWN)) continue;
				proven.push(key);
				if (!opens) unknown++;
			}
			await store.add(proven);
			for (const { deviceId } of proven) keyById.delete(deviceId);
		},
		holdsKey: async (deviceId: DeviceId): Promise<boolean> => (await keyOf(deviceId)) !== null,
		isSigned: async (segment: Segment): Promise<boolean> => {
			const key = await keyOf(segment.header.deviceId);
			return key !== null && verifySegmentSignature(segment, key);
		}
	};
}

async function firstSigned(segments: readonly Segment[], key: CryptoKey): Promise<Segment | null> {
	for (const segment of segments) if (await verifySegmentSignature(segment, key)) return segment;
	return null;
}
