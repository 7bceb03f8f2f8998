/** What each copy lacks of the other, and which of the two decides where they differ. */
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '$lib/domain/journal';
import { countLost, planCompletion, type DatabaseContent } from '$lib/domain/journal-completion';
import { foldJournal } from '$lib/domain/journal-content';
import { aDraft, aHead, aRow, aSave, OWN } from '../../fixtures/journal-entries';
import { aHistory, deviceNumber } from '../../support/log-history';

const EMPTY: DatabaseContent = {
	identity: null,
	records: [],
	deviceKeys: new Map(),
	servers: new Map(),
	heads: new Map(),
	pending: [],
	segments: [],
	setAside: [],
	drafts: []
};
const IDENTITY: JournalEntry = { type: 'identity', row: { deviceId: OWN, counter: 'Schalter 1' } };
const identity = { deviceId: OWN, counter: 'Schalter 1' };
/** A database that holds the first `count` operations. */
const holding = (count: number, part: Partial<DatabaseContent> = {}): DatabaseContent => ({
	...EMPTY,
	identity,
	pending: Array.from({ length: count }, (_, i) => aRow(i + 1)),
	heads: new Map([[OWN, aHead(count)]]),
	...part
});
const journalOf = (count: number, ...more: JournalEntry[]) =>
	foldJournal([IDENTITY, ...Array.from({ length: count }, (_, i) => aSave(i + 1)), ...more]);
const sequences = (rows: readonly { readonly sequence: number }[]) => rows.map(({ sequence }) => sequence);

