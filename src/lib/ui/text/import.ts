/** Words of taking in appointments from files of other systems. */
import type { IntakeKind } from '$lib/domain/appointment-intake';
import type { SaveError } from '$lib/services/workspace';
import type { PreviewFilter } from '$lib/ui/state/import-preview';
import type { ColumnRole, RolesError } from '$lib/ui/state/import-roles';
import { formatCount, formatNumber } from './format';
import { isolated } from './isolated';
import { saveErrorText } from './requests';

const appointments = (count: number): string => formatCount(count, 'Termin', 'Termine');

export const importText = {
	heading: 'Termine einlesen',
	start: 'Datei wählen oder Tabelle einfügen',
	formats: 'Liest Exporte aus Outlook, Exchange, Google-Kalender und ZMS: ICS, CSV, Excel (.xlsx) oder JSON.',
	promise: 'Vor dem Übernehmen sehen Sie, was sich ändern würde.',
	dropHere: 'Dateien hierher ziehen',
	dropNow: 'Jetzt loslassen',
	chooseFile: 'Datei auswählen',
	paste: 'Aus der Zwischenablage einfügen',
	pasteLabel: 'Tabelle oder Kalender aus der Zwischenablage',
	pasteHint:
		'Mit Strg+V einfügen, zum Beispiel eine Tabelle aus einer E-Mail oder aus Excel. Sie wird sofort eingelesen.',
	pasteSubmit: 'Text einlesen',
	pasted: 'Zwischenablage',
	window: 'Zeitraum',
	windowIs: (from: string, to: string) => `Eingelesen werden Termine vom ${from} bis ${to}.`,
	windowChange: 'Zeitraum ändern',
	from: 'Von',
	to: 'Bis',
	dateWrong: 'Bitte ein Datum eingeben, zum Beispiel 6.11.2023.',
	windowWrong: '„Bis“ liegt vor „Von“. Bitte eines der beiden ändern.',
	fileOf: (name: string, position: number, count: number) =>
		count > 1 ? `${isolated(name)} (Datei ${position} von ${count})` : isolated(name),
	next: (name: string) => `Weiter mit ${isolated(name)}`,
	reading: (name: string) => `${isolated(name)} wird gelesen`,
	readingSoFar: (done: number, of: number) => `${formatNumber(done)} von ${formatNumber(of)}`,
	readingUnknown: 'Einen Moment bitte …',
	comparing: 'Wird mit den bekannten Terminen verglichen …',
	taking: 'Termine werden übernommen',
	takingSoFar: (done: number, of: number) => `${formatNumber(done)} von ${formatNumber(of)} übernommen`,
	cancel: 'Abbrechen',
	back: 'Zurück',
	discard: 'Verwerfen',
	leaveHeading: 'Einlesen abbrechen?',
	leaveWhat:
		'Das Einlesen wird abgebrochen. Was übernommen ist, bleibt. Noch einmal einlesen setzt fort, nichts wird doppelt.',
	leaveStay: 'Hier bleiben',
	leaveGo: 'Abbrechen und Seite verlassen'
} as const;

export const mappingText = {
	heading: 'Spalten zuordnen',
	what: (rows: number) =>
		`${formatCount(rows, 'Zeile', 'Zeilen')} gefunden. Bitte über jeder Spalte wählen, was darin steht.`,
	tableLabel: 'Erste Zeilen der Tabelle',
	sheet: 'Blatt',
	column: (position: number, name: string) => (name ? isolated(name) : `Spalte ${position}`),
	columnRole: (column: string) => `Inhalt von „${column}“`,
	noRows: 'In diesem Blatt steht unter der Kopfzeile nichts.',
	remember: 'Diese Zuordnung merken',
	rememberHint: 'Tabellen mit derselben Kopfzeile werden dann ohne Nachfrage gelesen, an allen Schaltern.',
	name: 'Name der Zuordnung',
	nameMissing: 'Bitte einen Namen eintragen, zum Beispiel „Terminliste Bürgerbüro“.',
	submit: 'Weiter zur Vorschau',
	again: 'Spalten neu zuordnen',
	byProfile: (name: string) => `Gelesen mit der gemerkten Zuordnung „${isolated(name)}“.`,
	notRemembered: 'Die Zuordnung wurde nicht gemerkt. Gelesen wurde trotzdem.'
} as const;

export const roleText: { readonly [R in ColumnRole]: string } = {
	'': 'nicht übernehmen',
	date: 'Datum',
	time: 'Uhrzeit',
	dateTime: 'Datum mit Uhrzeit',
	endTime: 'Ende (Uhrzeit)',
	endDate: 'Ende (Datum)',
	endDateTime: 'Ende (Datum mit Uhrzeit)',
	minutes: 'Dauer',
	name: 'Name',
	givenName: 'Vorname',
	phone: 'Telefon',
	email: 'E-Mail',
	service: 'Anliegen',
	note: 'Bemerkung',
	number: 'Nummer',
	place: 'Ort',
	status: 'Status',
	uid: 'Kennung'
};

