/** Form: Ausfuhrkennzeichen for a vehicle that leaves the country for good. */
import { contactSection, representativeSection } from './contact';
import type { FormDefinition } from './form';
import { aboutHolder, holderSection } from './holder';
import {
	identityPaper,
	inspectionPaper,
	occasional,
	registerExtract,
	representativePapers,
	usual,
	zb1,
	zb2
} from './papers';
import { technicalSection } from './technical';
import { insuranceEndField, plateField, vinField } from './vehicle';
import { FZV, MUNICH, MUNICH_FEES, OUTAGE_NEIGHBOUR } from './wording';

export const exportPlate: FormDefinition = {
	id: 'kfz-ausfuhr',
	version: 1,
	group: 'Kfz-Zulassung',
	title: 'Ausfuhrkennzeichen',
	synonyms: [
		'Zollkennzeichen',
		'Export',
		'Ausfuhr',
		'Auto ins Ausland',
		'ins Ausland verkauft',
		'rotes Feld',
		'Überführung Ausland'
	],
	favourite: 8,
	norm: '§ 45 FZV',
	deadline: 'Zuteilung für höchstens ein Jahr (§ 45 Abs. 1 FZV)',
	fee: `ab 31,80 €, mit neuen Fahrzeugpapieren zusätzlich 13,80 €. ${MUNICH_FEES}`,
	leika: '99036009069001',
	urgency: 'normal',
	inPerson: false,
	outageAdvice: OUTAGE_NEIGHBOUR,
	nextSteps:
		'Wir melden uns, sobald das Ausfuhrkennzeichen zugeteilt werden kann. Die Zulassung ist so lange befristet, wie die Versicherung besteht, höchstens ein Jahr. Bis dahin bleibt ein zugelassenes Fahrzeug zugelassen.',
	sections: [
		holderSection(),
		{
			id: 'vehicle',
			title: 'Fahrzeug und Versicherung',
			perVehicle: true,
			fields: [
				vinField(true),
				plateField({ required: false, hint: 'wenn noch zugelassen' }),
				{
					id: 'exportInsurer',
					label: 'Versicherer der Ausfuhr',
					kind: 'text',
					required: true,
					hint: 'Versicherungsbestätigung nach Anlage 16',
					maxLength: 120,
					width: 'half',
					source: '§ 45 Abs. 2 FZV'
				},
				insuranceEndField
			]
		},
		contactSection(),
		{
			id: 'export',
			title: 'Ausfuhr',
			optional: true,
			fields: [
				{ id: 'destination', label: 'Ausfuhrland', kind: 'text', required: false, maxLength: 80, width: 'quarter' },
				{
					id: 'receivingAgent',
					label: 'Empfangsbevollmächtigte Person im Inland (Name, Anschrift)',
					kind: 'text',
					required: false,
					maxLength: 300,
					width: 'half',
					source: '§ 6 Abs. 5 Nr. 4 FZV'
				}
			]
		},
		aboutHolder(),
		// No eVB here, so no stand-in for it.
		technicalSection(['insurer', 'insuranceNumber', 'usage']),
		representativeSection()
	],
	papers: [
		zb1,
		zb2,
		usual('insurance', 'Versicherungsbestätigung nach Anlage 16 FZV'),
		inspectionPaper,
		identityPaper,
		occasional('plates', 'Kennzeichenschilder bei zugelassenem Fahrzeug'),
		usual('tax-proof', 'Nachweis der Kfz-Steuer'),
		registerExtract,
		...representativePapers
	],
	bulk: true,
	sources: [FZV, MUNICH]
};
