/** The signing keys of this device and of those it was before, opened with the keys of an unlocked person. */
import type { PurposeKeys } from '$lib/crypto/data-key';
import { unwrapDeviceKey } from '$lib/crypto/signature';
import type { KeyId } from '$lib/domain/ids';
import type { DeviceIdentity } from '$lib/storage/identity-store';
import type { Signer } from './server-client';

/** The device's signing key, wrapped under `device-wrap` of the data key it was made under. */
export async function openDeviceKey(identity: DeviceIdentity, byId: KeysById): Promise<CryptoKey> {
	const key = await openKeyOf(identity.spaceId, identity, byId);
	if (!key) throw new Error('the device key does not open');
	return key;
}

/** One that does not open any more vouches for nothing. */
export async function openFormerKeys({ spaceId, former = [] }: DeviceIdentity, byId: KeysById): Promise<Signer[]> {
	const signers: Signer[] = [];
	for (const one of former) {
		const deviceKey = await openKeyOf(spaceId, one, byId);
		if (deviceKey) signers.push({ deviceId: one.deviceId, deviceKey });
	}
	return signers;
}

type KeysById = (keyId: KeyId) => PurposeKeys | undefined;
type WrappedKey = Pick<DeviceIdentity, 'deviceId' | 'wrapKeyId' | 'wrappedPrivateKey'>;

async function openKeyOf(
	spaceId: DeviceIdentity['spaceId'],
	{ deviceId, wrapKeyId, wrappedPrivateKey }: WrappedKey,
	byId: KeysById
): Promise<CryptoKey | null> {
	const keys = byId(wrapKeyId);
	const key = keys && (await unwrapDeviceKey(keys, spaceId, deviceId, wrappedPrivateKey));
	return key?.ok ? key.value : null;
}
