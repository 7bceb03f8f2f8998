/** Decision: an operation that a rule allows, not yet named, stamped or written; or the rule that refuses it. */
import type { SubjectId } from './ids';
import {
	MAX_OPERATION_BYTES,
	MAX_TEXT_LENGTH,
	type FieldChanges,
	type JsonValue,
	type OperationBodies,
	type OperationType
} from './operation';
import { isFieldPath } from './operation-body';
import type { ProposedChange } from './request-view';
import { err, ok, type Result } from './result';

/** An operation decided on; name, stamp and, for an opened request, its case number are given under the write lock. */
export type DecisionOf<T extends OperationType> = {
	readonly type: T;
	readonly subjectId: SubjectId;
	readonly body: T extends 'request-opened' ? Omit<OperationBodies[T], 'caseNumber'> : OperationBodies[T];
};
export type Decision = { [T in OperationType]: DecisionOf<T> }[OperationType];

export type RefusalRule =
	| 'already-cancelled'
	| 'already-done'
	| 'already-open'
	| 'already-withdrawn'
	| 'malformed-path'
	| 'day-required'
	| 'malformed-time'
	| 'not-a-candidate'
	| 'not-a-step'
	| 'not-the-same'
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

/** Room for who, when and where around a body; a clock's source has at most 300 characters. */
const ENVELOPE_BYTES = 1_024;

/** An operation that does nothing but change fields; the reason, where one is given, goes with it. */
export function decideChange(
	view: { readonly id: SubjectId },
	type: Exclude<OperationType, 'request-opened' | 'receipt-issued' | 'device-joined' | 'requests-exported'>,
	proposed: readonly ProposedChange[],
	reason = ''
): Result<Decision, Refusal> {
	const changes = changesByPath(proposed);
	const given = reason.trim();
	return checked({ type, subjectId: view.id, body: given === '' ? { changes } : { changes, reason: given } });
}

export const changesByPath = (changes: readonly ProposedChange[]): FieldChanges =>
	Object.fromEntries(changes.map(({ path, value, replaces }) => [path, { value, replaces }]));

/** Whatever is decided can be written, and read again as what it was. */
export function checked(decision: Decision): Result<Decision, Refusal> {
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

export const refuse = (rule: RefusalRule): Result<never, Refusal> => err({ type: 'refused', rule });
