/** A request beside its form: answers and papers as labelled rows, in the order of the form. For re-entry, receipt and reading. */
import type { FieldDefinition, FieldKind, FormDefinition } from './forms/form';
import {
	conflictPaths,
	answerPath,
	currentText,
	currentValue,
	paperStatusOf,
	reentryPath,
	type PaperStatus,
	type RequestView
} from './request-view';

/** One answer. `value` is what was saved; `text` what a person calls it (the label of a choice). */
export interface AnswerRow {
	readonly fieldId: string;
	/** The form's word; the field's id when the form does not know it. */
	readonly label: string;
	/** null when the form does not know the field. */
	readonly kind: FieldKind | null;
	/** Title of the section, '' when the form does not know the field. */
	readonly section: string;
	readonly source: string | null;
	readonly value: string;
	readonly text: string;
	/** Two counters wrote different values: to be settled before it is copied. */
	readonly contradictory: boolean;
	/** Ticked as copied to the specialist system. */
	readonly copied: boolean;
}

export interface PaperRow {
	readonly paperId: string;
	readonly label: string;
	readonly status: PaperStatus;
}

const ANSWERS = 'answers/';
const PAPERS = 'papers/';

/** All answers that hold something; those the form does not know come last under their ids, since none may be lost. */
export function answerRows(view: RequestView, form: FormDefinition | null): AnswerRow[] {
	const contradictory = new Set(conflictPaths(view));
	const rowOf = (fieldId: string, field: FieldDefinition | null, section: string): AnswerRow => {
		const value = currentText(view, answerPath(fieldId));
		return {
			fieldId,
			label: field?.label ?? fieldId,
			kind: field?.kind ?? null,
			section,
			source: field?.source ?? null,
			value,
			text: field?.choices?.find((choice) => choice.value === value)?.label ?? value,
			contradictory: contradictory.has(answerPath(fieldId)),
			copied: currentValue(view, reentryPath(fieldId)) === true
		};
	};
	const known = (form?.sections ?? []).flatMap((section) =>
		section.fields.map((field) => rowOf(field.id, field, section.title))
	);
	const further = idsUnder(view, ANSWERS, new Set(known.map(({ fieldId }) => fieldId)));
	return [...known, ...further.map((id) => rowOf(id, null, ''))].filter(({ value }) => value !== '');
}

/** All papers somebody said something of, in the order of the form; unknown ones last. */
export function paperRows(view: RequestView, form: FormDefinition | null): PaperRow[] {
	const known = form?.papers ?? [];
	const further = idsUnder(view, PAPERS, new Set(known.map(({ id }) => id))).map((id) => ({ id, label: id }));
	return [...known, ...further].flatMap(({ id, label }) => {
		const status = paperStatusOf(view, id);
		return status === null ? [] : [{ paperId: id, label, status }];
	});
}

const idsUnder = (view: RequestView, prefix: string, known: ReadonlySet<string>): string[] =>
	Object.keys(view.fields)
		.filter((path) => path.startsWith(prefix) && !known.has(path.slice(prefix.length)))
		.map((path) => path.slice(prefix.length))
		.sort();
