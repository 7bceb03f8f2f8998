/** Words of cancelling, calling, writing and moving. */
import type { ContactResult } from '$lib/domain/appointment';
import type { LetterGroup, ToCome } from '$lib/ui/state/call-list';
import type { Instant } from '$lib/domain/time';
import { formatCount, formatNumber, formatTime } from './format';
import { isolated } from './isolated';

const appointments = (count: number) => formatCount(count, 'Termin', 'Termine');
/** `1 von 1 Termin`, `3 von 7 Terminen` */
const outOf = (count: number, of: number) => `${formatNumber(count)} von ${formatCount(of, 'Termin', 'Terminen')}`;

export const cancelText = {
	heading: 'Termine absagen und Bürger anrufen',
	steps: 'Schritte',
	choose: 'Termine absagen',
	call: 'Anrufliste',
	day: 'Tag',
	dayWrong: 'Diesen Tag gibt es nicht. Bitte wie 6.11.2023 oder 061123 eintragen.',
	today: 'Heute',
	tomorrow: 'Morgen',
	service: 'Anliegen',
	allServices: (count: number) => `Alle Anliegen (${formatNumber(count)})`,
	serviceOption: (service: string, count: number) => `${service || 'ohne Angabe'} (${formatNumber(count)})`,
	status: 'Status',
	allStatuses: 'alle',
	statusOption: (status: string, count: number) => `${status} ${formatNumber(count)}`,
	list: 'Termine, die noch kommen',
	all: 'Alle auswählen',
	none: 'Keine auswählen',
	chosen: (count: number, of: number) => `${outOf(count, of)} ausgewählt`,
	empty: (day: string) =>
		`Am ${day} ist kein Termin abzusagen. Termine stehen hier, sobald eine Liste eingelesen oder ein Termin gemeldet ist.`,
	emptyFiltered: 'Zu dieser Auswahl gibt es keinen Termin, der noch kommt.',
	withoutName: 'ohne Namen',
	withoutNumber: 'keine Telefonnummer',
	begin: (count: number) => `${appointments(count)} absagen …`,
	nothingChosen: 'Bitte erst einen Termin auswählen.',
	dialog: (count: number) => `${appointments(count)} absagen?`,
	dialogWhat:
		'Die Termine bleiben in der Liste und stehen danach in der Anrufliste. Im Buchungssystem wird nichts abgesagt.',
	reason: 'Grund der Absage',
	reasonHint: 'Steht in der Anrufliste und in Briefen.',
	reasonMissing: 'Bitte einen Grund angeben.',
	suggestions: 'Vorschläge',
	reasons: ['Fachverfahren ausgefallen', 'Standort geschlossen', 'Personal fehlt'],
	confirm: 'Absagen',
	back: 'Abbrechen',
	cancelled: (count: number) => `${appointments(count)} abgesagt.`,
	changed: 'Diese Termine haben sich inzwischen geändert. Es wurde nichts abgesagt.',
	undo: 'Rückgängig',
	undoing: 'Absage wird zurückgenommen',
	undoneOf: (done: number, of: number) => outOf(done, of),
	undone: (count: number) => `Absage zurückgenommen: ${appointments(count)}.`,
	undoFailed: (failed: number, of: number) =>
		`Bei ${outOf(failed, of)} ließ sich die Absage nicht zurücknehmen. Sie sind weiter abgesagt.`
} as const;

export const toComeText: { readonly [S in ToCome]: string } = {
	confirmed: 'gebucht',
	queued: 'erschienen',
	pending: 'kommt wieder'
};

export const contactResultText: { readonly [R in ContactResult]: string } = {
	reached: 'erreicht',
	'not-reached': 'nicht erreicht',
	'new-appointment': 'neuer Termin'
};

export const callText = {
	scope: 'Wer steht in der Liste?',
	scopes: { cancelled: 'Abgesagte', all: 'Alle, die noch kommen oder abgesagt sind' },
	list: 'Anrufe',
	keys: 'Pfeiltasten: wählen · 1: erreicht · 2: nicht erreicht · 3: neuer Termin · Z: Rückgängig',
	progress: (done: number, of: number) => `${formatNumber(done)} von ${formatNumber(of)} erledigt`,
	empty: (day: string) =>
		`Für den ${day} ist niemand anzurufen. Hier stehen die abgesagten Termine, sobald welche abgesagt sind.`,
	results: (name: string) => `Ergebnis des Anrufs bei ${isolated(name)}`,
	newAppointment: 'neuer Termin …',
	note: 'Notiz zum Anruf, wird mit dem Ergebnis gespeichert',
	saved: (name: string, result: string) => `${isolated(name)}: ${result}`,
	undo: 'Rückgängig',
	undoLast: (name: string) => `letztes Ergebnis bei ${isolated(name)}`,
	undone: (name: string) => `${isolated(name)}: Das Ergebnis des Anrufs ist zurückgenommen.`,
	undoneWithMove: (name: string) =>
		`${isolated(name)}: Das Ergebnis ist zurückgenommen, der Termin liegt wieder, wo er war.`,
	last: (result: string, at: Instant) => `${result}, ${formatTime(at)}`,
	lastNote: (note: string) => `Notiz: ${isolated(note)}`,
	count: (count: number) => formatCount(count, 'Anruf', 'Anrufe'),
	movedTo: (when: string) => `verlegt auf ${when}`,
	reason: (reason: string) => `Grund: ${isolated(reason)}`,
	silent: 'Ohne Telefonnummer: Brief oder E-Mail',
	noEmail: 'keine E-Mail-Adresse',
	script: 'Was am Telefon zu sagen ist',
	scriptEdit: 'Text ändern',
	scriptDone: 'Fertig',
	scriptReset: 'Vorgegebener Text',
	scriptLabel: 'Text für alle Anrufe',
	scriptHint: (places: string) =>
		`${places} werden je Anruf eingesetzt. Keine Namen eintragen: Der Text bleibt unverschlüsselt auf diesem Gerät.`,
	print: 'Anrufliste drucken'
} as const;

