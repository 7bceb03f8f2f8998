/** The address before a move: one line, since the register has it in its parts. */
import type { FieldDefinition } from './form';

export const previousAddressField: FieldDefinition = {
	id: 'previousAddress',
	label: 'Bisherige Anschrift',
	kind: 'text',
	required: true,
	maxLength: 200,
	width: 'full'
};
