/** What the Dexie log does beyond the contract: durability, damage, cost, and a table of heads that can be made anew. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Head, OperationLog, Segment } from '$lib/domain/operation-log';
import { err, ok } from '$lib/domain/result';
import { PROPERTY_RUNS } from '../../fixtures/arbitraries';
import { openDexieLog, type DexieLogUnderTest } from '../../support/dexie-log';
import { aHistory, deviceNumber } from '../../support/log-history';
import { createMemoryOperationLog } from '../../support/memory-operation-log';

const OWN = aHistory(deviceNumber(0xaa));
const OTHER = aHistory(deviceNumber(0xbb));
/** Each run opens a database: RUNS in the thousands take minutes. */
const PROPERTY_TIMEOUT_MS = 60_000 + 1_000 * (PROPERTY_RUNS.numRuns ?? 100);
const EVERYTHING = Number.MAX_SAFE_INTEGER;

let kept: DexieLogUnderTest;
beforeEach(async () => {
	kept = await openDexieLog();
});
afterEach(() => kept.close());

const append = (from: number, to: number) => kept.log.appendPending(OWN.rows(from, to), OWN.head(to), null);

describe('a save', () => {
	it('[LG2] is one strict transaction', async () => {
		const begin = vi.spyOn(kept.database.backendDB(), 'transaction');
		expect(await append(1, 3)).toEqual(ok(undefined));
		expect(begin.mock.calls.map(([, mode, options]) => [mode, options?.durability])).toEqual([['readwrite', 'strict']]);
	});

	it('is told as done only when the transaction is complete', async () => {
		const order: string[] = [];
		const { backendDB } = kept.database;
		const real = backendDB.call(kept.database);
		vi.spyOn(real, 'transaction').mockImplementation((...args) => {
			const transaction = IDBDatabase.prototype.transaction.apply(real, args);
			transaction.addEventListener('complete', () => order.push('complete'));
			return transaction;
		});
		await append(1, 1).then(() => order.push('told'));
		expect(order).toEqual(['complete', 'told']);
	});

	it('is refused with the name of the fault when a row is there already', async () => {
		await append(1, 1);
		await kept.database.ownHead.clear();
		expect(await append(1, 1)).toEqual(err({ type: 'not-written', name: 'ConstraintError' }));
		expect(await kept.log.pendingRows(OWN.deviceId)).toHaveLength(1);
	});

	it('is refused when the database was closed meanwhile', async () => {
		const { database } = kept;
		database.close();
		expect(await append(1, 1)).toMatchObject({ ok: false, error: { type: 'not-written' } });
		await kept.reopen();
	});

	it.each([
		{ says: 'no rows', rows: () => [], head: OWN.head(0) },
		{ says: 'a gap between rows', rows: () => [OWN.row(1), OWN.row(3)], head: OWN.head(3) },
		{ says: 'rows of another device', rows: () => [OTHER.row(1)], head: OWN.head(1) },
		{ says: 'a head that does not follow', rows: () => OWN.rows(1, 2), head: OWN.head(3) }
	])('[LG1] throws on a caller that hands in $says', ({ rows, head }) => {
		expect(() => kept.log.appendPending(rows(), head, null)).toThrow('append');
	});

	it('keeps no more bytes than are its own', async () => {
		const message = new Uint8Array(100_000);
		const row = { ...OWN.row(1), sealed: message.subarray(10, 60) };
		await kept.log.appendPending([row], OWN.head(1), null);
		const segment = { ...OTHER.segment(1, 1), sealed: message.subarray(50, 100) };
		await kept.log.addSegments([segment]);
		const rows = [...(await kept.database.pending.toArray()), ...(await kept.database.segments.toArray())];
		expect(rows.map((one) => (one as { sealed: Uint8Array }).sealed.buffer.byteLength)).toEqual([50, 50]);
	});
});

