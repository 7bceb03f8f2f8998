/** Projection: what single operations make of the state, and how it is read. */
import { describe, expect, it } from 'vitest';
import {
	appliedHeads,
	applyOperation,
	canonicalState,
	decodeState,
	deviceInfos,
	emptyState,
	encodeState,
	foldOperations,
	isApplied,
	requestIds,
	requestRows,
	requestView,
	unknownCount,
	waitingCount
} from '$lib/domain/projection';
import {
	aDeviceJoined,
	anAmendment,
	anOperation,
	anUnknownOperation,
	aRequestOpened,
	aRequestView,
	deviceId,
	MONDAY,
	nameOfOperation,
	requestId,
	staffId
} from '../../fixtures/builders';

describe('applyOperation', () => {
	it('names the subject it touched, and nothing when the operation was applied already', () => {
		const state = emptyState();
		expect(applyOperation(state, aRequestOpened())).toBe(requestId(1));
		const before = canonicalState(state);
		expect(applyOperation(state, aRequestOpened())).toBeNull();
		expect(canonicalState(state)).toBe(before);
		expect(isApplied(state, deviceId(1), 1)).toBe(true);
		expect(isApplied(state, deviceId(1), 2)).toBe(false);
	});

	it('lets an operation wait until its request is opened, and counts it', () => {
		const state = emptyState();
		applyOperation(state, anAmendment({ sequence: 2, changes: { note: 'später' } }));
		expect(waitingCount(state)).toBe(1);
		expect(requestView(state, requestId(1))).toBeNull();
		expect(requestIds(state)).toEqual([]);
		applyOperation(state, aRequestOpened({ sequence: 1 }));
		expect(waitingCount(state)).toBe(0);
		expect(requestView(state, requestId(1))?.fields.note?.[0]?.value).toBe('später');
	});

	it('[SY7] counts operations of a newer version and marks the request they touch', () => {
		const state = foldOperations([aRequestOpened(), anUnknownOperation({ sequence: 2 })]);
		expect(unknownCount(state)).toBe(1);
		expect(requestRows(state)[0]?.unknownOperations).toBe(1);
		expect(requestView(state, requestId(1))?.history.map(({ type }) => type)).toEqual(['request-opened', 'unknown']);
	});

	it('forgets a replaced value that comes after the one that replaces it', () => {
		const replaced = nameOfOperation(2, 1);
		const replacing = anAmendment({
			sequence: 2,
			changes: { note: { path: 'note', value: 'neu', replaces: [replaced] } }
		});
		const late = anAmendment({ device: 2, sequence: 1, changes: { note: 'alt' } });
		const state = foldOperations([aRequestOpened(), replacing]);
		expect([...state.replacedUnseen.keys()]).toEqual([replaced]);
		applyOperation(state, late);
		expect(requestView(state, requestId(1))?.fields.note?.map(({ value }) => value)).toEqual(['neu']);
		expect(state.replacedUnseen.size).toBe(0);
	});

	it('does not let an operation replace itself', () => {
		const changes = { note: { path: 'note', value: 'bleibt', replaces: [nameOfOperation(1, 2)] } };
		const view = aRequestView([aRequestOpened(), anAmendment({ sequence: 2, changes })]);
		expect(view.fields.note?.map(({ value }) => value)).toEqual(['bleibt']);
	});

	it('replaces values of the named field only', () => {
		const changes = { note: { path: 'note', value: 'n', replaces: [nameOfOperation(1, 1)] } };
		const view = aRequestView([aRequestOpened(), anAmendment({ sequence: 2, changes })]);
		expect(view.fields['answers/plate']?.[0]?.value).toBe('SO-AB 123');
	});

	it('takes field names of the object prototype for what they are: names', () => {
		const view = aRequestView([aRequestOpened(), anAmendment({ sequence: 2, changes: { constructor: 'x' } })]);
		expect(Object.keys(view.fields)).toContain('constructor');
		expect(aRequestView().fields.status?.length).toBe(1);
	});
});

