/** Laws of the fold: order of arrival, repetition and snapshots change nothing; only what an operation names is replaced. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { canonicalJson } from '$lib/domain/canonical-json';
import { operationName, type SubjectId } from '$lib/domain/ids';
import type { AnyOperation } from '$lib/domain/operation';
import {
	appointmentIds,
	applyOperation,
	canonicalState,
	decodeState,
	emptyState,
	encodeState,
	foldOperations,
	requestIds,
	requestView,
	unknownCount,
	waitingCount,
	type CounterState
} from '$lib/domain/projection';
import { changeOf, conflictPaths, decideSettle, distinctValues } from '$lib/domain/request';
import { anAmendment, anOperation, aRequestOpened, MONDAY, requestId } from '../fixtures/builders';
import { arbitraryArrival, arbitraryHistory, PROPERTY_RUNS, PROPERTY_TIMEOUT_MS } from '../fixtures/arbitraries';

vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });

const arbitraryCase = arbitraryHistory.chain((history) =>
	fc.record({
		history: fc.constant(history),
		arrival: arbitraryArrival(history),
		cuts: fc.array(fc.nat(), { maxLength: 3 })
	})
);

const reload = (state: CounterState): CounterState => {
	const decoded = decodeState(encodeState(state));
	if (!decoded.ok) throw new Error(decoded.error.type);
	return decoded.value;
};

/** The rule of DESIGN § 3.1 said again in the plainest way: a value stands unless another operation names its writer for that field. */
function standing(
	history: readonly AnyOperation[],
	subjectId: SubjectId,
	path: string
): { name: string; value: string }[] {
	const writes = history.flatMap((operation) => {
		const change =
			operation.type === 'unknown' || operation.subjectId !== subjectId ? undefined : operation.body.changes[path];
		return change === undefined
			? []
			: [{ operation, change, name: operationName(operation.deviceId, operation.sequence) }];
	});
	return writes
		.filter(({ name }) => !writes.some((other) => other.name !== name && other.change.replaces.includes(name)))
		.sort(
			(a, b) =>
				b.operation.recordedAt - a.operation.recordedAt ||
				b.operation.tick - a.operation.tick ||
				(a.name < b.name ? 1 : -1)
		)
		.map(({ name, change }) => ({ name, value: canonicalJson(change.value) }));
}

describe('fold', () => {
	it('[SY4] devices that hold the same operations show the same, in whatever order and however often they came', () => {
		fc.assert(
			fc.property(arbitraryCase, ({ history, arrival }) => {
				expect(canonicalState(foldOperations(arrival))).toBe(canonicalState(foldOperations(history)));
			}),
			PROPERTY_RUNS
		);
	});

	it('[SY4] snapshots written and read in between change nothing', () => {
		fc.assert(
			fc.property(arbitraryCase, ({ history, arrival, cuts }) => {
				let state = emptyState();
				const stops = new Set(cuts.map((cut) => cut % (arrival.length + 1)));
				arrival.forEach((operation, i) => {
					if (stops.has(i)) state = reload(state);
					applyOperation(state, operation);
				});
				expect(canonicalState(reload(state))).toBe(canonicalState(foldOperations(history)));
			}),
			PROPERTY_RUNS
		);
	});

	it('[SY8] a field holds exactly the values that no operation names as replaced, the later first', () => {
		fc.assert(
			fc.property(arbitraryCase, ({ history, arrival }) => {
				const state = foldOperations(arrival);
				for (const id of requestIds(state)) {
					const fields = requestView(state, id)?.fields ?? {};
					const paths = new Set(
						history.flatMap((one) => (one.type === 'unknown' ? [] : Object.keys(one.body.changes)))
					);
					for (const path of paths) {
						const shown = (fields[path] ?? []).map(({ name, value }) => ({ name, value: canonicalJson(value) }));
						expect(shown).toEqual(standing(history, id, path));
					}
					expect(Object.values(fields).filter((values) => values.length === 0)).toEqual([]);
				}
			}),
			PROPERTY_RUNS
		);
	});

	it('[SY7] every operation is in a history, waits or is counted as unknown; none is dropped', () => {
		fc.assert(
			fc.property(arbitraryCase, ({ history, arrival }) => {
				const state = foldOperations(arrival);
				const opened = new Set(requestIds(state));
				const known = new Set([...opened, ...appointmentIds(state)]);
				const waits = ({ type }: AnyOperation) => type === 'request-amended' || type === 'appointment-advanced';
				const unknown = history.filter((one) => one.type === 'unknown').length;
				const waiting = history.filter((one) => waits(one) && !known.has(one.subjectId)).length;
				expect(unknownCount(state)).toBe(unknown);
				expect(waitingCount(state)).toBe(waiting);
				for (const id of opened) {
					const view = requestView(state, id);
					expect(view?.history.length).toBe(history.filter((one) => one.subjectId === id).length);
					expect(view?.unknownOperations).toBe(
						history.filter((one) => one.subjectId === id && one.type === 'unknown').length
					);
				}
			}),
			PROPERTY_RUNS
		);
	});
});

