/** The write door: numbers without gaps and without doubles, all of a save or nothing of it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPending } from '$lib/crypto/seal';
import { caseNumberParts, parseCaseNumber } from '$lib/domain/case-number';
import { idFromBytes } from '$lib/domain/ids';
import { MAX_OPERATION_BYTES, type AnyOperation } from '$lib/domain/operation';
import { decodeOperation } from '$lib/domain/operation-codec';
import type { OperationLog } from '$lib/domain/operation-log';
import type { Decision } from '$lib/domain/request';
import { err } from '$lib/domain/result';
import { createRecorder } from '$lib/services/recorder';
import { recordOperations } from '$lib/services/record-operation';
import { MONDAY } from '../../fixtures/builders';
import { createMemoryOperationLog } from '../../support/memory-operation-log';
import { opening, testDesk, type TestDesk } from '../../support/test-desk';
import { must, testSpace, type TestSpace } from '../../support/test-space';
import { stubWebLocks } from '../../support/web-locks';

let space: TestSpace;
let desk: TestDesk;
let refusal: string | null;
let drafts: Set<string>;

beforeEach(async () => {
	stubWebLocks();
	refusal = null;
	drafts = new Set(['draft-1']);
	space = await testSpace();
	const beforeCommit = () => {
		if (refusal) throw new DOMException('', refusal);
	};
	desk = await testDesk(space, { log: createMemoryOperationLog({ drafts, beforeCommit }) });
});
afterEach(() => void vi.unstubAllGlobals());

async function written(): Promise<AnyOperation[]> {
	const [keys] = desk.keys();
	const operations: AnyOperation[] = [];
	for (const row of await desk.log.pendingRows(desk.deviceId)) {
		const bytes = keys && must(await openPending(row, keys, space.spaceId));
		if (bytes) operations.push(must(decodeOperation(bytes, row.deviceId, row.sequence)));
	}
	return operations;
}
const caseCountersOf = (operations: readonly AnyOperation[]) =>
	operations.flatMap((operation) =>
		operation.type === 'request-opened'
			? [caseNumberParts(must(parseCaseNumber(operation.body.caseNumber))).sequence]
			: []
	);
const joined: Decision = {
	type: 'device-joined',
	subjectId: idFromBytes(new Uint8Array(16).fill(9)),
	body: { publicKey: 'BKey', counter: 'Schalter 1', site: 'Bürgerbüro', deviceCode: '7KXM', changes: {} }
};
const tooLarge = (): Decision => {
	const decided = opening(9);
	const notes = Object.fromEntries(
		[1, 2, 3, 4].map((n) => [`notes/${n}`, { value: 'ä'.repeat(20_000), replaces: [] }])
	);
	return { ...decided, body: { ...decided.body, changes: notes } } as Decision;
};

describe('recording', () => {
	it('names, stamps and signs for the person, and gives case numbers to requests alone', async () => {
		await desk.write(opening(1), joined, opening(2));
		const operations = await written();
		expect(operations.map(({ sequence, tick, type }) => [sequence, tick, type])).toEqual([
			[1, 1, 'request-opened'],
			[2, 2, 'device-joined'],
			[3, 3, 'request-opened']
		]);
		expect(caseCountersOf(operations)).toEqual([1, 2]);
		expect(
			operations.every(({ staffId, recordedAt }) => staffId === space.opened.staffId && recordedAt === MONDAY)
		).toBe(true);
		expect(await desk.log.ownHead(desk.deviceId)).toMatchObject({ sequence: 3, tick: 3, caseCounter: 2 });
	});

	it('gives no number twice when two windows save at the same time', async () => {
		const twin = { ...desk.pen };
		await Promise.all(
			Array.from({ length: 20 }, (_, i) => recordOperations(i % 2 ? desk.pen : twin, [opening(i + 1), joined])).map(
				async (saved) => must(await saved)
			)
		);
		const operations = await written();
		expect(operations.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
		expect(caseCountersOf(operations)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
		expect(new Set(operations.map(({ tick }) => tick)).size).toBe(40);
	});

	it('says that nothing was written when another process was faster, and can be repeated', async () => {
		const racing: OperationLog = {
			...desk.log,
			ownHead: async (deviceId) => {
				const head = await desk.log.ownHead(deviceId);
				if (head.sequence === 0) await desk.write(opening(1));
				return head;
			}
		};
		vi.unstubAllGlobals();
		vi.stubGlobal('navigator', { locks: { request: (_: string, held: () => unknown) => Promise.resolve(held()) } });
		const pen = { ...desk.pen, log: racing };
		expect(await recordOperations(pen, [opening(2)])).toEqual(err({ type: 'not-written', name: 'head-moved' }));
		expect((await recordOperations(pen, [opening(2)])).ok).toBe(true);
		expect(caseCountersOf(await written())).toEqual([1, 2]);
	});

	it('refuses a save of which one part is too large, and writes nothing of it', async () => {
		const refused = await recordOperations(desk.pen, [opening(1), tooLarge()]);
		expect(refused).toMatchObject({ ok: false, error: { type: 'too-large' } });
		expect(refused.ok || (refused.error.type === 'too-large' && refused.error.bytes)).toBeGreaterThan(
			MAX_OPERATION_BYTES
		);
		expect(await written()).toEqual([]);
		await desk.write(opening(1));
		expect(caseCountersOf(await written())).toEqual([1]);
	});

	it('[LG2] uses its numbers again after a disk that refused, and keeps the draft', async () => {
		await desk.write(opening(1));
		const before = await desk.log.ownHead(desk.deviceId);
		refusal = 'QuotaExceededError';
		expect(await recordOperations(desk.pen, [opening(2)], 'draft-1')).toEqual(
			err({ type: 'not-written', name: 'QuotaExceededError' })
		);
		expect(await desk.log.ownHead(desk.deviceId)).toEqual(before);
		expect(drafts.has('draft-1')).toBe(true);
		refusal = null;
		expect((await recordOperations(desk.pen, [opening(2)], 'draft-1')).ok).toBe(true);
		expect(drafts.has('draft-1')).toBe(false);
		expect(caseCountersOf(await written())).toEqual([1, 2]);
	});

	it('ticks above all that was observed and all that was written', async () => {
		const pen = { ...desk.pen, observedTick: () => 41 };
		must(await recordOperations(pen, [opening(1), opening(2)]));
		must(await recordOperations({ ...pen, observedTick: () => 7 }, [opening(3)]));
		expect((await written()).map(({ tick }) => tick)).toEqual([42, 43, 44]);
	});

	it('[SY8] writes down the clock as it is, ten years either way, and what is known of its error', async () => {
		const decade = 10 * 365 * 86_400_000;
		const clockOffset = { ms: -decade, source: 'http://server.test' };
		const pen = { ...desk.pen, clockOffset: () => clockOffset };
		desk.clock.time = MONDAY + decade;
		must(await recordOperations(pen, [opening(1)]));
		desk.clock.time = MONDAY - decade;
		must(await recordOperations(pen, [opening(2)]));
		const operations = await written();
		expect(operations.map(({ recordedAt }) => recordedAt)).toEqual([MONDAY + decade, MONDAY - decade]);
		expect(operations.map(({ tick }) => tick)).toEqual([1, 2]);
		expect(operations[0]?.clockOffset).toEqual(clockOffset);
	});

	it('gives no case number again after an older copy of the profile was filled up by an exchange', async () => {
		for (let n = 1; n <= 3; n++) await desk.write(opening(n));
		const segments = await desk.segments();
		const restored = await testDesk(space, { device: desk.device });
		await restored.log.addSegments(segments);
		const window = await restored.openWindow();
		await window.open();
		const pen = {
			...restored.pen,
			observedTick: () => window.facts().maxTick,
			observedCaseCounter: () => window.facts().ownCaseCounter
		};
		await window.keeper.applyWritten(must(await recordOperations(pen, [opening(4)])));
		expect(window.facts().ownCaseCounter).toBe(4);
		expect(new Set(window.rows().map((row) => row.caseNumber)).size).toBe(4);
	});
});

describe('the recorder', () => {
	const recorderOf = (part: Partial<Parameters<typeof createRecorder>[0]> = {}) => {
		const states: string[] = [];
		const told: number[] = [];
		const record = createRecorder({
			pen: desk.pen,
			isClosed: () => false,
			onGivenUp: () => states.push('given up'),
			setSave: (save) => states.push(save),
			onWritten: async (operations) => void told.push(operations.length),
			...part
		});
		return { record, states, told };
	};

	it('says saved only after the disk has it', async () => {
		const { record, states, told } = recorderOf();
		const saving = record([opening(1)], null);
		expect(states).toEqual(['saving']);
		expect(await saving).toEqual({ ok: true, value: undefined });
		expect(states).toEqual(['saving', 'saved']);
		expect(told).toEqual([1]);
	});

	it('says failed when the disk refused, and tells nobody', async () => {
		const { record, states, told } = recorderOf();
		refusal = 'QuotaExceededError';
		expect(await record([opening(1)], null)).toEqual(err({ type: 'not-written', name: 'QuotaExceededError' }));
		expect(states).toEqual(['saving', 'failed']);
		expect(told).toEqual([]);
	});

	it('says failed when the log cannot even be read, and saves again afterwards', async () => {
		let isGone = true;
		const log: OperationLog = {
			...desk.log,
			ownHead: (deviceId) =>
				isGone ? Promise.reject(new DOMException('', 'UnknownError')) : desk.log.ownHead(deviceId)
		};
		const { record, states } = recorderOf({ pen: { ...desk.pen, log } });
		expect(await record([opening(1)], null)).toEqual(err({ type: 'not-written', name: 'UnknownError' }));
		isGone = false;
		expect((await record([opening(1)], null)).ok).toBe(true);
		expect(states).toEqual(['saving', 'failed', 'saving', 'saved']);
	});

	it('stays at saving while another save is under way, and writes nothing once locked', async () => {
		const { record, states } = recorderOf();
		await Promise.all([record([opening(1)], null), record([opening(2)], null)]);
		expect(states).toEqual(['saving', 'saving', 'saving', 'saved']);
		const locked = recorderOf({ isClosed: () => true });
		expect(await locked.record([opening(3)], null)).toEqual(err({ type: 'locked' }));
		expect(await written()).toHaveLength(2);
	});

	it('has nothing to do for nothing', async () => {
		const { record, states } = recorderOf();
		expect((await record([], null)).ok).toBe(true);
		expect(states).toEqual([]);
	});
});
