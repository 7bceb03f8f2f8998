/** Exchange messages, version 1 (DESIGN § 4): their shapes, limits and parsers. Details: SPEC.md. */
import type { DeviceId, RecordId } from '$lib/domain/ids';
import { MAX_RECORDS, type KeyringRecord } from '$lib/domain/keyring-record';
import type { Head, Heads, Segment } from '$lib/domain/operation-log';
import { ok, type Result } from '$lib/domain/result';
import { parseFrame, parseRefused, refusedFields, segmentFields, type RefusedSegment } from './segment-frame';
import {
	decodeMessage,
	deviceKeyFields,
	encodeMessage,
	idFields,
	isBytes,
	isCount,
	malformed,
	parseDeviceKey,
	parseId,
	parseList,
	parseRecord,
	recordFields,
	type Bytes,
	type DeviceKey,
	type Fields,
	type MalformedMessage
} from './wire';

export type { RefusedSegment } from './segment-frame';
export type { DeviceKey, MalformedMessage } from './wire';

export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
export const MAX_SEGMENT_BYTES = 256 * 1024;
export const NONCE_BYTES = 16;
const CHAIN_VALUE_BYTES = 32;
/** Of one device behind gaps, and of all devices in one message. Whoever answers leaves the others out: it claims too little. */
const MAX_RANGES = 1_000;
const MAX_RANGES_OF_ALL = 10_000;
/** More devices than any town hall has; less than what would fill a disk with keys. */
export const MAX_DEVICES = 2_000;
/** Twice the devices: an identity of the past may come on top. */
export const MAX_HEADS = 2 * MAX_DEVICES;
/** More than fit into a message when each holds one short operation. */
export const MAX_SEGMENTS = 16_000;
/** Room that heads, keys and the frame of a message need at most; what is left is for records and segments. */
export const FRAME_BYTES = 640 * 1024;

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

export interface ExchangeAnswer {
	readonly nonce: Uint8Array;
	/** Durable there now: this is the acknowledgement. Devices known there without operations stand at 0. */
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

/** An offer as it came in: segments that cannot be read are named and do not spoil the rest (SY10). */
export interface ParsedOffer {
	readonly offer: ExchangeOffer;
	readonly unreadable: readonly RefusedSegment[];
}

export const encodeOffer = (offer: ExchangeOffer): Bytes => encodeMessage(offerFields(offer));

export const encodeAnswer = (answer: ExchangeAnswer): Bytes =>
	encodeMessage({
		...offerFields(answer),
		refused: answer.refused.map(refusedFields),
		more: answer.more,
		time: answer.time
	});

/** From outside: checks size, shape and every segment's frame; signatures and keys are checked by those who can. */
export function parseOffer(bytes: Uint8Array): Result<ParsedOffer, MalformedMessage> {
	const fields = decodeMessage(bytes, MAX_MESSAGE_BYTES);
	return fields.ok ? parseOfferFields(fields.value) : fields;
}

/** The same of a message that was decoded already, as a bundle's are. */
export function parseOfferFields(fields: Fields): Result<ParsedOffer, MalformedMessage> {
	const shared = parseShared(fields);
	if (!shared.ok) return shared;
	const { unreadable, ...offer } = shared.value;
	return ok({ offer, unreadable });
}

/** An answer is believed in full or not at all (SY2). */
export function parseAnswer(bytes: Uint8Array): Result<ExchangeAnswer, MalformedMessage> {
	const fields = decodeMessage(bytes, MAX_MESSAGE_BYTES);
	if (!fields.ok) return fields;
	const shared = parseShared(fields.value);
	if (!shared.ok) return shared;
	const { unreadable, ...rest } = shared.value;
	if (unreadable.length > 0) return malformed('segments');
	const refused = parseList(fields.value.refused, MAX_SEGMENTS, parseRefused);
	if (!refused) return malformed('refused');
	const { more, time } = fields.value;
	if (typeof more !== 'boolean') return malformed('more');
	if (typeof time !== 'number' || !Number.isSafeInteger(time)) return malformed('time');
	return ok({ ...rest, refused, more, time });
}

/** How many ranges beyond a gap each of these heads may name. */
export function rangesPerHead(heads: Heads): number {
	const withGaps = [...heads.values()].filter(({ beyond }) => beyond.length > 0).length;
	return Math.min(MAX_RANGES, Math.floor(MAX_RANGES_OF_ALL / Math.max(1, withGaps)));
}

/** What offer, answer and bundle have in common, as CBOR takes it. */
export function offerFields({ nonce, heads, segments, deviceKeys, keyring }: ExchangeOffer): Fields {
	const ranges = rangesPerHead(heads);
	return {
		nonce,
		heads: [...heads]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([deviceId, { sequence, chainValue, beyond }]) => [
				idFields(deviceId),
				sequence,
				chainValue,
				beyond.slice(0, ranges)
			]),
		segments: segments.map(segmentFields),
		deviceKeys: deviceKeys.map(deviceKeyFields),
		keyring: { tips: keyring.tips.map(idFields), records: keyring.records.map(recordFields) }
	};
}

function parseShared(
	fields: Fields
): Result<ExchangeOffer & { readonly unreadable: readonly RefusedSegment[] }, MalformedMessage> {
	const { nonce } = fields;
	if (!isBytes(nonce, NONCE_BYTES)) return malformed('nonce');
	const heads = parseList(fields.heads, MAX_HEADS, parseHead);
	if (!heads) return malformed('heads');
	const frames = parseList(fields.segments, MAX_SEGMENTS, parseFrame);
	if (!frames) return malformed('segments');
	const deviceKeys = parseList(fields.deviceKeys, MAX_HEADS, parseDeviceKey);
	if (!deviceKeys) return malformed('deviceKeys');
	const keyring = parseKeyring(fields.keyring);
	if (!keyring) return malformed('keyring');
	return ok({
		nonce,
		heads: new Map(heads),
		segments: frames.flatMap((frame) => ('headerBytes' in frame ? [frame] : [])),
		unreadable: frames.flatMap((frame) => ('reason' in frame ? [frame] : [])),
		deviceKeys,
		keyring
	});
}

function parseHead(value: unknown): [DeviceId, Head] | null {
	if (!Array.isArray(value) || value.length !== 4) return null;
	const [id, sequence, chainValue, ranges] = value as unknown[];
	const deviceId = parseId<DeviceId>(id);
	const beyond = parseList(ranges, MAX_RANGES, parseRange);
	if (!deviceId || !isCount(sequence) || !isBytes(chainValue, CHAIN_VALUE_BYTES) || !beyond) return null;
	return [deviceId, { sequence, chainValue, beyond }];
}

function parseRange(value: unknown): readonly [number, number] | null {
	if (!Array.isArray(value) || value.length !== 2) return null;
	const [from, to] = value as unknown[];
	return isCount(from) && isCount(to) && from >= 1 && from <= to ? [from, to] : null;
}

function parseKeyring(value: unknown): KeyringPart | null {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
	const { tips, records } = value as Fields;
	const parsedTips = parseList(tips, MAX_RECORDS, (tip) => parseId<RecordId>(tip));
	const parsedRecords = parseList(records, MAX_RECORDS, parseRecord);
	return parsedTips && parsedRecords ? { tips: parsedTips, records: parsedRecords } : null;
}