describe('two copies', () => {
	it('that hold the same lack nothing', () => {
		const { toDatabase, toJournal } = planCompletion(holding(3), journalOf(3));
		expect(toJournal).toEqual({ entries: [], segments: [] });
		expect(toDatabase).toMatchObject({ rows: [], segments: [], heads: [], identity: null });
	});

	it('of which the database is empty: everything goes back into it, the identity too', () => {
		const { toDatabase, toJournal } = planCompletion(EMPTY, journalOf(3));
		expect(sequences(toDatabase.rows)).toEqual([1, 2, 3]);
		expect(toDatabase.heads).toEqual([aHead(3)]);
		expect(toDatabase.identity).toEqual(identity);
		expect(toJournal.entries).toEqual([]);
	});

	it('of which the database lags behind: the rows it lacks, and the identity as it was last', () => {
		const renamed: JournalEntry = { type: 'identity', row: { deviceId: OWN, counter: 'Schalter 2' } };
		const { toDatabase } = planCompletion(holding(1), journalOf(3, renamed));
		expect(sequences(toDatabase.rows)).toEqual([2, 3]);
		expect(toDatabase.identity).toEqual(renamed.row);
	});

	it('of which the journal lags behind: the rows it lacks, with the head', () => {
		const { toDatabase, toJournal } = planCompletion(holding(3), journalOf(1));
		expect(toJournal.entries).toEqual([{ type: 'kept', rows: [aRow(2), aRow(3)], head: aHead(3) }]);
		expect(toDatabase.rows).toEqual([]);
	});

	it('that hold a number differently hold what the database holds', () => {
		const failed: JournalEntry = { type: 'saved', rows: [aHistory(OWN).fork(1).row(2)], head: aHead(2), draftId: null };
		const { toDatabase, toJournal } = planCompletion(holding(2), journalOf(1, failed));
		expect(toDatabase.rows).toEqual([]);
		expect(toJournal.entries).toEqual([{ type: 'kept', rows: [aRow(2)], head: aHead(2) }]);
	});

	it('of which one knows of more case numbers: the other is told', () => {
		const counted = holding(1, { heads: new Map([[OWN, aHead(1, { caseCounter: 7 })]]) });
		expect(planCompletion(counted, journalOf(1)).toJournal.entries).toMatchObject([{ head: { caseCounter: 7 } }]);
		const head: JournalEntry = { type: 'kept', rows: [], head: aHead(1, { caseCounter: 8 }) };
		expect(planCompletion(counted, journalOf(1, head)).toDatabase.heads).toMatchObject([{ caseCounter: 8 }]);
	});

	it('of which one was paused with a server: both hold it as the one that is not behind does', () => {
		const HUB = 'https://hub.example';
		const told = (paused: boolean): JournalEntry => ({ type: 'server', origin: HUB, paused });
		const rebuilt = planCompletion(EMPTY, journalOf(1, told(false), told(true)));
		expect(rebuilt.toDatabase.servers).toEqual(new Map([[HUB, true]]));
		const paused = holding(1, { servers: new Map([[HUB, true]]) });
		expect(planCompletion(paused, journalOf(1, told(true))).toJournal.entries).toEqual([]);
		expect(planCompletion(paused, journalOf(1, told(false))).toJournal.entries).toEqual([told(true)]);
		expect(planCompletion(paused, journalOf(1, told(false))).toDatabase.servers).toEqual(new Map());
		const behind = planCompletion(paused, journalOf(2, told(false)));
		expect(behind.toDatabase.servers).toEqual(new Map([[HUB, false]]));
		expect(behind.toJournal.entries).toEqual([]);
	});

	it('need no row that a segment stands for, and no segment whose operations are there', () => {
		const history = aHistory(OWN);
		const segment = history.segment(1, 2);
		const place = { deviceId: OWN, firstSequence: 1, lastSequence: 2 };
		const cut = holding(0, { segments: [place], heads: new Map([[OWN, aHead(2)]]) });
		const inRows = planCompletion(cut, journalOf(2));
		expect(inRows.toDatabase).toMatchObject({ rows: [], segments: [] });
		expect(inRows.toJournal.segments).toEqual([place]);
		const inSegment = journalOf(2, { type: 'segment', segment });
		expect(planCompletion(cut, inSegment).toJournal.segments).toEqual([]);
		expect(planCompletion(holding(2), inSegment).toDatabase.segments).toEqual([]);
		expect(planCompletion(holding(1), inSegment).toDatabase.segments).toEqual([segment]);
	});

	it('give back the segments of other devices', () => {
		const segment = aHistory(deviceNumber(0xee)).segment(1, 5);
		expect(planCompletion(holding(1), journalOf(1, { type: 'segment', segment })).toDatabase.segments).toEqual([
			segment
		]);
	});

	it('give back a draft that one lost; what was discarded stays so where the journal only lags behind', () => {
		const draft: JournalEntry = { type: 'draft', draft: aDraft('1') };
		expect(planCompletion(holding(1), journalOf(1, draft)).toDatabase.drafts).toEqual([draft.draft]);
		const lagging = planCompletion(holding(2), journalOf(1, draft));
		expect(lagging.toDatabase.drafts).toEqual([]);
		expect(lagging.toJournal.entries).toContainEqual({ type: 'draft-removed', id: '1' });
	});

	it('hold the draft as it was changed last', () => {
		const newer = { ...aDraft('1'), changedAt: (aDraft('1').changedAt + 1) as ReturnType<typeof aDraft>['changedAt'] };
		const older: JournalEntry = { type: 'draft', draft: aDraft('1') };
		expect(planCompletion(holding(1, { drafts: [newer] }), journalOf(1, older)).toJournal.entries).toEqual([
			{ type: 'draft', draft: newer }
		]);
		expect(
			planCompletion(holding(1, { drafts: [aDraft('1')] }), journalOf(1, { type: 'draft', draft: newer })).toDatabase
				.drafts
		).toEqual([newer]);
	});
});

describe('what neither copy holds', () => {
	it('is counted below the head', () => {
		expect(countLost(holding(3))).toBe(0);
		expect(countLost(holding(3, { pending: [aRow(1)] }))).toBe(2);
		expect(countLost(EMPTY)).toBe(0);
	});
});
