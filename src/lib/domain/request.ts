/** What may be done with a request: rules of the counter → the operation to be written, or why not. Roles are asked elsewhere. */
import { sameValue } from './canonical-json';
import { changesByPath, checked, decideChange, refuse, type Decision, type Refusal } from './decision';
import type { JsonValue, ReceiptIssuedBody } from './operation';
import {
	changeOf,
	distinctValues,
	notePath,
	receiptCopiesOf,
	reentryPath,
	statusOf,
	type FieldPath,
	type ProposedChange,
	type RequestView
} from './request-view';
import type { Result } from './result';

export type { Decision, DecisionOf, Refusal, RefusalRule } from './decision';
export { decideOpenRequest, type OpenRequestInput } from './request-opening';
export * from './request-view';

const MAX_REFERENCE_LENGTH = 200;
/** What taking and amending writes; everything else has an act of its own. */
const AMENDABLE = /^(?:answers\/|papers\/|(?:note|urgency|urgencyReason|received|missing)$)/;
const PAPERS = /^(?:papers\/|missing$)/;

/** Changes answers, papers, urgency, note or „Eingang am“; allowed in every status, since facts turn up late. */
export function decideAmend(
	view: RequestView,
	changes: readonly ProposedChange[],
	reason = ''
): Result<Decision, Refusal> {
	if (changes.length === 0) return refuse('nothing-changed');
	if (!changes.every(({ path }) => AMENDABLE.test(path))) return refuse('not-amendable');
	return decideChange(view, 'request-amended', changes, reason);
}

/** Papers handed in later, or found to be lacking. */
export function decideMarkPapers(view: RequestView, changes: readonly ProposedChange[]): Result<Decision, Refusal> {
	if (changes.length === 0) return refuse('nothing-changed');
	if (!changes.every(({ path }) => PAPERS.test(path))) return refuse('not-amendable');
	return decideChange(view, 'request-papers-marked', changes);
}

export function decideAddNote(view: RequestView, text: string, noteId: string): Result<Decision, Refusal> {
	if (text.trim() === '') return refuse('text-required');
	return decideChange(view, 'request-note-added', [changeOf(view, notePath(noteId), text.trim())]);
}

/** A request that was entered in the specialist system is reopened before it is withdrawn: it must be withdrawn there too. */
export function decideWithdraw(view: RequestView, reason: string): Result<Decision, Refusal> {
	const given = reason.trim();
	if (given === '') return refuse('reason-required');
	return (
		refuseClosed(view) ??
		decideChange(
			view,
			'request-withdrawn',
			[changeOf(view, 'status', 'withdrawn'), changeOf(view, 'withdrawnReason', given)],
			given
		)
	);
}

/** Of two values that nothing has replaced, the one that stays; it replaces all of them [SY9]. */
export function decideSettle(view: RequestView, path: FieldPath, value: JsonValue): Result<Decision, Refusal> {
	const candidates = distinctValues(view, path);
	if (candidates.length < 2) return refuse('nothing-to-settle');
	if (!candidates.some((candidate) => sameValue(candidate.value, value))) return refuse('not-a-candidate');
	return decideChange(view, 'conflict-settled', [changeOf(view, path, value)]);
}

/** „Beleg in Ordnung? Ja“: from the second on a print is a „Zweitschrift“. */
export function decideConfirmReceipt(
	view: RequestView,
	medium: ReceiptIssuedBody['medium']
): Result<Decision, Refusal> {
	const copy = receiptCopiesOf(view) + 1;
	const body = { copy, medium, changes: changesByPath([changeOf(view, 'receipt', copy)]) };
	return checked({ type: 'receipt-issued', subjectId: view.id, body });
}

/** A field was copied over to the specialist system, or not yet. */
export function decideTick(view: RequestView, fieldId: string, copied: boolean): Result<Decision, Refusal> {
	return decideChange(view, 'reentry-progressed', [changeOf(view, reentryPath(fieldId), copied)]);
}

/** „Als erfasst abschließen“: an office without file references writes so („ohne“). */
export function decideCompleteReentry(view: RequestView, reference: string): Result<Decision, Refusal> {
	const given = reference.trim();
	if (given === '') return refuse('reference-required');
	if (given.length > MAX_REFERENCE_LENGTH) return refuse('reference-too-long');
	return (
		refuseClosed(view) ??
		decideChange(view, 'reentry-completed', [changeOf(view, 'status', 'done'), changeOf(view, 'reference', given)])
	);
}

/** „Zurück an Schalter“ with a question. */
export function decideReturn(view: RequestView, question: string): Result<Decision, Refusal> {
	const given = question.trim();
	if (given === '') return refuse('question-required');
	return (
		refuseClosed(view) ??
		decideChange(view, 'reentry-returned', [changeOf(view, 'status', 'query'), changeOf(view, 'query', given)])
	);
}

/** Back to `open`: undoes a completion or a withdrawal, or answers a question. */
export function decideReopen(view: RequestView, reason: string): Result<Decision, Refusal> {
	if (statusOf(view) === 'open') return refuse('already-open');
	return decideChange(view, 'request-amended', [changeOf(view, 'status', 'open')], reason);
}

function refuseClosed(view: RequestView): Result<Decision, Refusal> | null {
	const status = statusOf(view);
	if (status === 'done') return refuse('already-done');
	return status === 'withdrawn' ? refuse('already-withdrawn') : null;
}
