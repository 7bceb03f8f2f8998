/** What a form asks under given answers: its fields, which of them are visible, and the answers that count. */
import type { Answers, Condition, FieldDefinition, FormDefinition, FormSection, PaperDefinition } from './form';

export const allFields = (form: FormDefinition): readonly FieldDefinition[] =>
	form.sections.flatMap((section) => section.fields);

export const fieldById = (form: FormDefinition, id: string): FieldDefinition | null =>
	allFields(form).find((field) => field.id === id) ?? null;

/** Ids of the fields asked once per vehicle when a dealer brings many. */
export const vehicleFieldIds = (form: FormDefinition): readonly string[] =>
	form.sections.filter((section) => section.perVehicle).flatMap((section) => section.fields.map(({ id }) => id));

/** Answers a new form begins with. */
export const initialAnswers = (form: FormDefinition): Answers =>
	Object.fromEntries(
		allFields(form).flatMap(({ id, initial }) => (initial === undefined ? [] : [[id, initial] as const]))
	);

/** Do all conditions hold? No conditions: visible. */
export const isVisible = (conditions: readonly Condition[] | undefined, answers: Answers): boolean =>
	(conditions ?? []).every(({ fieldId, oneOf }) => oneOf.includes(answers[fieldId] ?? ''));

export interface VisibleSection extends FormSection {
	readonly fields: readonly FieldDefinition[];
}

/** Sections with their visible fields, empty ones left out. A field that hangs on an invisible one is invisible too. */
export function visibleSections(form: FormDefinition, answers: Answers): readonly VisibleSection[] {
	const counting = countingAnswers(form, answers);
	return form.sections
		.filter((section) => isVisible(section.visibleWhen, counting))
		.map((section) => ({
			...section,
			fields: section.fields.filter((field) => isVisible(field.visibleWhen, counting))
		}))
		.filter((section) => section.fields.length > 0);
}

export const visibleFields = (form: FormDefinition, answers: Answers): readonly FieldDefinition[] =>
	visibleSections(form, answers).flatMap((section) => section.fields);

export const visiblePapers = (form: FormDefinition, answers: Answers): readonly PaperDefinition[] => {
	const counting = countingAnswers(form, answers);
	return form.papers.filter((paper) => isVisible(paper.visibleWhen, counting));
};

/** The answers that are kept: of visible fields of this form, not empty. */
export function pruneAnswers(form: FormDefinition, answers: Answers): Answers {
	const kept = visibleFields(form, answers).flatMap(({ id }) => {
		const answer = answers[id] ?? '';
		return answer.trim() === '' ? [] : [[id, answer] as const];
	});
	return Object.fromEntries(kept);
}

/** Initial values stand in for answers never given; answers of invisible fields are taken away until nothing changes. */
function countingAnswers(form: FormDefinition, answers: Answers): Answers {
	const all: Answers = { ...initialAnswers(form), ...answers };
	const visible = form.sections.flatMap((section) =>
		section.fields
			.filter((field) => isVisible(section.visibleWhen, all) && isVisible(field.visibleWhen, all))
			.map((field) => field.id)
	);
	const remaining = Object.fromEntries(Object.entries(all).filter(([id]) => visible.includes(id)));
	const settled = Object.keys(remaining).length === Object.keys(all).length;
	return settled ? all : countingAnswers(hideless(form, visible), remaining);
}

/** The form without its invisible fields, so that their initial values do not come back. */
const hideless = (form: FormDefinition, visible: readonly string[]): FormDefinition => ({
	...form,
	sections: form.sections.map((section) => ({
		...section,
		fields: section.fields.filter(({ id }) => visible.includes(id))
	}))
});
