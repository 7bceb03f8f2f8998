/** Form: Wunschkennzeichen. The wish is noted and nothing more: without the register a plate could be given out twice. */
import { contactSection } from './contact';
import type { FieldDefinition, FormDefinition } from './form';
import { knownHolderSection } from './holder';
import { MUNICH, MUNICH_FEES } from './wording';

const wish = (id: string, label: string, required: boolean): FieldDefinition => ({
	id,
	label,
	kind: 'plate',
	required,
	maxLength: 20,
	width: 'third'
});

export const plateWish: FormDefinition = {
	id: 'kfz-wunsch',
	version: 1,
	group: 'Kfz-Zulassung',
	title: 'Wunschkennzeichen (nur Wunsch)',
	synonyms: [
		'Wunschkennzeichen',
		'Kennzeichen reservieren',
		'Kennzeichen aussuchen',
		'neues Kennzeichen',
		'Wunschnummer'
	],
	norm: '§ 9 FZV',
	deadline: null,
	fee: `12,80 € bei Zuteilung. ${MUNICH_FEES}`,
	leika: null,
	urgency: 'normal',
	inPerson: false,
	outageAdvice:
		'Nur den Wunsch aufschreiben, nichts zusagen: Ohne Register kann ein Kennzeichen doppelt vergeben werden. Diese Anwendung teilt nie ein Kennzeichen zu und reserviert keines.',
	nextSteps:
		'Der Wunsch ist notiert. Das ist keine Reservierung und keine Zusage: Ob das Kennzeichen frei ist, lässt sich erst prüfen, wenn das Fachverfahren wieder läuft. Dann melden wir uns. Bitte vorher keine Schilder prägen lassen.',
	sections: [
		{
			id: 'wish',
			title: 'Wunsch (keine Zusage)',
			fields: [
				wish('wish1', '1. Wunsch', true),
				wish('wish2', '2. Wunsch', false),
				wish('wish3', '3. Wunsch', false),
				{
					id: 'plateType',
					label: 'Art des Kennzeichens',
					kind: 'choice',
					required: true,
					initial: 'standard',
					choices: [
						{ value: 'standard', label: 'normal' },
						{ value: 'electric', label: 'E (elektrisch)' },
						{ value: 'oldtimer', label: 'H (Oldtimer)' },
						{ value: 'season', label: 'Saison' }
					],
					width: 'third'
				}
			]
		},
		knownHolderSection({ birthDate: 'optional' }),
		contactSection({ phoneRequired: true })
	],
	papers: [],
	bulk: false,
	sources: [MUNICH, 'Mitteldeutsche Zeitung: Gefahr doppelter Vergabe ohne Register']
};
