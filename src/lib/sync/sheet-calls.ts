/** The two calls of a device that has nothing but the Notfallblatt: what its key must open, and the proof that it did. */
import type { PublicKeys, WrappedKeys } from '$lib/domain/keyring-record';
import { ok, type Result } from '$lib/domain/result';
import { MAX_CALL_BYTES } from './calls';
import {
	decodeMessage,
	deviceKeyFields,
	encodeMessage,
	isBytes,
	isBytesUpTo,
	malformed,
	parseDeviceKey,
	parseList,
	PUBLIC_KEY_BYTES,
	type Bytes,
	type DeviceKey,
	type MalformedMessage
} from './wire';

/** The open recovery entries of a space, as its keyring has them; sealed under the sheet's key. */
export interface SheetEntriesAnswer {
	readonly spaceNonce: Uint8Array;
	readonly entries: readonly { readonly publicKeys: PublicKeys; readonly wrappedKeys: WrappedKeys }[];
}

/** A new device, and the recovery key's signature for it. */
export interface SheetProof {
	readonly deviceKey: DeviceKey;
	readonly signature: Uint8Array;
}

/** More are open only after sheets were renewed on devices that had not seen each other. */
export const MAX_SHEET_ENTRIES = 20;
const SPACE_NONCE_BYTES = 16;
const SIGNATURE_BYTES = 64;
const MAX_WRAPPED_BYTES = 512;

export const encodeSheetEntries = ({ spaceNonce, entries }: SheetEntriesAnswer): Bytes =>
	encodeMessage({
		spaceNonce,
		entries: entries.map(({ publicKeys, wrappedKeys }) => [
			publicKeys.ecdh,
			publicKeys.ecdsa,
			wrappedKeys.wrappedEcdh,
			wrappedKeys.wrappedEcdsa
		])
	});

export function parseSheetEntries(bytes: Uint8Array): Result<SheetEntriesAnswer, MalformedMessage> {
	const fields = decodeMessage(bytes, MAX_CALL_BYTES);
	if (!fields.ok) return fields;
	const { spaceNonce } = fields.value;
	if (!isBytes(spaceNonce, SPACE_NONCE_BYTES)) return malformed('spaceNonce');
	const entries = parseList(fields.value.entries, MAX_SHEET_ENTRIES, parseEntry);
	return entries ? ok({ spaceNonce, entries }) : malformed('entries');
}

function parseEntry(value: unknown): SheetEntriesAnswer['entries'][number] | null {
	if (!Array.isArray(value) || value.length !== 4) return null;
	const [ecdh, ecdsa, wrappedEcdh, wrappedEcdsa] = value as unknown[];
	if (!isBytes(ecdh, PUBLIC_KEY_BYTES) || !isBytes(ecdsa, PUBLIC_KEY_BYTES)) return null;
	if (!isBytesUpTo(wrappedEcdh, MAX_WRAPPED_BYTES) || !isBytesUpTo(wrappedEcdsa, MAX_WRAPPED_BYTES)) return null;
	return { publicKeys: { ecdh, ecdsa }, wrappedKeys: { kdf: null, wrappedEcdh, wrappedEcdsa } };
}

export const encodeSheetProof = ({ deviceKey, signature }: SheetProof): Bytes =>
	encodeMessage({ deviceKey: deviceKeyFields(deviceKey), signature });

export function parseSheetProof(bytes: Uint8Array): Result<SheetProof, MalformedMessage> {
	const fields = decodeMessage(bytes, MAX_CALL_BYTES);
	if (!fields.ok) return fields;
	const deviceKey = parseDeviceKey(fields.value.deviceKey);
	const { signature } = fields.value;
	if (!deviceKey) return malformed('deviceKey');
	return isBytes(signature, SIGNATURE_BYTES) ? ok({ deviceKey, signature }) : malformed('signature');
}
