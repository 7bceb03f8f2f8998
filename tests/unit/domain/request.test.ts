/** Requests: what may be done with them, what is then written, and how their fields are read. */
import { describe, expect, it } from 'vitest';
import { MAX_TEXT_LENGTH, type AnyOperation, type OperationType } from '$lib/domain/operation';
import {
	changeOf,
	conflictPaths,
	currentValue,
	decideAddNote,
	decideAmend,
	decideCompleteReentry,
	decideConfirmReceipt,
	decideMarkPapers,
	decideOpenRequest,
	decideReopen,
	decideReturn,
	decideSettle,
	decideTick,
	decideWithdraw,
	distinctValues,
	earlierReceiptOf,
	missingOf,
	receiptCopiesOf,
	receivedAtOf,
	statusOf,
	type Decision,
	type Refusal,
	type RequestView
} from '$lib/domain/request';
import { nameOf, requestRow } from '$lib/domain/request-row';
import type { Result } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import {
	anAmendment,
	anOpenRequestInput,
	anOperation,
	aRequestOpened,
	aRequestView,
	MONDAY,
	nameOfOperation,
	requestId
} from '../../fixtures/builders';

const opened = aRequestOpened();
const refused = (rule: Refusal['rule']) => ({ ok: false, error: { type: 'refused', rule } });
const notes = (texts: readonly string[]) =>
	texts.map((text, i) => anAmendment({ device: i + 2, changes: { note: text } }));

/** Writes what was decided on this device, and reads the request again. */
function after(view: RequestView, log: AnyOperation[], decided: Result<Decision | null, Refusal>): RequestView {
	if (!decided.ok || decided.value === null) throw new Error('nothing was decided');
	const { type, body } = decided.value;
	const sequence = log.length + 1;
	log.push(anOperation<OperationType>(type, body as never, { sequence, at: MONDAY + sequence }));
	return aRequestView(log);
}

/** One device's story: each step is decided on what the step before left. */
function story(...steps: ((view: RequestView) => Result<Decision | null, Refusal>)[]): RequestView {
	const log: AnyOperation[] = [aRequestOpened({ at: MONDAY })];
	return steps.reduce((view, step) => after(view, log, step(view)), aRequestView(log));
}

describe('decideOpenRequest', () => {
	it('writes what was filled in as first values, and leaves out what is empty', () => {
		const input = anOpenRequestInput({ answers: { familyName: 'Mustermann', plate: '' }, missing: ['plate'] });
		expect(decideOpenRequest(input, null)).toEqual({
			ok: true,
			value: {
				type: 'request-opened',
				subjectId: requestId(1),
				body: {
					formId: 'umschreibung',
					formVersion: 1,
					batchId: null,
					changes: {
						status: { value: 'open', replaces: [] },
						'answers/familyName': { value: 'Mustermann', replaces: [] },
						'papers/zb1': { value: 'present', replaces: [] },
						'papers/evb': { value: 'missing', replaces: [] },
						urgency: { value: 'normal', replaces: [] },
						missing: { value: ['plate'], replaces: [] }
					}
				}
			}
		});
	});

	it('amends when the draft was saved before: only what differs, replacing what is there', () => {
		const view = aRequestView([
			aRequestOpened({ changes: { 'answers/familyName': 'Muster', 'answers/plate': 'SO-X 1' } })
		]);
		const input = anOpenRequestInput({ answers: { familyName: 'Mustermann' }, papers: {} });
		expect(decideOpenRequest(input, view)).toEqual({
			ok: true,
			value: {
				type: 'request-amended',
				subjectId: requestId(1),
				body: {
					changes: {
						'answers/familyName': { value: 'Mustermann', replaces: [nameOfOperation(1, 1)] },
						'answers/plate': { value: '', replaces: [nameOfOperation(1, 1)] }
					}
				}
			}
		});
	});

	it('writes nothing when the same is saved again', () => {
		const input = anOpenRequestInput({ received: { at: MONDAY, reason: 'Papierantrag' }, missing: ['vin'] });
		const first = decideOpenRequest(input, null);
		if (!first.ok || first.value?.type !== 'request-opened') throw new Error('not opened');
		const view = aRequestView([anOperation('request-opened', { ...first.value.body, caseNumber: 'SO-7KXM-0142-51' })]);
		expect(decideOpenRequest(input, view)).toEqual({ ok: true, value: null });
	});

	it.each<[Refusal['rule'], Parameters<typeof anOpenRequestInput>[0]]>([
		['text-too-long', { note: 'x'.repeat(MAX_TEXT_LENGTH + 1) }],
		['received-reason-required', { received: { at: MONDAY, reason: ' ' } }],
		['malformed-path', { answers: { 'a\nb': 'x' } }],
		['too-large', { answers: Object.fromEntries([1, 2, 3, 4].map((i) => [`f${i}`, 'x'.repeat(MAX_TEXT_LENGTH)])) }],
		['too-large', { note: '€'.repeat(MAX_TEXT_LENGTH), answers: { f1: 'ä'.repeat(4_000) } }]
	])('refuses with %s', (rule, given) => {
		expect(decideOpenRequest(anOpenRequestInput(given), null)).toEqual(refused(rule));
	});

	it('takes a note of the full length', () => {
		expect(decideOpenRequest(anOpenRequestInput({ note: '€'.repeat(MAX_TEXT_LENGTH) }), null).ok).toBe(true);
	});
});

