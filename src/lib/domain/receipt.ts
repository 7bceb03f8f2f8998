/** Receipt (Beleg): what the citizen takes home, derived from one request or a dealer's batch. Holds no ID number and no IBAN in full. */
import { paperRows } from './form-rows';
import type { FormDefinition } from './forms/form';
import type { RequestId } from './ids';
import { nameOf } from './request-row';
import {
	answerPath,
	currentText,
	earlierReceiptOf,
	missingOf,
	receiptCopiesOf,
	receivedAtOf,
	type RequestView
} from './request-view';
import type { Instant } from './time';
import type { Workplace } from './workplace';

export interface ReceiptItem {
	readonly id: RequestId;
	readonly caseNumber: string;
	/** Title of the form; its id when the form is not known here. */
	readonly matter: string;
	readonly plate: string;
	readonly vin: string;
}

/** Data of the sheet; the words around them, dates in German and the notice on data protection belong to the screen. */
export interface Receipt {
	readonly commune: string;
	readonly site: string;
	readonly counter: string;
	/** One for each request, in the order given; never empty for a receipt that is shown. */
	readonly items: readonly ReceiptItem[];
	readonly name: string;
	/** Effective time of receipt; of a batch the earliest. */
	readonly receivedAt: Instant;
	/** Why the time of receipt lies before the time of recording; null when it does not. */
	readonly earlierReceiptReason: string | null;
	readonly handedIn: readonly string[];
	/** Labels of papers and mandatory fields that are lacking. */
	readonly missing: readonly string[];
	/** What happens next, a sentence for each matter. */
	readonly nextSteps: readonly string[];
	/** Until when, in the words of the law. */
	readonly deadlines: readonly string[];
	readonly fees: readonly string[];
	/** First two and last four characters; null without IBAN. */
	readonly maskedIban: string | null;
	/** Number of the copy that is printed next: 1 = original, from 2 on „Zweitschrift“. */
	readonly copy: number;
}

export type FindForm = (formId: string, formVersion: number) => FormDefinition | null;

/** `views` are the requests of one act: one, or all of a batch. null without any. */
export function receiptOf(
	views: readonly RequestView[],
	findForm: FindForm,
	{ commune, site, counter }: Pick<Workplace, 'commune' | 'site' | 'counter'>
): Receipt | null {
	const [first] = views;
	if (first === undefined) return null;
	const pairs = views.map((view) => ({ view, form: findForm(view.formId, view.formVersion) }));
	const forms = pairs.flatMap(({ form }) => (form === null ? [] : [form]));
	return {
		commune,
		site,
		counter,
		items: pairs.map(itemOf),
		name: nameOf(first),
		receivedAt: Math.min(...views.map(receivedAtOf)) as Instant,
		earlierReceiptReason: earlierReceiptOf(first)?.reason ?? null,
		handedIn: distinct(pairs.flatMap(handedIn)),
		missing: distinct(pairs.flatMap(lacking)),
		nextSteps: distinct(forms.map((form) => form.nextSteps)),
		deadlines: distinct(forms.map((form) => form.deadline ?? '')),
		fees: distinct(forms.map((form) => form.fee)),
		maskedIban: maskIban(currentText(first, answerPath('iban'))),
		copy: Math.max(...views.map(receiptCopiesOf)) + 1
	};
}

interface FormedRequest {
	readonly view: RequestView;
	readonly form: FormDefinition | null;
}

const itemOf = ({ view, form }: FormedRequest): ReceiptItem => ({
	id: view.id,
	caseNumber: view.caseNumber,
	matter: form?.title ?? view.formId,
	plate: currentText(view, answerPath('plate')),
	vin: currentText(view, answerPath('vin'))
});

const handedIn = ({ view, form }: FormedRequest): string[] =>
	paperRows(view, form)
		.filter(({ status }) => status === 'present')
		.map(({ label }) => label);

/** Papers marked as missing, and whatever was lacking when it was saved as incomplete. */
function lacking({ view, form }: FormedRequest): string[] {
	const papers = paperRows(view, form).filter(({ status }) => status === 'missing');
	const fields = form?.sections.flatMap((section) => section.fields) ?? [];
	const labelOf = (id: string): string =>
		fields.find((field) => field.id === id)?.label ?? form?.papers.find((paper) => paper.id === id)?.label ?? id;
	return [...missingOf(view).map(labelOf), ...papers.map(({ label }) => label)];
}

/** `DE02 … 4567`-like: enough to know one's own account again, too little for anybody else. */
function maskIban(iban: string): string | null {
	const compact = iban.replaceAll(/\s/g, '');
	if (compact.length < 8) return null;
	return `${compact.slice(0, 2)}${'•'.repeat(compact.length - 6)}${compact.slice(-4)}`;
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].filter((text) => text !== '');
