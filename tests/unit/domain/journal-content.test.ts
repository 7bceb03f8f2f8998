/** What a journal adds up to: the later entry counts, and a new generation holds the same. */
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '$lib/domain/journal';
import { entriesOf, foldJournal } from '$lib/domain/journal-content';
import { encodeJournal, readJournal } from '$lib/domain/journal-codec';
import { aDraft, aHead, aRow, aSave, EVERY_KIND, OWN } from '../../fixtures/journal-entries';
import { aHistory } from '../../support/log-history';

const numbersOf = (entries: readonly JournalEntry[]) =>
	[...(foldJournal(entries).pending.get(OWN)?.keys() ?? [])].sort();

describe('the content of a journal', () => {
	it('is the rows of all saves, and the head of the last', () => {
		const content = foldJournal([aSave(1), aSave(2), aSave(3)]);
		expect(numbersOf([aSave(1), aSave(2), aSave(3)])).toEqual([1, 2, 3]);
		expect(content.heads.get(OWN)).toEqual(aHead(3));
	});

	it('counts the later entry under a number, and never gives tick or case counter twice', () => {
		const again = aHistory(OWN).fork(1);
		const failed: JournalEntry = { ...aSave(2), head: aHead(2, { tick: 9, caseCounter: 4 }) };
		const later: JournalEntry = { type: 'saved', rows: [again.row(2)], head: again.head(2), draftId: null };
		const content = foldJournal([aSave(1), failed, later]);
		expect(content.pending.get(OWN)?.get(2)?.chainValue).toEqual(again.chainValue(2));
		expect(content.heads.get(OWN)).toEqual({ ...again.head(2), tick: 9, caseCounter: 4 });
	});

	it('drops the further numbers of a save that failed, once a shorter one took its place', () => {
		const failed: JournalEntry = { type: 'saved', rows: [aRow(2), aRow(3), aRow(4)], head: aHead(4), draftId: null };
		expect(numbersOf([aSave(1), failed])).toEqual([1, 2, 3, 4]);
		expect(numbersOf([aSave(1), failed, aSave(2)])).toEqual([1, 2]);
		expect(numbersOf([aSave(1), failed, aSave(2), aSave(3)])).toEqual([1, 2, 3]);
	});

	it('does not go back to an earlier head when rows are written down once more', () => {
		const kept: JournalEntry = { type: 'kept', rows: [aRow(1)], head: aHead(1) };
		expect(foldJournal([aSave(1), aSave(2), kept]).heads.get(OWN)).toEqual(aHead(2));
	});

	it('drops the rows that a segment stands for, and keeps those of another history', () => {
		const history = aHistory(OWN);
		const segment: JournalEntry = { type: 'segment', segment: history.segment(1, 2) };
		expect(numbersOf([aSave(1), aSave(2), aSave(3), segment])).toEqual([3]);
		const other: JournalEntry = { type: 'segment', segment: history.fork(0).segment(1, 2) };
		expect(numbersOf([aSave(1), aSave(2), aSave(3), other])).toEqual([1, 2, 3]);
	});

	it('holds the last state of a draft, and none that was saved or discarded', () => {
		const drafts = (...entries: JournalEntry[]) => [...foldJournal(entries).drafts.values()];
		const first: JournalEntry = { type: 'draft', draft: aDraft('1') };
		const second: JournalEntry = { type: 'draft', draft: aDraft('1', new Uint8Array(9).fill(3)) };
		expect(drafts(first, second)).toEqual([second.draft]);
		expect(drafts(first, { type: 'draft-removed', id: '1' })).toEqual([]);
		expect(drafts(first, aSave(1, '1'))).toEqual([]);
	});

	it('is the same in a new generation', () => {
		for (const entries of [EVERY_KIND, Array.from({ length: 40 }, (_, i) => aSave(i + 1))]) {
			const content = foldJournal(entries);
			const next = readJournal(encodeJournal([...entriesOf(content)]));
			expect(next.places).toBe(0);
			expect(foldJournal(next.entries)).toEqual(content);
		}
	});
});