export const letterText = {
	open: 'Serienbrief-Datei (CSV) …',
	heading: 'Serienbrief-Datei speichern',
	what: 'Für Briefe und E-Mails, die von einem anderen Ort verschickt werden.',
	warning: 'Die Datei ist nicht verschlüsselt. Bitte nach dem Versand löschen. Die Ausgabe wird im Protokoll vermerkt.',
	passwordHint: 'Zur Sicherheit noch einmal, weil Daten dieses Gerät verlassen.',
	notAllowed: 'Eine Serienbrief-Datei speichern dürfen Leitung und Administration.',
	group: 'An wen?',
	groups: {
		'no-number': (count: number) => `ohne Telefonnummer (${formatNumber(count)})`,
		'not-reached': (count: number) => `ohne Telefonnummer oder nicht erreicht (${formatNumber(count)})`,
		all: (count: number) => `alle in der Liste (${formatNumber(count)})`
	} satisfies { readonly [G in LetterGroup]: (count: number) => string },
	nobody: 'In dieser Gruppe ist niemand.',
	save: 'Als CSV speichern',
	saved: (count: number) => `${appointments(count)} als CSV gespeichert.`,
	fileName: (date: string) => `terminabsagen-${date}.csv`,
	columns: ['Name', 'E-Mail', 'Telefon', 'Datum', 'Uhrzeit', 'Anliegen', 'Grund der Absage', 'Standort']
} as const;

export const moveText = {
	heading: 'Termin verlegen',
	what: (name: string, when: string) => `${isolated(name)}, bisher ${when}`,
	day: 'Neuer Tag',
	dayMissing: 'Bitte den neuen Tag eintragen, zum Beispiel 7.11. oder 071123.',
	past: 'Dieser Tag ist schon vorbei.',
	time: 'Uhrzeit',
	timeHint: 'auch 930 für 09:30',
	timeMissing: 'Bitte die Uhrzeit eintragen, zum Beispiel 09:30 oder 930.',
	reason: 'Grund',
	reasonHint: 'freiwillig',
	confirm: 'Verlegen',
	back: 'Abbrechen',
	check: 'Auslastung',
	full: (time: string, booked: number, of: number) =>
		`Um ${time} sind schon ${formatNumber(booked)} von ${formatNumber(of)} belegt. Verlegen geht trotzdem.`,
	room: (time: string, booked: number, of: number) =>
		`Um ${time} sind ${formatNumber(booked)} von ${formatNumber(of)} belegt.`,
	free: 'Frei:',
	noneFree: 'An diesem Tag ist nichts mehr frei.',
	beside: (time: string, count: number) =>
		count === 0 ? `Um ${time} liegt kein anderer Termin.` : `Um ${time}: ${appointments(count)} zur selben Zeit.`,
	capacityAsk: 'Wie viele gleichzeitig?',
	capacityChange: 'Zahl der gleichzeitigen Termine ändern',
	capacityWhat: 'Damit Notschalter vor zu vollen Zeiten warnen kann. Gilt für alle Schalter.',
	perSlot: 'Termine gleichzeitig',
	slotMinutes: 'je … Minuten',
	capacityWrong: 'Bitte zwei ganze Zahlen eintragen: 1 bis 500 Termine, 5 bis 480 Minuten.',
	capacitySave: 'Merken',
	capacitySaved: 'Gemerkt. Zu volle Zeiten werden ab jetzt angezeigt.',
	moved: (name: string, when: string) => `${isolated(name)}: verlegt auf ${when}.`,
	undo: 'Rückgängig',
	undone: 'Der Termin liegt wieder, wo er war.'
} as const;

export const contactSheetText = {
	title: 'Anrufliste',
	private: 'Enthält personenbezogene Daten – nach Gebrauch vernichten.',
	printedBy: (when: string, counter: string) => `Gedruckt ${when}, ${isolated(counter)}`,
	columns: {
		time: 'Termin',
		person: 'Name und Anliegen',
		phone: 'Telefon',
		reached: 'erreicht',
		notReached: 'nicht erreicht',
		newAppointment: 'neuer Termin',
		note: 'Notiz'
	}
} as const;