describe('damage', () => {
	const damaged = () => kept.database.damage.rows();

	it('of a pending row is reported once, and the others are read', async () => {
		await append(1, 3);
		await kept.database.pending.put({ ...OWN.row(2), chainValue: 'gone' });
		for (let i = 0; i < 2; i++)
			expect((await kept.log.pendingRows(OWN.deviceId)).map((row) => row.sequence)).toEqual([1, 3]);
		expect(damaged()).toEqual([{ table: 'pending', key: `${OWN.deviceId}:2` }]);
	});

	it.each([
		{ says: 'header', change: (row: object) => ({ ...row, headerBytes: new Uint8Array([1, 2]) }) },
		{ says: 'content', change: (row: object) => ({ ...row, sealed: null }) },
		{ says: 'place', change: (row: object) => ({ ...row, firstSequence: 4, lastSequence: 4 }) },
		{ says: 'end', change: (row: object) => ({ ...row, lastSequence: 5 }) }
	])('of a segment’s $says is reported, and the others are read', async ({ change }) => {
		await kept.log.addSegments([OTHER.segment(1, 2), OTHER.segment(3, 4), OTHER.segment(5, 6)]);
		const key: [string, number, number] = [OTHER.deviceId, 4, 3];
		const row = (await kept.database.segments.get(key)) as object;
		await kept.database.segments.delete(key);
		await kept.database.segments.put(change(row));
		const { segments } = await kept.log.segmentsBeyond(new Map(), EVERYTHING);
		expect(segments.map(({ header }) => header.firstSequence)).toEqual([1, 5]);
		expect(damaged()).toHaveLength(1);
	});

	it('of a row within keeps the rows uncut: nothing may stand for what is not there', async () => {
		await append(1, 4);
		await kept.database.pending.delete([OWN.deviceId, 2]);
		expect(await kept.log.replacePending(OWN.deviceId, 1, 4, [OWN.segment(1, 4)])).toBe(false);
		expect((await kept.log.pendingRows(OWN.deviceId)).map((row) => row.sequence)).toEqual([1, 3, 4]);
		const beyond: Head['beyond'] = [[3, 4]];
		expect(await kept.log.heads()).toEqual(
			new Map([[OWN.deviceId, { sequence: 1, chainValue: OWN.chainValue(1), beyond }]])
		);
	});

	it('of a segment heals: the heads made anew show the gap, and what comes again takes its place', async () => {
		const whole = OTHER.segments(1, 6, 2);
		await kept.log.addSegments(whole);
		await kept.database.segments.put({ deviceId: OTHER.deviceId, lastSequence: 4, firstSequence: 3 });
		await kept.log.rebuildHeads();
		const beyond: Head['beyond'] = [[5, 6]];
		expect(await kept.log.heads()).toEqual(
			new Map([[OTHER.deviceId, { sequence: 2, chainValue: OTHER.chainValue(2), beyond }]])
		);
		await kept.log.addSegments(whole);
		expect((await kept.log.heads()).get(OTHER.deviceId)?.sequence).toBe(6);
		expect((await kept.log.segmentsBeyond(new Map(), EVERYTHING)).segments).toEqual(whole);
	});

	it('of what is set aside, and of the own head, is reported', async () => {
		await kept.database.setAside.put({ id: 'broken' });
		await kept.database.ownHead.put({ deviceId: OWN.deviceId, sequence: -1 });
		expect(await kept.log.setAsideSegments()).toEqual([]);
		expect((await kept.log.ownHead(OWN.deviceId)).sequence).toBe(0);
		expect(damaged().map(({ table }) => table)).toEqual(['setAside', 'ownHead']);
	});

	it('is told to those who listen', async () => {
		const listener = vi.fn();
		const end = kept.database.damage.listen(listener);
		kept.database.damage.report('drafts', 'a');
		kept.database.damage.report('drafts', 'a');
		end();
		kept.database.damage.report('drafts', 'b');
		expect(listener.mock.calls).toEqual([[{ table: 'drafts', key: 'a' }]]);
	});
});

describe('cost', () => {
	const SEGMENTS = 400;
	/** Counts the segments read while `act` runs. */
	async function rowsRead(act: () => Promise<unknown>): Promise<number> {
		let rows = 0;
		const count = (row: unknown) => {
			rows++;
			return row;
		};
		kept.database.segments.hook('reading', count);
		await act();
		kept.database.segments.hook('reading').unsubscribe(count);
		return rows;
	}
	const heldUpTo = (sequence: number, beyond: Head['beyond'] = []) =>
		new Map([[OTHER.deviceId, { sequence, chainValue: OTHER.chainValue(sequence), beyond }]]);

	beforeEach(async () => {
		await kept.log.addSegments(OTHER.segments(1, SEGMENTS * 2, 2));
	});

	it('of what lies beyond grows with what lies beyond', async () => {
		const beyond = (sequence: number) => rowsRead(() => kept.log.segmentsBeyond(heldUpTo(sequence), EVERYTHING));
		expect(await beyond(SEGMENTS * 2)).toBe(0);
		expect(await beyond(SEGMENTS * 2 - 2)).toBe(1);
		expect(await beyond(SEGMENTS * 2 - 20)).toBe(10);
		expect(await beyond(0)).toBe(SEGMENTS);
	});

	it('of filling a gap is the gap', async () => {
		const heads = heldUpTo(100, [[105, SEGMENTS * 2]]);
		expect(await rowsRead(() => kept.log.segmentsBeyond(heads, EVERYTHING))).toBe(2);
	});

	it('of a part grows with the part', async () => {
		const { segments } = await kept.log.segmentsBeyond(new Map(), 5_000);
		expect(segments.length).toBeGreaterThan(5);
		const rows = await rowsRead(() => kept.log.segmentsBeyond(new Map(), 5_000));
		expect(rows).toBeLessThanOrEqual(segments.length + 2);
		expect(await rowsRead(() => kept.log.segmentsBeyond(new Map(), 1))).toBeLessThanOrEqual(2);
	});

	it('of heads, size and one operation does not grow with what is here', async () => {
		expect(await rowsRead(() => kept.log.heads())).toBe(0);
		expect(await rowsRead(() => kept.log.size())).toBe(0);
		expect(await rowsRead(() => kept.log.segmentWith(OTHER.deviceId, 301))).toBe(1);
	});

	it('of taking in what continues reads nothing', async () => {
		const next = OTHER.segments(SEGMENTS * 2 + 1, SEGMENTS * 2 + 20, 2);
		expect(await rowsRead(() => kept.log.addSegments(next))).toBe(0);
	});
});

