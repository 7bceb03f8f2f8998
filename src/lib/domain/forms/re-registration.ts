/** Form: Wiederzulassung of a vehicle that was taken out of service. */
import { contactSection, representativeSection } from './contact';
import type { FormDefinition } from './form';
import { aboutHolder, holderSection } from './holder';
import {
	evbPaper,
	identityPaper,
	inspectionPaper,
	parentsConsent,
	registerExtract,
	representativePapers,
	sepaMandate,
	usual
} from './papers';
import { technicalSection } from './technical';
import { evbField, plateField, taxSection, vinField } from './vehicle';
import { FZV, MUNICH, MUNICH_FEES, NEXT_STEPS_REGISTRATION, OUTAGE_NEIGHBOUR } from './wording';

export const reRegistration: FormDefinition = {
	id: 'kfz-wiederzulassung',
	version: 1,
	group: 'Kfz-Zulassung',
	title: 'Wiederzulassung',
	synonyms: [
		'wieder anmelden',
		'Auto wieder anmelden',
		'Auto anmelden',
		'abgemeldetes Auto anmelden',
		'stillgelegtes Fahrzeug',
		'TÜV abgelaufen'
	],
	favourite: 4,
	norm: '§ 16 Abs. 2 FZV',
	deadline: null,
	fee: `ab 23 € mit reserviertem Kennzeichen, 30 € mit neuem. ${MUNICH_FEES}`,
	leika: '99036008007008',
	urgency: 'normal',
	inPerson: false,
	outageAdvice: OUTAGE_NEIGHBOUR,
	nextSteps: NEXT_STEPS_REGISTRATION,
	sections: [
		holderSection(),
		{
			id: 'vehicle',
			title: 'Fahrzeug',
			perVehicle: true,
			fields: [vinField(true), evbField, plateField({ required: false, hint: 'reserviertes Kennzeichen' })]
		},
		taxSection(),
		contactSection(),
		aboutHolder(),
		technicalSection(),
		representativeSection()
	],
	papers: [
		usual('zb1', 'Zulassungsbescheinigung Teil I mit Abmeldevermerk'),
		usual('zb2', 'Zulassungsbescheinigung Teil II (nicht nötig bei gleichem Halter und Kennzeichen)'),
		evbPaper,
		inspectionPaper,
		identityPaper,
		sepaMandate,
		registerExtract,
		...representativePapers,
		parentsConsent
	],
	bulk: true,
	sources: [FZV, MUNICH]
};
