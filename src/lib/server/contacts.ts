/** When each device last exchanged: kept in memory call by call, written down now and then, since a write with every call would cost more than it tells. */
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import type { Contact, Store } from './store';

export interface Contacts {
	/** A device of the space proved itself at that time. */
	heard(spaceId: SpaceId, deviceId: DeviceId, atMs: number): void;
	/** Ms, or null: not since this process began or what was known was written down. */
	lastOf(spaceId: SpaceId, deviceId: DeviceId): number | null;
	/** Writes what is not written yet; what fails is kept for the next time, and the fault goes to whoever asked. */
	save(store: Pick<Store, 'noteContacts'>): Promise<void>;
}

export function createContacts(): Contacts {
	const unwritten = new Map<string, Contact>();
	return {
		heard: (spaceId, deviceId, atMs) => void unwritten.set(`${spaceId}/${deviceId}`, { spaceId, deviceId, atMs }),
		lastOf: (spaceId, deviceId) => unwritten.get(`${spaceId}/${deviceId}`)?.atMs ?? null,
		async save(store) {
			const writing = [...unwritten];
			if (writing.length === 0) return;
			await store.noteContacts(writing.map(([, contact]) => contact));
			// A device that was heard in the meantime has a newer time to be written.
			for (const [name, contact] of writing) if (unwritten.get(name) === contact) unwritten.delete(name);
		}
	};
}
