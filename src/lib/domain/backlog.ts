/** Backlog (Nacherfassung): what must still go into the specialist system, and in which order. */
import { answerRows, type AnswerRow } from './form-rows';
import type { FormDefinition } from './forms/form';
import type { RequestRow, RequestView, Urgency } from './request-view';

const RANK: { readonly [U in Urgency]: number } = { immediate: 0, high: 1, normal: 2 };

/** Open requests and those back at the counter with a question: the urgent first, then by date of receipt, the oldest first. */
export const backlogOf = (rows: readonly RequestRow[]): RequestRow[] =>
	rows
		.filter(({ status }) => status === 'open' || status === 'query')
		.sort(
			(a, b) =>
				RANK[a.urgency] - RANK[b.urgency] ||
				a.receivedAt - b.receivedAt ||
				(a.caseNumber < b.caseNumber ? -1 : a.caseNumber > b.caseNumber ? 1 : 0)
		);

/** Every answer of a request as a row: label, value to be copied, whether that was done. */
export const reentryRows = (view: RequestView, form: FormDefinition | null): AnswerRow[] => answerRows(view, form);
