/** The contract of the operation log: what every implementation must do, told once and run against each. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceId } from '$lib/domain/ids';
import type { Head, Heads, OperationLog, Segment } from '$lib/domain/operation-log';
import { err, ok } from '$lib/domain/result';
import { encodeSegmentHeader, segmentBytes } from '$lib/domain/segment-codec';
import { aHistory, deviceNumber, type DeviceHistory } from '../support/log-history';

/** An implementation with what surrounds it. */
export interface LogUnderTest {
	readonly log: OperationLog;
	putDraft(id: string): Promise<void>;
	hasDraft(id: string): Promise<boolean>;
	/** The next save fails as if the disk refused with this error. */
	refuseNext(name: string): void;
	/** Device clock of the next setting aside. */
	setClock(ms: number): void;
	/** Everything in memory is forgotten, only what is kept stays. */
	reopen(): Promise<OperationLog>;
	close(): Promise<void>;
}

const OWN = aHistory(deviceNumber(0xaa));
const OTHER = aHistory(deviceNumber(0xbb));
const THIRD = aHistory(deviceNumber(0xcc));
const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** What a test compares of a segment: the header is in its bytes. */
const nameOf = ({ header }: Segment) => `${header.deviceId.slice(0, 2)} ${header.firstSequence}+${header.count}`;
const names = (segments: readonly Segment[]) => segments.map(nameOf);
const sortedNames = (segments: readonly Segment[]) => names(segments).sort();
const headOf = (history: DeviceHistory, sequence: number, beyond: Head['beyond'] = []): Head => ({
	sequence,
	chainValue: history.chainValue(sequence),
	beyond
});
const headsOf = (...heads: readonly (readonly [DeviceHistory, Head])[]): Heads =>
	new Map(heads.map(([history, head]) => [history.deviceId, head] as const));

