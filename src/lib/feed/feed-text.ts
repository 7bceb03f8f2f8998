/** What the Einlesedienst says on the terminal and in logs: German, and never a word of what stands in a file. */
import type { ImportProblemReason } from '$lib/domain/appointment-import';
import type { ServerError } from '$lib/services/workspace';
import type { CannotWork } from './feed-desk';
import type { JoinFailure } from './join-space';
import type { FileOutcome, NotTaken, Place } from './read-files';

export const HELP = `Liest Termine aus Dateien des Buchungssystems in den Verbund ein.

Einmal:    npm run feed -- --join AUFNAHMECODE --server ADRESSE [--name "Einlesedienst"]
Danach:    npm run feed -- DATEI… [--server ADRESSE] [--space VERBUND] [--weeks 12] [--date 2026-11-30]
Laufend:   npm run feed -- --watch ORDNER [--every MINUTEN]

Passphrase: --passphrase-file DATEI, NOTSCHALTER_PASSPHRASE_FILE oder NOTSCHALTER_PASSPHRASE
Eigene Daten: --data ORDNER (sonst ./feed-data)
Ende: 0 alles gelesen und übertragen · 1 jemand muss nachsehen · 2 Server nicht erreicht, der nächste Lauf überträgt
Ausführlich: docs/feed.md`;

const NOT_TAKEN: { readonly [R in NotTaken]: string } = {
	empty: 'Die Datei ist leer.',
	'too-large': 'Die Datei ist zu groß.',
	'too-many-rows': 'Die Datei hat zu viele Zeilen.',
	'unpacks-too-large': 'Die Datei wird beim Entpacken zu groß.',
	encrypted: 'Die Datei ist mit einem Passwort geschützt.',
	'old-excel': 'Das alte Excel-Format (.xls) wird nicht gelesen; bitte als .xlsx oder .csv ausgeben.',
	pdf: 'Eine PDF-Datei wird nicht gelesen.',
	damaged: 'Die Datei ist beschädigt.',
	'no-table': 'Die Datei enthält keine Tabelle.',
	'no-events': 'Die Datei enthält keine Termine.',
	'not-known': 'Die Datei hat kein bekanntes Format.',
	'needs-mapping':
		'Die Spalten dieser Tabelle sind noch nicht zugeordnet. Die Datei einmal an einem Schalter unter „Termine einlesen“ einlesen; danach liest der Einlesedienst solche Dateien selbst.',
	'needs-date': 'In der Datei stehen nur Uhrzeiten. Den Tag mit --date angeben, z. B. --date 2026-11-30.',
	'not-there': 'Die Datei ist nicht da oder nicht lesbar.',
	'not-a-file': 'Das ist keine Datei.'
};

const REASONS: { readonly [R in ImportProblemReason]: string } = {
	'no-date': 'ohne Datum',
	'date-unreadable': 'Datum nicht lesbar',
	'time-unreadable': 'Uhrzeit nicht lesbar',
	'broken-event': 'Eintrag beschädigt',
	'broken-row': 'Zeile beschädigt',
	'no-content': 'ohne Inhalt',
	'rule-unreadable': 'Wiederholung nicht lesbar',
	'zone-unknown': 'Zeitzone unbekannt',
	superseded: 'durch einen neueren Eintrag ersetzt',
	'text-cut': 'Text gekürzt',
	'series-cut': 'Serie nur bis zum Ende des Zeitraums',
	'not-in-window': 'außerhalb des Zeitraums',
	'columns-missing': 'weniger Spalten als die Kopfzeile',
	'columns-extra': 'mehr Spalten als die Kopfzeile',
	'end-before-start': 'Ende vor dem Anfang'
};

/** More would bury the rest of the log. */
const MOST_PLACES = 20;

export function outcomeText(name: string, outcome: FileOutcome): string[] {
	if (outcome.type === 'not-taken') return [`${name}: nicht eingelesen. ${NOT_TAKEN[outcome.reason]}`];
	const { counts, lost, notes, format } = outcome;
	const parts = [
		`${counts.new} neu`,
		`${counts.changed} geändert`,
		`${counts.unchanged} unverändert`,
		`${counts.cancelled} abgesagt`,
		...(counts.older > 0 ? [`${counts.older} älter als bekannt`] : []),
		`${lost.length} nicht lesbar`
	];
	const word = format === 'ics' || format === 'zms-json' ? 'Eintrag' : 'Zeile';
	return [
		`${name}: ${parts.join(', ')}.`,
		...placesText(word, lost, ''),
		...placesText(
			word,
			notes.filter(({ reason }) => reason !== 'not-in-window'),
			'Hinweis, '
		)
	];
}