describe('decideAmend', () => {
	it('replaces every value the screen could see', () => {
		const view = aRequestView([opened, ...notes(['a', 'b'])]);
		const decided = decideAmend(view, [changeOf(view, 'note', 'c')], ' Tippfehler ');
		expect(decided).toMatchObject({ value: { type: 'request-amended', body: { reason: 'Tippfehler' } } });
		expect(decided.ok && decided.value.body.changes.note?.replaces.toSorted()).toEqual([
			nameOfOperation(2, 1),
			nameOfOperation(3, 1)
		]);
	});

	it.each(['status', 'reference', 'receipt', 'withdrawnReason', 'reentry/plate', 'query'])(
		'leaves %s to the act that is made for it',
		(path) => {
			const view = aRequestView();
			expect(decideAmend(view, [changeOf(view, path, 'x')])).toEqual(refused('not-amendable'));
		}
	);

	it('refuses to write nothing', () => {
		expect(decideAmend(aRequestView(), [])).toEqual(refused('nothing-changed'));
		expect(decideMarkPapers(aRequestView(), [])).toEqual(refused('nothing-changed'));
	});
});

describe('decideMarkPapers', () => {
	it('marks papers and what is still lacking, nothing else', () => {
		const view = aRequestView();
		const changes = [changeOf(view, 'papers/evb', 'present'), changeOf(view, 'missing', [])];
		expect(decideMarkPapers(view, changes)).toMatchObject({ ok: true, value: { type: 'request-papers-marked' } });
		expect(decideMarkPapers(view, [changeOf(view, 'note', 'x')])).toEqual(refused('not-amendable'));
	});
});

describe('decideAddNote', () => {
	it('keeps each note under its own id', () => {
		const view = story(
			(now) => decideAddNote(now, ' ruft zurück ', 'n1'),
			(now) => decideAddNote(now, 'erledigt', 'n2')
		);
		expect([currentValue(view, 'notes/n1'), currentValue(view, 'notes/n2')]).toEqual(['ruft zurück', 'erledigt']);
		expect(decideAddNote(view, ' \n', 'n3')).toEqual(refused('text-required'));
	});
});

describe('the way of a request', () => {
	it('is completed with a reference, once', () => {
		const view = story((now) => decideCompleteReentry(now, ' 36-1234/26 '));
		expect(requestRow(view)).toMatchObject({ status: 'done', reference: '36-1234/26' });
		expect(decideCompleteReentry(view, '2')).toEqual(refused('already-done'));
		expect(decideReturn(view, 'Warum?')).toEqual(refused('already-done'));
		expect(decideWithdraw(view, 'doch nicht')).toEqual(refused('already-done'));
	});

	it('is not completed without a reference, or with a story for one', () => {
		expect(decideCompleteReentry(aRequestView(), '  ')).toEqual(refused('reference-required'));
		expect(decideCompleteReentry(aRequestView(), 'x'.repeat(201))).toEqual(refused('reference-too-long'));
		expect(decideCompleteReentry(aRequestView(), 'x'.repeat(200)).ok).toBe(true);
	});

	it('is withdrawn with a reason, and then not completed', () => {
		expect(decideWithdraw(aRequestView(), ' ')).toEqual(refused('reason-required'));
		const view = story((now) => decideWithdraw(now, 'anders gelöst'));
		expect(statusOf(view)).toBe('withdrawn');
		expect(currentValue(view, 'withdrawnReason')).toBe('anders gelöst');
		expect(decideCompleteReentry(view, '1')).toEqual(refused('already-withdrawn'));
		expect(decideWithdraw(view, 'noch einmal')).toEqual(refused('already-withdrawn'));
	});

	it('goes back to the counter with a question, which is gone from the list once answered', () => {
		expect(decideReturn(aRequestView(), '')).toEqual(refused('question-required'));
		const asked = story((now) => decideReturn(now, 'Welche FIN?'));
		expect(requestRow(asked)).toMatchObject({ status: 'query', query: 'Welche FIN?' });
		const answered = story(
			(now) => decideReturn(now, 'Welche FIN?'),
			(now) => decideReopen(now, 'steht jetzt da')
		);
		expect(requestRow(answered)).toMatchObject({ status: 'open', query: '' });
	});

	it('is opened again after a completion by mistake, also without a reason', () => {
		const view = story(
			(now) => decideCompleteReentry(now, '1'),
			(now) => decideReopen(now, '')
		);
		expect(requestRow(view)).toMatchObject({ status: 'open', reference: '' });
		expect(decideReopen(view, 'x')).toEqual(refused('already-open'));
	});

	it('counts confirmed copies, of two counters the higher one', () => {
		const view = story(
			(now) => decideConfirmReceipt(now, 'a4'),
			(now) => decideConfirmReceipt(now, 'roll')
		);
		expect(receiptCopiesOf(view)).toBe(2);
		const two = [2, 3].map((device) =>
			anOperation(
				'receipt-issued',
				{ copy: 1, medium: 'a4', changes: { receipt: { value: device - 1, replaces: [] } } },
				{ device }
			)
		);
		const both = aRequestView([opened, ...two]);
		expect(receiptCopiesOf(both)).toBe(2);
		expect(conflictPaths(both)).toEqual([]);
	});

	it('remembers which fields were copied over', () => {
		const view = story(
			(now) => decideTick(now, 'plate', true),
			(now) => decideTick(now, 'plate', false)
		);
		expect(view.fields['reentry/plate']?.map(({ value }) => value)).toEqual([false]);
	});
});

