/** A request as it stands → the form to amend it with. */
import type { FormDefinition } from '$lib/domain/forms/form';
import { allFields } from '$lib/domain/forms/validate';
import {
	answerPath,
	currentText,
	earlierReceiptOf,
	paperStatusOf,
	urgencyOf,
	type RequestView
} from '$lib/domain/request';
import type { LocalDate } from '$lib/domain/time';
import { displayAnswer } from '../text/answers';
import { formatDate } from '../text/format';
import { clockTime } from '../text/local-time';
import { FormState } from './form-state.svelte';

export function formOfRequest(form: FormDefinition, view: RequestView, today: () => LocalDate): FormState {
	const state = new FormState({ form, requestId: view.id, draftId: null, today });
	for (const field of allFields(form)) {
		// A question never asked keeps the answer a new form begins with: others may hang on it.
		const isKnown = answerPath(field.id) in view.fields;
		if (isKnown || field.initial === undefined)
			state.typed[field.id] = displayAnswer(field, currentText(view, answerPath(field.id)));
	}
	for (const { id } of form.papers) {
		const status = paperStatusOf(view, id);
		if (status) state.papers[id] = status;
	}
	state.note = currentText(view, 'note');
	state.urgency = urgencyOf(view);
	state.urgencyReason = currentText(view, 'urgencyReason');
	const received = earlierReceiptOf(view);
	state.received.restore(
		received && { date: formatDate(received.at), time: clockTime(received.at), reason: received.reason }
	);
	state.settle();
	return state;
}
