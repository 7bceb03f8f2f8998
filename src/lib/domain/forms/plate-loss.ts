/** Form: Verlust von Kennzeichenschildern. Urgent, since a stolen plate is used at once. */
import { contactSection, representativeSection } from './contact';
import type { FormDefinition } from './form';
import { knownHolderSection } from './holder';
import { lossDateField, lossKindField, policeReferenceField } from './loss';
import { identityPaper, occasional, registerExtract, representativePapers, usual, zb1, zb2 } from './papers';
import { plateField, vinField } from './vehicle';
import { FZV, MUNICH, MUNICH_FEES } from './wording';

export const plateLoss: FormDefinition = {
	id: 'kfz-verlust-schild',
	version: 1,
	group: 'Kfz-Zulassung',
	title: 'Verlust von Kennzeichenschildern',
	synonyms: [
		'Schild verloren',
		'Nummernschild verloren',
		'Kennzeichen verloren',
		'Kennzeichen gestohlen',
		'Schild gestohlen',
		'Diebstahl Kennzeichen',
		'Nummernschild weg'
	],
	favourite: 9,
	norm: '§ 15 FZV',
	deadline: 'unverzüglich; das Kennzeichen wird bis zum Wiederauffinden, sonst zehn Jahre nicht neu vergeben (FZV)',
	fee: `ab 24,80 €. ${MUNICH_FEES}`,
	leika: '99036009014003',
	urgency: 'high',
	inPerson: false,
	outageAdvice:
		'Verlust mit Uhrzeit aufnehmen und die Polizei unterrichten, damit nach dem Kennzeichen gefahndet werden kann.',
	nextSteps:
		'Der Verlust ist mit Datum und Uhrzeit festgehalten. Bei Diebstahl bitte sofort Anzeige bei der Polizei erstatten. Ein neues Kennzeichen wird zugeteilt, sobald das Fachverfahren wieder läuft; wir melden uns.',
	sections: [
		{
			id: 'vehicle',
			title: 'Fahrzeug',
			fields: [
				plateField({ required: true }),
				vinField(true),
				{
					id: 'platesLost',
					label: 'Verlorene Schilder',
					kind: 'choice',
					required: true,
					choices: [
						{ value: 'front', label: 'vorn' },
						{ value: 'rear', label: 'hinten' },
						{ value: 'both', label: 'beide' }
					],
					width: 'quarter'
				}
			]
		},
		{
			id: 'loss',
			title: 'Verlust',
			fields: [
				lossDateField,
				{ id: 'lossPlace', label: 'Wo', kind: 'text', required: true, maxLength: 200, width: 'half' },
				lossKindField,
				policeReferenceField
			]
		},
		knownHolderSection({ birthDate: 'optional' }),
		contactSection(),
		representativeSection()
	],
	papers: [
		identityPaper,
		zb1,
		zb2,
		usual('police-report', 'Anzeige oder Verlusterklärung'),
		occasional('remaining-plate', 'verbliebenes Schild'),
		registerExtract,
		...representativePapers
	],
	bulk: false,
	sources: [FZV, MUNICH]
};
