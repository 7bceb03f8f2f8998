/** Times of contact: kept call by call, written now and then. */
import { expect, it } from 'vitest';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { createContacts } from '$lib/server/contacts';
import type { Contact } from '$lib/server/store';

const SPACE = 'space' as SpaceId;
const [A, B] = ['a' as DeviceId, 'b' as DeviceId];

it('writes the last time of each device once, and nothing when nobody called', async () => {
	const written: (readonly Contact[])[] = [];
	const store = { noteContacts: async (contacts: readonly Contact[]) => void written.push(contacts) };
	const contacts = createContacts();
	await contacts.save(store);
	for (const [deviceId, atMs] of [
		[A, 1],
		[B, 2],
		[A, 3]
	] as const)
		contacts.heard(SPACE, deviceId, atMs);
	expect(contacts.lastOf(SPACE, A)).toBe(3);
	await contacts.save(store);
	await contacts.save(store);
	expect(written).toEqual([
		[
			{ spaceId: SPACE, deviceId: A, atMs: 3 },
			{ spaceId: SPACE, deviceId: B, atMs: 2 }
		]
	]);
	expect(contacts.lastOf(SPACE, A)).toBeNull();
});

it('keeps what could not be written, and what came while it was written', async () => {
	const contacts = createContacts();
	contacts.heard(SPACE, A, 1);
	await expect(contacts.save({ noteContacts: () => Promise.reject(new Error('full')) })).rejects.toThrow('full');
	expect(contacts.lastOf(SPACE, A)).toBe(1);
	await contacts.save({ noteContacts: async () => contacts.heard(SPACE, A, 2) });
	expect(contacts.lastOf(SPACE, A)).toBe(2);
});