export function rolesErrorText(error: RolesError): string {
	switch (error.type) {
		case 'no-date':
			return 'Es fehlt das Datum. Bitte eine Spalte mit Datum wählen; gilt die Liste für einen Tag, genügt die Uhrzeit.';
		case 'nothing-to-call':
			return 'Es fehlt, wer oder was kommt. Bitte eine Spalte für Name oder Anliegen wählen.';
		case 'twice':
			return `„${roleText[error.role]}“ ist mehrfach gewählt. Bitte nur eine Spalte dafür nehmen.`;
	}
}

export const dayText = {
	heading: 'Für welchen Tag gilt diese Liste?',
	what: 'In der Liste stehen nur Uhrzeiten. Ohne den Tag lässt sie sich nicht übernehmen.',
	day: 'Tag der Termine',
	submit: 'Weiter zur Vorschau'
} as const;

export const previewText = {
	heading: 'Vorschau',
	take: (count: number) => `${appointments(count)} übernehmen`,
	takeNone: 'Nichts zu übernehmen',
	shortcut: 'Strg+Enter',
	filters: 'Was angezeigt wird',
	chip: (label: string, count: number) => `${label} ${formatNumber(count)}`,
	listLabel: (label: string) => `Vorschau: ${label}`,
	empty: 'Hier ist nichts.',
	nothingWhy: {
		known: 'Alles, was in der Datei steht, ist hier schon so bekannt.',
		outside: (from: string, to: string) =>
			`Alle Termine der Datei liegen außerhalb des Zeitraums ${from} bis ${to}. „Verwerfen“, den Zeitraum ändern und neu einlesen.`,
		unreadable: 'Kein Eintrag der Datei ist lesbar. Die Gründe stehen unten.',
		none: 'In der Datei stehen keine Termine.'
	},
	columns: { date: 'Datum', time: 'Zeit', name: 'Name', service: 'Anliegen', number: 'Nummer', kind: 'Stand' },
	allDay: 'ganztägig',
	noName: 'ohne Namen',
	kept: 'hier schon bearbeitet – bleibt so',
	failedAfter: (done: number, of: number) =>
		`${formatNumber(done)} von ${formatNumber(of)} sind übernommen und bleiben. Noch einmal „übernehmen“ setzt fort, nichts wird doppelt.`
} as const;

/** Why taking in came to an end. Nobody writes a whole file down on paper: another counter reads it as well. */
export const takeFailedText = (error: SaveError): string =>
	error.type === 'not-written'
		? `Nicht alles übernommen: Der Speicher dieses Geräts nimmt gerade nichts an (${error.name}). Bitte Speicherplatz freigeben und noch einmal „übernehmen“; hilft das nicht, die Datei an einem anderen Schalter einlesen.`
		: saveErrorText(error);

export const filterText: { readonly [F in PreviewFilter]: string } = {
	writable: 'zu übernehmen',
	new: 'neu',
	changed: 'geändert',
	cancelled: 'abgesagt',
	unchanged: 'unverändert',
	older: 'älter als bekannt',
	lost: 'nicht lesbar',
	outside: 'außerhalb des Zeitraums',
	notes: 'Hinweise'
};

/** How it stands with an entry, as a badge. */
export const kindText: { readonly [K in IntakeKind]: string } = {
	new: 'neu',
	changed: 'geändert',
	cancelled: 'abgesagt',
	unchanged: 'unverändert',
	older: 'älter als bekannt'
};
/** In the file it is off already, and here nobody knew of it. */
export const newButCancelled = 'neu, abgesagt';

export const reportText = {
	heading: 'Fertig',
	stopped: 'Abgebrochen',
	written: (count: number) => `${appointments(count)} übernommen.`,
	stoppedWhat: (done: number, of: number) =>
		`${formatNumber(done)} von ${formatNumber(of)} übernommen. Noch einmal einlesen setzt fort, nichts wird doppelt.`,
	unchanged: (count: number) => `${appointments(count)} ${count === 1 ? 'war' : 'waren'} hier schon so bekannt.`,
	older: (count: number) =>
		`${appointments(count)} ${count === 1 ? 'ist' : 'sind'} hier neuer als in der Datei und ${count === 1 ? 'bleibt' : 'bleiben'} so.`,
	outside: (count: number) =>
		`${appointments(count)} außerhalb des Zeitraums ${count === 1 ? 'wurde' : 'wurden'} ausgelassen.`,
	lost: (count: number) => `${formatCount(count, 'Eintrag', 'Einträge')} nicht lesbar`,
	lostWhat: 'Diese Einträge bitte in der Datei nachsehen und von Hand aufnehmen.',
	more: (count: number) => `und ${formatNumber(count)} weitere; alle stehen in der Kopie.`,
	toAppointments: 'Zu den Terminen',
	another: 'Weitere Datei einlesen',
	again: 'Dieselbe Datei noch einmal einlesen',
	copy: 'Liste kopieren',
	copied: 'Die Liste ist in der Zwischenablage.',
	notCopied: 'Kopieren ging nicht. Die Liste steht noch hier und lässt sich drucken.',
	print: 'Liste drucken'
} as const;
