/** Form: Kurzzeitkennzeichen for trial and transfer drives. */
import { contactSection, representativeSection } from './contact';
import type { FormDefinition } from './form';
import { aboutHolder, holderSection } from './holder';
import { evbPaper, identityPaper, inspectionPaper, registerExtract, representativePapers, usual } from './papers';
import { technicalSection } from './technical';
import { evbField, inspectionField, insuranceEndField, vehicleClassField, vinField } from './vehicle';
import { FZV, MUNICH, MUNICH_FEES } from './wording';

export const shortTermPlate: FormDefinition = {
	id: 'kfz-kurzzeit',
	version: 1,
	group: 'Kfz-Zulassung',
	title: 'Kurzzeitkennzeichen',
	synonyms: [
		'5-Tage-Kennzeichen',
		'Fünftageskennzeichen',
		'04er Kennzeichen',
		'Überführungskennzeichen',
		'Überführung',
		'Probefahrt',
		'gelbes Kennzeichen',
		'TÜV abgelaufen'
	],
	favourite: 7,
	norm: '§ 42 FZV',
	deadline: 'gilt bis zum Ablauf des 5. Tages nach der Zuteilung (§ 42 Abs. 4 FZV)',
	fee: `ab 13,10 € und die Schilder. ${MUNICH_FEES}`,
	leika: '99036036000000',
	urgency: 'normal',
	inPerson: false,
	outageAdvice:
		'Auch die Zulassungsbehörde am Standort des Fahrzeugs ist zuständig (§ 42 Abs. 2 FZV): bei Eile an den Nachbarkreis verweisen.',
	nextSteps:
		'Wir melden uns, sobald das Kurzzeitkennzeichen zugeteilt werden kann. Eilt es, hilft auch die Zulassungsbehörde des Kreises, in dem das Fahrzeug steht. Ohne Kennzeichen darf das Fahrzeug nicht fahren.',
	sections: [
		holderSection(),
		{
			id: 'vehicle',
			title: 'Fahrzeug und Versicherung',
			perVehicle: true,
			fields: [
				vinField(true),
				evbField,
				insuranceEndField,
				// Nearly every one is asked for a car.
				vehicleClassField({ required: true, initial: 'M1' }),
				// Only so far as an inspection is due at all (§ 42 Abs. 2 Nr. 6 FZV).
				inspectionField(false)
			]
		},
		contactSection(),
		{
			id: 'drive',
			title: 'Fahrt',
			optional: true,
			fields: [
				{
					id: 'startDate',
					label: 'Beginn',
					kind: 'date',
					required: false,
					expect: 'future',
					hint: 'leer: Tag der Zuteilung',
					width: 'quarter'
				},
				{ id: 'purpose', label: 'Strecke oder Zweck', kind: 'text', required: false, maxLength: 200, width: 'half' }
			]
		},
		aboutHolder(),
		technicalSection(['vehicleClass', 'inspectionUntil']),
		representativeSection()
	],
	papers: [
		evbPaper,
		usual('origin', 'ZB I, ZB II oder CoC'),
		inspectionPaper,
		identityPaper,
		registerExtract,
		...representativePapers
	],
	bulk: true,
	sources: [FZV, MUNICH, 'Westfalenpost: Siegen nutzte den Umweg über das Kurzzeitkennzeichen']
};
