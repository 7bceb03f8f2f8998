/** [SY1] Another chain value at the same number is a second history, also where it lies inside of segments. */
import { expect, it } from 'vitest';
import { partHistories } from '$lib/services/second-histories';
import { aHistory } from '../../support/log-history';
import { createMemoryOperationLog } from '../../support/memory-operation-log';

const history = aHistory();
const fork = history.fork(4);

/** Holds 1–3 and 4–6; what it holds, it can open. */
async function ports() {
	const log = createMemoryOperationLog();
	await log.addSegments(history.segments(1, 6, 3));
	const chainValueAt = async (_deviceId: unknown, sequence: number) =>
		sequence <= 6 ? history.chainValue(sequence) : null;
	return { log, chainValueAt };
}

it.each([
	['begins inside a held segment and reaches beyond', fork.segment(6, 8)],
	['lies inside a held segment', fork.segment(5, 5)],
	['ends inside a held segment', fork.segment(2, 5)]
])('a second history that %s is told apart', async (_case, segment) => {
	expect(await partHistories(await ports(), [segment])).toEqual({ joining: [], apart: [segment] });
});

it('the same history, however it was cut, and what only follows, is joined', async () => {
	const segments = [history.segment(5, 5), history.segment(6, 8), history.segment(2, 7), fork.segment(9, 12)];
	expect(await partHistories(await ports(), segments)).toEqual({ joining: segments, apart: [] });
});
