/** Form: Ersatz of a lost Zulassungsbescheinigung Teil II. */
import { contactSection, representativeSection } from './contact';
import type { FormDefinition } from './form';
import { knownHolderSection } from './holder';
import { lossCircumstancesField, lossKindField, policeReferenceField, STOLEN } from './loss';
import { identityPaper, registerExtract, representativePapers, usual, zb1 } from './papers';
import { plateField, vinField } from './vehicle';
import { FZV, MUNICH, MUNICH_FEES } from './wording';

export const replacementZb2: FormDefinition = {
	id: 'kfz-ersatz-zb2',
	version: 1,
	group: 'Kfz-Zulassung',
	title: 'Ersatz ZB II',
	synonyms: [
		'Fahrzeugbrief verloren',
		'Brief verloren',
		'Fahrzeugbrief gestohlen',
		'Zulassungsbescheinigung Teil II verloren',
		'Papiere verloren',
		'Ersatz Fahrzeugbrief'
	],
	norm: '§ 14 FZV',
	deadline: 'Aufbietung durch das Kraftfahrt-Bundesamt, etwa 3 bis 4 Wochen',
	fee: `ab 50 €. ${MUNICH_FEES}`,
	leika: '99036012036000',
	urgency: 'normal',
	inPerson: false,
	outageAdvice: 'Nur Aufnahme. Die Aufbietung beginnt erst, wenn das Fachverfahren wieder läuft.',
	nextSteps:
		'Der Verlust wird dem Kraftfahrt-Bundesamt gemeldet, sobald das Fachverfahren wieder läuft. Danach dauert die Aufbietung etwa drei bis vier Wochen; dann melden wir uns zur Abholung.',
	sections: [
		knownHolderSection({ birthDate: 'optional' }),
		{ id: 'vehicle', title: 'Fahrzeug', fields: [plateField({ required: true }), vinField(true)] },
		{
			id: 'loss',
			title: 'Verlust',
			fields: [lossCircumstancesField, lossKindField, { ...policeReferenceField, visibleWhen: STOLEN }]
		},
		contactSection(),
		{
			id: 'owner',
			title: 'Eigentum',
			optional: true,
			fields: [
				{
					id: 'owner',
					label: 'Eigentümer oder Bank (falls abweichend)',
					kind: 'text',
					required: false,
					maxLength: 200,
					width: 'half'
				}
			]
		},
		representativeSection()
	],
	papers: [
		identityPaper,
		usual('affidavit', 'eidesstattliche Versicherung oder Verlusterklärung'),
		zb1,
		registerExtract,
		...representativePapers
	],
	bulk: false,
	sources: [FZV, MUNICH]
};
