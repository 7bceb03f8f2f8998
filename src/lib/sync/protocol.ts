/** Exchange messages, version 1 (DESIGN § 4): their shapes, limits and parsers. */
import type { DeviceId, RecordId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Heads, Segment } from '$lib/domain/operation-log';

export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
export const MAX_SEGMENT_BYTES = 256 * 1024;

/** A device's raw P-256 public key, 65 bytes; the id is the first 128 bits of its SHA-256, so it proves itself. */
export interface DeviceKey {
	readonly deviceId: DeviceId;
	readonly publicKey: Uint8Array;
}

/** The keyring is a hash graph: whoever knows the other's tips knows what the other lacks. */
export interface KeyringPart {
	readonly tips: readonly RecordId[];
	readonly records: readonly KeyringRecord[];
}

export interface ExchangeOffer {
	/** 16 random bytes, echoed: a captive portal's 200 is no answer (SY2). */
	readonly nonce: Uint8Array;
	readonly heads: Heads;
	readonly segments: readonly Segment[];
	readonly deviceKeys: readonly DeviceKey[];
	readonly keyring: KeyringPart;
}

export interface RefusedSegment {
	readonly deviceId: DeviceId;
	readonly firstSequence: number;
	readonly reason: 'foreign-space' | 'unknown-device' | 'bad-signature' | 'second-history' | 'malformed' | 'too-large';
}

export interface ExchangeAnswer {
	readonly nonce: Uint8Array;
	/** Durable there now: this is the acknowledgement. */
	readonly heads: Heads;
	readonly segments: readonly Segment[];
	readonly refused: readonly RefusedSegment[];
	readonly deviceKeys: readonly DeviceKey[];
	readonly keyring: KeyringPart;
	/** There is more to fetch: ask again. */
	readonly more: boolean;
	/** Server's clock, ms. */
	readonly time: number;
}
