/** How long the fold takes: 10,000 requests with two amendments each, as after some weeks of an outage. `npx vitest bench --project unit`. */
import { bench, describe } from 'vitest';
import { decodeOperation, encodeOperation } from '$lib/domain/operation-codec';
import type { AnyOperation, OperationContent } from '$lib/domain/operation';
import { decodeState, encodeState, foldOperations, requestRows } from '$lib/domain/projection';

import { anAmendment, aRequestOpened, nameOfOperation } from '../fixtures/builders';

const REQUESTS = 10_000;
const DEVICES = 8;

/** About twenty answers, as a Halterwechsel has them. */
const answers = Object.fromEntries(
	Array.from({ length: 18 }, (_, i): [string, string] => [`answers/field${i}`, `Antwort ${i}`])
);

function history(): AnyOperation[] {
	const sequences = new Map<number, number>();
	const next = (device: number): number => {
		const sequence = (sequences.get(device) ?? 0) + 1;
		sequences.set(device, sequence);
		return sequence;
	};
	const operations: AnyOperation[] = [];
	for (let subject = 0; subject < REQUESTS; subject++) {
		const device = subject % DEVICES;
		const first = next(device);
		operations.push(
			aRequestOpened({
				device,
				sequence: first,
				subject,
				changes: { ...answers, 'answers/familyName': `Muster ${subject}` }
			})
		);
		for (const value of ['a', 'b']) {
			const sequence = next(device);
			const replaces = value === 'a' ? [] : [nameOfOperation(device, sequence - 1)];
			const changes = { note: { path: 'note', value, replaces } };
			operations.push(anAmendment({ device, sequence, subject, changes }));
		}
	}
	return operations;
}

const operations = history();
const lines = operations.map((operation) => {
	const { deviceId: device, sequence, ...content } = operation;
	return { device, sequence, bytes: encodeOperation(content as OperationContent) };
});
const reversed = operations.toReversed();
const state = foldOperations(operations);
const chunks = encodeState(state);

describe('30,000 operations over 10,000 requests', () => {
	const options = { iterations: 7, time: 0, warmupIterations: 1, warmupTime: 0 };
	bench(
		'decode',
		() => void lines.map(({ bytes, device, sequence }) => decodeOperation(bytes, device, sequence)),
		options
	);
	bench('fold', () => void foldOperations(operations), options);
	bench('fold, last first', () => void foldOperations(reversed), options);
	bench('rows', () => void requestRows(state), options);
	bench('write the snapshot', () => void encodeState(state), options);
	bench('read the snapshot', () => void decodeState(chunks), options);
});
