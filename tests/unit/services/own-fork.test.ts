/** [SY15] Whether a device's id lives a second life elsewhere, told by heads, segments and refusals. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Head } from '$lib/domain/operation-log';
import { createForkWatch } from '$lib/services/own-fork';
import { aHistory, deviceNumber } from '../../support/log-history';
import { createMemoryOperationLog } from '../../support/memory-operation-log';

const OWN = aHistory(deviceNumber(0xaa));
const OTHER = aHistory(deviceNumber(0xbb));
let log: ReturnType<typeof createMemoryOperationLog>;
let watch: ReturnType<typeof createForkWatch>;

beforeEach(async () => {
	log = createMemoryOperationLog();
	await log.appendPending(OWN.rows(1, 6), OWN.head(6), null);
	watch = createForkWatch({
		log,
		deviceId: OWN.deviceId,
		chainValueAt: (sequence) => log.chainBefore(OWN.deviceId, sequence + 1)
	});
});

const head = (history: typeof OWN, sequence: number, beyond: Head['beyond'] = []): Head => ({
	sequence,
	chainValue: history.chainValue(sequence),
	beyond
});
const commonTo = async () => (await log.ownHead(OWN.deviceId)).commonTo;

describe('a server', () => {
	it.each([
		['nothing', undefined],
		['no operation yet', head(OWN, 0)],
		['a part of it', head(OWN, 4)],
		['all of it', head(OWN, 6)],
		['a part beyond a gap', head(OWN, 2, [[4, 6]])]
	])('that holds %s ends nothing', async (_, told) => {
		watch.note(told);
		expect(await watch.judge()).toBe(false);
		expect(await commonTo()).toBeUndefined();
	});

	it.each([
		['another history of the same length', head(OWN.fork(3), 6), 0],
		['another history that is shorter', head(OWN.fork(3), 5), 0],
		['a longer one', head(OWN, 9), 0],
		['something beyond a gap and beyond this device', head(OWN, 2, [[8, 9]]), 2]
	])('that holds %s ends the identity, for good', async (_, told, common) => {
		watch.note(told);
		expect(await watch.judge()).toBe(true);
		expect(await commonTo()).toBe(common);
		expect(await log.appendPending(OWN.rows(7, 7), OWN.head(7), null)).toMatchObject({ error: { type: 'given-up' } });
	});

	it('that refused what was offered ends it too', async () => {
		watch.note(head(OWN, 4));
		watch.noteRefused();
		expect(await watch.judge()).toBe(true);
		expect(await commonTo()).toBe(4);
	});

	it('and an older word of any server tell together how much is common', async () => {
		for (const told of [head(OWN, 2), head(OWN, 4), head(OWN.fork(4), 6)]) watch.note(told);
		await watch.judge();
		expect(await commonTo()).toBe(4);
	});
});

describe('segments', () => {
	it('of others, and own ones that fill a gap, are let through', async () => {
		const segments = [OTHER.segment(1, 9), OWN.segment(2, 4)];
		expect(await watch.sift(segments)).toEqual(segments);
		expect(await watch.judge()).toBe(false);
	});

	it.each([
		['goes on where this device does not', OWN.segment(5, 8), 4],
		['goes another way', OWN.fork(3).segment(4, 6), 3],
		['goes another way in the middle', OWN.fork(3).segment(3, 5), 2]
	])('one that %s is left out, and tells how much is common', async (_, segment, common) => {
		expect(await watch.sift([segment, OTHER.segment(1, 1)])).toHaveLength(1);
		expect(await watch.judge()).toBe(true);
		expect(await commonTo()).toBe(common);
	});
});
