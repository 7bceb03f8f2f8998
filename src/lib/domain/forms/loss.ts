/** How something was lost: asked alike for papers and for plates. */
import type { Condition, FieldDefinition } from './form';

export const STOLEN: readonly Condition[] = [{ fieldId: 'lossKind', oneOf: ['stolen'] }];

export const lossKindField: FieldDefinition = {
	id: 'lossKind',
	label: 'Verlust oder Diebstahl',
	kind: 'choice',
	required: true,
	initial: 'lost',
	choices: [
		{ value: 'lost', label: 'verloren' },
		{ value: 'stolen', label: 'gestohlen' },
		{ value: 'destroyed', label: 'zerstört oder unleserlich' }
	],
	width: 'quarter'
};

export const lossDateField: FieldDefinition = {
	id: 'lossDate',
	label: 'Wann bemerkt',
	kind: 'date',
	required: true,
	expect: 'past',
	width: 'quarter'
};

export const lossCircumstancesField: FieldDefinition = {
	id: 'lossCircumstances',
	label: 'Umstände des Verlusts',
	kind: 'long-text',
	required: true,
	maxLength: 2000,
	width: 'full'
};

export const policeReferenceField: FieldDefinition = {
	id: 'policeReference',
	label: 'Aktenzeichen der Polizei',
	kind: 'text',
	required: false,
	maxLength: 80,
	width: 'half'
};