describe('a request opened twice', () => {
	const first = aRequestOpened({ device: 2, at: MONDAY, caseNumber: 'SO-AAAA-0001-00', changes: { note: 'a' } });
	const second = aRequestOpened({ device: 1, at: MONDAY + 1, caseNumber: 'SO-BBBB-0001-00', changes: { note: 'b' } });

	it.each([
		['in order', [first, second]],
		['the later first', [second, first]]
	])('is one request named by the earlier opening, %s', (_, operations) => {
		const view = aRequestView(operations);
		expect(view.caseNumber).toBe('SO-AAAA-0001-00');
		expect(view.furtherCaseNumbers).toEqual(['SO-BBBB-0001-00']);
		expect(view.fields.note?.map(({ value }) => value)).toEqual(['b', 'a']);
		expect(requestRows(foldOperations(operations))[0]?.furtherCaseNumbers).toEqual(['SO-BBBB-0001-00']);
	});
});

describe('requestView', () => {
	it('tells who opened it and when, and the history by time', () => {
		const early = anAmendment({ device: 2, at: MONDAY - 5, staff: 2, changes: { note: 'x', urgency: 'high' } });
		const view = aRequestView([aRequestOpened({ at: MONDAY, batch: 9 }), early]);
		expect(view).toMatchObject({ openedBy: staffId(1), batchId: requestId(9), formId: 'umschreibung', formVersion: 1 });
		expect(view.openedAt).toEqual({ recordedAt: MONDAY, clockOffset: null, tick: 1, deviceId: deviceId(1) });
		expect(view.history.map(({ type, paths }) => [type, paths])).toEqual([
			['request-amended', ['note', 'urgency']],
			['request-opened', expect.arrayContaining(['status', 'answers/plate'])]
		]);
	});

	it('is null for a subject that is no request', () => {
		const exported = anOperation('requests-exported', { medium: 'csv', count: 3, changes: {} });
		const state = foldOperations([exported]);
		expect(requestView(state, requestId(1))).toBeNull();
		expect(waitingCount(state)).toBe(0);
	});
});

describe('deviceInfos', () => {
	it('keeps what a device said last in its own history, whatever its clock said', () => {
		const said = [
			aDeviceJoined({ sequence: 5, at: MONDAY - 1e9, subject: 7, counter: 'Schalter 2' }),
			aDeviceJoined({ sequence: 1, at: MONDAY, subject: 7, counter: 'Schalter 1' })
		];
		for (const order of [said, said.toReversed()])
			expect(deviceInfos(foldOperations(order))).toMatchObject([{ deviceId: deviceId(1), counter: 'Schalter 2' }]);
	});
});

describe('appliedHeads', () => {
	it('ends at the first gap', () => {
		const state = foldOperations([1, 2, 4].map((sequence) => aDeviceJoined({ sequence })));
		expect([...appliedHeads(state)]).toEqual([[deviceId(1), 2]]);
	});
});

describe('encodeState', () => {
	const many = Array.from({ length: 300 }, (_, i) =>
		aRequestOpened({ sequence: i + 1, subject: i, changes: { note: 'x'.repeat(9_000) } })
	);

	it('cuts chunks of about a megabyte, and reads them back', () => {
		const state = foldOperations(many);
		const chunks = encodeState(state);
		expect(chunks.length).toBeGreaterThan(3);
		for (const chunk of chunks) expect(chunk.length).toBeLessThan(1_300_000);
		const decoded = decodeState(chunks);
		expect(decoded.ok && canonicalState(decoded.value)).toBe(canonicalState(state));
	});

	it('keeps the known clock error', () => {
		const state = foldOperations([aRequestOpened({ clockOffset: { ms: -5_000, source: 'https://rathaus' } })]);
		const decoded = decodeState(encodeState(state));
		expect(decoded.ok && canonicalState(decoded.value)).toBe(canonicalState(state));
	});

	it('refuses another fold version, a lost chunk and a broken one', () => {
		const chunks = encodeState(foldOperations(many));
		const [head, ...rest] = chunks;
		const other = new TextEncoder().encode(
			new TextDecoder().decode(head).replace(/"foldVersion":\d+/, '"foldVersion":999')
		);
		expect(decodeState([other, ...rest])).toEqual({ ok: false, error: { type: 'other-fold-version' } });
		const damaged = { ok: false, error: { type: 'damaged-state' } };
		expect(decodeState(chunks.slice(0, -1))).toEqual(damaged);
		expect(decodeState([])).toEqual(damaged);
		expect(decodeState([...chunks.slice(0, -1), Uint8Array.of(123)])).toEqual(damaged);
	});
});
