/** What every journal must do, wherever its files lie. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal, JournalEntry, JournalReading } from '$lib/domain/journal';
import { encodeEntries, encodeJournal, encodeJournalHeader } from '$lib/domain/journal-codec';
import { entriesOf, foldJournal } from '$lib/domain/journal-content';
import { aDraft, aSave, EVERY_KIND } from '../fixtures/journal-entries';
import { must } from '../support/test-space';

export interface JournalUnderTest {
	/** Another window's, on the same files. */
	open(): Journal;
	/** Names and bytes of the files, oldest first. */
	files(): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>;
	/** As something outside the app does it; null removes the file. */
	put(name: string, bytes: Uint8Array | null): Promise<void>;
	close(): Promise<void>;
}

const FIRST = '00000001.journal';
const read = async (journal: Journal): Promise<JournalReading> => must(await journal.read());
const without = { places: 0, bytes: 0, tornBytes: 0, foreignFiles: 0 };
/** Drafts of one id, so that only the last lives. */
const drafts = (count: number, sizeBytes: number): JournalEntry[] =>
	Array.from({ length: count }, (_, i) => ({ type: 'draft', draft: aDraft('1', new Uint8Array(sizeBytes).fill(i)) }));

export function describeJournal(where: string, create: () => Promise<JournalUnderTest>): void {
	describe(`a journal (${where})`, () => {
		let under: JournalUnderTest;
		let journal: Journal;
		beforeEach(async () => {
			under = await create();
			journal = under.open();
		});
		afterEach(() => under.close());

		it('is empty where nothing was written, and makes no file by being read', async () => {
			const { content, damage } = await read(journal);
			expect(content).toEqual(foldJournal([]));
			expect(damage).toEqual(without);
			expect(await under.files()).toEqual([]);
		});

		it('holds what was appended, also for another window and after a restart', async () => {
			for (const entry of EVERY_KIND) must(await journal.append([entry]));
			for (const one of [journal, under.open()])
				expect(await read(one)).toMatchObject({ content: foldJournal(EVERY_KIND), damage: without });
		});

		it('takes the appends of two windows one after the other, and loses none', async () => {
			const other = under.open();
			const ids = Array.from({ length: 40 }, (_, i) => String(i + 1));
			const appends = ids.map((id, i) => (i % 2 ? journal : other).append([{ type: 'draft', draft: aDraft(id) }]));
			expect((await Promise.all(appends)).every((result) => result.ok)).toBe(true);
			const { content, damage } = await read(journal);
			expect([...content.drafts.keys()].sort()).toEqual(ids.sort());
			expect(damage).toEqual(without);
		});

		it('refuses what comes too late, and writes nothing of it', async () => {
			expect(await journal.append([aSave(1)], Date.now() - 1)).toEqual({
				ok: false,
				error: { type: 'not-written', name: 'TimeoutError' }
			});
			expect((await read(journal)).content.pending.size).toBe(0);
		});

		it('cuts a torn tail off, counts it, and appends behind what is sound', async () => {
			must(await journal.append([aSave(1)]));
			const [file] = await under.files();
			const torn = encodeEntries([aSave(2)]).subarray(0, 50);
			await under.put(FIRST, new Uint8Array([...(file?.bytes ?? []), ...torn]));
			const restarted = under.open();
			expect((await read(restarted)).damage).toEqual({ ...without, tornBytes: 50 });
			must(await restarted.append([aSave(2)]));
			expect(await read(restarted)).toMatchObject({ content: foldJournal([aSave(1), aSave(2)]), damage: without });
		});

		it('appends behind damage too, and reads both sides of it', async () => {
			must(await journal.append([aSave(1)]));
			must(await journal.append([aSave(2)]));
			const [file] = await under.files();
			await under.put(
				FIRST,
				(file?.bytes ?? new Uint8Array()).map((byte, i) => (i === 60 ? byte ^ 1 : byte))
			);
			const restarted = under.open();
			must(await restarted.append([aSave(3)]));
			const { content, damage } = await read(restarted);
			expect(damage.places).toBe(1);
			expect([...(content.pending.values().next().value?.keys() ?? [])]).toEqual([2, 3]);
		});

		it('goes on in a file that was only begun', async () => {
			await under.put(FIRST, encodeJournalHeader().subarray(0, 9));
			must(await journal.append([aSave(1)]));
			expect(await read(journal)).toMatchObject({ content: foldJournal([aSave(1)]), damage: without });
		});

		it('leaves a foreign file alone, says that it is there, and writes beside it', async () => {
			const foreign = new TextEncoder().encode('not a journal at all, and longer than a header');
			await under.put(FIRST, foreign);
			must(await journal.append([aSave(1)]));
			must(await journal.compact(true));
			expect(await read(journal)).toMatchObject({
				content: foldJournal([aSave(1)]),
				damage: { foreignFiles: 1, places: 0 }
			});
			expect((await under.files()).find(({ name }) => name === FIRST)?.bytes).toEqual(foreign);
		});

		it('leaves a file of a newer version alone, and says so', async () => {
			const newer = new Uint8Array([...encodeJournalHeader(2), ...encodeEntries([aSave(1)])]);
			await under.put(FIRST, newer);
			const refused = { ok: false, error: { type: 'newer-version' } };
			expect(await journal.append([aSave(2)])).toEqual(refused);
			expect(await journal.read()).toEqual(refused);
			expect(await journal.compact(true)).toEqual(refused);
			expect(await under.files()).toEqual([{ name: FIRST, bytes: newer }]);
		});

		it('reads two generations that a crash left beside each other as one', async () => {
			const old = [aSave(1), aSave(2), aSave(3)];
			await under.put(FIRST, encodeJournal(old));
			const whole = encodeJournal([...entriesOf(foldJournal(old))]);
			await under.put('00000002.journal', whole.subarray(0, whole.length - 30));
			const { content } = await read(journal);
			expect(content).toEqual(foldJournal(old));
			must(await journal.append([aSave(4)]));
			expect((await read(under.open())).content).toEqual(foldJournal([...old, aSave(4)]));
		});

		it('writes a new generation when most of it is dead, and other windows go on in the new one', async () => {
			const other = under.open();
			must(await other.append([aSave(1)]));
			expect(await journal.compact()).toEqual({ ok: true, value: false });
			must(await journal.append(drafts(30, 40_000)));
			const before = (await read(journal)).content;
			expect(await journal.compact()).toEqual({ ok: true, value: true });
			expect(await journal.compact()).toEqual({ ok: true, value: false });
			expect(await read(journal)).toMatchObject({ content: before, damage: without });
			expect((await read(journal)).sizeBytes).toBeLessThan(50_000);
			must(await other.append([aSave(2)]));
			expect((await read(under.open())).content.pending.values().next().value?.size).toBe(2);
			expect((await under.files()).filter(({ bytes }) => bytes.length > 0)).toHaveLength(1);
		});

		it('forgets what was damaged in a new generation, and keeps the rest', async () => {
			must(await journal.append([aSave(1), aSave(2)]));
			const [file] = await under.files();
			await under.put(
				FIRST,
				(file?.bytes ?? new Uint8Array()).map((byte, i) => (i === 40 ? byte ^ 1 : byte))
			);
			const restarted = under.open();
			expect((await read(restarted)).damage.places).toBe(1);
			must(await restarted.compact(true));
			expect(await read(restarted)).toMatchObject({ content: foldJournal([aSave(2)]), damage: without });
		});
	});
}
