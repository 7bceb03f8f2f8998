/** Laws of operations met under two names: order changes nothing, and nothing counts twice or is lost. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { operationName, type OperationName } from '$lib/domain/ids';
import type { AnyOperation } from '$lib/domain/operation';
import { decodeOperation, encodeOperation } from '$lib/domain/operation-codec';
import { canonicalState, foldOperations } from '$lib/domain/projection';
import { recordAgain } from '$lib/domain/recorded-again';
import { arbitraryArrival, arbitraryHistory, PROPERTY_RUNS, PROPERTY_TIMEOUT_MS } from '../fixtures/arbitraries';
import { deviceId, staffId } from '../fixtures/builders';
import { seen } from '../support/seen-requests';

vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });

/** What device 1 wrote behind its fork, as it says it again under a new name. Unknown ones have no bytes in these histories. */
function recordedAgain(history: readonly AnyOperation[], fork: number): AnyOperation[] {
	const mine = history.filter(
		({ deviceId: by, sequence, type }) =>
			by === deviceId(1) && sequence > fork && type !== 'device-joined' && type !== 'unknown'
	);
	const nameOf = ({ deviceId: by, sequence }: AnyOperation) => operationName(by, sequence);
	const newNames = new Map<string, OperationName>(
		mine.map((one, i) => [nameOf(one), operationName(deviceId(9), i + 1)])
	);
	return mine.map((operation, i) => {
		const { deviceId: _by, sequence: _sequence, ...content } = operation;
		const line = recordAgain(encodeOperation(content as never), nameOf(operation), staffId(i % 2 ? 1 : 7), newNames);
		const again = line && decodeOperation(line, deviceId(9), i + 1);
		if (!again?.ok) throw new Error('an operation can be recorded again');
		return again.value;
	});
}

const arbitraryCase = fc.tuple(arbitraryHistory, fc.nat({ max: 12 })).chain(([history, fork]) => {
	const again = recordedAgain(history, fork);
	return fc.record({
		history: fc.constant(history),
		again: fc.constant(again),
		arrival: arbitraryArrival([...history, ...again])
	});
});

describe('operations recorded again', () => {
	it('[SY4] fold to the same in whatever order and however often both names come', () => {
		fc.assert(
			fc.property(arbitraryCase, ({ history, again, arrival }) => {
				expect(canonicalState(foldOperations(arrival))).toBe(canonicalState(foldOperations([...history, ...again])));
			}),
			PROPERTY_RUNS
		);
	});

	it('[SY15] beside the first names show what was there before', () => {
		fc.assert(
			fc.property(arbitraryCase, ({ history, again }) => {
				expect(seen([...history, ...again])).toBe(seen(history));
			}),
			PROPERTY_RUNS
		);
	});

	it('[SY15] in the place of the first names show what was there before', () => {
		fc.assert(
			fc.property(arbitraryHistory, (history) => {
				const alone = history.filter((operation) => operation.deviceId === deviceId(1));
				const left = alone.filter(({ type }) => type === 'device-joined' || type === 'unknown');
				expect(seen([...left, ...recordedAgain(alone, 0)])).toBe(seen(alone));
			}),
			PROPERTY_RUNS
		);
	});
});
