/** Signs whatever it is told into a keyring record: what somebody with a key, but without the right, can make. */
import { encodeRecord, type KeyringState } from '$lib/crypto/keyring';
import { sign } from '$lib/crypto/signature';
import type { KeyringBody, KeyringPayload, KeyringRecord, Signer } from '$lib/domain/keyring-record';

export async function forgeRecord(
	state: KeyringState,
	actor: { readonly signer: Signer; readonly signingKey: CryptoKey },
	payload: KeyringPayload,
	changes: Partial<KeyringBody> = {}
): Promise<KeyringRecord> {
	const bytes = encodeRecord({
		version: 1,
		spaceId: state.spaceId,
		signer: actor.signer,
		recordedAt: 0,
		seen: state.tips,
		replaces: [],
		payload,
		...changes
	});
	return { bytes, signature: await sign(actor.signingKey, bytes) };
}