describe('decideSettle', () => {
	const view = aRequestView([opened, ...notes(['a', 'b'])]);

	it('[SY9] keeps one of the values and replaces them all', () => {
		expect(decideSettle(view, 'note', 'a')).toMatchObject({
			ok: true,
			value: { type: 'conflict-settled', body: { changes: { note: { value: 'a' } } } }
		});
	});

	it('refuses a value nobody wrote, and a field that is settled', () => {
		expect(decideSettle(view, 'note', 'c')).toEqual(refused('not-a-candidate'));
		expect(decideSettle(view, 'status', 'open')).toEqual(refused('nothing-to-settle'));
		expect(decideSettle(view, 'nothing', 'open')).toEqual(refused('nothing-to-settle'));
	});
});

describe('reading a request', () => {
	it('sees no contradiction where two counters wrote the same', () => {
		const view = aRequestView([opened, ...notes(['gleich', 'gleich'])]);
		expect(view.fields.note).toHaveLength(2);
		expect(distinctValues(view, 'note')).toHaveLength(1);
		expect(requestRow(view).conflictCount).toBe(0);
		expect(requestRow(aRequestView([opened, ...notes(['a', 'b'])])).conflictCount).toBe(1);
	});

	it('takes off the list of what is lacking whatever either counter brought', () => {
		const first = aRequestOpened({
			changes: { missing: ['plate', 'evb', 'vin'], 'papers/evb': 'missing' }
		});
		const replaces = [nameOfOperation(1, 1)];
		const plate = anAmendment({
			device: 2,
			changes: { 'answers/plate': 'SO-A 1', missing: { path: 'missing', value: ['evb', 'vin'], replaces } }
		});
		const paper = anAmendment({
			device: 3,
			changes: {
				'papers/evb': { path: 'papers/evb', value: 'present', replaces },
				missing: { path: 'missing', value: ['plate', 'vin'], replaces }
			}
		});
		const view = aRequestView([first, plate, paper]);
		expect(missingOf(view)).toEqual(['vin']);
		expect(requestRow(view)).toMatchObject({ missingCount: 1, conflictCount: 0 });
		expect(missingOf(aRequestView([first]))).toEqual(['plate', 'evb', 'vin']);
	});

	it('corrects the time of receipt by the known clock error, and lets an earlier „Eingang am“ count', () => {
		const clockOffset = { ms: -60_000, source: 'https://rathaus' };
		expect(receivedAtOf(aRequestView([aRequestOpened({ at: MONDAY, clockOffset })]))).toBe(MONDAY - 60_000);
		const received = { at: (MONDAY - 86_400_000) as Instant, reason: 'Papierantrag' };
		const view = aRequestView([aRequestOpened({ at: MONDAY, clockOffset, changes: { received } })]);
		expect(receivedAtOf(view)).toBe(received.at);
		expect(earlierReceiptOf(view)).toEqual(received);
		expect(view.openedAt.recordedAt).toBe(MONDAY);
	});

	it('shows an unknown status or urgency of a newer version as the plain one', () => {
		const view = aRequestView([aRequestOpened({ changes: { status: 'parked', urgency: 3 } })]);
		expect(requestRow(view)).toMatchObject({ status: 'open', urgency: 'normal' });
	});

	it.each([
		[{ familyName: 'Mustermann', givenNames: 'Erika' }, 'Mustermann, Erika'],
		[{ companyName: 'Muster GmbH' }, 'Muster GmbH'],
		[{ companyName: 'Blumen Muster', familyName: 'Muster' }, 'Blumen Muster (Muster)'],
		[{}, '']
	])('names %j', (answers, expected) => {
		const changes = Object.fromEntries(Object.entries(answers).map(([id, value]) => [`answers/${id}`, value]));
		expect(nameOf(aRequestView([aRequestOpened({ changes })]))).toBe(expected);
	});

	it('was last changed at the latest stamp', () => {
		const view = aRequestView([
			aRequestOpened({ at: MONDAY }),
			anAmendment({ device: 2, at: MONDAY + 5, changes: { note: 'x' } })
		]);
		expect(requestRow(view).changedAt.recordedAt).toBe(MONDAY + 5);
	});
});
