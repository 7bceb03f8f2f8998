/** Operations that a device under a new identity recorded again (SY15): how they are written, and how one met under two names stays one. */
import type { CounterState, SubjectState } from './counter-state';
import { operationName, splitOperationName, type OperationName, type StaffId } from './ids';
import type { AnyOperation } from './operation';
import type { HistoryEntry, RecordedAgain } from './request-view';

/**
 * One line, as it is recorded again: everything stays as it was but the signing person and the names of operations that got new ones.
 * Works on the JSON, so that an operation of a newer version is carried over as well (SY7). Null: it is no operation.
 */
export function recordAgain(
	line: Uint8Array,
	name: OperationName,
	signedBy: StaffId,
	newNames: ReadonlyMap<string, OperationName>
): Uint8Array<ArrayBuffer> | null {
	const content = parseJson(line);
	if (!isRecord(content) || typeof content.staffId !== 'string') return null;
	const authorId = typeof content.authorId === 'string' ? content.authorId : content.staffId;
	const again = {
		...content,
		body: withNewNames(content.body, newNames),
		staffId: signedBy,
		formerName: content.formerName ?? name,
		...(authorId === signedBy ? { authorId: undefined } : { authorId })
	};
	return new TextEncoder().encode(JSON.stringify(again));
}

/** Every body of any version that states what it replaces does so in `changes`. */
function withNewNames(body: unknown, newNames: ReadonlyMap<string, OperationName>): unknown {
	if (!isRecord(body) || !isRecord(body.changes)) return body;
	const changes = Object.entries(body.changes).map(([path, change]): [string, unknown] => {
		if (!isRecord(change) || !Array.isArray(change.replaces)) return [path, change];
		return [path, { ...change, replaces: change.replaces.map((name) => newNames.get(String(name)) ?? name) }];
	});
	return { ...body, changes: Object.fromEntries(changes) };
}

function parseJson(line: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line));
	} catch {
		return null;
	}
}

const isRecord = (input: unknown): input is Record<string, unknown> =>
	typeof input === 'object' && input !== null && !Array.isArray(input);

/** What the history says of an operation. One that was recorded again keeps its place, its time and its author. */
export function entryOf(operation: AnyOperation): HistoryEntry {
	const { type, staffId, recordedAt, clockOffset, tick, deviceId, sequence, formerName, authorId } = operation;
	const name = operationName(deviceId, sequence);
	const paths = operation.type === 'unknown' ? [] : Object.keys(operation.body.changes);
	const stamp = { recordedAt, clockOffset, tick, deviceId };
	if (formerName === undefined) return { name, type, staffId, stamp, paths };
	return {
		name,
		type,
		staffId: authorId ?? staffId,
		stamp: { ...stamp, deviceId: splitOperationName(formerName).deviceId },
		paths,
		again: { formerName, names: [name], signedBy: authorId === undefined ? null : staffId }
	};
}

/** Names by which other operations may say that they replace this one: those it was met under, and no other. */
export const isNamed = (entry: HistoryEntry, names: readonly OperationName[]): boolean =>
	names.includes(entry.name) || (entry.again?.names.some((name) => names.includes(name)) ?? false);

/** The same operation under another name, if it is here already. Its first name alone does not tell: a clone gave that to something else. */
export function findTwin(state: CounterState, subject: SubjectState, entry: HistoryEntry): HistoryEntry | null {
	const first = firstNameOf(entry);
	if (entry.again) state.formerNames.add(first);
	else if (!state.formerNames.has(first)) return null;
	return subject.history.find((other) => firstNameOf(other) === first && sameFacts(other, entry)) ?? null;
}

const firstNameOf = ({ name, again }: HistoryEntry): OperationName => again?.formerName ?? name;

/** Nobody does two things in one millisecond, under one tick and number, on one subject. */
const sameFacts = (a: HistoryEntry, b: HistoryEntry): boolean =>
	a.type === b.type &&
	a.staffId === b.staffId &&
	a.stamp.recordedAt === b.stamp.recordedAt &&
	a.stamp.tick === b.stamp.tick &&
	a.stamp.clockOffset?.ms === b.stamp.clockOffset?.ms &&
	a.stamp.clockOffset?.source === b.stamp.clockOffset?.source &&
	a.paths.length === b.paths.length &&
	a.paths.every((path) => b.paths.includes(path));

/** Both under one entry, whichever came first: known by all names, called by the newest, which every device gets to see. */
export function merged(a: HistoryEntry, b: HistoryEntry): HistoryEntry {
	const newest = isNewer(a, b) ? a : b;
	const names = [...new Set([...namesOf(a), ...namesOf(b)])].sort();
	return { ...newest, again: { ...(newest.again as RecordedAgain), names } };
}

/** One that was recorded again before the one that was not; of two recorded again, any, but always the same. */
export const isNewer = (a: HistoryEntry, b: HistoryEntry): boolean =>
	a.again && b.again ? a.name > b.name : a.again !== undefined;

const namesOf = ({ name, again }: HistoryEntry): readonly OperationName[] => again?.names ?? [name];
