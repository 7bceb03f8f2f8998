/** One text for one state: equal if and only if two devices hold the same, whatever the order it came in. */
import { canonicalJson } from './canonical-json';
import { compareEntries, type CounterState, type SubjectState } from './counter-state';
import type { JsonValue } from './operation';
import type { HistoryEntry } from './request-view';
import type { Stamp } from './stamp';

/** Canonical JSON of all that is in the state; hash it where a short value is wanted. */
export function canonicalState(state: CounterState): string {
	return canonicalJson({
		applied: fromMap(state.applied, (ranges) => ranges.map(([from, to]) => [from, to])),
		subjects: fromMap(state.subjects, subjectJson),
		unopened: [...state.unopened].sort(),
		replacedUnseen: fromMap(state.replacedUnseen, (registers) => [...registers].sort()),
		devices: fromMap(state.devices, ({ joinedAt, ...facts }) => ({ ...facts, joinedAt: stampJson(joinedAt) })),
		maxTick: state.maxTick,
		unknownCount: state.unknownCount
	});
}

const subjectJson = (subject: SubjectState): JsonValue => ({
	openings: subject.openings.map(({ by, ...opening }) => ({ ...opening, name: by.name })),
	fields: fromMap(subject.fields, (values) => values.map(({ value, by }) => [by.name, value])),
	history: subject.history.toSorted(compareEntries).map(entryJson),
	unknownOperations: subject.unknownOperations
});

const entryJson = ({ name, type, staffId, stamp, paths, again }: HistoryEntry): JsonValue => ({
	...(again && { again: { ...again } }),
	name,
	type,
	staffId,
	stamp: stampJson(stamp),
	paths: paths.toSorted()
});

const stampJson = ({ recordedAt, clockOffset, tick, deviceId }: Stamp): JsonValue => ({
	recordedAt,
	clockOffset: clockOffset && { ms: clockOffset.ms, source: clockOffset.source },
	tick,
	deviceId
});

const fromMap = <K extends string, V>(map: ReadonlyMap<K, V>, json: (value: V) => JsonValue): JsonValue =>
	Object.fromEntries([...map].map(([key, value]) => [key, json(value)]));