function placesText(word: string, places: readonly Place[], lead: string): string[] {
	const lines = places
		.slice(0, MOST_PLACES)
		.map(({ at, reason }) => `  ${lead}${at === null ? 'ganze Datei' : `${word} ${at}`}: ${REASONS[reason]}`);
	const left = places.length - lines.length;
	return left > 0 ? [...lines, `  … und ${left} weitere`] : lines;
}

export const sentText = (origin: string): string => `Übertragen: alles ist auf ${origin}.`;
export const unsentText = (origin: string, unsent: number, error: ServerError | null): string =>
	`Nicht übertragen: ${error ? serverText(error) : 'der Server hat nicht alles angenommen'} (${origin}). ${unsent} ${unsent === 1 ? 'Eintrag bleibt' : 'Einträge bleiben'} hier und ${unsent === 1 ? 'geht' : 'gehen'} beim nächsten Lauf mit.`;

export const NO_SERVER = 'Es ist noch kein Server bekannt; einmal mit --server ADRESSE nennen.';
export const OTHER_SPACE = 'Der Datenordner gehört zu einem anderen Verbund als --space.';
export const IN_USE = 'Der Einlesedienst läuft mit diesem Datenordner schon; dieser Lauf endet.';
export const NOT_WRITABLE = 'Der Datenordner lässt sich nicht anlegen oder beschreiben (--data).';
export const ARRIVED = 'Übertragen: alles, was gewartet hat.';
export const STOPPED = 'Beendet. Was noch fehlt, liest der nächste Lauf.';
export const JOINED = (commune: string): string => `Aufgenommen in den Verbund ${commune}.`;
export const WATCHING = (folder: string): string => `Der Ordner ${folder} wird beobachtet. Beenden: Strg+C`;
export const FOLDER_UNREADABLE = 'Der Ordner ist nicht lesbar; beim nächsten Mal wird es wieder versucht.';

export const passphraseText = (type: 'no-passphrase' | 'passphrase-unreadable'): string =>
	type === 'no-passphrase'
		? 'Es fehlt die Passphrase: --passphrase-file, NOTSCHALTER_PASSPHRASE_FILE oder NOTSCHALTER_PASSPHRASE.'
		: 'Die Datei mit der Passphrase ist nicht lesbar.';

export function cannotWorkText(error: CannotWork): string {
	switch (error.type) {
		case 'not-joined':
			return 'Dieser Rechner ist noch nicht aufgenommen: erst --join AUFNAHMECODE --server ADRESSE.';
		case 'wrong-passphrase':
			return 'Die Passphrase ist falsch, oder sie wurde im Verbund geändert.';
		case 'member-removed':
			return 'Der Einlesedienst wurde aus dem Verbund entfernt.';
		case 'no-key':
			return 'Der Schlüssel des Verbunds lässt sich nicht öffnen.';
		default:
			return `Auf der Festplatte konnte nicht gespeichert werden (${error.type === 'not-written' ? error.name : error.type}).`;
	}
}

export function joinText(error: JoinFailure): string {
	switch (error.type) {
		case 'already-joined':
			return 'Dieser Datenordner ist schon aufgenommen; für einen anderen Verbund --data ORDNER angeben.';
		case 'no-such-member':
			return 'Im Verbund gibt es keinen Einlesedienst dieses Namens: erst unter Verwaltung → Person aufnehmen anlegen, dann einen neuen Aufnahmecode erstellen.';
		case 'several-members':
			return 'Im Verbund gibt es mehrere Einlesedienste: mit --name "…" einen nennen und einen neuen Aufnahmecode erstellen.';
		case 'malformed-code':
			return 'Der Aufnahmecode hat einen Tippfehler.';
		case 'wrong-password':
			return 'Die Passphrase ist falsch. Der Aufnahmecode ist damit verbraucht; bitte einen neuen erstellen.';
		case 'wrong-code':
		case 'code-used':
		case 'code-expired':
			return 'Der Aufnahmecode gilt nicht, ist verbraucht oder abgelaufen; bitte einen neuen erstellen.';
		case 'unreachable':
		case 'not-our-server':
			return serverText(error);
		default:
			return `Die Aufnahme ist fehlgeschlagen (${error.type}).`;
	}
}

export function serverText(error: ServerError): string {
	switch (error.type) {
		case 'unreachable':
			return 'Der Server ist nicht erreichbar';
		case 'not-our-server':
			return 'Unter der Adresse antwortet kein Notschalter-Server';
		case 'device-revoked':
			return 'Dieser Rechner wurde im Verbund gesperrt';
		case 'unknown-device':
		case 'other-space':
			return 'Der Server kennt diesen Rechner oder Verbund nicht';
		case 'identity-in-doubt':
			return 'Der Server behauptet, von diesem Rechner etwas anderes zu haben, und zeigt es nicht; die Administration muss ihn prüfen';
		case 'clock-too-far-off':
			return 'Die Uhr dieses Rechners geht falsch';
		default:
			return `Der Server hat nicht angenommen (${error.type})`;
	}
}
