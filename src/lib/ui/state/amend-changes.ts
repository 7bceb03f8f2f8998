/** What a form says otherwise than the request it began with; only that is written, against the values the clerk saw. */
import { sameValue } from '$lib/domain/canonical-json';
import type { JsonValue } from '$lib/domain/operation';
import { answerPath, changeOf, currentValue, paperPath, type FieldPath, type RequestView } from '$lib/domain/request';
import type { PendingChange, TakeRequestInput } from '$lib/services/workspace';

export function amendChanges(seen: RequestView, input: TakeRequestInput): PendingChange[] {
	return [...valuesOf(seen, input)]
		.filter(([path, value]) => {
			const current = currentValue(seen, path);
			return current === undefined ? !isEmpty(value) : !sameValue(current, value);
		})
		.map(([path, value]) => changeOf(seen, path, value));
}

/** The form's values by path; answers of the request that the form no longer has are emptied. */
function valuesOf(seen: RequestView, input: TakeRequestInput): Map<FieldPath, JsonValue> {
	const values = new Map<FieldPath, JsonValue>();
	for (const path of Object.keys(seen.fields)) if (path.startsWith('answers/')) values.set(path, '');
	for (const [id, answer] of Object.entries(input.answers)) values.set(answerPath(id), answer);
	for (const [id, status] of Object.entries(input.papers)) values.set(paperPath(id), status);
	values.set('note', input.note);
	values.set('urgency', input.urgency);
	values.set('urgencyReason', input.urgencyReason);
	values.set('received', input.received === null ? null : { at: input.received.at, reason: input.received.reason });
	values.set('missing', [...input.missing]);
	return values;
}

const isEmpty = (value: JsonValue): boolean =>
	value === null || value === '' || value === 'normal' || (Array.isArray(value) && value.length === 0);
