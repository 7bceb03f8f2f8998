/** THE write door: name, stamp, seal, append, then tell. Nothing else in the app appends an operation of this device. */
import { chainZero, sealPending } from '$lib/crypto/seal';
import type { PurposeKeys } from '$lib/crypto/data-key';
import { buildCaseNumber } from '$lib/domain/case-number';
import type { DeviceId, SpaceId, StaffId } from '$lib/domain/ids';
import { MAX_OPERATION_BYTES, type JsonValue, type OperationContent } from '$lib/domain/operation';
import { encodeOperation } from '$lib/domain/operation-codec';
import type { OperationLog, OwnHead, PendingRow } from '$lib/domain/operation-log';
import type { Decision } from '$lib/domain/request';
import { err, ok, type Result } from '$lib/domain/result';
import type { Clock, ClockOffset, LocalDate } from '$lib/domain/time';
import { buildWaitingNumber } from '$lib/domain/waiting-number';
import type { SaveError } from './workspace';

/** An operation as it went to the disk. */
export interface WrittenOperation {
	readonly deviceId: DeviceId;
	readonly sequence: number;
	readonly staffId: StaffId;
	readonly bytes: Uint8Array;
}

/** All that writing needs of an unlocked device. */
export interface Pen {
	readonly log: OperationLog;
	readonly clock: Clock;
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly staffId: StaffId;
	staffKey(): CryptoKey;
	readonly placeCode: string;
	deviceCode(): string;
	/** The newest data key's keys: rotation replaces them while unlocked. */
	currentKeys(): PurposeKeys;
	clockOffset(): ClockOffset | null;
	/** Highest tick seen in anybody's operations. */
	observedTick(): number;
	/** Highest counter seen in this device's own case numbers. */
	observedCaseCounter(): number;
	/** The browser's Web Lock, unless something else keeps writers apart. */
	readonly inWriteTurn?: WriteTurn;
	/** Highest waiting number this device has given for a day, in any window. */
	lastWaitingNumber(date: LocalDate): Promise<number>;
}

/** Two windows writing at once clash on numbers (measured: 242 of 600), so one lock a profile is held for the whole save. */
export const WRITE_LOCK = 'notschalter.write';

/** Runs one write of this device while no other one runs. */
export type WriteTurn = <T>(write: () => Promise<T>) => Promise<T>;
export const underWebLock: WriteTurn = async (write) => navigator.locks.request(WRITE_LOCK, write);

/**
 * Writes operations one after the other in ONE strict transaction, and deletes the draft they came from in the same.
 * Resolves after the disk has it. All crypto is done before the transaction opens. On an error nothing was written, and the numbers are used again.
 */
export function recordOperations(
	pen: Pen,
	decided: readonly Decision[],
	draftId: string | null = null
): Promise<Result<readonly WrittenOperation[], SaveError>> {
	const { inWriteTurn = underWebLock } = pen;
	return inWriteTurn(async () => {
		const head = await pen.log.ownHead(pen.deviceId);
		const prepared = prepare(pen, head, await numbered(pen, decided));
		if (!prepared.ok) return prepared;
		const { written, next } = prepared.value;
		const { spaceId, deviceId, staffId } = pen;
		const by: Seal = { spaceId, deviceId, staffId, keys: pen.currentKeys(), staffKey: pen.staffKey() };
		const rows = await sealLines(
			by,
			head,
			written.map(({ bytes }) => bytes)
		);
		const appended = await pen.log.appendPending(
			rows,
			{ ...next, chainValue: rows.at(-1)?.chainValue ?? head.chainValue },
			draftId
		);
		if (appended.ok) return ok(written);
		const { error } = appended;
		return err({ type: 'not-written', name: error.type === 'not-written' ? error.name : error.type });
	});
}

/** Waiting numbers count per day and device, and are given here, where no other window can give the same. */
async function numbered(pen: Pen, decided: readonly Decision[]): Promise<readonly Decision[]> {
	const last = new Map<LocalDate, number>();
	const complete: Decision[] = [];
	for (const decision of decided) {
		const walkIn = decision.type === 'walk-in-arrived' ? decision.body.changes.walkIn : undefined;
		const date = walkIn && dateOf(walkIn.value);
		if (!walkIn || !date) {
			complete.push(decision);
			continue;
		}
		const count = (last.get(date) ?? (await pen.lastWaitingNumber(date))) + 1;
		last.set(date, count);
		const value = { ...(walkIn.value as object), number: buildWaitingNumber(pen.deviceCode(), count) };
		const changes = { ...decision.body.changes, walkIn: { ...walkIn, value } };
		complete.push({ ...decision, body: { ...decision.body, changes } } as Decision);
	}
	return complete;
}

const dateOf = (walkIn: JsonValue): LocalDate | null =>
	typeof walkIn === 'object' && walkIn !== null && 'date' in walkIn ? (walkIn.date as LocalDate) : null;

/** Names, stamps and case numbers of the operations, and the head after them. */
function prepare(
	pen: Pen,
	head: OwnHead,
	decided: readonly Decision[]
): Result<{ written: WrittenOperation[]; next: OwnHead }, SaveError> {
	const recordedAt = pen.clock.now();
	const clockOffset = pen.clockOffset();
	let { sequence } = head;
	let caseCounter = Math.max(head.caseCounter, pen.observedCaseCounter());
	let tick = Math.max(head.tick, pen.observedTick());
	const written: WrittenOperation[] = [];
	for (const { type, subjectId, body } of decided) {
		const complete =
			type === 'request-opened'
				? { ...body, caseNumber: buildCaseNumber(pen.placeCode, pen.deviceCode(), ++caseCounter) }
				: body;
		const content = {
			type,
			version: 1,
			subjectId,
			body: complete,
			staffId: pen.staffId,
			recordedAt,
			clockOffset,
			tick: ++tick
		} as OperationContent;
		const bytes = encodeOperation(content);
		if (bytes.length > MAX_OPERATION_BYTES) return err({ type: 'too-large', bytes: bytes.length });
		written.push({ deviceId: pen.deviceId, sequence: ++sequence, staffId: pen.staffId, bytes });
	}
	return ok({ written, next: { ...head, sequence, tick, caseCounter } });
}

/** Who writes, under which identity and key. */
export interface Seal {
	readonly keys: PurposeKeys;
	readonly spaceId: SpaceId;
	readonly deviceId: DeviceId;
	readonly staffId: StaffId;
	readonly staffKey: CryptoKey;
}

/** Lines as the rows that follow a head. */
export async function sealLines(by: Seal, head: OwnHead, lines: readonly Uint8Array[]): Promise<PendingRow[]> {
	const rows: PendingRow[] = [];
	let previousChainValue = head.sequence === 0 ? chainZero() : head.chainValue;
	for (const operationBytes of lines) {
		const sequence = head.sequence + rows.length + 1;
		const row = await sealPending({ ...by, sequence, operationBytes, previousChainValue });
		rows.push(row);
		previousChainValue = row.chainValue;
	}
	return rows;
}
