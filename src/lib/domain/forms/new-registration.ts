/** Form: Neuzulassung of a vehicle that was never registered. */
import { contactSection, representativeSection } from './contact';
import type { FormDefinition } from './form';
import { aboutHolder, holderSection } from './holder';
import {
	evbPaper,
	identityPaper,
	occasional,
	parentsConsent,
	registerExtract,
	representativePapers,
	sepaMandate,
	usual
} from './papers';
import { technicalSection } from './technical';
import { evbField, plateWishField, taxSection, vinField } from './vehicle';
import { FZV, KREIS_SOEST, MUNICH, MUNICH_FEES, NEXT_STEPS_REGISTRATION, OUTAGE_NEIGHBOUR } from './wording';

export const newRegistration: FormDefinition = {
	id: 'kfz-neu',
	version: 1,
	group: 'Kfz-Zulassung',
	title: 'Neuzulassung',
	synonyms: [
		'Auto anmelden',
		'Neuwagen anmelden',
		'Fahrzeug zulassen',
		'Erstzulassung',
		'Tageszulassung',
		'Motorrad anmelden',
		'Anhänger anmelden',
		'neues Auto',
		'neues Kennzeichen',
		'Import anmelden'
	],
	favourite: 1,
	norm: '§ 6 FZV',
	deadline: null,
	fee: `ab 30 €, Tageszulassung ab 45,90 €, Wunschkennzeichen zusätzlich 12,80 €. ${MUNICH_FEES}`,
	leika: '99036020001000',
	urgency: 'normal',
	inPerson: false,
	outageAdvice: OUTAGE_NEIGHBOUR,
	nextSteps: NEXT_STEPS_REGISTRATION,
	sections: [
		holderSection(),
		{ id: 'vehicle', title: 'Fahrzeug', perVehicle: true, fields: [vinField(true), evbField, plateWishField()] },
		taxSection(),
		contactSection(),
		aboutHolder(),
		technicalSection(),
		representativeSection()
	],
	papers: [
		usual('origin', 'ZB II, CoC, Datenbestätigung oder Typgenehmigung'),
		evbPaper,
		identityPaper,
		sepaMandate,
		registerExtract,
		...representativePapers,
		parentsConsent,
		occasional('customs', 'Verzollungsnachweis (§ 6 Abs. 7 FZV)')
	],
	bulk: true,
	sources: [FZV, KREIS_SOEST, MUNICH]
};
