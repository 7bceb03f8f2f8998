/** What every store of a server must do; run on SQLite, and on PostgreSQL when it comes. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordIdOf } from '$lib/crypto/keyring';
import type { DeviceId, RecordId } from '$lib/domain/ids';
import type { Segment } from '$lib/domain/operation-log';
import { segmentBytes } from '$lib/domain/segment-codec';
import type { Store } from '$lib/server/store';
import { MAX_DEVICES } from '$lib/sync/protocol';
import { aSegment, testCounter, type TestCounter } from '../support/test-counter';
import { must, testSpace, type TestSpace } from '../support/test-space';

export interface OpenedStore {
	readonly store: Store;
	/** Closes and opens again: what was committed is there. */
	reopen(): Promise<Store>;
	stop(): Promise<void>;
}

const NOW = 1_800_000_000_000;
const NOTHING = { sequence: 0, chainValue: new Uint8Array(32), beyond: [] };

export function storeContract(name: string, openStore: () => Promise<OpenedStore>): void {
	describe(`store: ${name}`, () => {
		let opened: OpenedStore;
		let store: Store;
		let space: TestSpace;
		let counter: TestCounter;

		beforeEach(async () => {
			opened = await openStore();
			store = opened.store;
			space = await testSpace();
			counter = await testCounter(space);
			await store.offerCode('code', 'given', NOW);
			must(await create(space, 'code', counter));
		});
		afterEach(() => opened.stop());

		/** What one call brings. */
		const takeIn = async (segments: readonly Segment[], nowMs: number) =>
			(await store.takeIn([{ spaceId: space.spaceId, segments }], nowMs))[0]!;
		const create = async (of: TestSpace, codeHash: string, by: TestCounter) => {
			const recordId = await recordIdOf(of.record.bytes);
			return store.createSpace({
				spaceId: of.spaceId,
				codeHash,
				records: [{ recordId, record: of.record }],
				summary: { tips: [recordId], revoked: [] },
				deviceKeys: [by.deviceKey],
				nowMs: NOW
			});
		};

		describe('what whoever looks after it may see', () => {
			it('names spaces in their order, and of each device numbers, sizes and times', async () => {
				const [second, other] = [await testCounter(space), await testSpace()];
				await store.addDevices(space.spaceId, [second.deviceKey], NOW + 1);
				await store.offerCode('other', 'made', NOW);
				must(await create(other, 'other', await testCounter(other)));
				expect(new Set(await store.spaceIds())).toEqual(new Set([space.spaceId, other.spaceId]));
				const [first, , third] = [await aSegment(counter, 3), await aSegment(counter, 2), await aSegment(counter, 4)];
				await takeIn([first, third], NOW + 5);
				const overview = await store.overview(space.spaceId);
				expect(overview).toEqual([
					{
						deviceId: counter.deviceId,
						enrolledAt: NOW,
						sequence: 3,
						beyond: [[6, 9]],
						forked: false,
						sizeBytes: [first, third].reduce((sum, segment) => sum + segmentBytes(segment), 0),
						lastContactAt: NOW + 5
					},
					{
						deviceId: second.deviceId,
						enrolledAt: NOW + 1,
						sequence: 0,
						beyond: [],
						forked: false,
						sizeBytes: 0,
						lastContactAt: null
					}
				]);
			});

			it('keeps the time of the last contact, of devices that it knows', async () => {
				const { spaceId } = space;
				const stranger = await testCounter(await testSpace());
				await store.noteContacts([
					{ spaceId, deviceId: counter.deviceId, atMs: NOW + 7 },
					{ spaceId, deviceId: stranger.deviceId, atMs: NOW + 8 }
				]);
				store = await opened.reopen();
				expect((await store.overview(spaceId)).map(({ lastContactAt }) => lastContactAt)).toEqual([NOW + 7]);
			});
		});

		describe('spaces and codes', () => {
			it('keeps what a space was laid with', async () => {
				const tips = [await recordIdOf(space.record.bytes)];
				expect(await store.hasSpaces()).toBe(true);
				expect(await store.space(space.spaceId)).toEqual({ tips, revoked: new Set(), recordCount: 1 });
				expect(await store.records(space.spaceId)).toEqual([space.record]);
				expect(await store.deviceKeys(space.spaceId)).toEqual([counter.deviceKey]);
				expect(await store.heads(space.spaceId)).toEqual(new Map([[counter.deviceId, NOTHING]]));
			});

			it('takes a code once, also when two call at the same time', async () => {
				await store.offerCode('one', 'made', NOW);
				const [first, second] = [await testSpace(), await testSpace()];
				const results = await Promise.all([
					create(first, 'one', await testCounter(first)),
					create(second, 'one', await testCounter(second))
				]);
				expect(results.filter(({ ok }) => ok)).toHaveLength(1);
				expect(results).toContainEqual({ ok: false, error: { type: 'code-used' } });
				const laid = await Promise.all([store.space(first.spaceId), store.space(second.spaceId)]);
				expect(laid.filter((row) => row !== null)).toHaveLength(1);
			});

			it('knows no code that was not offered, and keeps nothing of such a try', async () => {
				const other = await testSpace();
				expect(await create(other, 'unknown', await testCounter(other))).toEqual({
					ok: false,
					error: { type: 'wrong-code' }
				});
				expect(await store.space(other.spaceId)).toBeNull();
			});

			it('lets the code of this start take the place of the last start’s, and of no other', async () => {
				await store.offerCode('start-1', 'start', NOW);
				await store.offerCode('made-1', 'made', NOW);
				await store.offerCode('start-2', 'start', NOW);
				const tried = async (code: string) => {
					const other = await testSpace();
					return (await create(other, code, await testCounter(other))).ok;
				};
				expect([await tried('start-1'), await tried('made-1'), await tried('start-2')]).toEqual([false, true, true]);
			});

			it('does not make a used code good again by offering it once more', async () => {
				await store.offerCode('code', 'given', NOW);
				const other = await testSpace();
				expect(await create(other, 'code', await testCounter(other))).toEqual({
					ok: false,
					error: { type: 'code-used' }
				});
			});
		});

		describe('devices and records', () => {
			it('leaves a known key as it is', async () => {
				await takeIn([await aSegment(counter)], NOW);
				const planted = { ...counter.deviceKey, publicKey: new Uint8Array(65).fill(9) };
				await store.addDevices(space.spaceId, [planted], NOW);
				expect(await store.deviceKey(space.spaceId, counter.deviceId)).toEqual(counter.publicKey);
				expect((await store.heads(space.spaceId)).get(counter.deviceId)?.sequence).toBe(3);
			});

			it('takes in no more devices than its limit', async () => {
				const many = Array.from({ length: MAX_DEVICES + 5 }, (_, i) => ({
					deviceId: i.toString(16).padStart(32, '0') as DeviceId,
					publicKey: new Uint8Array(65)
				}));
				await store.addDevices(space.spaceId, many, NOW);
				expect(await store.deviceKeys(space.spaceId)).toHaveLength(MAX_DEVICES);
			});

			it('adds records only onto the state they were folded with', async () => {
				const recordId = 'e'.repeat(32) as RecordId;
				const summary = { tips: [recordId], revoked: [counter.deviceId] };
				const added = [{ recordId, record: { bytes: new Uint8Array([1]), signature: new Uint8Array(64) } }];
				expect(await store.addRecords(space.spaceId, added, summary, 7)).toBe(false);
				expect(await store.records(space.spaceId)).toHaveLength(1);
				expect(await store.addRecords(space.spaceId, added, summary, 1)).toBe(true);
				expect(await store.space(space.spaceId)).toEqual({
					tips: [recordId],
					revoked: new Set([counter.deviceId]),
					recordCount: 2
				});
				expect(await store.records(space.spaceId)).toEqual([space.record, added[0]!.record]);
			});
		});

		describe('segments', () => {
			const heads = () => store.heads(space.spaceId);
			const all = async () => (await store.segmentsBeyond(space.spaceId, new Map(), 1e9)).segments;

			it('gives back what it took in, byte for byte, also after a restart', async () => {
				await counter.write(6);
				const segments = await counter.cutAll(2);
				expect(await takeIn(segments, NOW)).toEqual([]);
				store = await opened.reopen();
				expect(await all()).toEqual(segments);
				const chainValue = segments[2]!.header.chainAfter;
				expect(await heads()).toEqual(new Map([[counter.deviceId, { sequence: 6, chainValue, beyond: [] }]]));
			});

			it('[SY1] changes nothing by what it holds, however it is cut', async () => {
				await counter.write(6);
				await takeIn(await counter.cutAll(6), NOW);
				const before = [await heads(), await all()];
				for (const size of [1, 2, 3, 4, 5, 6]) expect(await takeIn(await counter.cutAll(size), NOW)).toEqual([]);
				expect([await heads(), await all()]).toEqual(before);
			});

			it('[SY11][SY12] accepts a segment before its predecessor and shows the gap', async () => {
				await counter.write(6);
				const [first, second, third] = await counter.cutAll(2);
				await takeIn([third!], NOW);
				expect((await heads()).get(counter.deviceId)).toEqual({ ...NOTHING, beyond: [[5, 6]] });
				await takeIn([first!], NOW);
				expect((await heads()).get(counter.deviceId)).toMatchObject({ sequence: 2, beyond: [[5, 6]] });
				await takeIn([second!], NOW);
				const chainValue = third!.header.chainAfter;
				expect((await heads()).get(counter.deviceId)).toEqual({ sequence: 6, chainValue, beyond: [] });
			});

			it.each([
				['at the same place', 1, 4],
				['beyond the head', 5, 6]
			])('[SY1] refuses a second history %s and takes the rest', async (_case, from, to) => {
				const clone = await testCounter(space, counter.identity);
				const other = await testCounter(space);
				await store.addDevices(space.spaceId, [other.deviceKey], NOW);
				await counter.write(4, 'original');
				await clone.write(6, 'clone');
				await takeIn(await counter.cutAll(4), NOW);
				const before = (await heads()).get(counter.deviceId);
				const [clashing] = await clone.cut(from, to);
				const refused = await takeIn([clashing!, await aSegment(other)], NOW);
				expect(refused).toEqual([{ deviceId: counter.deviceId, firstSequence: from, reason: 'second-history' }]);
				expect((await heads()).get(counter.deviceId)).toEqual(before);
				expect((await heads()).get(other.deviceId)?.sequence).toBe(3);
			});

			it('[SY15] keeps a clone out for good and lets the original go on, also after a restart', async () => {
				const clone = await testCounter(space, counter.identity);
				await counter.write(9, 'original');
				await clone.write(12, 'clone');
				await takeIn(await counter.cut(1, 5), NOW);
				const refused = await takeIn(await clone.cut(1, 8), NOW);
				expect(refused).toEqual([{ deviceId: counter.deviceId, firstSequence: 1, reason: 'overlapping' }]);
				store = await opened.reopen();
				const beyondGap = await takeIn(await clone.cut(9, 12), NOW);
				expect(beyondGap).toEqual([{ deviceId: counter.deviceId, firstSequence: 9, reason: 'second-history' }]);
				expect(await takeIn(await counter.cut(6, 9), NOW)).toEqual([]);
				expect((await heads()).get(counter.deviceId)).toMatchObject({ sequence: 9, beyond: [] });
			});

			it('refuses segments of devices it does not know', async () => {
				const stranger = await testCounter(space);
				expect(await takeIn([await aSegment(stranger)], NOW)).toEqual([
					{ deviceId: stranger.deviceId, firstSequence: 1, reason: 'unknown-device' }
				]);
			});

			it('hands out what lies beyond the caller’s heads and ranges, in portions', async () => {
				await counter.write(80);
				const segments = await counter.cutAll(2);
				await takeIn(segments, NOW);
				const held = { sequence: 10, chainValue: new Uint8Array(32), beyond: [[13, 70] as const] };
				const theirs = new Map([[counter.deviceId, held]]);
				const beyond = await store.segmentsBeyond(space.spaceId, theirs, 1e9);
				expect(beyond).toEqual({ segments: [segments[5], ...segments.slice(35)], more: false });
				const one = await store.segmentsBeyond(space.spaceId, theirs, 1);
				expect(one).toEqual({ segments: [segments[5]], more: true });
				expect(await store.segmentsBeyond(space.spaceId, await heads(), 1e9)).toEqual({ segments: [], more: false });
			});

			it('takes in what several calls of several spaces bring in one transaction, and says of each what it refused', async () => {
				const other = await testSpace();
				const elsewhere = await testCounter(other);
				const stranger = await testCounter(space);
				await store.offerCode('other', 'made', NOW);
				must(await create(other, 'other', elsewhere));
				const mine = await aSegment(counter);
				const next = await aSegment(counter);
				const theirs = await aSegment(elsewhere);
				const strange = await aSegment(stranger);
				const intakes = [
					{ spaceId: space.spaceId, segments: [next] },
					{ spaceId: other.spaceId, segments: [theirs] },
					{ spaceId: space.spaceId, segments: [strange, mine] },
					{ spaceId: space.spaceId, segments: [mine] },
					{ spaceId: space.spaceId, segments: [] }
				];
				const unknown = { deviceId: stranger.deviceId, firstSequence: 1, reason: 'unknown-device' };
				expect(await store.takeIn(intakes, NOW)).toEqual([[], [], [unknown], [], []]);
				store = await opened.reopen();
				expect((await heads()).get(counter.deviceId)?.sequence).toBe(6);
				expect((await store.heads(other.spaceId)).get(elsewhere.deviceId)?.sequence).toBe(3);
			});

			it('[SY2] takes in nothing of any call when one of them fails', async () => {
				const good = await aSegment(counter);
				const other = await testCounter(space);
				await store.addDevices(space.spaceId, [other.deviceKey], NOW);
				const bad = await aSegment(other);
				const unstorable = { ...bad, signature: null as unknown as Uint8Array };
				const intakes = [good, unstorable].map((segment) => ({ spaceId: space.spaceId, segments: [segment] }));
				await expect(store.takeIn(intakes, NOW)).rejects.toThrow();
				expect(await all()).toEqual([]);
				expect((await heads()).get(counter.deviceId)).toEqual(NOTHING);
				await takeIn([good, bad], NOW);
				expect(await all()).toHaveLength(2);
			});

			it('keeps spaces apart', async () => {
				const other = await testSpace();
				await store.offerCode('other', 'made', NOW);
				must(await create(other, 'other', await testCounter(other)));
				await takeIn([await aSegment(counter)], NOW);
				expect(await store.segmentsBeyond(other.spaceId, new Map(), 1e9)).toEqual({ segments: [], more: false });
			});
		});

		describe('join packages', () => {
			const packageHash = 'package';
			const leave = (uses: number, expiresAt = NOW + 1_000) =>
				store.createJoinPackage(
					{ packageHash, spaceId: space.spaceId, sealed: new Uint8Array([1, 2]), uses, expiresAt },
					NOW
				);
			const take = (by: TestCounter, nowMs = NOW) => store.takeJoinPackage(packageHash, by.deviceKey, nowMs);

			it('counts each use once while many take at the same time', async () => {
				await leave(3);
				const callers = await Promise.all(Array.from({ length: 8 }, () => testCounter(space)));
				const results = await Promise.all(callers.map((caller) => take(caller)));
				expect(results.filter(({ ok }) => ok)).toHaveLength(3);
				expect(results.filter(({ ok }) => !ok)).toEqual(
					Array.from({ length: 5 }, () => ({ ok: false, error: { type: 'code-used' } }))
				);
				expect(await store.deviceKeys(space.spaceId)).toHaveLength(4);
			});

			it('gives the same device the same package again, until it ends', async () => {
				await leave(1);
				const caller = await testCounter(space);
				const taken = { ok: true, value: { spaceId: space.spaceId, sealed: new Uint8Array([1, 2]) } };
				expect(await take(caller)).toEqual(taken);
				expect(await take(caller)).toEqual(taken);
				expect(await take(caller, NOW + 1_000)).toEqual({ ok: false, error: { type: 'code-expired' } });
			});

			it('enrols nobody by one that is unknown or has ended', async () => {
				const caller = await testCounter(space);
				expect(await take(caller)).toEqual({ ok: false, error: { type: 'wrong-code' } });
				await leave(1, NOW - 1);
				expect(await take(caller)).toEqual({ ok: false, error: { type: 'code-expired' } });
				expect(await store.deviceKey(space.spaceId, caller.deviceId)).toBeNull();
			});

			it('gives back no use when it is left once more', async () => {
				await leave(1);
				must(await take(await testCounter(space)));
				await leave(1, NOW + 9_000);
				expect(await take(await testCounter(space))).toEqual({ ok: false, error: { type: 'code-used' } });
			});

			it('lets no other space take its name over', async () => {
				await leave(1);
				const other = await testSpace();
				await store.offerCode('other', 'made', NOW);
				must(await create(other, 'other', await testCounter(other)));
				await store.createJoinPackage(
					{ packageHash, spaceId: other.spaceId, sealed: new Uint8Array([9]), uses: 9, expiresAt: NOW + 9_000 },
					NOW
				);
				expect(must(await take(await testCounter(space))).spaceId).toBe(space.spaceId);
			});
		});

		it('writes a probe, and says so when it cannot', async () => {
			await store.probe(NOW);
			await store.close();
			await expect(store.probe(NOW)).rejects.toThrow();
		});
	});
}
