/** The folded state as chunks of JSON, for the sealed snapshot: read back, it is the state that was written, or nothing. */
import { emptyState, emptySubject, isOpened, waitsForOpening } from './counter-state';
import type { CounterState, DeviceFacts, Opening, StoredValue, SubjectState } from './counter-state';
import {
	operationName,
	splitOperationName,
	type DeviceId,
	type OperationName,
	type RequestId,
	type StaffId,
	type SubjectId
} from './ids';
import type { JsonValue } from './operation';
import type { OwnedRanges } from './ranges';
import type { HistoryEntry, RecordedAgain } from './request-view';
import { err, ok, type Result } from './result';
import type { Instant } from './time';

/** Goes up with every change of the fold or of this shape: a snapshot of another version is thrown away and folded anew. */
export const FOLD_VERSION = 4;
const CHUNK_CHARACTERS = 1_000_000;

export type UnusableState = { readonly type: 'other-fold-version' } | { readonly type: 'damaged-state' };

/** Sequence, device, type, staff, recordedAt, tick, clock offset (ms, source) or null, recorded again or 0, paths; words by their number. */
type EntryRow = [
	number,
	number,
	number,
	number,
	number,
	number,
	[number, number] | null,
	RecordedAgain | 0,
	...number[]
];
/** Path, then for each value the value and the number of its operation in the history. */
type FieldRow = [number, ...JsonValue[]];
type OpeningRow = [entry: number, caseNumber: string, formId: string, formVersion: number, batchId: RequestId | null];
type SubjectRow = [id: SubjectId, history: EntryRow[], fields: FieldRow[], openings: OpeningRow[]];

interface HeadChunk {
	readonly foldVersion: number;
	readonly subjects: number;
	readonly applied: [DeviceId, OwnedRanges][];
	readonly replacedUnseen: [OperationName, string[]][];
	readonly devices: DeviceFacts[];
}
interface SubjectChunk {
	/** Ids, types and paths said once a chunk: they are nine tenths of a state's text. */
	readonly words: string[];
	readonly subjects: SubjectRow[];
}

/** The first chunk is the head; each further one holds subjects, about 1 MB, and can be sealed by itself. */
export function encodeState(state: CounterState): Uint8Array<ArrayBuffer>[] {
	const head: HeadChunk = {
		foldVersion: FOLD_VERSION,
		subjects: state.subjects.size,
		applied: [...state.applied],
		replacedUnseen: [...state.replacedUnseen].map(([name, registers]) => [name, [...registers]]),
		devices: [...state.devices.values()]
	};
	const encoder = new TextEncoder();
	const chunks = [encoder.encode(JSON.stringify(head))];
	let words = createWords();
	let rows: string[] = [];
	let characters = 0;
	const close = () => {
		if (rows.length === 0) return;
		chunks.push(encoder.encode(`{"words":${JSON.stringify(words.list)},"subjects":[${rows.join(',')}]}`));
		words = createWords();
		rows = [];
		characters = 0;
	};
	for (const [id, subject] of state.subjects) {
		const row = JSON.stringify(subjectRow(id, subject, words.numberOf));
		rows.push(row);
		characters += row.length;
		if (characters > CHUNK_CHARACTERS) close();
	}
	close();
	return chunks;
}

/** Never throws: what cannot be read is folded anew from the log. */
export function decodeState(chunks: readonly Uint8Array[]): Result<CounterState, UnusableState> {
	try {
		const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
		const [head, ...parts] = chunks.map((chunk) => JSON.parse(decoder.decode(chunk)));
		return stateOf(head as HeadChunk, parts as SubjectChunk[]);
	} catch {
		return err({ type: 'damaged-state' });
	}
}

function stateOf(head: HeadChunk, parts: readonly SubjectChunk[]): Result<CounterState, UnusableState> {
	if (head.foldVersion !== FOLD_VERSION) return err({ type: 'other-fold-version' });
	const state = emptyState();
	for (const [deviceId, ranges] of head.applied) state.applied.set(deviceId, ranges);
	for (const [name, registers] of head.replacedUnseen) state.replacedUnseen.set(name, new Set(registers));
	for (const facts of head.devices) state.devices.set(facts.deviceId, facts);
	for (const { words, subjects } of parts)
		for (const row of subjects) {
			const subject = subjectOf(row, words);
			state.subjects.set(row[0], subject);
			noteCounts(state, row[0], subject);
		}
	return state.subjects.size === head.subjects ? ok(state) : err({ type: 'damaged-state' });
}

