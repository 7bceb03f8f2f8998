/** The disk of a simulated device: all that survives a crash, and what is copied when a profile is imaged. */
import type { NewDeviceKeys } from '$lib/crypto/signature';
import { copyLogContent, emptyLogContent, type MemoryLogContent } from '../support/memory-operation-log';
import { copyStores, emptyStores, type StoresContent } from './memory-stores';

export interface Disk {
	readonly log: MemoryLogContent;
	readonly stores: StoresContent;
	readonly keys: NewDeviceKeys;
	readonly deviceCode: string;
}

export const emptyDisk = (keys: NewDeviceKeys, deviceCode: string): Disk => ({
	log: emptyLogContent(),
	stores: emptyStores(),
	keys,
	deviceCode
});

export const imageOf = (disk: Disk): Disk => ({
	...disk,
	log: copyLogContent(disk.log),
	stores: copyStores(disk.stores)
});
