/** A history of weeks: requests with two amendments each, written, sealed, signed and cut as counters do it. */
import { chainZero, cutSegments, type OpenedRow } from '$lib/crypto/seal';
import { idFromBytes, type RequestId } from '$lib/domain/ids';
import type { AnyOperation } from '$lib/domain/operation';
import type { OperationLog } from '$lib/domain/operation-log';
import { applyOperation, emptyState, requestView } from '$lib/domain/projection';
import { changeOf, decideAmend, decideMarkPapers, decideOpenRequest, type Decision } from '$lib/domain/request';
import type { Instant } from '$lib/domain/time';
import { createLogOpener } from '$lib/services/log-opener';
import { recordOperations, type Pen } from '$lib/services/record-operation';
import { must, type DeviceAtHand } from './device-at-hand';
import { aRequest, numbersFrom } from './requests';

export const AMENDMENTS = 2;
/** Operations of one request: small segments hold just these. */
const OF_ONE = 1 + AMENDMENTS;
/** A counter cuts at 1,000 rows; some requests share a transaction, which a disk takes in a tenth of the time. */
const REQUESTS_A_CUT = 333;
const REQUESTS_AT_ONCE = 37;
const SMALL_SEGMENTS_AT_ONCE = 250;
/** Requests of three weeks, two minutes apart. */
const BETWEEN_REQUESTS_MS = 120_000;

export interface WrittenHistory {
	readonly operations: number;
	readonly meanOpeningBytes: number;
	readonly segments: number;
	readonly smallSegments: number;
}

/**
 * Writes on one device, which cuts as usual; another device gets the same operations in one small segment a request, as
 * if it had exchanged after each.
 */
export async function writeHistory(
	device: DeviceAtHand,
	inSmall: OperationLog,
	requests: number
): Promise<WrittenHistory> {
	const { stores, keys, identity, deviceKey } = device;
	const { spaceId, deviceId } = identity;
	const opener = createLogOpener({ log: stores.log, spaceId, deviceId, deviceKey, loadKeyring: device.loadKeyring });
	await opener.use(keys.all());
	await opener.cut();
	const before = await stores.log.ownHead(deviceId);
	const clock = { time: Date.now() - requests * BETWEEN_REQUESTS_MS };
	const pen = penOf(device, clock);
	const draw = numbersFrom(20_231_030);
	let openingBytes = 0;
	let smallSegments = 0;
	for (let done = 0; done < requests; done += REQUESTS_A_CUT) {
		const bytesOf = new Map<number, Uint8Array>();
		const until = Math.min(done + REQUESTS_A_CUT, requests);
		for (let i = done; i < until; i += REQUESTS_AT_ONCE) {
			const count = Math.min(REQUESTS_AT_ONCE, until - i);
			clock.time += count * BETWEEN_REQUESTS_MS;
			const { sequence } = await stores.log.ownHead(deviceId);
			const decided = Array.from({ length: count }, (_, k) => decisionsOfOne(device, draw, sequence + k * OF_ONE));
			const written = must(await recordOperations(pen, decided.flat()));
			for (const operation of written) bytesOf.set(operation.sequence, operation.bytes);
			for (let k = 0; k < count; k++) openingBytes += written[k * OF_ONE]?.bytes.length ?? 0;
		}
		const rows = (await stores.log.pendingRows(deviceId)).map((row): OpenedRow => {
			const bytes = bytesOf.get(row.sequence);
			if (!bytes) throw new Error('a row that was not written here');
			return { row, bytes };
		});
		smallSegments += await addInSmall(device, inSmall, rows);
		await opener.cut();
	}
	const { operations, segments } = await stores.log.size();
	return {
		operations: operations - before.sequence,
		meanOpeningBytes: Math.round(openingBytes / requests),
		segments,
		smallSegments
	};
}

/** Writes as the person who founded the space. */
export function penOf({ stores, keys, identity }: DeviceAtHand, clock: { readonly time: number }): Pen {
	return {
		log: stores.log,
		clock: { now: () => clock.time as Instant },
		spaceId: identity.spaceId,
		deviceId: identity.deviceId,
		staffId: keys.staffId,
		staffKey: keys.signingKey,
		placeCode: identity.workplace.placeCode,
		deviceCode: () => identity.workplace.deviceCode,
		currentKeys: keys.current,
		clockOffset: () => null,
		observedTick: () => 0,
		observedCaseCounter: () => 0,
		lastWaitingNumber: () => Promise.resolve(0)
	};
}

/** Opened, a paper brought later, a telephone number put right: each replaces what it saw. */
/** A request and its two amendments. */
export function decisionsOfOne(device: DeviceAtHand, draw: ReturnType<typeof numbersFrom>, head: number): Decision[] {
	const id = idFromBytes(crypto.getRandomValues(new Uint8Array(16))) as RequestId;
	const opening = must(decideOpenRequest({ ...aRequest(draw, id), id, batchId: null }, null));
	if (!opening) throw new Error('an opening decides something');
	const state = emptyState();
	const view = (decision: Decision, sequence: number) => {
		applyOperation(state, {
			...decision,
			...(decision.type === 'request-opened' ? { body: { ...decision.body, caseNumber: 'SO-7KXM-0142-51' } } : {}),
			version: 1,
			staffId: device.keys.staffId,
			recordedAt: 0,
			clockOffset: null,
			tick: sequence,
			deviceId: device.identity.deviceId,
			sequence
		} as AnyOperation);
		const found = requestView(state, id);
		if (!found) throw new Error('a request that was opened is there');
		return found;
	};
	const opened = view(opening, head + 1);
	const brought = must(
		decideMarkPapers(opened, [changeOf(opened, 'papers/zb2', 'present'), changeOf(opened, 'missing', [])])
	);
	const marked = view(brought, head + 2);
	const phone = `0151 ${10_000_000 + draw(89_999_999)}`;
	return [opening, brought, must(decideAmend(marked, [changeOf(marked, 'answers/phone', phone)], 'verhört'))];
}

/** The same operations once more in segments of one request each. */
async function addInSmall(device: DeviceAtHand, log: OperationLog, rows: readonly OpenedRow[]): Promise<number> {
	const { keys, identity, deviceKey, stores } = device;
	const { spaceId, deviceId } = identity;
	const keysById = new Map(keys.all().map((one) => [one.keyId, one]));
	const first = rows[0]?.row.sequence ?? 1;
	let chainBefore = (await stores.log.chainBefore(deviceId, first)) ?? chainZero();
	const segments = [];
	for (let i = 0; i < rows.length; i += OF_ONE) {
		const few = rows.slice(i, i + OF_ONE);
		segments.push(...(await cutSegments({ rows: few, chainBefore, spaceId, deviceId, deviceKey, keysById })));
		chainBefore = few.at(-1)?.row.chainValue as typeof chainBefore;
	}
	let added = 0;
	for (let i = 0; i < segments.length; i += SMALL_SEGMENTS_AT_ONCE)
		added += (await log.addSegments(segments.slice(i, i + SMALL_SEGMENTS_AT_ONCE))).added.length;
	if (added !== segments.length) throw new Error('a small segment was not taken');
	return added;
}
