/** Exchanges that wait at the same moment, answered together: what they share is read once, and one commit serves all. */
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import type { Heads, Segment } from '$lib/domain/operation-log';
import { countMissing } from '$lib/domain/ranges';
import { err, ok, type Result } from '$lib/domain/result';
import { rangesOfHead } from '$lib/sync/heads';
import {
	encodeAnswer,
	FRAME_BYTES,
	MAX_MESSAGE_BYTES,
	parseOffer,
	type ExchangeAnswer,
	type ParsedOffer,
	type RefusedSegment
} from '$lib/sync/protocol';
import { authenticate, cbor, type ApiCall, type ServerParts } from './endpoint';
import type { Sized } from './fair-queue';
import { exchangeKeyring } from './keyring-exchange';
import { problem } from './problem';
import { checkSegments } from './segment-check';
import type { SpaceRow, Store } from './store';
import { addVouchedDevices, keysById } from './vouching';

/** A refusal as carried, at most. */
const REFUSAL_BYTES = 48;
/** Segments that all answers of one round hold in memory; who is given less asks again. */
const ANSWERS_BYTES = 16 * 1024 * 1024;

/** A call whose body is here. */
export interface ExchangeCall extends Sized {
	readonly call: ApiCall;
	readonly spaceId: SpaceId;
	readonly body: Uint8Array<ArrayBuffer>;
}

/** What all calls of one space are judged by. */
interface SpaceView {
	readonly spaceId: SpaceId;
	readonly row: SpaceRow;
	readonly keys: ReadonlyMap<DeviceId, Uint8Array>;
	readonly heads: Heads;
}

interface CheckedOffer extends ParsedOffer {
	readonly of: ExchangeCall;
	readonly keyring: Awaited<ReturnType<typeof exchangeKeyring>>;
	readonly good: readonly Segment[];
	readonly refused: readonly RefusedSegment[];
}

/** Answers in the order of the calls. */
export async function answerTogether(parts: ServerParts, calls: readonly ExchangeCall[]): Promise<readonly Response[]> {
	const answers = new Map<ExchangeCall, Response>();
	const checked: { readonly view: SpaceView; readonly offers: readonly CheckedOffer[] }[] = [];
	for (const ofSpace of groupBySpace(calls)) {
		const view = await viewOf(parts.store, ofSpace[0]!.spaceId);
		const accepted = await Promise.all(ofSpace.map((one) => accept(parts, view, one)));
		for (const [i, one] of accepted.entries()) if (!one.ok) answers.set(ofSpace[i]!, one.error);
		if (view)
			checked.push(
				await check(
					parts,
					view,
					accepted.flatMap((one) => (one.ok ? [one.value] : []))
				)
			);
	}
	const refused = await store(
		parts,
		checked.flatMap(({ offers }) => offers)
	);
	const share = ANSWERS_BYTES / calls.length;
	for (const { view, offers } of checked) {
		// Read after the commit (SY2), and once for all: what one caller is told holds for the others.
		const heads = await parts.store.heads(view.spaceId);
		for (const offer of offers) {
			const answer = await answerOf(parts, { ...view, heads }, offer, refused.get(offer) ?? [], share);
			answers.set(offer.of, cbor(encodeAnswer(answer)));
		}
	}
	return calls.map((call) => answers.get(call)!);
}

function groupBySpace(calls: readonly ExchangeCall[]): Iterable<readonly ExchangeCall[]> {
	const bySpace = new Map<SpaceId, ExchangeCall[]>();
	for (const call of calls) bySpace.set(call.spaceId, [...(bySpace.get(call.spaceId) ?? []), call]);
	return bySpace.values();
}

async function viewOf(from: Store, spaceId: SpaceId): Promise<SpaceView | null> {
	const row = await from.space(spaceId);
	return row ? { spaceId, row, keys: await keysById(from, spaceId), heads: await from.heads(spaceId) } : null;
}

interface Accepted extends ParsedOffer {
	readonly of: ExchangeCall;
}

/** A device of the space that is not revoked, and an offer that can be read as a whole. */
async function accept(
	parts: ServerParts,
	view: SpaceView | null,
	of: ExchangeCall
): Promise<Result<Accepted, Response>> {
	const caller = await authenticate(parts, of.call, of.body, (deviceId) => view?.keys.get(deviceId) ?? null);
	if (!caller.ok) return caller;
	// A space that is not here and a device that is not of it are answered alike.
	if (!view) return err(problem('unknown-device'));
	if (view.row.revoked.has(caller.value)) return err(problem('device-revoked'));
	parts.contacts.heard(view.spaceId, caller.value, parts.now());
	const offer = parseOffer(of.body);
	return offer.ok ? ok({ of, ...offer.value }) : err(problem('malformed-message'));
}

/** Keys first, then the keyring, then segments: each is needed to judge the next. */
async function check(parts: ServerParts, view: SpaceView, accepted: readonly Accepted[]) {
	const { spaceId, row, heads } = view;
	let { keys } = view;
	for (const { offer } of accepted) keys = await addVouchedDevices(parts, spaceId, offer.deviceKeys, keys);
	const offers: CheckedOffer[] = [];
	for (const one of accepted) {
		const keyring = await exchangeKeyring(parts.keyrings, spaceId, row, one.offer.keyring);
		offers.push({ ...one, keyring, good: [], refused: [] });
	}
	const verified = await Promise.all(offers.map(({ offer }) => checkSegments(spaceId, offer.segments, keys, heads)));
	return { view: { ...view, keys }, offers: offers.map((offer, i) => ({ ...offer, ...verified[i]! })) };
}

/** One transaction for all of them. → what the store refused, by offer. */
async function store(
	{ store, now }: ServerParts,
	offers: readonly CheckedOffer[]
): Promise<ReadonlyMap<CheckedOffer, readonly RefusedSegment[]>> {
	const bringing = offers.filter(({ good }) => good.length > 0);
	if (bringing.length === 0) return new Map();
	const intakes = bringing.map(({ of, good }) => ({ spaceId: of.spaceId, segments: good }));
	const refused = await store.takeIn(intakes, now());
	return new Map(bringing.map((offer, i) => [offer, refused[i]!]));
}

async function answerOf(
	{ store, now }: ServerParts,
	{ spaceId, keys, heads }: SpaceView,
	{ offer, unreadable, keyring, refused: refusedByCheck }: CheckedOffer,
	refusedByStore: readonly RefusedSegment[],
	shareBytes: number
): Promise<ExchangeAnswer> {
	const refused = [...unreadable, ...refusedByCheck, ...refusedByStore];
	const otherBytes =
		FRAME_BYTES +
		refused.length * REFUSAL_BYTES +
		keyring.part.records.reduce((sum, record) => sum + record.bytes.length + record.signature.length, 0);
	const roomBytes = Math.min(MAX_MESSAGE_BYTES - otherBytes, shareBytes);
	const found = lacksAny(offer.heads, heads)
		? await store.segmentsBeyond(spaceId, offer.heads, roomBytes)
		: { segments: [], more: false };
	return {
		nonce: offer.nonce,
		heads,
		segments: found.segments,
		refused,
		deviceKeys: [...keys].flatMap(([deviceId, publicKey]) =>
			offer.heads.has(deviceId) ? [] : [{ deviceId, publicKey }]
		),
		keyring: keyring.part,
		more: found.more || keyring.more,
		time: now()
	};
}

const lacksAny = (theirs: Heads, ours: Heads): boolean =>
	[...ours].some(([deviceId, head]) => countMissing(rangesOfHead(head), rangesOfHead(theirs.get(deviceId))) > 0);