export function describeOperationLog(name: string, open: () => Promise<LogUnderTest>): void {
	describe(`operation log: ${name}`, () => {
		let kept: LogUnderTest;
		let log: OperationLog;
		beforeEach(async () => {
			kept = await open();
			log = kept.log;
		});
		afterEach(() => kept.close());

		const append = (from: number, to: number, draftId: string | null = null, history = OWN) =>
			log.appendPending(history.rows(from, to), history.head(to, { tick: to + 100, caseCounter: to + 10 }), draftId);
		const sortedBeyond = async (heads: Heads, maxBytes = EVERYTHING) =>
			sortedNames((await log.segmentsBeyond(heads, maxBytes)).segments);

		describe('saving', () => {
			it('begins at nothing', async () => {
				expect(await log.ownHead(OWN.deviceId)).toEqual(OWN.head(0, { tick: 0 }));
				expect(await log.pendingRows(OWN.deviceId)).toEqual([]);
				expect(await log.heads()).toEqual(new Map());
				expect(await log.size()).toEqual({ pending: 0, segments: 0, operations: 0 });
				expect(await log.segmentsBeyond(new Map(), EVERYTHING)).toEqual({ segments: [], more: false });
			});

			it('[LG2] gives back the rows as they were appended, also after reopening', async () => {
				const rows = OWN.rows(1, 3);
				expect(await log.appendPending(rows, OWN.head(3, { tick: 7, caseCounter: 2 }), null)).toEqual(ok(undefined));
				log = await kept.reopen();
				expect(await log.pendingRows(OWN.deviceId)).toEqual(rows);
				expect(await log.ownHead(OWN.deviceId)).toEqual(OWN.head(3, { tick: 7, caseCounter: 2 }));
				expect(await log.heads()).toEqual(headsOf([OWN, headOf(OWN, 3)]));
			});

			it('gives rows from a sequence on, in order, beyond ten and beyond 256', async () => {
				await append(1, 300);
				const rows = await log.pendingRows(OWN.deviceId, 255);
				expect(rows.map((row) => row.sequence)).toEqual(Array.from({ length: 46 }, (_, i) => 255 + i));
				expect(await log.pendingRows(OWN.deviceId, 301)).toEqual([]);
			});

			it('keeps the rows of two identities apart', async () => {
				await append(1, 2);
				await append(1, 3, null, OTHER);
				expect((await log.pendingRows(OWN.deviceId)).map((row) => row.sequence)).toEqual([1, 2]);
				expect(await log.heads()).toEqual(headsOf([OWN, headOf(OWN, 2)], [OTHER, headOf(OTHER, 3)]));
			});

			it('deletes the draft in the same save, and no other', async () => {
				await kept.putDraft('first');
				await kept.putDraft('second');
				await append(1, 1, 'first');
				expect([await kept.hasDraft('first'), await kept.hasDraft('second')]).toEqual([false, true]);
			});

			it.each([
				{ from: 1, to: 1, says: 'a number used already' },
				{ from: 2, to: 4, says: 'numbers that overlap' },
				{ from: 5, to: 5, says: 'a number that leaves a gap' }
			])('[LG1] refuses $says, and nothing is written', async ({ from, to }) => {
				await append(1, 3);
				await kept.putDraft('draft');
				expect(await append(from, to, 'draft')).toEqual(err({ type: 'head-moved', head: 3 }));
				expect(await log.ownHead(OWN.deviceId)).toEqual(OWN.head(3, { tick: 103, caseCounter: 13 }));
				expect(await log.pendingRows(OWN.deviceId)).toHaveLength(3);
				expect(await kept.hasDraft('draft')).toBe(true);
			});

			it('refuses a second first operation', async () => {
				await append(1, 1);
				expect(await append(1, 1)).toEqual(err({ type: 'head-moved', head: 1 }));
			});

			it('lets one of two saves at once through, and the other be tried again', async () => {
				const results = await Promise.all([append(1, 2), append(1, 2), append(1, 1)]);
				expect(results.filter((result) => result.ok)).toHaveLength(1);
				const { sequence } = await log.ownHead(OWN.deviceId);
				expect(results).toContainEqual(err({ type: 'head-moved', head: sequence }));
				expect(await log.pendingRows(OWN.deviceId)).toHaveLength(sequence);
				expect(await append(sequence + 1, sequence + 1)).toEqual(ok(undefined));
			});

			it('[LG2] says that it is not written when the disk refuses; the number is used again', async () => {
				await append(1, 1);
				await kept.putDraft('draft');
				kept.refuseNext('QuotaExceededError');
				expect(await append(2, 3, 'draft')).toEqual(err({ type: 'not-written', name: 'QuotaExceededError' }));
				expect(await log.ownHead(OWN.deviceId)).toEqual(OWN.head(1, { tick: 101, caseCounter: 11 }));
				expect(await log.pendingRows(OWN.deviceId)).toHaveLength(1);
				expect(await kept.hasDraft('draft')).toBe(true);
				expect(await append(2, 3, 'draft')).toEqual(ok(undefined));
				expect(await log.heads()).toEqual(headsOf([OWN, headOf(OWN, 3)]));
			});
		});

		describe('cutting', () => {
			it('puts segments in the place of their rows, and the head stays', async () => {
				await append(1, 6);
				const cut = [OWN.segment(1, 2), OWN.segment(3, 5)];
				expect(await log.replacePending(OWN.deviceId, 1, 5, cut)).toBe(true);
				log = await kept.reopen();
				expect((await log.pendingRows(OWN.deviceId)).map((row) => row.sequence)).toEqual([6]);
				expect((await log.segmentsBeyond(new Map(), EVERYTHING)).segments).toEqual(cut);
				expect(await log.heads()).toEqual(headsOf([OWN, headOf(OWN, 6)]));
				expect(await log.size()).toEqual({ pending: 1, segments: 2, operations: 6 });
				expect(await append(7, 7)).toEqual(ok(undefined));
			});

			it('goes on to the end, and saving goes on behind it', async () => {
				await append(1, 3);
				expect(await log.replacePending(OWN.deviceId, 1, 3, [OWN.segment(1, 3)])).toBe(true);
				expect(await log.heads()).toEqual(headsOf([OWN, headOf(OWN, 3)]));
				expect(await log.ownHead(OWN.deviceId)).toEqual(OWN.head(3, { tick: 103, caseCounter: 13 }));
				expect(await append(4, 4)).toEqual(ok(undefined));
				expect(await log.heads()).toEqual(headsOf([OWN, headOf(OWN, 4)]));
			});

			it.each([
				{ says: 'rows are gone', from: 1, to: 2, cut: () => [OWN.segment(1, 2)] },
				{ says: 'rows are not there yet', from: 3, to: 7, cut: () => [OWN.segment(3, 7)] },
				{ says: 'a segment lacks', from: 3, to: 6, cut: () => [OWN.segment(3, 4)] },
				{ says: 'no segment is given', from: 3, to: 6, cut: (): Segment[] => [] },
				{ says: 'nothing is to be cut', from: 3, to: 2, cut: (): Segment[] => [] },
				{ says: 'segments leave a gap', from: 3, to: 6, cut: () => [OWN.segment(3, 3), OWN.segment(5, 6)] },
				{ says: 'segments go on too far', from: 3, to: 5, cut: () => [OWN.segment(3, 6)] },
				{ says: 'a segment is of another device', from: 3, to: 6, cut: () => [OTHER.segment(3, 6)] },
				{ says: 'the history is another', from: 3, to: 6, cut: () => [OWN.fork(4).segment(3, 6)] },
				{
					says: 'the history is another within',
					from: 3,
					to: 6,
					cut: () => [OWN.fork(3).segment(3, 4), OWN.segment(5, 6)]
				}
			])('does nothing when $says', async ({ from, to, cut }) => {
				await append(1, 6);
				await append(1, 6, null, OTHER);
				expect(await log.replacePending(OWN.deviceId, 1, 2, [OWN.segment(1, 2)])).toBe(true);
				const before = { size: await log.size(), heads: await log.heads() };
				expect(await log.replacePending(OWN.deviceId, from, to, cut())).toBe(false);
				expect({ size: await log.size(), heads: await log.heads() }).toEqual(before);
			});

			it('lets one of two windows cut the same rows', async () => {
				await append(1, 4);
				const results = await Promise.all([
					log.replacePending(OWN.deviceId, 1, 4, [OWN.segment(1, 4)]),
					log.replacePending(OWN.deviceId, 1, 3, [OWN.segment(1, 3)])
				]);
				expect(results.filter(Boolean)).toHaveLength(1);
				expect(await log.heads()).toEqual(headsOf([OWN, headOf(OWN, 4)]));
			});

			it('tells the chain value before a row from rows, and from the segment before it', async () => {
				await append(1, 5);
				await log.replacePending(OWN.deviceId, 1, 3, [OWN.segment(1, 3)]);
				expect(await log.chainBefore(OWN.deviceId, 1)).toEqual(OWN.chainValue(0));
				expect(await log.chainBefore(OWN.deviceId, 4)).toEqual(OWN.chainValue(3));
				expect(await log.chainBefore(OWN.deviceId, 5)).toEqual(OWN.chainValue(4));
				expect(await log.chainBefore(OWN.deviceId, 6)).toEqual(OWN.chainValue(5));
				expect(await log.chainBefore(OWN.deviceId, 3)).toBeNull();
				expect(await log.chainBefore(OTHER.deviceId, 2)).toBeNull();
			});
		});

		describe('taking in', () => {
			it('stores what is new, as it is, also after reopening', async () => {
				const segments = [OTHER.segment(1, 2), OTHER.segment(3, 3), THIRD.segment(1, 5)];
				expect(await log.addSegments(segments)).toEqual({ added: segments, known: 0, clashing: [] });
				log = await kept.reopen();
				expect((await log.segmentsBeyond(new Map(), EVERYTHING)).segments).toEqual(segments);
				expect(await log.heads()).toEqual(headsOf([OTHER, headOf(OTHER, 3)], [THIRD, headOf(THIRD, 5)]));
				expect(await log.size()).toEqual({ pending: 0, segments: 3, operations: 8 });
			});

			it.each([
				{ says: 'as it was', again: () => [OTHER.segment(1, 4), OTHER.segment(5, 6)] },
				{ says: 'in one piece', again: () => [OTHER.segment(1, 6)] },
				{ says: 'in small pieces', again: () => OTHER.segments(1, 6, 1) },
				{ says: 'across the border', again: () => [OTHER.segment(3, 5), OTHER.segment(2, 4)] }
			])('[SY1] takes what is there already for known when it comes $says', async ({ again }) => {
				await log.addSegments([OTHER.segment(1, 4), OTHER.segment(5, 6)]);
				const before = { size: await log.size(), heads: await log.heads() };
				const segments = again();
				expect(await log.addSegments(segments)).toEqual({ added: [], known: segments.length, clashing: [] });
				expect({ size: await log.size(), heads: await log.heads() }).toEqual(before);
				expect(await log.setAsideSegments()).toEqual([]);
			});

			it('[SY1] takes a segment twice in one batch for known the second time', async () => {
				const { added, known } = await log.addSegments([OTHER.segment(1, 4), OTHER.segment(1, 4), OTHER.segment(2, 3)]);
				expect({ added: added.length, known }).toEqual({ added: 1, known: 2 });
			});

			it('[SY5] comes to the same whatever the order of arrival', async () => {
				const arrivals = OTHER.segments(1, 20, 3);
				for (const segment of [...arrivals].reverse()) await log.addSegments([segment]);
				expect(await log.heads()).toEqual(headsOf([OTHER, headOf(OTHER, 20)]));
				expect(names((await log.segmentsBeyond(new Map(), EVERYTHING)).segments)).toEqual(names(arrivals));
			});

			it.each([
				{ says: 'begins where another does and goes on', first: [1, 3], second: [1, 5] },
				{ says: 'ends where another does and begins before', first: [4, 6], second: [2, 6] },
				{ says: 'overlaps the end', first: [1, 4], second: [3, 7] },
				{ says: 'overlaps the beginning', first: [5, 9], second: [3, 6] },
				{ says: 'holds all of another', first: [3, 4], second: [1, 7] }
			] as const)('stores a segment beside another when it $says', async ({ first, second }) => {
				await log.addSegments([OTHER.segment(first[0], first[1])]);
				const { added } = await log.addSegments([OTHER.segment(second[0], second[1])]);
				expect(added).toHaveLength(1);
				expect(await log.size()).toMatchObject({ segments: 2 });
				expect(await sortedBeyond(new Map())).toHaveLength(2);
				const lowest = Math.min(first[0], second[0]);
				const highest = Math.max(first[1], second[1]);
				expect(await log.size()).toMatchObject({ operations: highest - lowest + 1 });
				for (let n = lowest; n <= highest; n++) expect(await log.segmentWith(OTHER.deviceId, n)).not.toBeNull();
			});

			it('[SY11] [SY12] takes a segment before its predecessor, and shows the gap', async () => {
				await log.addSegments([OTHER.segment(1, 2), OTHER.segment(5, 6), OTHER.segment(9, 9), OTHER.segment(10, 12)]);
				expect(await log.heads()).toEqual(
					headsOf([
						OTHER,
						headOf(OTHER, 2, [
							[5, 6],
							[9, 12]
						])
					])
				);
				await log.addSegments([OTHER.segment(3, 4)]);
				expect(await log.heads()).toEqual(headsOf([OTHER, headOf(OTHER, 6, [[9, 12]])]));
				await log.addSegments([OTHER.segment(7, 8)]);
				expect(await log.heads()).toEqual(headsOf([OTHER, headOf(OTHER, 12)]));
			});

			it('shows a device of which only what lies beyond a gap is here', async () => {
				await log.addSegments([OTHER.segment(4, 6)]);
				expect(await log.heads()).toEqual(headsOf([OTHER, headOf(OTHER, 0, [[4, 6]])]));
			});
		});

		describe('giving an identity up', () => {
			const NEXT = aHistory(deviceNumber(0xee));
			const beginning = (keptTo: number, givenUp: readonly Segment[], count = 2) => ({
				former: OWN.deviceId,
				keptTo,
				givenUp,
				rows: NEXT.rows(1, count),
				next: NEXT.head(count, { tick: 50 })
			});

			it('[SY15] stops writing under it, for good, and says up to where others hold the same', async () => {
				await append(1, 3);
				await log.stopWriting(OWN.deviceId, 2);
				await log.stopWriting(OWN.deviceId, 1);
				log = await kept.reopen();
				expect(await append(4, 4)).toEqual(err({ type: 'given-up' }));
				expect(await log.ownHead(OWN.deviceId)).toEqual({
					...OWN.head(3, { tick: 103, caseCounter: 13 }),
					commonTo: 2
				});
				expect(await log.pendingRows(OWN.deviceId)).toHaveLength(3);
			});

			it('[SY15] stops one that has written nothing', async () => {
				await log.stopWriting(OWN.deviceId, 0);
				expect(await append(1, 1)).toEqual(err({ type: 'given-up' }));
			});

			it('still cuts what was written under it', async () => {
				await append(1, 3);
				await log.stopWriting(OWN.deviceId, 3);
				expect(await log.replacePending(OWN.deviceId, 1, 3, [OWN.segment(1, 3)])).toBe(true);
			});

			it('[SY15] sets its rows and segments behind the fork aside and begins the next in one step', async () => {
				await append(1, 6);
				const givenUp = [OWN.segment(3, 4), OWN.segment(5, 6)];
				await log.replacePending(OWN.deviceId, 1, 4, [OWN.segment(1, 2), givenUp[0] as Segment]);
				await log.addSegments([OTHER.segment(1, 4)]);
				await log.stopWriting(OWN.deviceId, 2);
				kept.setClock(1_790_000_000_000);
				expect(await log.beginAnew(beginning(2, givenUp))).toEqual(ok(undefined));
				log = await kept.reopen();
				expect(await log.heads()).toEqual(
					headsOf([OWN, headOf(OWN, 2)], [OTHER, headOf(OTHER, 4)], [NEXT, headOf(NEXT, 2)])
				);
				expect(await log.pendingRows(OWN.deviceId)).toEqual([]);
				expect(await log.ownHead(NEXT.deviceId)).toEqual(NEXT.head(2, { tick: 50 }));
				const aside = await log.setAsideSegments();
				expect(aside).toEqual(
					expect.arrayContaining(
						givenUp.map((segment) => ({ segment, reason: 'given-up', setAsideAt: 1_790_000_000_000 }))
					)
				);
				expect(aside).toHaveLength(2);
				// The history of others under the old id can be taken in now.
				const theirs = OWN.fork(2).segment(3, 7);
				expect((await log.addSegments([theirs])).added).toEqual([theirs]);
				expect((await log.heads()).get(OWN.deviceId)).toEqual(headOf(OWN.fork(2), 7));
			});

			it('keeps all of it where nothing lies behind the fork, and what was not set aside', async () => {
				await append(1, 6);
				await log.stopWriting(OWN.deviceId, 2);
				expect(await log.beginAnew(beginning(2, [OWN.segment(5, 6)]))).toEqual(ok(undefined));
				expect((await log.pendingRows(OWN.deviceId)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
			});

			it('[SY15] takes out what another copy says was given up, and not the history of others under the same numbers', async () => {
				await append(1, 4);
				await log.replacePending(OWN.deviceId, 1, 2, [OWN.segment(1, 2)]);
				const cut = (await log.segmentWith(OWN.deviceId, 1)) as Segment;
				const rest = OWN.segment(3, 4);
				const aside = [cut, rest].map((segment) => ({ segment, reason: 'given-up' as const, setAsideAt: 7 }));
				await log.setAside(aside);
				expect((await log.heads()).has(OWN.deviceId)).toBe(false);
				expect(await log.pendingRows(OWN.deviceId)).toEqual([]);
				const theirs = OWN.fork(0).segments(1, 4, 2);
				await log.addSegments(theirs);
				await log.setAside(aside);
				expect((await log.segmentsBeyond(new Map(), EVERYTHING)).segments).toEqual(theirs);
			});

			it('does nothing for an identity that is not given up, nor twice', async () => {
				await append(1, 3);
				expect(await log.beginAnew(beginning(1, [OWN.segment(2, 3)]))).toEqual(err({ type: 'head-moved', head: 0 }));
				await log.stopWriting(OWN.deviceId, 1);
				expect(await log.beginAnew(beginning(1, [OWN.segment(2, 3)]))).toEqual(ok(undefined));
				expect(await log.beginAnew(beginning(1, [OWN.segment(2, 3)], 4))).toEqual(err({ type: 'head-moved', head: 2 }));
				expect(await log.pendingRows(NEXT.deviceId)).toHaveLength(2);
			});

			it('goes on under the next', async () => {
				await append(1, 1);
				await log.stopWriting(OWN.deviceId, 1);
				await log.beginAnew(beginning(1, []));
				expect(await append(3, 3, null, NEXT)).toEqual(ok(undefined));
				expect(await append(2, 2)).toEqual(err({ type: 'given-up' }));
			});
		});

		describe('second histories', () => {
			it.each([
				{ says: 'the same numbers', held: [1, 4], foreign: [1, 4], fork: 2 },
				{ says: 'the same last number, cut otherwise', held: [1, 6], foreign: [4, 6], fork: 4 },
				{ says: 'a predecessor that is not the one here', held: [1, 4], foreign: [5, 6], fork: 2 },
				{ says: 'the same first number after another predecessor', held: [5, 8], foreign: [5, 6], fork: 3 },
				{ says: 'an end that the next one here does not continue', held: [5, 8], foreign: [2, 4], fork: 2 }
			] as const)('[SY1] keeps apart $says', async ({ held, foreign, fork }) => {
				await log.addSegments([OTHER.segment(held[0], held[1])]);
				const before = { size: await log.size(), heads: await log.heads() };
				kept.setClock(1_790_000_000_000);
				const second = OTHER.fork(fork).segment(foreign[0], foreign[1]);
				expect(await log.addSegments([second])).toEqual({ added: [], known: 0, clashing: [second] });
				expect({ size: await log.size(), heads: await log.heads() }).toEqual(before);
				log = await kept.reopen();
				expect(await log.setAsideSegments()).toEqual([
					{ segment: second, reason: 'second-history', setAsideAt: 1_790_000_000_000 }
				]);
			});

			it('[SY1] keeps apart a first segment that does not begin at the beginning', async () => {
				const segment = OTHER.segment(1, 2);
				const header = { ...segment.header, chainBefore: OTHER.chainValue(9) };
				const odd = { ...segment, header, headerBytes: encodeSegmentHeader(header) };
				expect((await log.addSegments([odd])).clashing).toEqual([odd]);
				expect(await log.heads()).toEqual(new Map());
			});

			it('[SY5] takes the rest of the batch all the same', async () => {
				await log.addSegments([OTHER.segment(1, 2)]);
				const { added, clashing } = await log.addSegments([
					OTHER.fork(1).segment(2, 2),
					OTHER.segment(3, 4),
					THIRD.segment(1, 1)
				]);
				expect([names(added), names(clashing)]).toEqual([['bb 3+2', 'cc 1+1'], ['bb 2+1']]);
			});

			it('[SY1] keeps apart the second of two histories that come in one batch', async () => {
				const { added, clashing } = await log.addSegments([
					OTHER.segment(1, 2),
					OTHER.segment(3, 4),
					OTHER.fork(2).segment(3, 4)
				]);
				expect([names(added), names(clashing)]).toEqual([['bb 1+2', 'bb 3+2'], ['bb 3+2']]);
				const later = await log.addSegments([OTHER.segment(9, 9), OTHER.fork(7).segment(7, 8)]);
				expect([names(later.added), names(later.clashing)]).toEqual([['bb 9+1'], ['bb 7+2']]);
			});

			it('takes one that was set aside for known when it comes again', async () => {
				await log.addSegments([OTHER.segment(1, 2)]);
				const second = OTHER.fork(1).segment(1, 2);
				await log.addSegments([second]);
				expect(await log.addSegments([second])).toEqual({ added: [], known: 1, clashing: [] });
				expect(await log.setAsideSegments()).toHaveLength(1);
			});

			it('[SY15] meets its own id with another chain value against its pending rows', async () => {
				await append(1, 5);
				const cloned = OWN.fork(2).segment(1, 3);
				expect((await log.addSegments([cloned])).clashing).toEqual([cloned]);
				expect(await log.heads()).toEqual(headsOf([OWN, headOf(OWN, 5)]));
				expect(await log.pendingRows(OWN.deviceId)).toHaveLength(5);
			});

			it('keeps what is set aside with its first reason and time', async () => {
				const segment = OTHER.segment(1, 1);
				await log.setAside([{ segment, reason: 'unknown-staff', setAsideAt: 5 }]);
				await log.setAside([{ segment, reason: 'cannot-open', setAsideAt: 9 }]);
				expect(await log.setAsideSegments()).toEqual([{ segment, reason: 'unknown-staff', setAsideAt: 5 }]);
				expect(await log.heads()).toEqual(new Map());
			});
		});

		describe('own segments that come back', () => {
			it('[SY1] are known while their rows are still pending', async () => {
				await append(1, 5);
				expect(await log.addSegments([OWN.segment(1, 3)])).toMatchObject({ added: [], known: 1, clashing: [] });
				expect(await log.size()).toEqual({ pending: 5, segments: 0, operations: 5 });
			});

			it('move the head where they reach further, so that the next save continues them', async () => {
				await append(1, 2);
				await log.addSegments([OWN.segment(1, 4), OWN.segment(5, 6)]);
				expect(await log.ownHead(OWN.deviceId)).toEqual(OWN.head(6, { tick: 102, caseCounter: 12 }));
				expect(await append(3, 3)).toEqual(err({ type: 'head-moved', head: 6 }));
				expect(await append(7, 7)).toEqual(ok(undefined));
				expect(await log.heads()).toEqual(headsOf([OWN, headOf(OWN, 7)]));
				expect(await log.size()).toMatchObject({ operations: 7 });
			});

			it('[SY15] are continued also behind a gap: no number is told twice', async () => {
				await log.addSegments([OWN.segment(3, 4)]);
				expect(await log.ownHead(OWN.deviceId)).toEqual(OWN.head(4, { tick: 0 }));
				expect(await append(1, 1)).toEqual(err({ type: 'head-moved', head: 4 }));
				expect(await append(5, 5)).toEqual(ok(undefined));
				expect(await log.replacePending(OWN.deviceId, 5, 5, [OWN.segment(5, 5)])).toBe(true);
				expect((await log.heads()).get(OWN.deviceId)).toMatchObject({ sequence: 0, beyond: [[3, 5]] });
			});

			it('give a device that lost everything its head back', async () => {
				await log.addSegments([OWN.segment(1, 4)]);
				expect(await log.ownHead(OWN.deviceId)).toEqual(OWN.head(4, { tick: 0 }));
				expect(await append(5, 5)).toEqual(ok(undefined));
			});

			it('may be cut here once more', async () => {
				await append(1, 4);
				await log.addSegments([OWN.segment(1, 6)]);
				expect(await log.replacePending(OWN.deviceId, 1, 4, [OWN.segment(1, 4)])).toBe(true);
				expect(await log.heads()).toEqual(headsOf([OWN, headOf(OWN, 6)]));
				expect(await log.size()).toEqual({ pending: 0, segments: 2, operations: 6 });
			});
		});

		describe('what lies beyond', () => {
			beforeEach(async () => {
				await append(1, 5);
				await log.replacePending(OWN.deviceId, 1, 4, [OWN.segment(1, 4)]);
				await log.addSegments([...OTHER.segments(1, 12, 3), THIRD.segment(1, 2), THIRD.segment(6, 8)]);
			});

			it('is everything cut, by device and sequence, where nothing is held', async () => {
				const { segments, more } = await log.segmentsBeyond(new Map(), EVERYTHING);
				expect(names(segments)).toEqual(['aa 1+4', 'bb 1+3', 'bb 4+3', 'bb 7+3', 'bb 10+3', 'cc 1+2', 'cc 6+3']);
				expect(more).toBe(false);
			});

			it('is nothing beyond the own heads', async () => {
				expect(await log.segmentsBeyond(await log.heads(), EVERYTHING)).toEqual({ segments: [], more: false });
			});

			it('holds the segment that reaches across a head', async () => {
				const heads = headsOf([OWN, headOf(OWN, 4)], [OTHER, headOf(OTHER, 7)], [THIRD, headOf(THIRD, 99)]);
				expect(await sortedBeyond(heads)).toEqual(['bb 10+3', 'bb 7+3']);
			});

			it('leaves out what the other holds beyond a gap, and fills the gap', async () => {
				const heads = headsOf(
					[OWN, headOf(OWN, 4)],
					[OTHER, headOf(OTHER, 3, [[7, 9]])],
					[THIRD, headOf(THIRD, 0, [[6, 8]])]
				);
				expect(await sortedBeyond(heads)).toEqual(['bb 10+3', 'bb 4+3', 'cc 1+2']);
			});

			it('holds a segment across the end of a gap once', async () => {
				const heads = headsOf(
					[OWN, headOf(OWN, 4)],
					[
						OTHER,
						headOf(OTHER, 4, [
							[6, 7],
							[9, 12]
						])
					],
					[THIRD, headOf(THIRD, 8)]
				);
				expect(await sortedBeyond(heads)).toEqual(['bb 4+3', 'bb 7+3']);
			});

			it('takes ranges that touch the head for held', async () => {
				const heads = headsOf(
					[OWN, headOf(OWN, 0, [[1, 4]])],
					[OTHER, headOf(OTHER, 3, [[4, 12]])],
					[THIRD, headOf(THIRD, 8)]
				);
				expect(await sortedBeyond(heads)).toEqual([]);
			});

			it('comes in parts, each at least one segment, and ends', async () => {
				const one = segmentBytes(OTHER.segment(1, 3));
				for (const maxBytes of [1, one, 2 * one, 3 * one + 1]) {
					const held = new Map<DeviceId, Head>();
					const parts: string[][] = [];
					for (let more = true; more;) {
						const part = await log.segmentsBeyond(held, maxBytes);
						more = part.more;
						parts.push(names(part.segments));
						for (const segment of part.segments) hold(held, segment);
					}
					expect(parts.flat()).toEqual(await sortedByDevice());
					const most = Math.max(1, Math.floor(maxBytes / one));
					expect(Math.max(...parts.map((part) => part.length))).toBe(most);
				}
			});
			const hold = (held: Map<DeviceId, Head>, { header }: Segment) => {
				const head = held.get(header.deviceId) ?? { sequence: 0, chainValue: new Uint8Array(32), beyond: [] };
				const last = header.firstSequence + header.count - 1;
				held.set(header.deviceId, { ...head, beyond: [...head.beyond, [header.firstSequence, last]] });
			};
			const sortedByDevice = async () => names((await log.segmentsBeyond(new Map(), EVERYTHING)).segments);

			it('finds the segment that holds an operation', async () => {
				const nameWith = async ({ deviceId }: DeviceHistory, sequence: number) => {
					const segment = await log.segmentWith(deviceId, sequence);
					return segment && nameOf(segment);
				};
				expect(await nameWith(OWN, 4)).toBe('aa 1+4');
				expect(await nameWith(OWN, 5)).toBeNull();
				expect(await nameWith(OTHER, 1)).toBe('bb 1+3');
				expect(await nameWith(OTHER, 7)).toBe('bb 7+3');
				expect(await nameWith(THIRD, 4)).toBeNull();
				expect(await nameWith(THIRD, 6)).toBe('cc 6+3');
				expect(await nameWith(THIRD, 9)).toBeNull();
			});
		});

		it('counts different operations, however often they are held', async () => {
			await append(1, 3);
			await log.addSegments([OTHER.segment(1, 4), OTHER.segment(3, 6), OWN.segment(1, 5)]);
			expect(await log.size()).toEqual({ pending: 3, segments: 3, operations: 11 });
		});
	});
}
