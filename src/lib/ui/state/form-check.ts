/** What is wrong, odd or lacking in a form that may ask some of its fields once for each of many vehicles. */
import type { Answers, FormDefinition, Violation } from '$lib/domain/forms/form';
import { initialAnswers, validateAnswers, vehicleFieldIds } from '$lib/domain/forms/validate';
import type { LocalDate } from '$lib/domain/time';

/** A field on the page: of the person and the one vehicle, or of a row of the vehicle table. */
export const fieldKey = (fieldId: string, rowId: string | null): string => (rowId ? `${rowId}.${fieldId}` : fieldId);

/** The other way round. */
export function splitFieldKey(key: string): { readonly rowId: string | null; readonly fieldId: string } {
	const [first = '', second] = key.split('.');
	return second === undefined ? { rowId: null, fieldId: first } : { rowId: first, fieldId: second };
}

export interface KeyedViolation extends Violation {
	readonly key: string;
	/** From 1; null outside the vehicle table. */
	readonly rowNumber: number | null;
}

export interface FormCheck {
	/** Values that cannot be; those of fields merely empty are in `missing`. */
	readonly errors: readonly KeyedViolation[];
	readonly hints: readonly KeyedViolation[];
	/** Keys of required fields without an answer. */
	readonly missing: readonly string[];
}

export interface RowAnswers {
	readonly rowId: string;
	readonly answers: Answers;
}

/** All answers that hold for one vehicle of many: what is asked per vehicle is its own alone, also where it left it empty. */
export function answersOfRow(form: FormDefinition, shared: Answers, own: Answers): Answers {
	const perVehicle = new Set(vehicleFieldIds(form));
	const ofPerson = Object.fromEntries(Object.entries(shared).filter(([id]) => !perVehicle.has(id)));
	return { ...initialAnswers(form), ...ofPerson, ...own };
}

/** `rows` null: one vehicle, asked for among the other fields. */
export function checkForm(
	form: FormDefinition,
	answers: Answers,
	rows: readonly RowAnswers[] | null,
	today: LocalDate
): FormCheck {
	const perVehicle = new Set(vehicleFieldIds(form));
	const main = checkPart(form, answers, null, (id) => rows === null || !perVehicle.has(id), today);
	const parts = (rows ?? []).map(({ rowId, answers: own }, index) =>
		checkPart(form, answersOfRow(form, answers, own), { rowId, number: index + 1 }, (id) => perVehicle.has(id), today)
	);
	const all = [main, ...parts];
	return {
		errors: all.flatMap(({ errors }) => errors),
		hints: all.flatMap(({ hints }) => hints),
		missing: all.flatMap(({ missing }) => missing)
	};
}

function checkPart(
	form: FormDefinition,
	answers: Answers,
	row: { readonly rowId: string; readonly number: number } | null,
	belongs: (fieldId: string) => boolean,
	today: LocalDate
): FormCheck {
	const { errors, hints, missing } = validateAnswers(form, answers, { today });
	const rowId = row?.rowId ?? null;
	const keyed = (violations: readonly Violation[]): KeyedViolation[] =>
		violations
			.filter(({ fieldId }) => belongs(fieldId))
			.map((violation) => ({ ...violation, key: fieldKey(violation.fieldId, rowId), rowNumber: row?.number ?? null }));
	return {
		errors: keyed(errors),
		hints: keyed(hints),
		missing: missing.filter(belongs).map((id) => fieldKey(id, rowId))
	};
}
