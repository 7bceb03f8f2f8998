/** Words of the day's list on paper, and of the offer to print it. */
import { formatCount } from './format';
import { isolated } from './isolated';

const appointments = (count: number) => formatCount(count, 'Termin', 'Termine');

export const printText = {
	heading: 'Tagesliste drucken',
	print: 'Drucken',
	what: 'Auf Papier geht es auch ohne dieses Gerät weiter.',
	empty: (day: string) =>
		`Für ${day} ist kein Termin da. Gedruckt werden dann nur leere Zeilen für Wartende ohne Termin.`,
	count: (count: number) => appointments(count),
	title: 'Tagesliste',
	asOf: (when: string) => `Stand der Liste: ${when}`,
	asOfUnknown: 'Stand der Liste: keine eingelesen',
	printedBy: (when: string, counter: string) => `Gedruckt ${when}, ${isolated(counter)}`,
	private: 'Enthält personenbezogene Daten – nach Gebrauch vernichten.',
	columns: {
		time: 'Zeit',
		number: 'Nr.',
		person: 'Name und Anliegen',
		phone: 'Telefon',
		arrived: 'erschienen',
		finished: 'fertig'
	},
	withoutName: 'ohne Namen',
	walkIns: 'Ohne Termin',
	preview: 'Vorschau',
	offer: 'Tagesliste für heute als Papier-Reserve drucken?',
	offerWhat: (count: number) => `${appointments(count)}. Fällt das Gerät aus, geht es mit dem Blatt weiter.`,
	offerYes: 'Drucken …',
	offerNo: 'Heute nicht'
} as const;
