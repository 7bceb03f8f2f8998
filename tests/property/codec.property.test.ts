/** Laws of the operation codec: round trips, and no input that makes it throw. */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { decodeOperation, encodeOperation } from '$lib/domain/operation-codec';
import type { OperationContent } from '$lib/domain/operation';
import { canonicalJson, sameValue } from '$lib/domain/canonical-json';
import { deviceId } from '../fixtures/builders';
import { arbitraryHistory, arbitraryJson, PROPERTY_RUNS, PROPERTY_TIMEOUT_MS } from '../fixtures/arbitraries';

vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });

it('reads every operation back as it was written', () => {
	fc.assert(
		fc.property(arbitraryHistory, (history) => {
			for (const operation of history) {
				if (operation.type === 'unknown') continue;
				const { deviceId: device, sequence, ...content } = operation;
				const decoded = decodeOperation(encodeOperation(content as OperationContent), device, sequence);
				expect(decoded.ok && canonicalJson(JSON.parse(JSON.stringify(decoded.value)))).toBe(
					canonicalJson(JSON.parse(JSON.stringify(operation)))
				);
			}
		}),
		PROPERTY_RUNS
	);
});

it('answers any bytes with a Result and never throws', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				fc.uint8Array({ maxLength: 200 }),
				fc.json().map((json) => new TextEncoder().encode(json))
			),
			(bytes) => {
				expect(decodeOperation(bytes, deviceId(1), 1).ok).toBe(false);
			}
		),
		PROPERTY_RUNS
	);
});

it('[SY7] keeps a written operation with anything for a body as known or unknown, never as malformed', () => {
	fc.assert(
		fc.property(arbitraryHistory, fc.anything({ maxDepth: 3 }), (history, body) => {
			for (const { deviceId: device, sequence, ...operation } of history.slice(0, 2)) {
				const content = { ...operation, body, type: operation.type === 'unknown' ? 'request-amended' : operation.type };
				expect(decodeOperation(encodeOperation(JSON.parse(JSON.stringify(content))), device, sequence).ok).toBe(true);
			}
		}),
		PROPERTY_RUNS
	);
});

it('has one canonical text for one value', () => {
	fc.assert(
		fc.property(arbitraryJson, arbitraryJson, (a, b) => {
			expect(JSON.parse(canonicalJson(a))).toEqual(JSON.parse(JSON.stringify(a)));
			expect(sameValue(a, JSON.parse(canonicalJson(a)))).toBe(true);
			if (sameValue(a, b)) expect(canonicalJson(a)).toBe(canonicalJson(b));
		}),
		PROPERTY_RUNS
	);
});