/** Steps over a history that is forked now and then; each is done to both logs. */
type Step = (log: OperationLog) => Promise<unknown>;
const FORKED = OTHER.fork(9);
const OWN_FORKED = OWN.fork(6);
const span = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 6 }));
const namesOf = (segments: readonly Segment[]) =>
	segments.map(({ header, signature }) => `${header.firstSequence}+${header.count} ${signature.subarray(0, 4)}`).sort();

const arbitraryStep: fc.Arbitrary<Step> = fc.oneof(
	fc.integer({ min: 1, max: 3 }).map((count): Step => async (log) => {
		const { sequence } = await log.ownHead(OWN.deviceId);
		return log.appendPending(OWN.rows(sequence + 1, sequence + count), OWN.head(sequence + count), null);
	}),
	fc.tuple(fc.nat(3), fc.nat(3)).map(([skip, count]): Step => async (log) => {
		const rows = await log.pendingRows(OWN.deviceId);
		const from = rows[0]?.sequence ?? 1;
		const cut = [OWN.segment(from, from + skip), OWN.segment(from + skip + 1, from + skip + 1 + count)];
		return log.replacePending(OWN.deviceId, from, from + skip + 1 + count, cut);
	}),
	fc
		.tuple(fc.constantFrom(OTHER, OTHER, FORKED, OWN, OWN_FORKED), fc.array(span, { maxLength: 4 }))
		.map(([history, spans]): Step => {
			const segments = spans.map(([from, more]) => history.segment(from, from + more));
			return async (log) => {
				const { added, known, clashing } = await log.addSegments(segments);
				return { added: namesOf(added), known, clashing: namesOf(clashing) };
			};
		})
);

const viewOf = async (log: OperationLog) => ({
	own: await log.ownHead(OWN.deviceId),
	heads: new Map([...(await log.heads())].sort()),
	size: await log.size(),
	aside: namesOf((await log.setAsideSegments()).map(({ segment }) => segment)),
	pending: (await log.pendingRows(OWN.deviceId)).map((row) => row.sequence)
});

describe('the log on the disk and the one in memory', () => {
	it(
		'[SY1] [SY5] [SY11] do the same whatever is written, cut and taken in',
		async () => {
			const gaps = fc.array(span, { maxLength: 3 });
			const budget = fc.constantFrom(1, 400, 1_000, EVERYTHING);
			await fc.assert(
				fc.asyncProperty(
					fc.array(arbitraryStep, { maxLength: 12 }),
					fc.nat(20),
					gaps,
					budget,
					async (steps, sequence, held, maxBytes) => {
						const disk = await openDexieLog();
						try {
							const memory = createMemoryOperationLog();
							for (const step of steps) expect(await step(disk.log)).toEqual(await step(memory));
							const before = await viewOf(memory);
							expect(await viewOf(disk.log)).toEqual(before);
							const beyond = held.map(([from, more]) => [from, from + more] as const);
							const head: Head = { sequence, chainValue: OTHER.chainValue(sequence), beyond };
							const heads = new Map([[OTHER.deviceId, head]]);
							const all = await disk.log.segmentsBeyond(heads, EVERYTHING);
							expect(placesOf(all.segments)).toEqual(
								placesOf((await memory.segmentsBeyond(heads, EVERYTHING)).segments)
							);
							const part = await disk.log.segmentsBeyond(heads, maxBytes);
							expect(part.more).toBe(part.segments.length < all.segments.length);
							const rebuilt = await disk.database.heads.toArray();
							await disk.log.rebuildHeads();
							expect(await disk.database.heads.toArray()).toEqual(rebuilt);
						} finally {
							await disk.close();
						}
					}
				),
				PROPERTY_RUNS
			);
		},
		PROPERTY_TIMEOUT_MS
	);
});

/** Own cuts are made for each log anew, with signatures of their own. */
const placesOf = (segments: readonly Segment[]) =>
	segments.map(({ header }) => `${header.deviceId} ${header.firstSequence}+${header.count}`).sort();
