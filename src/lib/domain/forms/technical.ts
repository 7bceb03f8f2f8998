/** Technical data of the vehicle, as they stand in its papers: present in the forms, never required. */
import type { FieldDefinition, FormSection } from './form';
import { inspectionField, vehicleClassField } from './vehicle';

/**
 * What § 6 Abs. 8 FZV asks for and what stands in the papers that are handed in (ZB I, ZB II or CoC): copied from them
 * at re-entry. It is present for those who want it, but not required: whoever waits at the counter is not served better by
 * typing it twice, and a request would be „unvollständig“ for nothing.
 */
export const technicalSection = (omit: readonly string[] = []): FormSection => ({
	id: 'technical',
	title: 'Fahrzeugdaten aus den Papieren',
	optional: true,
	perVehicle: true,
	fields: technicalFields.filter(({ id }) => !omit.includes(id))
});

const insuranceFields: readonly FieldDefinition[] = [
	{
		id: 'insurer',
		label: 'Versicherer (ohne eVB)',
		kind: 'text',
		required: false,
		maxLength: 120,
		width: 'half',
		source: '§ 6 Abs. 5 Nr. 3 FZV'
	},
	{
		id: 'insuranceNumber',
		label: 'VB-Nummer (ohne eVB)',
		kind: 'text',
		required: false,
		maxLength: 40,
		width: 'quarter'
	}
];

const technicalFields: readonly FieldDefinition[] = [
	{ id: 'hsn', label: 'HSN', kind: 'hsn', required: false, maxLength: 8, width: 'quarter', source: 'ZB I Feld 2.1' },
	{ id: 'tsn', label: 'TSN', kind: 'tsn', required: false, maxLength: 12, width: 'quarter', source: 'ZB I Feld 2.2' },
	{
		id: 'make',
		label: 'Marke',
		kind: 'text',
		required: false,
		maxLength: 80,
		width: 'quarter',
		source: 'ZB I Feld D.1'
	},
	vehicleClassField({ required: false }),
	{
		id: 'bodyType',
		label: 'Aufbau',
		kind: 'text',
		required: false,
		maxLength: 80,
		width: 'quarter',
		source: 'ZB I Feld 4'
	},
	{
		id: 'color',
		label: 'Farbe',
		kind: 'text',
		required: false,
		maxLength: 40,
		width: 'quarter',
		source: 'ZB I Feld R'
	},
	{
		id: 'firstRegistration',
		label: 'Erstzulassung',
		kind: 'date',
		required: false,
		expect: 'past',
		width: 'quarter',
		source: 'ZB I Feld B'
	},
	inspectionField(false),
	...insuranceFields,
	{
		id: 'usage',
		label: 'Verwendung',
		kind: 'choice',
		required: false,
		choices: [
			{ value: 'private', label: 'keine besondere' },
			{ value: 'taxi', label: 'Taxi' },
			{ value: 'hire-car', label: 'Mietwagen' },
			{ value: 'self-drive', label: 'Selbstfahrervermietung' },
			{ value: 'ambulance', label: 'Rettungs- oder Krankenfahrzeug' },
			{ value: 'other', label: 'andere' }
		],
		width: 'quarter',
		source: '§ 6 Abs. 5 Nr. 1 FZV'
	},
	{
		id: 'titleHolder',
		label: 'Verfügungsberechtigt über ZB II (falls abweichend)',
		kind: 'text',
		required: false,
		maxLength: 200,
		width: 'half',
		source: '§ 6 Abs. 5 FZV'
	}
];
