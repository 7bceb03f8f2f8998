/** The disk of a simulated device: all that survives a crash, and what is copied when a profile is imaged. */
import type { DeviceIdentity } from '$lib/storage/identity-store';
import { copyLogContent, emptyLogContent, type MemoryLogContent } from '../support/memory-operation-log';
import { copyStores, emptyStores, type StoresContent } from './memory-stores';

export interface Disk {
	readonly log: MemoryLogContent;
	readonly stores: StoresContent;
}

export const emptyDisk = (identity: DeviceIdentity): Disk => ({
	log: emptyLogContent(),
	stores: emptyStores(identity)
});

export const imageOf = ({ log, stores }: Disk): Disk => ({ log: copyLogContent(log), stores: copyStores(stores) });
