/** Form: Außerbetriebsetzung (Abmeldung). Whoever brings plates and papers may do it, so no power of attorney is asked. */
import { contactSection } from './contact';
import type { FormDefinition } from './form';
import { knownHolderSection } from './holder';
import { occasional, usual, zb1 } from './papers';
import { plateField, vinField } from './vehicle';
import { FZV, MUNICH, MUNICH_FEES } from './wording';
import { YES_NO } from './yes-no';

/** Date and hour at which the plates came in are the request's own „Eingang am“: they end tax and insurance. */
export const deregistration: FormDefinition = {
	id: 'kfz-ausserbetrieb',
	version: 1,
	group: 'Kfz-Zulassung',
	title: 'Außerbetriebsetzung (Abmeldung)',
	synonyms: [
		'Auto abmelden',
		'abmelden',
		'Abmeldung',
		'Fahrzeug stilllegen',
		'Stilllegung',
		'verschrotten',
		'Schilder abgeben',
		'Auto verkauft'
	],
	favourite: 3,
	norm: '§ 16 Abs. 1 FZV',
	deadline: 'keine Frist; Steuer und Versicherung laufen bis zum Eingang der Schilder (§ 16 Abs. 1 FZV)',
	fee: `16,80 €, Reservierung des Kennzeichens zusätzlich 2,60 €. ${MUNICH_FEES}`,
	// The public data use the key of the Umschreibung here, which is plainly wrong.
	leika: null,
	urgency: 'normal',
	inPerson: false,
	outageAdvice:
		'Schilder und ZB I annehmen, entstempeln und den Eingang mit Uhrzeit quittieren; das Datum wird später nacherfasst.',
	nextSteps:
		'Der Eingang der Schilder ist mit Datum und Uhrzeit auf diesem Beleg festgehalten und wird in das Fachverfahren übernommen, sobald es wieder läuft. Versicherung und Zoll werden danach unterrichtet. Bitte den Beleg aufbewahren.',
	sections: [
		{
			id: 'vehicle',
			title: 'Fahrzeug',
			perVehicle: true,
			fields: [
				plateField({ required: true }),
				vinField(true),
				{
					id: 'platesHandedIn',
					label: 'Abgegebene Schilder',
					kind: 'choice',
					required: true,
					initial: 'both',
					choices: [
						{ value: 'both', label: 'beide' },
						{ value: 'one', label: 'eines (Anhänger, Kraftrad)' },
						{ value: 'one-missing', label: 'eines, das andere fehlt' },
						{ value: 'none', label: 'keines' }
					],
					width: 'quarter'
				},
				{
					id: 'reserve',
					label: 'Kennzeichen reservieren (höchstens 12 Monate)',
					kind: 'yes-no',
					choices: YES_NO,
					required: true,
					initial: 'no',
					width: 'quarter',
					source: '§ 16 Abs. 1 FZV'
				},
				{
					id: 'recycled',
					label: 'Verwertungsnachweis',
					kind: 'yes-no',
					choices: YES_NO,
					required: false,
					initial: 'no',
					width: 'quarter',
					source: '§ 17 FZV'
				}
			]
		},
		knownHolderSection({ birthDate: 'optional' }),
		contactSection(),
		{
			id: 'presenter',
			title: 'Wer hat abgegeben?',
			optional: true,
			fields: [
				{
					id: 'presentedBy',
					label: 'Vorsprechende Person (falls nicht die Halterin oder der Halter)',
					kind: 'name',
					required: false,
					maxLength: 200,
					width: 'half'
				}
			]
		}
	],
	papers: [zb1, usual('plates', 'Kennzeichenschilder'), occasional('recycling', 'Verwertungsnachweis')],
	bulk: true,
	sources: [FZV, MUNICH]
};