describe('two counters', () => {
	const clock = fc.integer({ min: -315_000_000_000, max: 315_000_000_000 }).map((skew) => MONDAY + skew);
	const opened = aRequestOpened();

	it('[SY8] change a field without having seen each other: both values stand, whatever the clocks say', () => {
		fc.assert(
			fc.property(clock, clock, fc.boolean(), (first, second, swapped) => {
				const view = requestView(foldOperations([opened]), requestId(1));
				if (view === null) throw new Error('not opened');
				const changes = (value: string) => ({ 'answers/plate': changeOf(view, 'answers/plate', value) });
				const a = anAmendment({ device: 2, at: first, tick: 2, changes: changes('SO-A 1') });
				const b = anAmendment({ device: 3, at: second, tick: 2, changes: changes('SO-B 2') });
				const state = foldOperations(swapped ? [b, opened, a] : [opened, a, b]);
				const both = requestView(state, requestId(1));
				if (both === null) throw new Error('not opened');
				const later = first > second ? 'SO-A 1' : 'SO-B 2';
				expect(distinctValues(both, 'answers/plate').map(({ value }) => value)).toEqual(
					later === 'SO-A 1' ? ['SO-A 1', 'SO-B 2'] : ['SO-B 2', 'SO-A 1']
				);
				expect(conflictPaths(both)).toEqual(['answers/plate']);
			}),
			PROPERTY_RUNS
		);
	});

	it('[SY9] are settled by one more operation that replaces both values', () => {
		fc.assert(
			fc.property(clock, clock, clock, fc.boolean(), (first, second, third, keepFirst) => {
				const a = anAmendment({ device: 2, at: first, changes: { note: 'a' } });
				const b = anAmendment({ device: 3, at: second, changes: { note: 'b' } });
				const before = requestView(foldOperations([opened, a, b]), requestId(1));
				if (before === null) throw new Error('not opened');
				const decided = decideSettle(before, 'note', keepFirst ? 'a' : 'b');
				if (!decided.ok || decided.value.type !== 'conflict-settled') throw new Error('not settled');
				const settled = anOperation('conflict-settled', decided.value.body, { device: 4, at: third });
				const after = requestView(foldOperations([settled, b, opened, a]), requestId(1));
				expect(after?.fields.note?.map(({ value }) => value)).toEqual([keepFirst ? 'a' : 'b']);
				expect(after && conflictPaths(after)).toEqual([]);
			}),
			PROPERTY_RUNS
		);
	});

	it('[SY8] a counter whose clock is ten years off never overwrites, and is overwritten by whoever has seen its value', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(clock, fc.integer({ min: 2, max: 4 })), { minLength: 1, maxLength: 8 }),
				(writers) => {
					const state = emptyState();
					applyOperation(state, opened);
					const sequences = new Map<number, number>();
					writers.forEach(([at, device], i) => {
						const view = requestView(state, requestId(1));
						if (view === null) throw new Error('not opened');
						const sequence = (sequences.get(device) ?? 0) + 1;
						sequences.set(device, sequence);
						applyOperation(state, anAmendment({ device, sequence, at, changes: { note: changeOf(view, 'note', i) } }));
					});
					const values = requestView(state, requestId(1))?.fields.note?.map(({ value }) => value);
					expect(values).toEqual([writers.length - 1]);
				}
			),
			PROPERTY_RUNS
		);
	});
});
