/** The holder by § 6 Abs. 1 FZV (person, sole trader, legal person) and the address: shared by all forms. */
import type { Condition, FieldDefinition, FormSection } from './form';

const NATURAL: readonly Condition[] = [{ fieldId: 'holderKind', oneOf: ['person', 'sole-trader'] }];
const SOLE_TRADER: readonly Condition[] = [{ fieldId: 'holderKind', oneOf: ['sole-trader'] }];
const COMPANY: readonly Condition[] = [{ fieldId: 'holderKind', oneOf: ['company'] }];

const holderKind: FieldDefinition = {
	id: 'holderKind',
	label: 'Person',
	kind: 'choice',
	required: true,
	initial: 'person',
	width: 'full',
	choices: [
		{ value: 'person', label: 'natürliche Person' },
		{ value: 'company', label: 'Firma, Verein, Behörde' },
		{ value: 'sole-trader', label: 'selbständig' }
	],
	source: '§ 6 Abs. 1 FZV'
};

const names: readonly FieldDefinition[] = [
	{
		id: 'familyName',
		label: 'Familienname',
		kind: 'name',
		required: true,
		visibleWhen: NATURAL,
		maxLength: 120,
		width: 'half',
		source: '§ 6 Abs. 1 FZV, ZB I Feld C.1.1'
	},
	{
		id: 'givenNames',
		label: 'Vornamen',
		kind: 'name',
		required: true,
		visibleWhen: NATURAL,
		maxLength: 120,
		width: 'half',
		source: '§ 6 Abs. 1 FZV, ZB I Feld C.1.2'
	},
	{
		id: 'companyName',
		label: 'Name der Firma oder Einrichtung',
		kind: 'text',
		required: true,
		visibleWhen: COMPANY,
		maxLength: 200,
		width: 'full',
		source: '§ 6 Abs. 1 FZV, ZB I Feld C.1.1'
	}
];

const birthDate = (required: boolean): FieldDefinition => ({
	id: 'birthDate',
	label: 'Geburtsdatum',
	kind: 'birth-date',
	required,
	visibleWhen: NATURAL,
	hint: 'unbekannt: 00',
	width: 'quarter',
	source: '§ 6 Abs. 1 FZV'
});

const restOfPerson: readonly FieldDefinition[] = [
	{
		id: 'birthPlace',
		label: 'Geburtsort',
		kind: 'text',
		required: true,
		visibleWhen: NATURAL,
		hint: 'oder Staat',
		maxLength: 120,
		width: 'quarter',
		source: '§ 6 Abs. 1 FZV'
	},
	{
		id: 'gender',
		label: 'Geschlecht',
		kind: 'choice',
		required: true,
		visibleWhen: NATURAL,
		choices: [
			{ value: 'female', label: 'weiblich' },
			{ value: 'male', label: 'männlich' },
			{ value: 'diverse', label: 'divers' },
			{ value: 'none', label: 'keine Angabe' }
		],
		width: 'half',
		source: '§ 6 Abs. 1 FZV'
	},
	{
		id: 'trade',
		label: 'Beruf oder Gewerbe',
		kind: 'text',
		required: true,
		visibleWhen: SOLE_TRADER,
		maxLength: 120,
		width: 'half',
		source: '§ 6 Abs. 1 FZV'
	}
];

export const addressFields: readonly FieldDefinition[] = [
	{
		id: 'street',
		label: 'Straße',
		kind: 'text',
		required: true,
		maxLength: 120,
		width: 'third',
		source: 'ZB I Feld C.1.3'
	},
	{ id: 'houseNumber', label: 'Hausnummer', kind: 'house-number', required: true, maxLength: 20, width: 'sixth' },
	{ id: 'postalCode', label: 'PLZ', kind: 'postal-code', required: true, maxLength: 12, width: 'sixth' },
	{ id: 'city', label: 'Ort', kind: 'text', required: true, maxLength: 120, width: 'third' }
];

/** All of § 6 Abs. 1 FZV but what is rarely different: see `aboutHolder`. */
export const holderSection = (): FormSection => ({
	id: 'holder',
	title: 'Halterin oder Halter',
	fields: [holderKind, ...names, birthDate(true), ...restOfPerson, ...addressFields]
});

/** Where the vehicle is registered already, name and plate find the holder; no more is asked. */
export const knownHolderSection = (options: { readonly birthDate: 'required' | 'optional' }): FormSection => ({
	id: 'holder',
	title: 'Halterin oder Halter',
	fields: [holderKind, ...names, birthDate(options.birthDate === 'required')]
});

/**
 * Geburtsname is asked by the law, but for most it is the Familienname: empty means the same, and costs no key.
 * `country` is filled in for an address abroad only, and lets other postal codes pass.
 */
export const aboutHolder = (): FormSection => ({
	id: 'about-holder',
	title: 'Weitere Angaben zur Person',
	optional: true,
	fields: [
		{
			id: 'birthName',
			label: 'Geburtsname',
			kind: 'name',
			required: false,
			visibleWhen: NATURAL,
			hint: 'leer: wie Familienname',
			maxLength: 120,
			width: 'half',
			source: '§ 6 Abs. 1 FZV'
		},
		{
			id: 'artistName',
			label: 'Ordens- oder Künstlername',
			kind: 'text',
			required: false,
			visibleWhen: NATURAL,
			maxLength: 120,
			width: 'half',
			source: '§ 6 Abs. 1 FZV'
		},
		{
			id: 'contactPerson',
			label: 'Ansprechperson',
			kind: 'name',
			required: false,
			visibleWhen: COMPANY,
			maxLength: 120,
			width: 'half'
		},
		{
			id: 'country',
			label: 'Staat der Anschrift',
			kind: 'text',
			required: false,
			hint: 'leer: Deutschland',
			maxLength: 80,
			width: 'quarter'
		}
	]
});
