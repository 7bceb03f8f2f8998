/** The Notfallblatt lets a device in: whoever holds it signs the new device's id with the recovery entry's key (decision 33). */
import { bytesOfHex, type DeviceId, type SpaceId } from '$lib/domain/ids';
import type { PublicKeys, WrappedKeys } from '$lib/domain/keyring-record';
import { labelled, type Bytes } from './bytes';
import { openHolderKeys, recoveryWrappingKey } from './person-keys';
import type { EmergencySheetContent } from './printed-codes';
import { importVerifyKey, sign, verify } from './signature';

/** What the keyring says of the open recovery entries: nothing in it opens without the sheet's 128-bit key. */
export interface SheetEntries {
	readonly spaceNonce: Uint8Array;
	readonly entries: readonly { readonly publicKeys: PublicKeys; readonly wrappedKeys: WrappedKeys }[];
}

const statement = (spaceId: SpaceId, deviceId: DeviceId): Bytes =>
	labelled('device-by-sheet', bytesOfHex(spaceId), bytesOfHex(deviceId));

/** The signature that lets the device in; null: this sheet opens none of the entries, it was replaced or is of another space. */
export async function proveSheet(
	{ recoveryKey, spaceId, spaceSecret }: EmergencySheetContent,
	{ spaceNonce, entries }: SheetEntries,
	deviceId: DeviceId
): Promise<Bytes | null> {
	const holder = { spaceNonce, signer: 'recovery' } as const;
	const wrappingKey = await recoveryWrappingKey(holder, recoveryKey, spaceSecret);
	for (const entry of entries) {
		const keys = await openHolderKeys(holder, wrappingKey, entry);
		if (keys) return sign(keys.signingKey, statement(spaceId, deviceId));
	}
	return null;
}

/** Whether one of the open recovery entries signed for this device. */
export async function isProvenBySheet(
	entries: readonly { readonly publicKeys: PublicKeys }[],
	spaceId: SpaceId,
	deviceId: DeviceId,
	signature: Uint8Array
): Promise<boolean> {
	for (const { publicKeys } of entries) {
		const key = await importVerifyKey(publicKeys.ecdsa);
		if (key && (await verify(key, statement(spaceId, deviceId), signature))) return true;
	}
	return false;
}
