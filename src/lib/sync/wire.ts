/** Wire: strict CBOR and the few shapes every message is built of. What does not fit exactly is malformed. */
import { decode, encode, rfc8949EncodeOptions, Tokenizer } from 'cborg';
import { bytesOfHex, idFromBytes, type DeviceId, type RecordId } from '$lib/domain/ids';
import { MAX_RECORD_BYTES, type KeyringRecord } from '$lib/domain/keyring-record';
import { err, ok, type Result } from '$lib/domain/result';

export interface MalformedMessage {
	readonly type: 'malformed-message';
	/** Where it was wrong; never what stood there. */
	readonly detail: string;
}

export type Bytes = Uint8Array<ArrayBuffer>;
export type Fields = Readonly<Record<string, unknown>>;

const STRICT = {
	strict: true,
	allowIndefinite: false,
	allowUndefined: false,
	allowInfinity: false,
	allowNaN: false,
	allowBigInt: false,
	rejectDuplicateMapKeys: true
} as const;

/**
 * Of a message: numbers, byte strings, lists and maps. Twice what the fullest honest one holds; four megabytes of empty
 * lists would keep a server busy for seconds.
 */
export const MAX_ITEMS = 400_000;
const ID_BYTES = 16;
export const PUBLIC_KEY_BYTES = 65;
const SIGNATURE_BYTES = 64;

/** Deterministic CBOR (RFC 8949 § 4.2.1). */
export const encodeMessage = (message: unknown): Bytes => new Uint8Array(encode(message, rfc8949EncodeOptions));

/** Bytes → the map at the top of every message. Fields this version does not know are left unread. */
export function decodeMessage(bytes: Uint8Array, limit: number): Result<Fields, MalformedMessage> {
	if (bytes.length > limit) return malformed('size');
	try {
		// A Buffer would hand out views of itself: copies must not hold the whole message in memory.
		const value: unknown = decodeUpTo(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
		if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
			return malformed('map');
		return ok(value as Fields);
	} catch {
		return malformed('cbor');
	}
}

/** Throws on the first item too many, before anything is made of it. */
function decodeUpTo(bytes: Uint8Array): unknown {
	const items = new Tokenizer(bytes, STRICT);
	let count = 0;
	const tokenizer = {
		done: () => items.done(),
		pos: () => items.pos(),
		next: () => {
			if (++count > MAX_ITEMS) throw new RangeError('too many items');
			return items.next();
		}
	};
	return decode(bytes, { ...STRICT, tokenizer });
}

export const malformed = (detail: string): Result<never, MalformedMessage> =>
	err({ type: 'malformed-message', detail });

export const isBytes = (value: unknown, length: number): value is Bytes =>
	value instanceof Uint8Array && value.length === length;

/** Bytes of any length up to `most`. */
export const isBytesUpTo = (value: unknown, most: number): value is Bytes =>
	value instanceof Uint8Array && value.length <= most;

/** A whole number that is not negative. */
export const isCount = (value: unknown): value is number =>
	typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

export const parseId = <T extends string>(value: unknown): T | null =>
	isBytes(value, ID_BYTES) ? idFromBytes<T>(value) : null;

/** Each element parsed, or null when one of them does not fit, or there are more than `most`. */
export function parseList<T>(value: unknown, most: number, parse: (element: unknown) => T | null): T[] | null {
	if (!Array.isArray(value) || value.length > most) return null;
	const parsed: T[] = [];
	for (const element of value as unknown[]) {
		const one = parse(element);
		if (one === null) return null;
		parsed.push(one);
	}
	return parsed;
}

/** A device's raw P-256 public key; the id is the first 128 bits of its SHA-256, so it proves itself to whoever hashes it. */
export interface DeviceKey {
	readonly deviceId: DeviceId;
	readonly publicKey: Uint8Array;
}

export const deviceKeyFields = ({ deviceId, publicKey }: DeviceKey): unknown => [bytesOfHex(deviceId), publicKey];

export function parseDeviceKey(value: unknown): DeviceKey | null {
	if (!Array.isArray(value) || value.length !== 2) return null;
	const [id, publicKey] = value as unknown[];
	const deviceId = parseId<DeviceId>(id);
	return deviceId && isBytes(publicKey, PUBLIC_KEY_BYTES) ? { deviceId, publicKey } : null;
}

export const recordFields = ({ bytes, signature }: KeyringRecord): unknown => [bytes, signature];

export function parseRecord(value: unknown): KeyringRecord | null {
	if (!Array.isArray(value) || value.length !== 2) return null;
	const [bytes, signature] = value as unknown[];
	return isBytesUpTo(bytes, MAX_RECORD_BYTES) && isBytes(signature, SIGNATURE_BYTES) ? { bytes, signature } : null;
}

export const idFields = (id: DeviceId | RecordId): unknown => bytesOfHex(id);
