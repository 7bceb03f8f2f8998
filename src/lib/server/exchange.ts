/** One exchange: takes in what verifies, names what does not, and answers with what the caller lacks (DESIGN § 4). */
import { verifySegmentSignature } from '$lib/crypto/segment-signature';
import { deviceIdOf, importVerifyKey } from '$lib/crypto/signature';
import type { DeviceId, RecordId, SpaceId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { Heads, Segment } from '$lib/domain/operation-log';
import { countMissing } from '$lib/domain/ranges';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { rangesOfHead } from '$lib/sync/heads';
import {
	encodeAnswer,
	FRAME_BYTES,
	MAX_DEVICES,
	MAX_MESSAGE_BYTES,
	parseOffer,
	type DeviceKey,
	type ExchangeAnswer,
	type KeyringPart,
	type ParsedOffer,
	type RefusedSegment
} from '$lib/sync/protocol';
import { authenticateMember, cbor, readBody, type ApiCall, type ServerContext } from './endpoint';
import { problem } from './problem';
import type { SpaceRow, Store } from './store';

const RECORD_BUDGET_BYTES = 1024 * 1024;
/** A refusal as carried, at most. */
const REFUSAL_BYTES = 48;

/** POST /api/v1/spaces/{spaceId}/exchange: an offer in, an answer or a problem out. */
export async function handleExchange(context: ServerContext, call: ApiCall, spaceId: SpaceId): Promise<Response> {
	const body = await readBody(call, MAX_MESSAGE_BYTES);
	if (!body.ok) return body.error;
	const caller = await authenticateMember(context, call, spaceId, body.value);
	if (!caller.ok) return caller.error;
	const offer = parseOffer(body.value);
	if (!offer.ok) return problem('malformed-message');
	return cbor(encodeAnswer(await exchange(context, spaceId, caller.value.space, offer.value)));
}

async function exchange(
	context: ServerContext,
	spaceId: SpaceId,
	space: SpaceRow,
	{ offer, unreadable }: ParsedOffer
): Promise<ExchangeAnswer> {
	const { store } = context;
	const known = await addVouchedDevices(context, spaceId, offer.deviceKeys);
	const keyring = await exchangeKeyring(context, spaceId, space, offer.keyring);
	const checked = await checkSegments(spaceId, offer.segments, known, await store.heads(spaceId));
	const clashing = checked.good.length > 0 ? await store.takeIn(spaceId, checked.good, context.now()) : [];
	const refused = [...unreadable, ...checked.refused, ...clashing];
	const otherBytes =
		FRAME_BYTES +
		refused.length * REFUSAL_BYTES +
		keyring.part.records.reduce((sum, record) => sum + record.bytes.length + record.signature.length, 0);
	const found = await store.segmentsBeyond(spaceId, offer.heads, MAX_MESSAGE_BYTES - otherBytes);
	return {
		nonce: offer.nonce,
		heads: await store.heads(spaceId),
		segments: found.segments,
		refused,
		deviceKeys: [...known].flatMap(([deviceId, publicKey]) =>
			offer.heads.has(deviceId) ? [] : [{ deviceId, publicKey }]
		),
		keyring: keyring.part,
		more: found.more || keyring.more,
		time: context.now()
	};
}

/** A device of the space vouches for others; a key that does not hash to its id counts for nothing. → all keys by id. */
export async function addVouchedDevices(
	{ store, now }: Pick<ServerContext, 'store' | 'now'>,
	spaceId: SpaceId,
	deviceKeys: readonly DeviceKey[]
): Promise<ReadonlyMap<DeviceId, Uint8Array>> {
	const known = await keysById(store, spaceId);
	const fresh: DeviceKey[] = [];
	for (const deviceKey of deviceKeys.slice(0, MAX_DEVICES))
		if (!known.has(deviceKey.deviceId) && (await provesItself(deviceKey))) fresh.push(deviceKey);
	if (fresh.length === 0) return known;
	await store.addDevices(spaceId, fresh, now());
	return keysById(store, spaceId);
}

const keysById = async (store: Store, spaceId: SpaceId): Promise<ReadonlyMap<DeviceId, Uint8Array>> =>
	new Map((await store.deviceKeys(spaceId)).map(({ deviceId, publicKey }) => [deviceId, publicKey]));

export const provesItself = async ({ deviceId, publicKey }: DeviceKey): Promise<boolean> =>
	(await deviceIdOf(publicKey)) === deviceId && (await importVerifyKey(publicKey)) !== null;

/** Folds only when something is new or the other lacks something. */
async function exchangeKeyring(
	{ keyrings }: ServerContext,
	spaceId: SpaceId,
	space: SpaceRow,
	theirs: KeyringPart
): Promise<{ readonly part: KeyringPart; readonly more: boolean }> {
	if (theirs.records.length === 0 && sameTips(theirs.tips, space.tips))
		return { part: { tips: space.tips, records: [] }, more: false };
	const state = await keyrings.takeIn(spaceId, theirs.records);
	const lacking = state.ancestorsMissing(theirs.tips);
	const records = upTo(lacking, RECORD_BUDGET_BYTES);
	return { part: { tips: state.tips, records }, more: records.length < lacking.length };
}

const sameTips = (a: readonly RecordId[], b: readonly RecordId[]): boolean =>
	a.length === b.length && a.every((tip) => b.includes(tip));

/** Ancestors come first, so any beginning of the list stands on its own. */
function upTo(records: readonly KeyringRecord[], maxBytes: number): readonly KeyringRecord[] {
	let bytes = 0;
	const end = records.findIndex((record) => (bytes += record.bytes.length + record.signature.length) > maxBytes);
	return end < 0 ? records : records.slice(0, end);
}

/** A fault of one segment is that segment's alone (SY10). What is held already is not verified again. */
async function checkSegments(
	spaceId: SpaceId,
	segments: readonly Segment[],
	known: ReadonlyMap<DeviceId, Uint8Array>,
	heads: Heads
): Promise<{ readonly good: Segment[]; readonly refused: RefusedSegment[] }> {
	const keys = new Map<DeviceId, Promise<CryptoKey | null>>();
	const faults = await Promise.all(segments.map(faultOf));
	return {
		good: segments.filter((_segment, i) => faults[i] === null),
		refused: segments.flatMap(({ header: { deviceId, firstSequence } }, i) => {
			const reason = faults[i];
			return reason ? [{ deviceId, firstSequence, reason }] : [];
		})
	};

	async function faultOf(segment: Segment): Promise<RefusedSegment['reason'] | null> {
		const { deviceId, firstSequence } = segment.header;
		if (segment.header.spaceId !== spaceId) return 'foreign-space';
		const publicKey = known.get(deviceId);
		if (!publicKey) return 'unknown-device';
		const held = rangesOfHead(heads.get(deviceId));
		if (countMissing([[firstSequence, lastSequenceOf(segment)]], held) === 0) return null;
		const importing = keys.get(deviceId) ?? importVerifyKey(publicKey);
		keys.set(deviceId, importing);
		const key = await importing;
		return key && (await verifySegmentSignature(segment, key)) ? null : 'bad-signature';
	}
}
