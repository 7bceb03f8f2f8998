/** What stands behind the fork of an identity that is given up: read, cut, and said again under the next one (SY15). */
import { cutSegments, type OpenedRow } from '$lib/crypto/seal';
import type { PurposeKeys } from '$lib/crypto/data-key';
import {
	operationName,
	type DeviceId,
	type KeyId,
	type OperationName,
	type SpaceId,
	type StaffId
} from '$lib/domain/ids';
import type { OperationLog, PendingRow, Segment } from '$lib/domain/operation-log';
import { decodeOperation } from '$lib/domain/operation-codec';
import { recordAgain } from '$lib/domain/recorded-again';
import type { LogOpener } from './log-opener';

export interface FormerHistory {
	readonly log: OperationLog;
	readonly opener: LogOpener;
	readonly spaceId: SpaceId;
	/** The identity that is given up, and its key. */
	readonly deviceId: DeviceId;
	readonly deviceKey: CryptoKey;
	readonly keysById: ReadonlyMap<KeyId, PurposeKeys>;
}

export interface BehindFork {
	readonly keptTo: number;
	/** All that leaves the former history, as segments. */
	readonly givenUp: readonly Segment[];
	/** Its operations, ascending. */
	readonly lines: readonly { readonly sequence: number; readonly line: Uint8Array }[];
}

/**
 * Reads everything behind the last border at or below `commonTo`. A segment that reaches across it goes with it: it cannot be parted
 * without the signature of who wrote it, and an operation met under two names stays one. What does not open is left where it lies.
 */
export async function readBehindFork(history: FormerHistory, commonTo: number): Promise<BehindFork> {
	const { keptTo, segments } = await segmentsBehind(history, commonTo);
	const lines: { sequence: number; line: Uint8Array }[] = [];
	const givenUp: Segment[] = [];
	for (const segment of segments) {
		const opened = await history.opener.openLines(segment);
		if (opened.type !== 'opened') continue;
		givenUp.push(segment);
		opened.lines.forEach((line, i) => lines.push({ sequence: segment.header.firstSequence + i, line }));
	}
	const rows = await openRows(history, (row) => row.sequence > keptTo);
	for (const { row, bytes } of rows) lines.push({ sequence: row.sequence, line: bytes });
	givenUp.push(...(await cutRows(history, rows)));
	return { keptTo, givenUp, lines: lines.sort((a, b) => a.sequence - b.sequence) };
}

/** Rows that stay under the former identity can be cut by nobody later: only its own device cuts them. */
export async function cutKeptRows(history: FormerHistory, keptTo: number): Promise<void> {
	const rows = await openRows(history, (row) => row.sequence <= keptTo);
	for (const run of runsOf(rows)) {
		const first = run[0]?.row.sequence ?? 0;
		await history.log.replacePending(history.deviceId, first, first + run.length - 1, await cutRows(history, run));
	}
}

/** The lines under their new names; `first` is the number of the first. What a device says of itself is said anew, not again. */
export function linesAgain(
	former: DeviceId,
	{ lines }: BehindFork,
	next: { readonly deviceId: DeviceId; readonly first: number },
	signedBy: StaffId
): Uint8Array[] {
	const carried = lines.filter(({ sequence, line }) => isCarried(line, former, sequence));
	const newNames = new Map<string, OperationName>(
		carried.map(({ sequence }, i) => [operationName(former, sequence), operationName(next.deviceId, next.first + i)])
	);
	return carried
		.map(({ sequence, line }) => recordAgain(line, operationName(former, sequence), signedBy, newNames))
		.filter((line) => line !== null);
}

function isCarried(line: Uint8Array, deviceId: DeviceId, sequence: number): boolean {
	const operation = decodeOperation(line, deviceId, sequence);
	return operation.ok && operation.value.type !== 'device-joined';
}

async function segmentsBehind({ log, deviceId }: FormerHistory, commonTo: number) {
	let keptTo = commonTo;
	for (;;) {
		const heads = new Map([...(await log.heads())].filter(([id]) => id !== deviceId));
		heads.set(deviceId, { sequence: keptTo, chainValue: new Uint8Array(32), beyond: [] });
		const found = (await log.segmentsBeyond(heads, Infinity)).segments;
		const segments = found.filter(({ header }) => header.deviceId === deviceId);
		const lowest = Math.min(keptTo, ...segments.map(({ header }) => header.firstSequence - 1));
		if (lowest === keptTo) return { keptTo, segments };
		keptTo = lowest;
	}
}

async function openRows({ log, opener, deviceId }: FormerHistory, isWanted: (row: PendingRow) => boolean) {
	const opened: OpenedRow[] = [];
	for (const row of (await log.pendingRows(deviceId)).filter(isWanted)) {
		const bytes = await opener.openRow(row);
		if (bytes) opened.push({ row, bytes });
	}
	return opened;
}

async function cutRows(history: FormerHistory, rows: readonly OpenedRow[]): Promise<Segment[]> {
	const { log, spaceId, deviceId, deviceKey, keysById } = history;
	const segments: Segment[] = [];
	for (const run of runsOf(rows)) {
		const chainBefore = await log.chainBefore(deviceId, run[0]?.row.sequence ?? 1);
		if (chainBefore)
			segments.push(...(await cutSegments({ rows: run, chainBefore, spaceId, deviceId, deviceKey, keysById })));
	}
	return segments;
}

/** Rows that follow each other; one that did not open parts two runs. */
function runsOf(rows: readonly OpenedRow[]): OpenedRow[][] {
	const runs: OpenedRow[][] = [];
	for (const opened of rows) {
		const run = runs.at(-1);
		if (run && run.at(-1)?.row.sequence === opened.row.sequence - 1) run.push(opened);
		else runs.push([opened]);
	}
	return runs;
}
