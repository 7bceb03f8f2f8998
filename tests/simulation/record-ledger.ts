/** Keyring records that were ever committed. A revocation counts for as long as its record is somewhere, like everything else that is written. */
import { decodeRecord } from '$lib/crypto/keyring';
import type { DeviceId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import { must } from '../support/test-space';
import { demand } from './demand';
import type { SimDevice } from './device';
import { recordName } from './memory-stores';
import type { SimServer } from './server';

export interface RecordEntry {
	readonly name: string;
	readonly record: KeyringRecord;
	/** Name of the device on whose disk it must be; null once that disk was put back to an older copy without it. */
	onDisk: string | null;
	/** The only disks that held it were replaced by older copies. */
	destroyed: boolean;
}

/** Up to which number the history of a device counts; later ones are kept, and shown by nobody. */
export type LastAccepted = ReadonlyMap<DeviceId, number>;

export type RecordLedger = ReturnType<typeof createRecordLedger>;

export function createRecordLedger() {
	const entries = new Map<string, RecordEntry>();
	return {
		entries: (): readonly RecordEntry[] => [...entries.values()],
		committed(device: string, records: readonly KeyringRecord[]): void {
			for (const record of records) {
				const name = recordName(record);
				entries.set(name, { name, record, onDisk: device, destroyed: false });
			}
		}
	};
}

interface RecordSite {
	readonly devices: readonly SimDevice[];
	readonly server: SimServer;
	readonly ledger: { readonly records: RecordLedger };
}

const namesOn = (device: SimDevice): ReadonlySet<string> => new Set(device.disk().stores.records.map(recordName));
const namesAt = async (server: SimServer): Promise<ReadonlySet<string>> =>
	new Set((await server.records()).map(recordName));

async function holdersOf({ devices, server }: RecordSite) {
	const byDevice = new Map(devices.map((device) => [device.name, namesOn(device)]));
	const all = [await namesAt(server), ...byDevice.values()];
	return { byDevice, isSomewhere: (name: string) => all.some((names) => names.has(name)) };
}

/** [LG2] As with operations: on its disk, or, when that disk was put back, somewhere. */
export async function checkNoRecordLost(site: RecordSite): Promise<void> {
	const { byDevice, isSomewhere } = await holdersOf(site);
	for (const { name, onDisk, destroyed } of site.ledger.records.entries()) {
		if (destroyed) continue;
		const isThere = onDisk === null ? isSomewhere(name) : byDevice.get(onDisk)?.has(name);
		demand(isThere ?? false, () => `[LG2] a keyring record of ${onDisk ?? 'a disk put back'} is gone`);
	}
}

/** After a disk was replaced by force, as `reckonLoss` does it for operations. */
export async function reckonRecordLoss(site: RecordSite): Promise<void> {
	const { byDevice, isSomewhere } = await holdersOf(site);
	for (const entry of site.ledger.records.entries()) {
		if (entry.onDisk !== null && !byDevice.get(entry.onDisk)?.has(entry.name)) entry.onDisk = null;
		if (!isSomewhere(entry.name)) entry.destroyed = true;
	}
}

/** [SY5] Everybody holds every record that was not destroyed. → which histories they cut off, and where. */
export async function checkRecordsShared({ devices, server, ledger }: RecordSite): Promise<LastAccepted> {
	const shared = await namesAt(server);
	const last = new Map<DeviceId, number>();
	for (const { name, record, destroyed } of ledger.records.entries()) {
		demand(destroyed || shared.has(name), () => '[SY5] the server lacks a keyring record');
		const { payload } = must(decodeRecord(record.bytes));
		// One that was destroyed may still have been under way, and have come to the server after all.
		if (payload.type === 'device-revoked' && shared.has(name)) last.set(payload.deviceId, payload.lastSequence);
	}
	for (const device of devices) {
		if (device.isRetired()) continue;
		const held = namesOn(device);
		const isSame = held.size === shared.size && [...shared].every((name) => held.has(name));
		demand(isSame, () => `[SY5] ${device.name} holds other keyring records than the server`);
	}
	return last;
}
