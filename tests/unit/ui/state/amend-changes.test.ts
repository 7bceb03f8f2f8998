import { expect, it } from 'vitest';
import type { TakeRequestInput } from '$lib/services/workspace';
import { amendChanges } from '$lib/ui/state/amend-changes';
import { aRequest, aRow } from '../../../support/invented-view';

const row = aRow(1);
const seen = aRequest(row, { 'answers/city': 'Soest', 'papers/zb1': 'missing', missing: ['zb1'] });
const input = (over: Partial<TakeRequestInput> = {}): TakeRequestInput => ({
	requestId: row.id,
	draftId: null,
	formId: row.formId,
	formVersion: 1,
	answers: { familyName: 'Mustermann', givenNames: 'Erika', city: 'Soest' },
	papers: { zb1: 'missing' },
	note: '',
	urgency: 'normal',
	urgencyReason: '',
	received: null,
	missing: ['zb1'],
	vehicles: [],
	...over
});

it('writes nothing when nothing was changed', () => {
	expect(amendChanges(seen, input())).toEqual([]);
});

it('writes only what differs, against the operations the clerk saw', () => {
	const name = seen.history[0]?.name;
	expect(amendChanges(seen, input({ papers: { zb1: 'present' }, missing: [], note: 'Rückruf' }))).toEqual([
		{ path: 'papers/zb1', value: 'present', replaces: [name] },
		{ path: 'note', value: 'Rückruf', replaces: [] },
		{ path: 'missing', value: [], replaces: [name] }
	]);
});

it('empties an answer that the form no longer has', () => {
	const answers = { familyName: 'Mustermann', givenNames: 'Erika' };
	expect(amendChanges(seen, input({ answers }))).toEqual([
		{ path: 'answers/city', value: '', replaces: [seen.history[0]?.name] }
	]);
});
