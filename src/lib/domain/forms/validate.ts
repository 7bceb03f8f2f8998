/** validateAnswers: what is wrong with a filled-in form, what is only unusual, and what is still missing. */
import { placeExpected } from '../validators/postal-code';
import type { CheckContext, Finding } from '../validators/finding';
import type { LocalDate } from '../time';
import { checkField } from './check-field';
import { initialAnswers, visibleFields } from './fields';
import type { Answers, FieldDefinition, FormDefinition, Validation, Violation } from './form';

export { checkField, normaliseAnswer } from './check-field';
export {
	allFields,
	fieldById,
	initialAnswers,
	isVisible,
	pruneAnswers,
	vehicleFieldIds,
	visibleFields,
	visiblePapers,
	visibleSections
} from './fields';

/** Checks the visible fields; answers may be as typed or normalised already. Fields never touched hold their initial value. */
export function validateAnswers(
	form: FormDefinition,
	answers: Answers,
	{ today }: { readonly today: LocalDate }
): Validation {
	const whole: Answers = { ...initialAnswers(form), ...answers };
	const fields = visibleFields(form, whole);
	const context: CheckContext = { today, answers: normalised(fields, whole, today) };
	const checked = fields.map((field) => ({ field, ...checkField(field, whole[field.id] ?? '', context) }));
	return {
		errors: checked.flatMap(({ field, errors }) => errors.map((finding) => violation(field.id, finding))),
		hints: [
			...checked.flatMap(({ field, hints }) => hints.map((finding) => violation(field.id, finding))),
			...contactHint(fields, whole),
			...placeHint(fields, whole)
		],
		missing: fields.filter((field) => isMissing(field, whole)).map(({ id }) => id)
	};
}

/** Rules that look at other answers see them in their normal form. */
const normalised = (fields: readonly FieldDefinition[], answers: Answers, today: LocalDate): Answers =>
	Object.fromEntries(
		fields.map((field) => [field.id, checkField(field, answers[field.id] ?? '', { today, answers }).value])
	);

const violation = (fieldId: string, finding: Finding): Violation => ({ fieldId, ...finding });

const isBlank = (answers: Answers, id: string): boolean => (answers[id] ?? '').trim() === '';

function isMissing({ id, required, requiredUnless }: FieldDefinition, answers: Answers): boolean {
	if (!required || !isBlank(answers, id)) return false;
	return requiredUnless === undefined || requiredUnless.some((other) => isBlank(answers, other));
}

/** „mindestens Telefon oder E-Mail“: a hint, at the field that comes first. */
function contactHint(fields: readonly FieldDefinition[], answers: Answers): readonly Violation[] {
	const ways = fields.filter(({ id }) => id === 'phone' || id === 'email');
	const [first] = ways;
	if (first === undefined || first.required || ways.some(({ id }) => !isBlank(answers, id))) return [];
	return [{ fieldId: first.id, rule: 'contact-missing' }];
}

function placeHint(fields: readonly FieldDefinition[], answers: Answers): readonly Violation[] {
	if (!fields.some(({ id }) => id === 'city')) return [];
	const place = placeExpected(answers['postalCode'] ?? '', answers['city'] ?? '');
	return place === null ? [] : [{ fieldId: 'city', rule: 'postal-code-place', details: { place }, proposals: [place] }];
}
