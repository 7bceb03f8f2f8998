/** A server as this device calls it: HTTP, signed with the device key. */
import { signDeviceToken } from '$lib/crypto/device-token';
import type { DeviceId } from '$lib/domain/ids';
import { createHttpTransport, type Transport } from '$lib/sync/transport';

export interface Signer {
	readonly deviceId: DeviceId;
	readonly deviceKey: CryptoKey;
}

export const serverAt = (origin: string, { deviceId, deviceKey }: Signer): Transport =>
	createHttpTransport({
		origin,
		fetch: (input, init) => fetch(input, init),
		now: () => Date.now(),
		signToken: (request) => signDeviceToken({ ...request, deviceId, key: deviceKey })
	});

/** What somebody typed as an address → an origin; null when it is none. `https://` is meant where nothing is said. */
export function originOf(typed: string): string | null {
	const address = typed.trim();
	try {
		const url = new URL(/^https?:\/\//i.test(address) ? address : `https://${address}`);
		return url.hostname === '' ? null : url.origin;
	} catch {
		return null;
	}
}
