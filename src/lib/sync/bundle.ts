/**
 * The bundle (`.notschalter`): an offer as files, each frame of it a message of its own with the writer's device signature
 * (SPEC.md). Knows shapes and bytes; signing and judging are left to those who have keys.
 */
import { bytesOfHex, type DeviceId, type SpaceId } from '$lib/domain/ids';
import { ok, type Result } from '$lib/domain/result';
import { MAX_MESSAGE_BYTES, NONCE_BYTES, offerFields, parseOfferFields } from './protocol';
import type { ExchangeOffer, ParsedOffer } from './protocol';
import {
	decodeMessage,
	deviceKeyFields,
	encodeMessage,
	isCount,
	malformed,
	parseDeviceKey,
	parseId,
	type Bytes,
	type DeviceKey,
	type Fields,
	type MalformedMessage
} from './wire';

export const BUNDLE_ID_BYTES = NONCE_BYTES;
const SIGNATURE_BYTES = 64;
/** Of one bundle: 10,000 parts of 5 MB are 50 GB. */
const MAX_PARTS = 10_000;

/** What a frame says of itself. The bundle's id is the offer's nonce: 16 random bytes. */
export interface BundleFrame {
	readonly spaceId: SpaceId;
	/** Whose signature it is; the key proves the id. */
	readonly writer: DeviceKey;
	/** Clock of the writer, ms. */
	readonly writtenAt: number;
	/** From 1 on. */
	readonly part: number;
	/** From 1 on, in this part. */
	readonly frame: number;
	/** `part`: nothing follows in this file. `bundle`: nor in any other. */
	readonly closes: 'nothing' | 'part' | 'bundle';
	/** Heads are told in the first and last frame of a part; elsewhere there are none. */
	readonly offer: ExchangeOffer;
}

/** As it came from a file: the shape is sound, nothing is proven yet. */
export interface ParsedFrame extends Omit<BundleFrame, 'offer'>, ParsedOffer {
	/** What was signed. */
	readonly message: Bytes;
	readonly signature: Bytes;
}

const CLOSES = ['nothing', 'part', 'bundle'] as const;

/** Deterministic CBOR: an offer, and beside it the map `bundle`. This is what the writer signs. */
export const encodeBundleMessage = ({ offer, ...frame }: BundleFrame): Bytes =>
	encodeMessage({
		...offerFields(offer),
		bundle: {
			space: bytesOfHex(frame.spaceId),
			writer: deviceKeyFields(frame.writer),
			writtenAt: frame.writtenAt,
			part: frame.part,
			frame: frame.frame,
			closes: CLOSES.indexOf(frame.closes)
		}
	});

/** signature (64) ‖ message: what stands in a frame. */
export function encodeSignedFrame(message: Uint8Array, signature: Uint8Array): Bytes {
	const payload = new Uint8Array(SIGNATURE_BYTES + message.length);
	payload.set(signature);
	payload.set(message, SIGNATURE_BYTES);
	return payload;
}

/** Payload of a frame → what it says; never throws, and reads no more than one message. */
export function parseSignedFrame(payload: Uint8Array): Result<ParsedFrame, MalformedMessage> {
	if (payload.length <= SIGNATURE_BYTES) return malformed('frame');
	const signature = payload.slice(0, SIGNATURE_BYTES);
	const message = payload.slice(SIGNATURE_BYTES);
	const fields = decodeMessage(message, MAX_MESSAGE_BYTES);
	if (!fields.ok) return fields;
	const offer = parseOfferFields(fields.value);
	if (!offer.ok) return offer;
	const said = parseSaid(fields.value.bundle);
	return said.ok ? ok({ ...said.value, ...offer.value, message, signature }) : said;
}

function parseSaid(value: unknown): Result<Omit<BundleFrame, 'offer'>, MalformedMessage> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed('bundle');
	const { space, writer, writtenAt, part, frame, closes } = value as Fields;
	const spaceId = parseId<SpaceId>(space);
	const key = parseDeviceKey(writer);
	if (!spaceId || !key) return malformed('bundle');
	if (typeof writtenAt !== 'number' || !Number.isSafeInteger(writtenAt)) return malformed('writtenAt');
	if (!isCount(part) || part < 1 || part > MAX_PARTS || !isCount(frame) || frame < 1) return malformed('part');
	const word = isCount(closes) ? CLOSES[closes] : undefined;
	if (!word) return malformed('closes');
	return ok({ spaceId, writer: key, writtenAt, part, frame, closes: word });
}

/** A device's own number in its own heads: the later of two bundles of it has the higher one. */
export const ownSequenceIn = ({ offer }: Pick<ParsedFrame, 'offer'>, writer: DeviceId): number =>
	offer.heads.get(writer)?.sequence ?? 0;
