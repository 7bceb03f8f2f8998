/** Form: Ersatz of a lost Zulassungsbescheinigung Teil I. */
import { contactSection, representativeSection } from './contact';
import type { FormDefinition } from './form';
import { knownHolderSection } from './holder';
import { lossCircumstancesField, lossDateField, lossKindField, policeReferenceField, STOLEN } from './loss';
import { identityPaper, inspectionPaper, registerExtract, representativePapers, usual } from './papers';
import { inspectionField, plateField, vinField } from './vehicle';
import { FZV, MUNICH, MUNICH_FEES, NEXT_STEPS_PAPERS, OUTAGE_NEIGHBOUR } from './wording';

export const replacementZb1: FormDefinition = {
	id: 'kfz-ersatz-zb1',
	version: 1,
	group: 'Kfz-Zulassung',
	title: 'Ersatz ZB I',
	synonyms: [
		'Fahrzeugschein verloren',
		'Fahrzeugschein gestohlen',
		'Zulassungsbescheinigung Teil I verloren',
		'Papiere verloren',
		'Ersatz Fahrzeugschein'
	],
	norm: '§ 13 FZV',
	deadline: null,
	fee: `12 €. ${MUNICH_FEES}`,
	leika: '99036011036000',
	urgency: 'normal',
	inPerson: false,
	outageAdvice: OUTAGE_NEIGHBOUR,
	nextSteps: NEXT_STEPS_PAPERS,
	sections: [
		knownHolderSection({ birthDate: 'optional' }),
		{
			id: 'vehicle',
			title: 'Fahrzeug',
			// „HU bis“ stands in the very paper that is lost, so it is asked here.
			fields: [plateField({ required: true }), vinField(true), inspectionField(true)]
		},
		{
			id: 'loss',
			title: 'Verlust',
			fields: [lossDateField, lossCircumstancesField, lossKindField, { ...policeReferenceField, visibleWhen: STOLEN }]
		},
		contactSection(),
		representativeSection()
	],
	papers: [
		identityPaper,
		usual('loss-declaration', 'Verlusterklärung'),
		inspectionPaper,
		usual('police-report', 'Anzeige bei der Polizei', STOLEN),
		registerExtract,
		...representativePapers
	],
	bulk: false,
	sources: [FZV, MUNICH]
};
