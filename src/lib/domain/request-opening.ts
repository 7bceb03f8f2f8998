/** Opening a request: what was filled in becomes its first values, or, when it was saved before, an amendment. */
import { sameValue } from './canonical-json';
import { checked, decideChange, type Decision, type Refusal } from './decision';
import type { Answers } from './forms/form';
import type { RequestId } from './ids';
import type { FieldChange, JsonValue } from './operation';
import {
	answerPath,
	changeOf,
	currentValue,
	paperPath,
	type EarlierReceipt,
	type FieldPath,
	type PaperStatus,
	type ProposedChange,
	type RequestView,
	type Urgency
} from './request-view';
import { ok, type Result } from './result';

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
		return changes.length === 0 ? ok(null) : decideChange(existing, 'request-amended', changes);
	}
	const values = [...valuesOf(input)].filter(([, value]) => !isEmpty(value));
	const { id, formId, formVersion, batchId } = input;
	const firsts = [['status', 'open'] as const, ...values];
	const changes = Object.fromEntries(
		firsts.map(([path, value]): [string, FieldChange] => [path, { value, replaces: [] }])
	);
	return checked({ type: 'request-opened', subjectId: id, body: { formId, formVersion, batchId, changes } });
}

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
