/** The vehicle by § 6 Abs. 4–8 FZV: identity, insurance and tax, shared by all forms. */
import type { FieldDefinition, FormSection } from './form';
import { YES_NO } from './yes-no';

export const plateField = (options: { readonly required: boolean; readonly hint?: string }): FieldDefinition => ({
	id: 'plate',
	label: 'Kennzeichen',
	kind: 'plate',
	required: options.required,
	maxLength: 20,
	width: 'quarter',
	source: 'ZB I Feld A',
	...(options.hint === undefined ? {} : { hint: options.hint })
});

export const vinField = (required: boolean): FieldDefinition => ({
	id: 'vin',
	label: 'FIN',
	kind: 'vin',
	required,
	hint: '17 Zeichen, ohne I, O und Q',
	maxLength: 30,
	width: 'half',
	source: 'ZB I Feld E'
});

/** Without an eVB, insurer and VB-Nummer will do (technical.ts). */
export const evbField: FieldDefinition = {
	id: 'evb',
	label: 'eVB-Nummer',
	kind: 'evb',
	required: true,
	requiredUnless: ['insurer', 'insuranceNumber'],
	maxLength: 12,
	width: 'quarter',
	source: '§ 6 Abs. 5 Nr. 3 FZV'
};

export const insuranceEndField: FieldDefinition = {
	id: 'insuranceEnd',
	label: 'Ende des Versicherungsschutzes',
	kind: 'date',
	required: true,
	expect: 'future',
	width: 'quarter',
	source: '§§ 42 Abs. 2 Nr. 2, 45 Abs. 2 FZV'
};

export const keepPlateField: FieldDefinition = {
	id: 'keepPlate',
	label: 'Kennzeichen behalten',
	kind: 'yes-no',
	choices: YES_NO,
	required: true,
	initial: 'yes',
	width: 'quarter'
};

/** A wish, never a promise: this app gives out no plate. */
export const plateWishField = (options: Pick<FieldDefinition, 'visibleWhen'> = {}): FieldDefinition => ({
	id: 'plateWish',
	label: 'Kennzeichenwunsch',
	kind: 'plate',
	required: false,
	hint: 'Nur ein Wunsch, keine Zusage',
	maxLength: 20,
	width: 'quarter',
	...options
});

export const inspectionField = (required: boolean): FieldDefinition => ({
	id: 'inspectionUntil',
	label: 'HU bis',
	kind: 'month',
	required,
	expect: 'future',
	hint: 'MM/JJJJ',
	width: 'quarter',
	source: '§ 29 StVZO, ZB I'
});

export const VEHICLE_CLASSES = [
	{ value: 'M1', label: 'Pkw, Wohnmobil (M1)' },
	{ value: 'L', label: 'Kraftrad, Quad (L)' },
	{ value: 'N1', label: 'Lkw bis 3,5 t (N1)' },
	{ value: 'N2-N3', label: 'Lkw über 3,5 t (N2, N3)' },
	{ value: 'M2-M3', label: 'Bus (M2, M3)' },
	{ value: 'O', label: 'Anhänger (O)' },
	{ value: 'T', label: 'Zugmaschine (T)' },
	{ value: 'other', label: 'sonstiges Fahrzeug' }
] as const;

export const vehicleClassField = (options: {
	readonly required: boolean;
	readonly initial?: string;
}): FieldDefinition => ({
	id: 'vehicleClass',
	label: 'Fahrzeugklasse',
	kind: 'choice',
	required: options.required,
	choices: VEHICLE_CLASSES,
	width: 'quarter',
	source: 'ZB I Feld J',
	...(options.initial === undefined ? {} : { initial: options.initial })
});

/** § 13 KraftStG: no registration without a mandate; the account is on it and is typed for re-entry. */
export const taxSection = (): FormSection => ({
	id: 'tax',
	title: 'Kfz-Steuer',
	fields: [
		{
			id: 'iban',
			label: 'IBAN',
			kind: 'iban',
			required: true,
			maxLength: 42,
			width: 'half',
			source: 'SEPA-Mandat, § 13 KraftStG'
		}
	]
});
