/** All open requests as one table of text: a column for every question that any of them answers. */
import { answerRows, paperRows } from '$lib/domain/form-rows';
import { formById } from '$lib/domain/forms/catalog';
import { fieldById } from '$lib/domain/forms/validate';
import { currentText, missingOf, receivedAtOf, statusOf, urgencyOf, type RequestView } from '$lib/domain/request';
import { readableAnswer } from './answers';
import { exportText as text } from './export';
import { missingLabels } from './field-path';
import { formatDateTime } from './format';
import { paperText, requestListText, statusText, urgencyText } from './requests';

export interface OpenRequest {
	readonly view: RequestView;
	/** What stands before the answers: number, time of receipt, matter … */
	readonly facts: readonly string[];
	/** Label → value, in the order of the form. */
	readonly answers: ReadonlyMap<string, string>;
	/** What stands behind them: papers, what is lacking, notes. */
	readonly rest: readonly string[];
}

const FACTS = ['number', 'received', 'matter', 'status', 'urgency', 'urgencyReason'] as const;
const REST = ['papers', 'missing', 'note'] as const;
export const factLabels: readonly string[] = FACTS.map((name) => text.columns[name]);
export const restLabels: readonly string[] = REST.map((name) => text.columns[name]);

export function openRequest(view: RequestView): OpenRequest {
	const form = formById(view.formId, view.formVersion);
	const papers = paperRows(view, form).map(({ label, status }) => text.paper(label, paperText[status]));
	const notes = ['note', ...Object.keys(view.fields).filter((path) => path.startsWith('notes/'))];
	return {
		view,
		facts: [
			view.caseNumber,
			formatDateTime(receivedAtOf(view)),
			form?.title ?? requestListText.unknownForm,
			statusText[statusOf(view)],
			urgencyText[urgencyOf(view)],
			currentText(view, 'urgencyReason')
		],
		answers: new Map(
			answerRows(view, form).map(({ fieldId, label, value }) => [
				label,
				readableAnswer(form && fieldById(form, fieldId), value)
			])
		),
		rest: [
			papers.join(', '),
			missingOf(view).length > 0 ? missingLabels(missingOf(view), form) : '',
			notes
				.map((path) => currentText(view, path))
				.filter(Boolean)
				.join('\n')
		]
	};
}

/** Head row first. */
export function openRequestTable(views: readonly RequestView[]): string[][] {
	const requests = views.map(openRequest);
	const labels = [...new Set(requests.flatMap(({ answers }) => [...answers.keys()]))];
	return [
		[...factLabels, ...labels, ...restLabels],
		...requests.map(({ facts, answers, rest }) => [
			...facts,
			...labels.map((label) => answers.get(label) ?? ''),
			...rest
		])
	];
}
