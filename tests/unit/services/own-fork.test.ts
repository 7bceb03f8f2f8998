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
		chainValueAt: async (sequence) => (sequence <= 6 ? OWN.chainValue(sequence) : null)
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
		watch.noteSaid(told);
		watch.noteShown(told);
		expect(await watch.judge()).toEqual({ type: 'none' });
		expect(await commonTo()).toBeUndefined();
	});

	it.each([
		['another history of the same length', head(OWN.fork(3), 6), 0],
		['another history that is shorter', head(OWN.fork(3), 5), 0],
		['a longer one', head(OWN, 9), 0],
		['something beyond a gap and beyond this device', head(OWN, 2, [[8, 9]]), 2]
	])('that says it holds %s is asked to show it, and ends nothing by that', async (_, told, common) => {
		watch.noteSaid(told);
		expect(await watch.judge()).toMatchObject({ type: 'in-doubt', offer: { sequence: common, beyond: [] } });
		expect(await commonTo()).toBeUndefined();
	});

	it('that shows it ends the identity, for good', async () => {
		watch.noteSaid(head(OWN.fork(4), 6));
		await watch.sift([OWN.fork(4).segment(5, 6)]);
		expect(await watch.judge()).toEqual({ type: 'ended' });
		expect(await commonTo()).toBe(4);
		expect(await log.appendPending(OWN.rows(7, 7), OWN.head(7), null)).toMatchObject({ error: { type: 'given-up' } });
	});

	it('that shows nothing but what this device has is asked on from there', async () => {
		watch.noteSaid(head(OWN.fork(4), 6));
		await watch.sift([OWN.segment(1, 3)]);
		expect(await watch.judge()).toMatchObject({ offer: { sequence: 3, chainValue: OWN.chainValue(3) } });
		expect(await commonTo()).toBeUndefined();
	});

	it('that refused what was offered is asked for what lies across, and ends the identity where that is cut otherwise', async () => {
		await log.replacePending(OWN.deviceId, 1, 6, [OWN.segment(1, 6)]);
		watch.noteSaid(head(OWN, 4));
		watch.noteRefused(1);
		expect(await watch.judge()).toMatchObject({ type: 'in-doubt', offer: { sequence: 0 } });
		await watch.sift([OWN.segment(1, 4)]);
		expect(await watch.judge()).toEqual({ type: 'ended' });
		// What was refused is recorded again, so that it can be taken.
		expect(await commonTo()).toBe(0);
	});

	it('is asked for its own way, whatever other servers hold of this one', async () => {
		for (const told of [head(OWN, 2), head(OWN, 6), head(OWN, 9)]) watch.noteFormer(told);
		expect(await watch.judge()).toEqual({ type: 'none' });
		watch.noteSaid(head(OWN.fork(4), 6));
		expect(await watch.judge()).toMatchObject({ type: 'in-doubt', offer: { sequence: 0 } });
		await watch.sift([OWN.segment(1, 3)]);
		expect(await watch.judge()).toMatchObject({ type: 'in-doubt', offer: { sequence: 3 } });
	});

	it('that refuses at its very head is asked for what lies before', async () => {
		watch.noteFormer(head(OWN, 6));
		watch.noteSaid(head(OWN.fork(4), 5));
		watch.noteRefused(6);
		expect(await watch.judge()).toMatchObject({ type: 'in-doubt', offer: { sequence: 0 } });
	});

	it('and an older word of others tell how much is common, never beyond where the ways part', async () => {
		for (const told of [head(OWN, 2), head(OWN, 4), head(OWN, 5), head(OWN, 6)]) watch.noteFormer(told);
		await watch.sift([OWN.fork(4).segment(4, 6)]);
		expect(await watch.judge()).toEqual({ type: 'ended' });
		// Where in the segment nobody knows: 3, its border, is equal for sure.
		expect(await commonTo()).toBe(3);
	});
});

describe('another device of this space', () => {
	it.each([
		['another history', head(OWN.fork(3), 6), 0],
		['a longer one', head(OWN, 9), 0]
	])('that holds %s ends the identity: it signs what it says', async (_, told, common) => {
		watch.noteShown(told);
		expect(await watch.judge()).toEqual({ type: 'ended' });
		expect(await commonTo()).toBe(common);
	});
});

describe('segments', () => {
	it('of others, and own ones that fill a gap, are let through', async () => {
		const segments = [OTHER.segment(1, 9), OWN.segment(2, 4)];
		expect(await watch.sift(segments)).toEqual(segments);
		expect(await watch.judge()).toEqual({ type: 'none' });
	});

	it.each([
		['goes on where this device does not', OWN.segment(5, 8), 4],
		['goes another way', OWN.fork(3).segment(4, 6), 3],
		['goes another way in the middle', OWN.fork(3).segment(3, 5), 2]
	])('one that %s is left out, and tells how much is common', async (_, segment, common) => {
		expect(await watch.sift([segment, OTHER.segment(1, 1)])).toHaveLength(1);
		expect(await watch.judge()).toEqual({ type: 'ended' });
		expect(await commonTo()).toBe(common);
	});
});
