/** Paths of a request's fields and their values, in the words of its form. */
import type { FormDefinition } from '$lib/domain/forms/form';
import { fieldById } from '$lib/domain/forms/validate';
import type { JsonValue } from '$lib/domain/operation';
import type { Instant } from '$lib/domain/time';
import { readableAnswer } from './answers';
import { formatDateTime } from './format';
import { paperText, requestText, statusText, timelineText as text, urgencyText } from './requests';

export function pathLabel(path: string, form: FormDefinition | null): string {
	const [group = '', id = ''] = path.split('/');
	if (group === 'answers' || group === 'reentry') return (form && fieldById(form, id)?.label) ?? id;
	if (group === 'papers') return form?.papers.find((paper) => paper.id === id)?.label ?? id;
	return text.paths[group] ?? path;
}

export function pathValue(path: string, value: JsonValue, form: FormDefinition | null): string {
	const [group = '', id = ''] = path.split('/');
	if (value === null || value === '') return requestText.empty;
	if (group === 'answers' && typeof value === 'string') return readableAnswer(form && fieldById(form, id), value);
	if (group === 'missing' && Array.isArray(value)) return missingLabels(value, form);
	if (isReceived(value)) return requestText.receivedEarlier(formatDateTime(value.at), value.reason);
	if (typeof value === 'boolean') return value ? text.yes : text.no;
	return words[group]?.[String(value)] ?? (typeof value === 'object' ? JSON.stringify(value) : String(value));
}

const words: { readonly [group: string]: { readonly [value: string]: string } } = {
	status: statusText,
	urgency: urgencyText,
	papers: paperText
};

/** Ids of lacking fields and papers. */
export function missingLabels(ids: readonly JsonValue[], form: FormDefinition | null): string {
	const labels = ids.map((id) => {
		const known = form?.papers.find((paper) => paper.id === id) ?? (form && fieldById(form, String(id)));
		return known?.label ?? String(id);
	});
	return labels.join(', ') || requestText.empty;
}

const isReceived = (value: JsonValue): value is { readonly at: Instant; readonly reason: string } =>
	typeof value === 'object' && value !== null && 'at' in value && 'reason' in value;
