/** A device of this browser with its keys open and no session: to write a long history through the real write door. */
import { openPerson, foldKeyring } from '$lib/crypto/keyring';
import { createWorkerStretcher } from '$lib/crypto/key-derivation';
import { unwrapDeviceKey } from '$lib/crypto/signature';
import type { Result } from '$lib/domain/result';
import { openDeviceStores, type DeviceStores } from '$lib/services/device-stores';
import { startJournal } from '$lib/services/journal-client';
import { createPersonKeys } from '$lib/services/person-keys';
import { startArgonWorker } from '$lib/services/trusted-worker';
import { createWindowChannel } from '$lib/services/window-channel';

export const PASSWORD = 'Kranich Ofenrohr Zeltplatz Mandoline';

/** The value, or the end of the measurement: a figure of something that failed is none. */
export function must<T>(result: Result<T, { readonly type: string }>): T {
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	return result.value;
}

/** Database and journal, as a page has them. */
export async function openStores(databaseName: string, isCompared = true): Promise<DeviceStores> {
	const copy = { journal: startJournal(databaseName), channel: createWindowChannel(databaseName), isCompared };
	return must(await openDeviceStores(databaseName, copy));
}

export type DeviceAtHand = Awaited<ReturnType<typeof openDevice>>;

export async function openDevice(databaseName: string) {
	const stores = await openStores(databaseName);
	const identity = await stores.identity.load();
	if (!identity) throw new Error('this device is not set up');
	const loadKeyring = async () => foldKeyring(identity.spaceId, await stores.keyring.loadRecords());
	const keyring = await loadKeyring();
	const [staffId] = keyring.people.keys();
	if (!staffId) throw new Error('nobody works here');
	const stretch = createWorkerStretcher(startArgonWorker);
	const person = must(await openPerson(keyring, staffId, PASSWORD, identity.spaceSecret, stretch));
	const keys = await createPersonKeys(identity.spaceId, person, keyring);
	const wrapKeys = keys.byId(identity.wrapKeyId);
	if (!wrapKeys) throw new Error('the device key’s key is not open');
	const deviceKey = must(
		await unwrapDeviceKey(wrapKeys, identity.spaceId, identity.deviceId, identity.wrappedPrivateKey)
	);
	return { stores, identity, keys, deviceKey, loadKeyring };
}
