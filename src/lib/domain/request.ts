/** What may be done with a request: rules of the counter → the operation to be written, or why not. Roles are asked elsewhere. */
import type { Answers } from './forms/form';
import type { RequestId, SubjectId } from './ids';
import { isFieldPath } from './operation-body';
import {
	MAX_OPERATION_BYTES,
	MAX_TEXT_LENGTH,
	type FieldChange,
	type FieldChanges,
	type JsonValue,
	type OperationBodies,
	type OperationType,
	type ReceiptIssuedBody
} from './operation';
import { sameValue } from './canonical-json';
import {
	answerPath,
	changeOf,
	currentValue,
	distinctValues,
	notePath,
	paperPath,
	receiptCopiesOf,
	reentryPath,
	statusOf,
	type EarlierReceipt,
	type FieldPath,
	type PaperStatus,
	type ProposedChange,
	type RequestView,
	type Urgency
} from './request-view';
import { err, ok, type Result } from './result';

export * from './request-view';

/** An operation decided on; name, stamp and, for an opened request, its case number are given under the write lock. */
export type DecisionOf<T extends OperationType> = {
	readonly type: T;
	readonly subjectId: SubjectId;
	readonly body: T extends 'request-opened' ? Omit<OperationBodies[T], 'caseNumber'> : OperationBodies[T];
};
export type Decision = { [T in OperationType]: DecisionOf<T> }[OperationType];

export type RefusalRule =
	| 'already-done'
	| 'already-open'
	| 'already-withdrawn'
	| 'malformed-path'
	| 'not-a-candidate'
	| 'not-amendable'
	| 'nothing-changed'
	| 'nothing-to-settle'
	| 'question-required'
	| 'reason-required'
	| 'received-reason-required'
	| 'reference-required'
	| 'reference-too-long'
	| 'text-required'
	| 'text-too-long'
	| 'too-large';
export interface Refusal {
	readonly type: 'refused';
	readonly rule: RefusalRule;
}

export interface OpenRequestInput {
	readonly id: RequestId;
	readonly batchId: RequestId | null;
	readonly formId: string;
	readonly formVersion: number;
	readonly answers: Answers;
	readonly papers: { readonly [paperId: string]: PaperStatus };
	readonly note: string;
	readonly urgency: Urgency;
	readonly urgencyReason: string;
	readonly received: EarlierReceipt | null;
	readonly missing: readonly string[];
}

const MAX_REFERENCE_LENGTH = 200;
/** Room for who, when and where around a body; a clock's source has at most 300 characters. */
const ENVELOPE_BYTES = 1_024;
/** What taking and amending writes; everything else has an act of its own. */
const AMENDABLE = /^(?:answers\/|papers\/|(?:note|urgency|urgencyReason|received|missing)$)/;
const PAPERS = /^(?:papers\/|missing$)/;

/**
 * Opens a request. When its id is open already (the same draft saved again), the differences amend it; null when there are none.
 * Answers are pruned and validated before: here they are taken as they are, empty ones left out.
 */
export function decideOpenRequest(
	input: OpenRequestInput,
	existing: RequestView | null
): Result<Decision | null, Refusal> {
	if (existing !== null) {
		const changes = differences(input, existing);
		return changes.length === 0 ? ok(null) : decideAmend(existing, changes);
	}
	const values = [...valuesOf(input)].filter(([, value]) => !isEmpty(value));
	const { id, formId, formVersion, batchId } = input;
	const firsts = [['status', 'open'] as const, ...values];
	const changes = Object.fromEntries(
		firsts.map(([path, value]): [string, FieldChange] => [path, { value, replaces: [] }])
	);
	return checked({ type: 'request-opened', subjectId: id, body: { formId, formVersion, batchId, changes } });
}

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

/* ── What the decisions share ────────────────────────────────────────────── */

function decideChange(
	view: RequestView,
	type: Exclude<OperationType, 'request-opened' | 'receipt-issued' | 'device-joined' | 'requests-exported'>,
	proposed: readonly ProposedChange[],
	reason = ''
): Result<Decision, Refusal> {
	const changes = changesByPath(proposed);
	const given = reason.trim();
	return checked({ type, subjectId: view.id, body: given === '' ? { changes } : { changes, reason: given } });
}

const changesByPath = (changes: readonly ProposedChange[]): FieldChanges =>
	Object.fromEntries(changes.map(({ path, value, replaces }) => [path, { value, replaces }]));

/** Whatever is decided can be written, and read again as what it was. */
function checked(decision: Decision): Result<Decision, Refusal> {
	const { changes } = decision.body;
	const received = changes.received?.value;
	if (!Object.keys(changes).every(isFieldPath)) return refuse('malformed-path');
	if (Object.values(changes).some(({ value }) => typeof value === 'string' && value.length > MAX_TEXT_LENGTH))
		return refuse('text-too-long');
	if (isReceipt(received) && received.reason.trim() === '') return refuse('received-reason-required');
	const { length } = new TextEncoder().encode(JSON.stringify(decision));
	return length + ENVELOPE_BYTES > MAX_OPERATION_BYTES ? refuse('too-large') : ok(decision);
}

const isReceipt = (value: JsonValue | undefined): value is { readonly at: JsonValue; readonly reason: string } =>
	typeof value === 'object' && value !== null && 'reason' in value && typeof value.reason === 'string';

function refuseClosed(view: RequestView): Result<Decision, Refusal> | null {
	const status = statusOf(view);
	if (status === 'done') return refuse('already-done');
	return status === 'withdrawn' ? refuse('already-withdrawn') : null;
}

const refuse = (rule: RefusalRule): Result<never, Refusal> => err({ type: 'refused', rule });

/** All fields that taking a request writes, with the empty ones. */
function valuesOf(input: OpenRequestInput): Map<FieldPath, JsonValue> {
	const values = new Map<FieldPath, JsonValue>();
	for (const [id, answer] of Object.entries(input.answers)) values.set(answerPath(id), answer);
	for (const [id, status] of Object.entries(input.papers)) values.set(paperPath(id), status);
	values.set('note', input.note);
	values.set('urgency', input.urgency);
	values.set('urgencyReason', input.urgencyReason);
	values.set('received', input.received === null ? null : { ...input.received });
	values.set('missing', [...input.missing]);
	return values;
}

const isEmpty = (value: JsonValue): boolean =>
	value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** What the input says otherwise than the request; answers that are not in it any more are emptied. */
function differences(input: OpenRequestInput, view: RequestView): ProposedChange[] {
	const values = valuesOf(input);
	for (const path of Object.keys(view.fields))
		if (path.startsWith('answers/') && !values.has(path)) values.set(path, '');
	const differs = ([path, value]: [FieldPath, JsonValue]): boolean => {
		const current = currentValue(view, path);
		return current === undefined ? !isEmpty(value) : !sameValue(current, value);
	};
	return [...values].filter(differs).map(([path, value]) => changeOf(view, path, value));
}
