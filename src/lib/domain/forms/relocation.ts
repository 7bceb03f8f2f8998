/** Form: Zuzug, the same holder moved here from another district. */
import { contactSection, representativeSection } from './contact';
import type { FormDefinition } from './form';
import { aboutHolder, addressFields, knownHolderSection } from './holder';
import {
	evbPaper,
	identityPaper,
	inspectionPaper,
	registerExtract,
	representativePapers,
	sepaMandate,
	usual,
	zb1
} from './papers';
import { previousAddressField } from './previous-address';
import { technicalSection } from './technical';
import { evbField, keepPlateField, plateField, plateWishField, vinField } from './vehicle';
import { FZV, MUNICH, MUNICH_FEES, OUTAGE_NEIGHBOUR } from './wording';

const NEW_PLATE = [{ fieldId: 'keepPlate', oneOf: ['no'] }];

export const relocation: FormDefinition = {
	id: 'kfz-zuzug',
	version: 1,
	group: 'Kfz-Zulassung',
	title: 'Zuzug (Umschreibung ohne Halterwechsel)',
	synonyms: [
		'umgezogen',
		'Umzug',
		'von außerhalb zugezogen',
		'ummelden nach Umzug',
		'Auto ummelden',
		'Wohnortwechsel',
		'anderer Kreis'
	],
	favourite: 6,
	norm: '§ 15 Abs. 4 FZV',
	deadline: 'unverzüglich (§ 15 Abs. 4 FZV)',
	fee: `ab 24,20 € mit bisherigem Kennzeichen, ab 27,10 € mit neuem. ${MUNICH_FEES}`,
	leika: '99036008071000',
	urgency: 'normal',
	inPerson: false,
	outageAdvice: OUTAGE_NEIGHBOUR,
	nextSteps:
		'Die Umschreibung folgt, sobald das Fachverfahren wieder läuft oder eine Nachbarbehörde hilft. Das Fahrzeug bleibt mit dem bisherigen Kennzeichen zugelassen; dieser Beleg zeigt, dass der Umzug gemeldet ist.',
	sections: [
		knownHolderSection({ birthDate: 'required' }),
		{ id: 'address', title: 'Neue Anschrift', fields: [...addressFields, previousAddressField] },
		{
			id: 'vehicle',
			title: 'Fahrzeug',
			fields: [
				plateField({ required: true, hint: 'bisheriges' }),
				vinField(true),
				evbField,
				keepPlateField,
				plateWishField({ visibleWhen: NEW_PLATE })
			]
		},
		contactSection(),
		{
			id: 'tax',
			title: 'Kfz-Steuer',
			optional: true,
			// The tax office holds the mandate of this holder already; a new one is for those who change the account.
			fields: [{ id: 'iban', label: 'IBAN', kind: 'iban', required: false, maxLength: 42, width: 'half' }]
		},
		aboutHolder(),
		technicalSection(),
		representativeSection()
	],
	papers: [
		zb1,
		usual('zb2', 'Zulassungsbescheinigung Teil II', NEW_PLATE),
		evbPaper,
		inspectionPaper,
		identityPaper,
		sepaMandate,
		registerExtract,
		...representativePapers
	],
	bulk: false,
	sources: [FZV, MUNICH]
};
