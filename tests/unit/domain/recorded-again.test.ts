/** Operations recorded again under a new identity: how they are written, and how they fold. */
import { describe, expect, it } from 'vitest';
import type { OperationName } from '$lib/domain/ids';
import type { AnyOperation, OperationContent } from '$lib/domain/operation';
import { decodeOperation, encodeOperation } from '$lib/domain/operation-codec';
import { canonicalState, decodeState, encodeState, foldOperations, requestView } from '$lib/domain/projection';
import { recordAgain } from '$lib/domain/recorded-again';
import { conflictPaths, currentText } from '$lib/domain/request';
import {
	anAmendment,
	anUnknownOperation,
	aRequestOpened,
	deviceId,
	nameOfOperation,
	requestId,
	staffId
} from '../../fixtures/builders';
import { must } from '../../support/test-space';

/** What a device says again as number `sequence` of device 9, in the words of the code under test. */
function again(operation: AnyOperation, sequence: number, signedBy = operation.staffId): AnyOperation {
	const name = nameOfOperation(1, operation.sequence);
	const newNames = new Map<string, OperationName>([[nameOfOperation(1, 1), nameOfOperation(9, 1)]]);
	const line = recordAgain(lineOf(operation), name, signedBy, newNames);
	if (!line) throw new Error('an operation can be recorded again');
	return must(decodeOperation(line, deviceId(9), sequence));
}
function lineOf({ deviceId: _device, sequence: _sequence, ...content }: AnyOperation): Uint8Array {
	if (content.type !== 'unknown') return encodeOperation(content as OperationContent);
	const { writtenType, ...rest } = content;
	return new TextEncoder().encode(JSON.stringify({ ...rest, type: writtenType, body: { odd: [1] } }));
}
const fold = (...operations: AnyOperation[]) => foldOperations(operations);
const view = (...operations: AnyOperation[]) => requestView(fold(...operations), requestId(1));
const replacing = (device: number, sequence: number, value: string, ...names: OperationName[]) =>
	anAmendment({
		device,
		sequence,
		changes: { 'answers/plate': { path: 'answers/plate', value, replaces: names } }
	});

const opened = aRequestOpened();
const amended = replacing(1, 2, 'SO-B 2', nameOfOperation(1, 1));

describe('an operation recorded again', () => {
	it('says all as it was, with its first name, and with the new names of what it replaces', () => {
		const { deviceId: _d, sequence: _s, ...before } = amended;
		expect(again(amended, 2)).toEqual({
			...before,
			deviceId: deviceId(9),
			sequence: 2,
			formerName: nameOfOperation(1, 2),
			body: { changes: { 'answers/plate': { value: 'SO-B 2', replaces: [nameOfOperation(9, 1)] } } }
		});
	});

	it('is signed by who is here, and names its author', () => {
		const said = again(opened, 1, staffId(7));
		expect(said).toMatchObject({ staffId: staffId(7), authorId: staffId(1) });
		const [entry] = view(said)?.history ?? [];
		expect(entry).toMatchObject({ staffId: staffId(1), again: { signedBy: staffId(7) } });
	});

	it('keeps its first name and author when it is recorded a third time', () => {
		const second = again(opened, 1, staffId(7));
		const third = recordAgain(lineOf(second), nameOfOperation(9, 1), staffId(8), new Map());
		expect(must(decodeOperation(third!, deviceId(8), 4))).toMatchObject({
			formerName: nameOfOperation(1, 1),
			authorId: staffId(1),
			staffId: staffId(8)
		});
	});

	it('[SY7] may be of a version that is not known here', () => {
		const said = again(anUnknownOperation({ sequence: 3 }), 3);
		expect(said).toMatchObject({ type: 'unknown', writtenType: 'request-amended', formerName: nameOfOperation(1, 3) });
	});

	it('claims no author without a former name', () => {
		const line = new TextEncoder().encode(JSON.stringify({ ...opened, authorId: staffId(3) }));
		expect(decodeOperation(line, deviceId(1), 1).ok).toBe(false);
	});
});

describe('an operation met under both names', () => {
	it('stays one request with one number, one value each, one line in its history', () => {
		const both = view(opened, again(opened, 1), amended, again(amended, 2));
		expect(both?.furtherCaseNumbers).toBeUndefined();
		expect(both?.history).toHaveLength(2);
		expect(both?.fields['answers/plate']?.map(({ value }) => value)).toEqual(['SO-B 2']);
		expect(both && conflictPaths(both)).toEqual([]);
	});

	it.each([
		['the old name', nameOfOperation(1, 1)],
		['the new name', nameOfOperation(9, 1)]
	])('is replaced by what names %s, in whatever order all comes', (_, name) => {
		const operations = [opened, again(opened, 1), replacing(3, 1, 'SO-C 3', name)];
		const states = permutations(operations).map((order) => canonicalState(foldOperations(order)));
		expect(new Set(states).size).toBe(1);
		expect(view(...operations)?.fields['answers/plate']?.map(({ value }) => value)).toEqual(['SO-C 3']);
	});

	it('counts unknown ones once', () => {
		const unknown = anUnknownOperation();
		expect(fold(unknown, again(unknown, 1)).unknownCount).toBe(1);
	});

	it('[SY4] is the same after a snapshot', () => {
		const state = fold(again(opened, 1), amended);
		expect(canonicalState(must(decodeState(encodeState(state))))).toBe(canonicalState(state));
	});
});

describe('the true history under the old name', () => {
	const other = aRequestOpened({ subject: 2, at: 5, caseNumber: 'SO-7KXM-0142-51' });
	const sameRequest = replacing(1, 2, 'SO-X 9', nameOfOperation(1, 1));

	it('is another operation, and both stay', () => {
		const state = fold(again(opened, 1), other);
		expect(requestView(state, requestId(1))?.history).toHaveLength(1);
		expect(requestView(state, requestId(2))?.history).toHaveLength(1);
	});

	it('[SY9] contradicts it where both changed the same field, in whatever order all comes', () => {
		const elsewhere = { ...sameRequest, tick: 99 };
		const operations = [opened, again(amended, 2), elsewhere, again(opened, 1)];
		const states = permutations(operations).map((order) => canonicalState(foldOperations(order)));
		expect(new Set(states).size).toBe(1);
		const both = view(...operations);
		expect(both && conflictPaths(both)).toEqual(['answers/plate']);
		expect(both && currentText(both, 'answers/plate')).not.toBe('');
	});
});

function permutations<T>(list: readonly T[]): T[][] {
	if (list.length <= 1) return [[...list]];
	return list.flatMap((one, i) => permutations(list.filter((_, j) => j !== i)).map((rest) => [one, ...rest]));
}
