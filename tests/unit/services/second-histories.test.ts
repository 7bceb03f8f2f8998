/** [SY1] Another chain value at the same number is a second history, also where it lies inside of segments. */
import { expect, it } from 'vitest';
import type { DeviceId } from '$lib/domain/ids';
import { partHistories } from '$lib/services/second-histories';
import type { Segment } from '$lib/domain/operation-log';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import { aHistory } from '../../support/log-history';
import { createMemoryOperationLog } from '../../support/memory-operation-log';

const history = aHistory();
const fork = history.fork(4);
const later = history.fork(7);

/** Holds 1–3 and 4–6; what it holds, it can open. */
async function ports() {
	const log = createMemoryOperationLog();
	await log.addSegments(history.segments(1, 6, 3));
	const chainValueAt = async (_deviceId: unknown, sequence: number) =>
		sequence <= 6 ? history.chainValue(sequence) : null;
	const chainValueIn = async (segment: Segment, sequence: number) => {
		const told = segment.header.chainAfter.join();
		const own = [history, fork, later].find((one) => one.chainValue(lastSequenceOf(segment)).join() === told);
		return own?.chainValue(sequence) ?? null;
	};
	return { log, chainValueAt, chainValueIn };
}

it.each([
	['begins inside a held segment and reaches beyond', fork.segment(6, 8)],
	['lies inside a held segment', fork.segment(5, 5)],
	['ends inside a held segment', fork.segment(2, 5)],
	['begins where both are the same, and reaches beyond', fork.segment(4, 8)],
	['holds all that is held and more', fork.segment(1, 9)]
])('a second history that %s is told apart', async (_case, segment) => {
	expect(await partHistories(await ports(), [segment])).toEqual({ joining: [], apart: [segment], waiting: [] });
});

it('the same history, however it was cut, and what only follows, is joined', async () => {
	const segments = [history.segment(5, 5), history.segment(6, 8), history.segment(2, 7), fork.segment(9, 12)];
	expect(await partHistories(await ports(), segments)).toEqual({ joining: segments, apart: [], waiting: [] });
});

it('two histories that come at once, neither of them held, are told apart', async () => {
	const [first, second, behind] = [history.segment(7, 9), later.segment(7, 9), history.segment(8, 12)];
	expect(await partHistories(await ports(), [first, second, behind])).toEqual({
		joining: [first, behind],
		apart: [second],
		waiting: []
	});
});

it('two histories that come at once and part inside of both are told apart', async () => {
	const [first, second] = [history.segment(1, 8), fork.segment(3, 9)];
	const log = createMemoryOperationLog();
	expect(await partHistories({ ...(await ports()), log }, [first, second])).toEqual({
		joining: [first],
		apart: [second],
		waiting: []
	});
});

/** As it is before the exchange that brought it has told the key or the person: only borders are known. */
const untold = async (segment: Segment, sequence: number) =>
	sequence === lastSequenceOf(segment) ? segment.header.chainAfter : null;

it.each([
	['goes another way', fork.segment(4, 8)],
	['is the same history', history.segment(4, 8)]
])('what shares numbers with a held segment and does not open yet waits, where it %s', async (_case, segment) => {
	const closed = { ...(await ports()), chainValueIn: untold };
	expect(await partHistories(closed, [segment])).toEqual({ joining: [], apart: [], waiting: [segment] });
});

it('what shares numbers with a held segment that does not open yet waits', async () => {
	const held = await ports();
	const chainValueAt = async (deviceId: DeviceId, sequence: number) => held.log.chainBefore(deviceId, sequence + 1);
	const segment = fork.segment(4, 5);
	expect(await partHistories({ ...held, chainValueAt }, [segment])).toEqual({
		joining: [],
		apart: [],
		waiting: [segment]
	});
});

it('of two that come at once and do not open yet, the second waits', async () => {
	const [first, second] = [history.segment(1, 8), fork.segment(3, 9)];
	const closed = { log: createMemoryOperationLog(), chainValueAt: async () => null, chainValueIn: untold };
	expect(await partHistories(closed, [first, second])).toEqual({ joining: [first], apart: [], waiting: [second] });
});

it('nothing waits that its borders tell the whole of', async () => {
	const [known, follows, forked] = [history.segment(4, 6), history.segment(7, 9), fork.segment(4, 6)];
	const closed = { ...(await ports()), chainValueIn: untold };
	expect(await partHistories(closed, [known, follows, forked])).toEqual({
		joining: [known, follows],
		apart: [forked],
		waiting: []
	});
});
