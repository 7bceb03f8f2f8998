/** The two answers of a yes-no field, with their words for every page and list. */
import type { FieldDefinition } from './form';

export const YES_NO: NonNullable<FieldDefinition['choices']> = [
	{ value: 'yes', label: 'ja' },
	{ value: 'no', label: 'nein' }
];
