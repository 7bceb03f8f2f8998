/** Saved answers as they are typed into a field, and as they are read. */
import type { FieldDefinition, FieldKind } from '$lib/domain/forms/form';
import { formatIban, formatLocalDate } from './format';

/** Dates and months in German, IBANs in groups of four; choices keep their value. */
export function displayValue(kind: FieldKind | null, value: string): string {
	switch (kind) {
		case 'date':
		case 'birth-date':
			return formatLocalDate(value);
		case 'month':
			return value.replace(/^(\d{4})-(\d{2})$/, '$2/$1');
		case 'iban':
			return formatIban(value);
		default:
			return value;
	}
}

export const displayAnswer = (field: FieldDefinition, value: string): string => displayValue(field.kind, value);

/** The same, and the label of what was chosen. */
export const readableAnswer = (field: FieldDefinition | null, value: string): string =>
	field?.choices?.find((choice) => choice.value === value)?.label ?? displayValue(field?.kind ?? null, value);
