/** The stores of a simulated device, each behind gates; what the log commits goes into the ledger as well. */
import type { DeviceId } from '$lib/domain/ids';
import type { OperationLog, PendingRow } from '$lib/domain/operation-log';
import type { Instant } from '$lib/domain/time';
import type { KeyringStore } from '$lib/storage/keyring-store';
import { createMemoryOperationLog } from '../support/memory-operation-log';
import type { CounterPorts } from './counter';
import { gated } from './gated';
import { demand } from './demand';
import type { Place } from './ledger';
import {
	memoryDeviceKeys,
	memoryIdentity,
	memoryKeyringStore,
	memoryServers,
	memorySnapshotStore
} from './memory-stores';
import type { Actor } from './scheduler';

export type Stores = ReturnType<typeof openStores>;

export function openStores({ disk, actor, scheduler, ledger, now, onBelieved }: CounterPorts) {
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
	const bare = createMemoryOperationLog({ content: disk.log, now });
	const committed: Place[] = [];
	const note = async (rows: readonly PendingRow[]) => {
		const [first] = rows;
		const before = first && (await bare.chainBefore(first.deviceId, first.sequence));
		if (before) committed.push(...ledger.committed(deviceNameOf(actor), rows, before));
	};
	const noting: OperationLog = {
		...bare,
		appendPending: async (rows, next, draftId) => {
			const appended = await bare.appendPending(rows, next, draftId);
			if (appended.ok) await note(rows);
			return appended;
		},
		addSegments: async (segments) => {
			const answer = await bare.addSegments(segments);
			const held = ledger.heldIn(
				[...disk.log.segments, ...disk.log.setAside.map(({ segment }) => segment)],
				disk.log.pending
			);
			for (const place of ledger.heldIn(segments))
				demand(held.has(place), () => `[SY1] ${place} was taken in and is neither joined nor set aside`);
			return answer;
		},
		beginAnew: async (beginning) => {
			const begun = await bare.beginAnew(beginning);
			if (begun.ok) await note(beginning.rows);
			return begun;
		}
	};
	const keyring = memoryKeyringStore(disk.stores, clock);
	const notingRecords: KeyringStore = {
		...keyring,
		addOwn: async (records) => {
			const added = await keyring.addOwn(records);
			if (added.ok) ledger.records.committed(deviceNameOf(actor), records);
			return added;
		}
	};
	return {
		clock,
		log: port(noting, 'log'),
		identity: port(memoryIdentity(disk.stores), 'identity'),
		keyring: port(notingRecords, 'keyring'),
		deviceKeys: port(memoryDeviceKeys(disk.stores), 'deviceKeys'),
		servers: port(believing, 'servers'),
		snapshots: port(memorySnapshotStore(disk.stores), 'snapshots'),
		/** [LG2] Shown as saved: this start of the device must have committed it. */
		demandCommitted: (deviceId: DeviceId, sequence: number): void => {
			const isCommitted = committed.some((place) => place.startsWith(`${deviceId}:${sequence}:`));
			demand(isCommitted, () => `[LG2] operation ${sequence} is shown as saved and was never committed`);
		}
	};
}

/** `D2#5` is the fifth start of D2. */
export const deviceNameOf = ({ name }: Actor): string => name.split('#')[0] ?? name;
