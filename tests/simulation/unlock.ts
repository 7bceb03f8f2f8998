/** Unlocking a simulated counter: person, keys and identity, and the way to the server as that identity. */
import type { PurposeKeys } from '$lib/crypto/data-key';
import { signDeviceToken } from '$lib/crypto/device-token';
import { unwrapDeviceKey } from '$lib/crypto/signature';
import type { DeviceId, KeyId } from '$lib/domain/ids';
import { takeNewIdentity } from '$lib/services/new-identity';
import { createPersonKeys } from '$lib/services/person-keys';
import { vouchedFor } from '$lib/services/vouched-transport';
import type { FormerIdentity } from '$lib/storage/identity-store';
import { createHttpTransport, type Transport } from '$lib/sync/transport';
import { must } from '../support/test-space';
import type { CounterPorts } from './counter';
import { SERVER_ORIGIN } from './space';
import type { Stores } from './stores';

/** Person, keys and identity, as unlocking opens them; where the identity was given up, with the next one. */
export async function unlock({ space, person, ledger }: CounterPorts, stores: Stores) {
	const { spaceId } = space;
	const loadKeyring = async () => space.folded(await stores.keyring.loadRecords());
	const keyring = await loadKeyring();
	const opened = await space.unlocked(keyring, person);
	const keys = await createPersonKeys(spaceId, opened, keyring);
	ledger.knowKeys(keys.all());
	const keysById = new Map(keys.all().map((one): [KeyId, PurposeKeys] => [one.keyId, one]));
	const identity = must(
		await takeNewIdentity(
			{
				...stores,
				randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
				writeMarker: () => undefined
			},
			{
				staffId: opened.staffId,
				signingKey: opened.signingKey,
				keysById,
				currentKeys: keys.current(),
				loadKeyring,
				clockOffset: null
			}
		)
	);
	const deviceKeyOf = async (one: Pick<FormerIdentity, 'deviceId' | 'wrapKeyId' | 'wrappedPrivateKey'>) => {
		const wrapKeys = keys.byId(one.wrapKeyId);
		if (!wrapKeys) throw new Error('the key of the device key is not open');
		return must(await unwrapDeviceKey(wrapKeys, spaceId, one.deviceId, one.wrappedPrivateKey));
	};
	return { loadKeyring, keyring, opened, keys, identity, deviceKeyOf };
}
export type Unlocked = Awaited<ReturnType<typeof unlock>>;

/** To the server, as this device, which its former identities vouch for. */
export async function transportOf(
	{ fetch, now }: CounterPorts,
	{ identity, deviceKeyOf }: Unlocked
): Promise<Transport> {
	const as = (deviceId: DeviceId, key: CryptoKey) =>
		createHttpTransport({
			origin: SERVER_ORIGIN,
			fetch,
			now,
			signToken: (request) => signDeviceToken({ ...request, deviceId, key })
		});
	const formers: Transport[] = [];
	for (const former of identity.former ?? []) formers.push(as(former.deviceId, await deviceKeyOf(former)));
	const { deviceId, publicKey } = identity;
	return vouchedFor(as(deviceId, await deviceKeyOf(identity)), formers, [{ deviceId, publicKey }]);
}
