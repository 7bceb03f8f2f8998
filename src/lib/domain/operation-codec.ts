/** Operations as one line of JSON each: what is sealed. What comes back is checked here, and nowhere behind. */
import {
	parseOperationName,
	parseStaffId,
	parseSubjectId,
	type DeviceId,
	type OperationName,
	type StaffId,
	type SubjectId
} from './ids';
import { parseBody } from './operation-body';
import {
	MAX_LINE_BYTES,
	type AnyOperation,
	type Operation,
	type OperationContent,
	type UnknownOperation
} from './operation';
import { err, ok, type Result } from './result';
import type { ClockOffset, Instant } from './time';

export interface MalformedOperation {
	readonly type: 'malformed-operation';
}

/** The version of all bodies of this release; anything newer is kept as an unknown operation (SY7). */
const NEWEST_VERSION = 1;
const MAX_SOURCE_LENGTH = 300;
const MAX_TYPE_LENGTH = 64;
/** Ticks leave room to count on: a poisoned one must not make `tick + 1` lose its last digit. */
const MAX_TICK = 2 ** 52;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** One line of JSON in UTF-8, without a line break; its length is what MAX_OPERATION_BYTES limits. */
export const encodeOperation = (content: OperationContent): Uint8Array<ArrayBuffer> =>
	encoder.encode(JSON.stringify(content));

/**
 * Reads one line. Who wrote it, when and about what must be there; otherwise it is malformed.
 * A type or version not known here, or a body of a known type that is not of its shape, gives an UnknownOperation: kept and shown, never dropped (SY7).
 */
export function decodeOperation(
	bytes: Uint8Array,
	deviceId: DeviceId,
	sequence: number
): Result<AnyOperation, MalformedOperation> {
	const envelope = parseEnvelope(parseJson(bytes));
	if (envelope === null) return err({ type: 'malformed-operation' });
	const { type, body, ...common } = envelope;
	const known = common.version <= NEWEST_VERSION ? parseBody(type, body) : null;
	if (known === null) {
		const unknown: UnknownOperation = { ...common, type: 'unknown', writtenType: type, deviceId, sequence };
		return ok(unknown);
	}
	return ok({ ...common, ...known, deviceId, sequence } as Operation);
}

interface Envelope {
	readonly type: string;
	readonly version: number;
	readonly subjectId: SubjectId;
	readonly body: unknown;
	readonly staffId: StaffId;
	readonly recordedAt: Instant;
	readonly clockOffset: ClockOffset | null;
	readonly tick: number;
	readonly formerName?: OperationName;
	readonly authorId?: StaffId;
}

function parseJson(bytes: Uint8Array): unknown {
	if (bytes.length > MAX_LINE_BYTES) return null;
	try {
		return JSON.parse(decoder.decode(bytes));
	} catch {
		return null;
	}
}

function parseEnvelope(input: unknown): Envelope | null {
	if (!isRecord(input)) return null;
	const { type, version, recordedAt, tick, formerName } = input;
	if (typeof type !== 'string' || type === '' || type.length > MAX_TYPE_LENGTH) return null;
	if (!isInteger(version) || version < 1) return null;
	if (!isInteger(recordedAt) || !isInteger(tick) || tick < 0 || tick > MAX_TICK) return null;
	const subjectId = parseSubjectId(input.subjectId);
	const staffId = parseStaffId(input.staffId);
	const clockOffset = parseClockOffset(input.clockOffset);
	const former = parseOperationName(formerName);
	if (!subjectId.ok || !staffId.ok || clockOffset === undefined) return null;
	const author = parseStaffId(input.authorId);
	if (formerName !== undefined && !former.ok) return null;
	if (input.authorId !== undefined && !(author.ok && former.ok)) return null;
	return {
		type,
		version,
		subjectId: subjectId.value,
		body: input.body,
		staffId: staffId.value,
		recordedAt: recordedAt as Instant,
		clockOffset,
		tick,
		...(former.ok ? { formerName: former.value } : {}),
		...(author.ok ? { authorId: author.value } : {})
	};
}

function parseClockOffset(input: unknown): ClockOffset | null | undefined {
	if (input === null) return null;
	if (!isRecord(input) || !isInteger(input.ms) || typeof input.source !== 'string') return undefined;
	return input.source.length > MAX_SOURCE_LENGTH ? undefined : { ms: input.ms, source: input.source };
}

const isInteger = (input: unknown): input is number => Number.isSafeInteger(input);
const isRecord = (input: unknown): input is Record<string, unknown> =>
	typeof input === 'object' && input !== null && !Array.isArray(input);
