/** One exchange with one server: what comes is verified before it is kept, what is kept is what was acknowledged. */
import { foldKeyring, type KeyringState } from '$lib/crypto/keyring';
import { deviceIdOf, importVerifyKey } from '$lib/crypto/signature';
import { verifySegmentSignature } from '$lib/crypto/seal';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { MAX_RECORDS, type KeyringRecord } from '$lib/domain/keyring-record';
import type { OperationLog, Segment } from '$lib/domain/operation-log';
import type { DeviceKeyStore } from '$lib/storage/device-key-store';
import type { KeyringStore } from '$lib/storage/keyring-store';
import type { ServerStore } from '$lib/storage/server-store';
import { MAX_DEVICES, type DeviceKey } from '$lib/sync/protocol';
import {
	runExchange,
	type Absorbed,
	type ExchangeProgress,
	type Received,
	type RememberedServer
} from '$lib/sync/sync-engine';
import type { Transport } from '$lib/sync/transport';
import { createForkWatch } from './own-fork';
import { partHistories, type HistoryPorts } from './second-histories';
import { serverErrorOf } from './server-error';
import type { ServerError } from './workspace';

export interface ExchangeReport {
	readonly requests: number;
	/** Operations. */
	readonly sent: number;
	readonly received: number;
	/** Segments. */
	readonly refused: number;
	readonly error: ServerError | null;
	readonly clockOffsetMs: number | null;
	readonly keyringChanged: boolean;
	/** This device's id lives a second life elsewhere: nothing more is written under it, a new identity is to be taken (SY15). */
	readonly identityLost: boolean;
}

export const nothingExchanged = (error: ServerError): ExchangeReport => ({
	requests: 1,
	sent: 0,
	received: 0,
	refused: 0,
	error,
	clockOffsetMs: null,
	keyringChanged: false,
	identityLost: false
});

export interface ExchangeRunPorts {
	readonly log: OperationLog;
	readonly keyringStore: KeyringStore;
	readonly deviceKeys: DeviceKeyStore;
	readonly servers: ServerStore;
	readonly spaceId: SpaceId;
	readonly ownDeviceId: DeviceId;
	readonly transport: Transport;
	readonly origin: string;
	loadKeyring(): Promise<KeyringState>;
	readonly chainValueAt: HistoryPorts['chainValueAt'];
	readonly chainValueIn: HistoryPorts['chainValueIn'];
	onProgress(progress: ExchangeProgress): void;
	nowMs(): number;
}

export async function exchangeWith(ports: ExchangeRunPorts): Promise<ExchangeReport> {
	let keyring = await ports.loadKeyring();
	let keyringChanged = false;
	const held = new Set(keyring.records.map((record) => record.signature.join()));
	const verifiers = createVerifiers(ports.deviceKeys);
	const { log, ownDeviceId: deviceId } = ports;
	const fork = createForkWatch({ log, deviceId, chainValueAt: (sequence) => ports.chainValueAt(deviceId, sequence) });
	let identityLost = false;

	/** Keys first, then the keyring, then segments: each is needed to judge the next. */
	const absorb = async (received: Received): Promise<Absorbed> => {
		const ofSpace = received.segments.filter(({ header }) => header.spaceId === ports.spaceId);
		await verifiers.add(received.deviceKeys, ofSpace);
		const records = await takeRecords(received.records);
		const sound: Segment[] = [];
		for (const segment of ofSpace) if (await verifiers.isSigned(segment)) sound.push(segment);
		const { joining, apart } = await partHistories(ports, await fork.sift(sound));
		const setAsideAt = ports.nowMs();
		if (apart.length > 0)
			await log.setAside(apart.map((segment) => ({ segment, reason: 'second-history', setAsideAt })));
		const { added } = await log.addSegments(joining);
		fork.note(received.heads.get(deviceId));
		if (received.refused.some((one) => one.deviceId === deviceId && isOtherCut(one.reason))) fork.noteRefused();
		identityLost ||= await fork.judge();
		return { segments: added.length, records };
	};

	/** Only what verifies is kept: what a server makes up must not fill the disk. What builds on records still missing comes again. */
	const takeRecords = async (received: readonly KeyringRecord[]): Promise<number> => {
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
	};

	const servers = await ports.servers.list();
	for (const { heads } of servers) fork.note(heads.get(deviceId));
	const remembered = servers.find((server) => server.origin === ports.origin);
	const run = await runExchange({
		spaceId: ports.spaceId,
		ownDeviceId: ports.ownDeviceId,
		log: ports.log,
		keyring: {
			tips: async () => keyring.tips,
			recordsBeyond: async (tips) => keyring.ancestorsMissing(tips ?? [])
		},
		deviceKeys: () => ports.deviceKeys.list(),
		transport: ports.transport,
		absorb,
		remembered: remembered && remembered.heads.size > 0 ? { heads: remembered.heads, tips: remembered.tips } : null,
		onProgress: ports.onProgress
	});
	const report = run.ok ? run.value : run.error.report;
	const error = run.ok ? null : serverErrorOf(run.error.error);
	// A server that does not know us any more holds nothing of ours, for all that can be shown.
	const server = error?.type === 'unknown-device' ? NOTHING_HELD : report.server;
	if (server)
		await ports.servers.saveState(ports.origin, {
			heads: server.heads,
			tips: server.tips,
			lastSuccessAt: run.ok ? ports.nowMs() : (remembered?.lastSuccessAt ?? null)
		});
	return {
		requests: report.requests,
		sent: report.sent,
		received: report.received,
		refused: report.refused.length,
		error,
		clockOffsetMs: report.clockOffsetMs,
		keyringChanged,
		identityLost
	};
}

/** `overlapping`: the server has some of it from a copy that cut elsewhere; it cannot be parted without who signed it, so it would never be taken. */
const isOtherCut = (reason: string): boolean => reason === 'second-history' || reason === 'overlapping';

const NOTHING_HELD: RememberedServer = { heads: new Map(), tips: [] };

/**
 * Device keys prove themselves: the id is the hash of the key. One that nothing here is signed with is not kept, since a
 * server could make up any number of them until no message has room for their heads; it comes again with its segments.
 */
function createVerifiers(store: DeviceKeyStore) {
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
			for (const key of keys) {
				if (!signing.has(key.deviceId) || (await deviceIdOf(key.publicKey)) !== key.deviceId) continue;
				const verifyKey = await importVerifyKey(key.publicKey);
				const theirs = segments.filter(({ header }) => header.deviceId === key.deviceId);
				if (verifyKey && (await isAnySigned(theirs, verifyKey))) proven.push(key);
			}
			await store.add(proven.slice(0, Math.max(0, MAX_DEVICES - held.size)));
			for (const { deviceId } of proven) keyById.delete(deviceId);
		},
		isSigned: async (segment: Segment): Promise<boolean> => {
			const key = await keyOf(segment.header.deviceId);
			return key !== null && verifySegmentSignature(segment, key);
		}
	};
}

async function isAnySigned(segments: readonly Segment[], key: CryptoKey): Promise<boolean> {
	for (const segment of segments) if (await verifySegmentSignature(segment, key)) return true;
	return false;
}
