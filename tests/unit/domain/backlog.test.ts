/** Backlog: the order of re-entry, and a request as rows to be copied. */
import { describe, expect, it } from 'vitest';
import { backlogOf, reentryRows } from '$lib/domain/backlog';
import { paperRows } from '$lib/domain/form-rows';
import { requestRow } from '$lib/domain/request-row';
import type { RequestRow } from '$lib/domain/request';
import type { Instant } from '$lib/domain/time';
import { aForm, anAmendment, aRequestOpened, aRequestView, MONDAY } from '../../fixtures/builders';

const row = (caseNumber: string, given: Partial<RequestRow>): RequestRow => ({
	...requestRow(aRequestView()),
	caseNumber,
	...given
});

describe('backlogOf', () => {
	it('puts the urgent first, then what came first; what is done or withdrawn is not in it', () => {
		const later = (MONDAY + 60_000) as Instant;
		const rows = [
			row('done', { status: 'done', urgency: 'immediate' }),
			row('normal, later', { receivedAt: later }),
			row('normal, second', { receivedAt: MONDAY, caseNumber: 'B' }),
			row('normal, first', { receivedAt: MONDAY, caseNumber: 'A' }),
			row('high', { urgency: 'high', receivedAt: later }),
			row('withdrawn', { status: 'withdrawn' }),
			row('immediate', { urgency: 'immediate', receivedAt: later, status: 'query' })
		];
		const before = [...rows];
		expect(backlogOf(rows).map(({ caseNumber }) => caseNumber)).toEqual([
			'immediate',
			'high',
			'A',
			'B',
			'normal, later'
		]);
		expect(rows).toEqual(before);
	});
});

describe('reentryRows', () => {
	const changes = {
		'answers/plate': 'SO-AB 123',
		'answers/gender': 'f',
		'answers/familyName': 'Mustermann',
		'answers/givenNames': '',
		'answers/formerField': 'alt',
		'papers/evb': 'missing',
		'papers/extra': 'present',
		'reentry/plate': true
	};
	const view = aRequestView([
		aRequestOpened({ changes }),
		anAmendment({ device: 2, changes: { 'answers/familyName': 'Muster' } })
	]);

	it('names answers in the order of the form, and loses none that the form does not know', () => {
		expect(reentryRows(view, aForm()).map(({ label, value, text }) => [label, value, text])).toEqual([
			['Familienname', 'Muster', 'Muster'],
			['Geschlecht', 'f', 'weiblich'],
			['Kennzeichen', 'SO-AB 123', 'SO-AB 123'],
			['formerField', 'alt', 'alt']
		]);
	});

	it('tells what was copied already, what contradicts itself and where it comes from', () => {
		const [name, , plate, former] = reentryRows(view, aForm());
		expect(name).toMatchObject({ contradictory: true, copied: false, section: 'Halter' });
		expect(plate).toMatchObject({ contradictory: false, copied: true, source: 'Feld A', kind: 'plate' });
		expect(former).toMatchObject({ kind: null, section: '' });
	});

	it('works without the form', () => {
		expect(reentryRows(view, null)).toHaveLength(4);
		expect(paperRows(view, null)).toEqual([
			{ paperId: 'evb', label: 'evb', status: 'missing' },
			{ paperId: 'extra', label: 'extra', status: 'present' }
		]);
	});
});
