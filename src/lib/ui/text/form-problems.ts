/** All that stands in the way of saving a form, as sentences with the id of the field they belong to. */
import { MAX_TEXT_LENGTH } from '$lib/domain/operation';
import { fieldById } from '$lib/domain/forms/validate';
import { splitFieldKey, type KeyedViolation } from '../state/form-check';
import type { FormState } from '../state/form-state.svelte';
import { formatNumber } from './format';
import { requestFormText as text } from './request-form';
import { violationText } from './violations';

export interface FormProblem {
	readonly fieldId: string;
	readonly text: string;
}

/** Facts that are lacking or cannot be; `incomplete` leaves them out, since the receipt must not wait for a paper. */
export function formProblems(form: FormState, now: number, incomplete: boolean): FormProblem[] {
	const problems: FormProblem[] = incomplete ? [] : form.problems.map((problem) => fieldProblem(form, problem));
	const received = form.received.errorAt(now);
	if (received) problems.unshift(receivedProblem[received]);
	if (form.urgencyReasonMissing) problems.push({ fieldId: 'dringlichkeit-grund', text: text.urgencyReasonMissing });
	const note = noteProblem(form.note);
	if (note) problems.push({ fieldId: 'notiz', text: note });
	return problems;
}

/** Nothing is cut off what was typed or pasted: a note that is too long says by how much. */
export function noteProblem(note: string): string | null {
	const over = note.length - MAX_TEXT_LENGTH;
	return over > 0 ? text.noteTooLong(formatNumber(over)) : null;
}

function fieldProblem(form: FormState, violation: KeyedViolation): FormProblem {
	const sentence = violationText(violation, labelOf(form, violation.fieldId));
	return {
		fieldId: `feld-${violation.key}`,
		text: violation.rowNumber === null ? sentence : text.inVehicle(violation.rowNumber, sentence)
	};
}

const receivedProblem = {
	incomplete: { fieldId: 'eingang-datum', text: text.receivedIncomplete },
	'in-future': { fieldId: 'eingang-datum', text: text.receivedInFuture },
	'reason-missing': { fieldId: 'eingang-grund', text: text.receivedReasonMissing }
} as const;

const labelOf = (form: FormState, fieldId: string): string => fieldById(form.form, fieldId)?.label ?? fieldId;

/** Labels of what is lacking, for the line above the buttons. */
export function missingLabels(form: FormState): string[] {
	const ids = form.missingKeys.map((key) => splitFieldKey(key).fieldId);
	return [...new Set(ids)].map((id) => labelOf(form, id));
}
