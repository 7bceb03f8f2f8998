/** The writer's signature of one frame of a bundle: who says that these heads are held, and that these segments were sent so. */
import { labelled, type Bytes } from './bytes';
import { deviceIdOf, importVerifyKey, sign, verify } from './signature';

/** `message`: the frame's deterministic CBOR, which names space, bundle, part and place itself. */
export const signBundleMessage = (deviceKey: CryptoKey, message: Uint8Array): Promise<Bytes> =>
	sign(deviceKey, labelled('bundle', message));

/** The key must be that of the device it claims to be, and have signed exactly this. */
export async function verifyBundleMessage(
	writer: { readonly deviceId: string; readonly publicKey: Uint8Array },
	message: Uint8Array,
	signature: Uint8Array
): Promise<boolean> {
	if ((await deviceIdOf(writer.publicKey)) !== writer.deviceId) return false;
	const key = await importVerifyKey(writer.publicKey);
	return key !== null && verify(key, labelled('bundle', message), signature);
}