/** What follows from the histories is not written down. */
function noteCounts(state: CounterState, id: SubjectId, subject: SubjectState): void {
	const waits = !isOpened(subject);
	for (const { stamp, type, again } of subject.history) {
		if (again) state.formerNames.add(again.formerName);
		if (stamp.tick > state.maxTick) state.maxTick = stamp.tick;
		if (type === 'unknown') subject.unknownOperations++;
		else if (waits && waitsForOpening(type)) state.unopened.add(id);
	}
	state.unknownCount += subject.unknownOperations;
}

type NumberOf = (word: string) => number;

function createWords(): { readonly list: string[]; readonly numberOf: NumberOf } {
	const list: string[] = [];
	const numbers = new Map<string, number>();
	const numberOf = (word: string): number => {
		const known = numbers.get(word);
		if (known !== undefined) return known;
		numbers.set(word, list.length);
		return list.push(word) - 1;
	};
	return { list, numberOf };
}

function subjectRow(id: SubjectId, subject: SubjectState, numberOf: NumberOf): SubjectRow {
	const indexOf = new Map(subject.history.map((entry, index) => [entry, index]));
	const indexAt = (entry: HistoryEntry): number => indexOf.get(entry) ?? -1;
	return [
		id,
		subject.history.map((entry) => entryRow(entry, numberOf)),
		[...subject.fields].map(([path, values]) => [
			numberOf(path),
			...values.flatMap(({ value, by }): JsonValue[] => [value, indexAt(by)])
		]),
		subject.openings.map(({ by, ...opening }) => [
			indexAt(by),
			opening.caseNumber,
			opening.formId,
			opening.formVersion,
			opening.batchId
		])
	];
}

function entryRow({ name, type, staffId, stamp, paths, again }: HistoryEntry, numberOf: NumberOf): EntryRow {
	const { recordedAt, tick, clockOffset } = stamp;
	return [
		splitOperationName(name).sequence,
		numberOf(splitOperationName(name).deviceId),
		numberOf(type),
		numberOf(staffId),
		recordedAt,
		tick,
		clockOffset && [clockOffset.ms, numberOf(clockOffset.source)],
		// Rare, so it may cost.
		again ?? 0,
		...paths.map(numberOf)
	];
}

function subjectOf([, entries, fields, openings]: SubjectRow, words: readonly string[]): SubjectState {
	const subject = emptySubject();
	for (const row of entries) subject.history.push(entryOf(row, words));
	for (const row of fields) subject.fields.set(at(words, row[0]), valuesOf(row, subject.history));
	for (const [entry, caseNumber, formId, formVersion, batchId] of openings) {
		const opening: Opening = { by: at(subject.history, entry), caseNumber, formId, formVersion, batchId };
		subject.openings.push(opening);
	}
	return subject;
}

/** Nearly every field has one value: a list of exactly one costs half of one that grows. */
function valuesOf(row: FieldRow, history: readonly HistoryEntry[]): StoredValue[] {
	const valueAt = (i: number): StoredValue => ({ value: at(row, i), by: at(history, Number(row[i + 1])) });
	const values = [valueAt(1)];
	for (let i = 3; i < row.length; i += 2) values.push(valueAt(i));
	return values;
}

function entryOf(row: EntryRow, words: readonly string[]): HistoryEntry {
	const [sequence, device, type, staff, recordedAt, tick, offset, again, ...paths] = row;
	const deviceId = at(words, device) as DeviceId;
	return {
		...(again === 0 ? {} : { again }),
		name: operationName(deviceId, sequence),
		type: at(words, type),
		staffId: at(words, staff) as StaffId,
		stamp: {
			recordedAt: recordedAt as Instant,
			clockOffset: offset && { ms: offset[0], source: at(words, offset[1]) },
			tick,
			deviceId: again === 0 ? deviceId : splitOperationName(again.formerName).deviceId
		},
		paths: paths.map((path) => at(words, path))
	};
}

/** Throws, and is caught in `decodeState`: a number that leads nowhere means that the chunk is damaged. */
function at<T>(list: readonly T[], index: number): T {
	const member = list[index];
	if (member === undefined) throw new RangeError('no such member');
	return member;
}
