/** Form: Umschreibung / Halterwechsel. The one a dealer's clerk fills in most: kept to the fewest keys. */
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
	usual,
	zb1,
	zb2
} from './papers';
import { technicalSection } from './technical';
import { evbField, keepPlateField, plateField, plateWishField, taxSection, vinField } from './vehicle';
import { FZV, KREIS_SOEST, MUNICH, MUNICH_FEES, NEXT_STEPS_REGISTRATION, OUTAGE_NEIGHBOUR } from './wording';

const NEW_PLATE = [{ fieldId: 'keepPlate', oneOf: ['no'] }];

export const changeOfHolder: FormDefinition = {
	id: 'kfz-umschreibung',
	version: 1,
	group: 'Kfz-Zulassung',
	title: 'Umschreibung / Halterwechsel',
	synonyms: [
		'ummelden',
		'Auto ummelden',
		'Auto gekauft',
		'Gebrauchtwagen anmelden',
		'Auto anmelden',
		'Besitzerwechsel',
		'Eigentümerwechsel',
		'Auto geerbt',
		'neuer Halter'
	],
	favourite: 2,
	norm: '§ 15 Abs. 5 FZV',
	deadline: 'unverzüglich (§ 15 Abs. 5 FZV)',
	fee: `ab 24,20 € mit bisherigem Kennzeichen, ab 27,10 € mit neuem. ${MUNICH_FEES}`,
	leika: '99036008003000',
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
			fields: [
				plateField({ required: true, hint: 'bisheriges' }),
				vinField(true),
				evbField,
				keepPlateField,
				plateWishField({ visibleWhen: NEW_PLATE })
			]
		},
		taxSection(),
		contactSection(),
		aboutHolder(),
		{
			id: 'seller',
			title: 'Verkauf',
			optional: true,
			fields: [
				{
					id: 'seller',
					label: 'Verkäufer (Name, Anschrift)',
					kind: 'text',
					required: false,
					maxLength: 300,
					width: 'half',
					source: '§ 15 Abs. 5 FZV'
				},
				{
					id: 'handoverDate',
					label: 'Tag der Übergabe',
					kind: 'date',
					required: false,
					expect: 'past',
					width: 'quarter',
					source: '§ 15 Abs. 5 FZV'
				}
			]
		},
		technicalSection(),
		representativeSection()
	],
	papers: [
		zb1,
		zb2,
		inspectionPaper,
		evbPaper,
		identityPaper,
		sepaMandate,
		usual('plates', 'alte Kennzeichenschilder', NEW_PLATE),
		registerExtract,
		...representativePapers,
		parentsConsent
	],
	bulk: true,
	sources: [FZV, KREIS_SOEST, MUNICH]
};
