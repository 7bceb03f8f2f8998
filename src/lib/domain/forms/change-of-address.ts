/** Form: Adressänderung in the vehicle papers, within the district. */
import { contactSection, representativeSection } from './contact';
import type { FormDefinition } from './form';
import { aboutHolder, addressFields, knownHolderSection } from './holder';
import { identityPaper, registerExtract, representativePapers, zb1 } from './papers';
import { previousAddressField } from './previous-address';
import { plateField, vinField } from './vehicle';
import { FZV, MUNICH, MUNICH_FEES, NEXT_STEPS_PAPERS } from './wording';

export const changeOfAddress: FormDefinition = {
	id: 'kfz-adresse',
	version: 1,
	group: 'Kfz-Zulassung',
	title: 'Adressänderung in Fahrzeugpapieren',
	synonyms: [
		'neue Adresse',
		'Adresse ändern',
		'Anschrift ändern',
		'umgezogen',
		'Umzug',
		'Adresse im Fahrzeugschein',
		'ummelden'
	],
	favourite: 5,
	norm: '§ 15 Abs. 1 und 2 FZV',
	deadline: 'unverzüglich (§ 15 Abs. 1 FZV); kann über die Meldebehörde laufen',
	fee: `ab 12 €. ${MUNICH_FEES}`,
	leika: '99036011011000',
	urgency: 'normal',
	inPerson: false,
	outageAdvice: 'Nur Aufnahme. Eine neue ZB I kann ohne Fachverfahren nicht ausgestellt werden.',
	nextSteps: NEXT_STEPS_PAPERS,
	sections: [
		knownHolderSection({ birthDate: 'optional' }),
		{
			id: 'address',
			title: 'Neue Anschrift',
			fields: [
				...addressFields,
				{ id: 'moveInDate', label: 'Einzugsdatum', kind: 'date', required: true, expect: 'past', width: 'quarter' },
				previousAddressField
			]
		},
		{
			id: 'vehicle',
			title: 'Fahrzeug',
			perVehicle: true,
			fields: [plateField({ required: true }), vinField(false)]
		},
		contactSection(),
		aboutHolder(),
		representativeSection()
	],
	papers: [zb1, identityPaper, registerExtract, ...representativePapers],
	bulk: true,
	sources: [FZV, MUNICH]
};
