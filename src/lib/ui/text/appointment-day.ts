/** Words of the day's list of appointments, and of what is done with one. */
import type { AppointmentRow } from '$lib/domain/appointment';
import { appointmentWords } from './appointments';
import { formatNumber } from './format';
import { isolated } from './isolated';

export const dayText = {
	heading: 'Termine',
	next: 'Nächste Person aufrufen',
	walkIn: 'Ohne Termin',
	report: 'Bürger meldet Termin',
	import: 'Termine einlesen',
	importFirst: 'Terminliste einlesen',
	cancel: 'Absagen und anrufen',
	print: 'Tagesliste drucken',
	more: 'Weitere Wege',
	day: 'Tag',
	today: 'Heute',
	before: 'Tag zurück',
	after: 'Tag weiter',
	dayWrong: 'Diesen Tag gibt es nicht. Beispiel: 6.11.2023',
	search: 'In allen Tagen suchen',
	searchHint: 'Name, Telefon oder Nummer',
	noneFound: 'Nichts gefunden. Umlaute und ihre Umschrift zählen gleich; ein Teil des Namens genügt.',
	filters: 'Filter',
	service: 'Dienstleistung',
	allServices: 'Alle Dienstleistungen',
	counter: 'Schalter',
	allCounters: 'Alle Schalter',
	reset: 'Filter aufheben',
	chip: (label: string, count: number) => `${label} ${formatNumber(count)}`,
	shown: (shown: number, all: number) => `${formatNumber(shown)} von ${formatNumber(all)}`,
	loading: 'Weitere werden noch geladen.',
	listLabel: 'Termine und Wartende',
	columns: {
		time: 'Zeit',
		number: 'Nr.',
		name: 'Name',
		service: 'Dienstleistung',
		status: 'Stand',
		counter: 'Schalter'
	},
	noneEver:
		'Hier steht die Terminliste, sobald sie eingelesen ist: als Datei aus Outlook, Exchange, ZMS oder einer Tabelle. Ohne Datei: „Bürger meldet Termin“ und „Ohne Termin“ beginnen eine Liste.',
	noneThatDay: 'Für diesen Tag ist kein Termin bekannt. Wer ohne Termin kommt, erhält über „Ohne Termin“ eine Nummer.',
	noneFiltered: 'Kein Termin passt zu diesen Filtern.',
	nobodyWaits: 'Zurzeit wartet niemand. Wer da ist, wird mit „E“ als erschienen vermerkt.',
	stepped: (row: AppointmentRow, status: string) => `${appointmentWords(row)}: ${status}`,
	undo: 'Rückgängig',
	undone: 'Zurückgenommen.',
	nothingToUndo: 'Hier gibt es nichts zurückzunehmen.',
	keys: 'Tasten in der Liste: E erschienen, A aufrufen, B in Bearbeitung, F fertig, K kommt wieder, X nicht erschienen, G zurück auf gebucht, V Anliegen aufnehmen, Z rückgängig'
} as const;

export const detailText = {
	heading: 'Ausgewählter Termin',
	none: 'Eine Zeile auswählen, um hier Einzelheiten zu sehen.',
	when: 'Wann',
	booked: (when: string) => `Gebucht war ${when}.`,
	name: 'Name',
	phone: 'Telefon',
	email: 'E-Mail',
	service: 'Dienstleistung',
	note: 'Bemerkung',
	place: 'Ort',
	number: 'Nummer',
	source: 'Woher',
	fromFile: (when: string) => `eingelesen, Stand ${when}`,
	arrived: 'Erschienen',
	minutes: (minutes: number) => `${minutes} Minuten`,
	contact: 'Angerufen',
	results: { reached: 'erreicht', 'not-reached': 'nicht erreicht', 'new-appointment': 'neuer Termin' },
	cases: 'Anliegen',
	reason: 'Grund der Absage',
	take: 'Anliegen aufnehmen',
	amend: 'Angaben ändern',
	move: 'Verlegen',
	cancel: 'Absagen',
	claimedTwice: 'Zwei Schalter haben diese Person aufgerufen, ohne voneinander zu wissen:',
	claim: (counter: string, name: string) => `${isolated(counter)}, ${isolated(name)}`,
	takeOver: 'Ich bediene',
	leaveTo: (counter: string) => `${isolated(counter)} bedient`,
	conflict: (what: string) => `Zwei Angaben zu „${what}“ stehen nebeneinander:`,
	keepThis: 'Diese Angabe behalten',
	conflictNames: {
		status: 'Stand',
		moved: 'Neuer Termin',
		cancelReason: 'Grund der Absage',
		mergedInto: 'Zusammengeführt mit',
		'own/name': 'Name',
		'own/phone': 'Telefon',
		'own/email': 'E-Mail',
		'own/service': 'Dienstleistung',
		'own/note': 'Bemerkung'
	} as { readonly [path: string]: string },
	cancelTitle: 'Termin absagen',
	cancelLabel: 'Grund',
	cancelLacking: 'Bitte den Grund nennen; er steht später in der Anrufliste.',
	cancelConfirm: 'Absagen',
	amendTitle: 'Angaben zum Termin',
	save: 'Speichern'
} as const;

export const reportText = {
	title: 'Bürger meldet Termin',
	what: 'Für Termine, von denen keine Datei weiß. Taucht der Termin später in einer Datei auf, wird das Zusammenführen vorgeschlagen.',
	date: 'Tag',
	time: 'Uhrzeit',
	timeHint: 'z. B. 9:30 oder 930; leer, wenn unbekannt',
	source: 'Woher ist der Termin bekannt?',
	sources: { mail: 'E-Mail', letter: 'Brief', phone: 'Telefon', memory: 'Gedächtnis' },
	name: 'Name',
	service: 'Dienstleistung',
	phone: 'Telefon',
	note: 'Bemerkung',
	save: 'Termin eintragen',
	dateWrong: 'Bitte den Tag angeben, z. B. 6.11.2023',
	timeWrong: 'Diese Uhrzeit gibt es nicht. Beispiel: 9:30',
	nameLacking: 'Bitte Namen oder Dienstleistung angeben.',
	saved: (row: string) => `Eingetragen: ${row}`
} as const;

export const walkInText = {
	title: 'Ohne Termin: Wartenummer vergeben',
	name: 'Name',
	nameHint: 'Darf leer bleiben.',
	service: 'Worum geht es?',
	save: 'Nummer vergeben',
	given: 'Wartenummer',
	/** The dialog was left before the number was there. */
	givenLate: (number: string, name: string) =>
		`Wartenummer ${number}${name ? ` (${isolated(name)})` : ''} ist vergeben und steht in der Liste.`,
	say: 'Diese Nummer nennen oder auf einen Zettel schreiben.',
	print: 'Zettel drucken',
	another: 'Nächste Nummer',
	close: 'Fertig',
	slipAt: (when: string) => `gezogen ${when}`
} as const;

export const mergeText = {
	offer: (count: number) =>
		count === 1
			? 'Ein gemeldeter Termin steht jetzt auch in einer eingelesenen Datei.'
			: `${formatNumber(count)} gemeldete Termine stehen jetzt auch in einer eingelesenen Datei.`,
	review: 'Ansehen',
	title: 'Ist das derselbe Termin?',
	reported: 'Gemeldet',
	inFile: 'In der Datei',
	merge: 'Derselbe Termin',
	split: 'Ein anderer Termin',
	done: 'Alle Vorschläge sind beantwortet.',
	explain: 'Beim Zusammenführen bleibt der Termin aus der Datei; was dort fehlt, kommt aus der Meldung.'
} as const;
