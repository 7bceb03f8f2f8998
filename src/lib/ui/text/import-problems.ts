/** Why a file, or an entry of it, was not read: what happened, what is safe, what to do. */
import type { ImportFormat, ImportProblem, ImportProblemReason } from '$lib/domain/appointment-import';
import type { ImportNotice } from '$lib/ui/state/import-step';
import { isolated } from './isolated';

const SAFE = 'Es wurde nichts geändert.';

export const noticeText: { readonly [N in ImportNotice]: { readonly what: string; readonly next: string } } = {
	empty: { what: 'Darin steht nichts.', next: `${SAFE} Bitte den Export wiederholen oder eine andere Datei wählen.` },
	'too-large': {
		what: 'Die Datei ist zu groß: mehr als 64 MB.',
		next: `${SAFE} Bitte im Kalender einen kürzeren Zeitraum exportieren.`
	},
	'too-many-rows': {
		what: 'In der Datei stehen zu viele Einträge: mehr als 50.000.',
		next: `${SAFE} Bitte einen kürzeren Zeitraum exportieren.`
	},
	'unpacks-too-large': {
		what: 'Die Excel-Datei wird beim Öffnen ungewöhnlich groß und wurde deshalb nicht gelesen.',
		next: `${SAFE} Bitte in Excel nur das Blatt mit den Terminen als CSV speichern und diese Datei wählen.`
	},
	encrypted: {
		what: 'Die Datei ist mit einem Kennwort geschützt.',
		next: `${SAFE} Bitte in Excel öffnen, den Schutz entfernen, neu speichern und diese Datei wählen.`
	},
	'old-excel': {
		what: 'Das ist eine Excel-Datei im alten Format (.xls).',
		next: `${SAFE} Bitte in Excel als „Excel-Arbeitsmappe (.xlsx)“ oder als CSV speichern und diese Datei wählen.`
	},
	pdf: {
		what: 'Das ist eine PDF-Datei. Termine lassen sich daraus nicht verlässlich lesen.',
		next: `${SAFE} Bitte im Kalender als ICS, CSV oder Excel exportieren.`
	},
	damaged: {
		what: 'Die Datei ist beschädigt oder unvollständig.',
		next: `${SAFE} Bitte noch einmal exportieren oder kopieren und dann erneut wählen.`
	},
	'no-table': {
		what: 'Darin ist keine Tabelle mit Terminen zu erkennen.',
		next: `${SAFE} Bitte prüfen, ob es die richtige Datei oder das richtige Blatt ist.`
	},
	'no-events': {
		what: 'Der Kalender enthält keine Termine.',
		next: `${SAFE} Bitte prüfen, ob der richtige Kalender exportiert wurde.`
	},
	'not-known': {
		what: 'Dieses Format ist nicht bekannt.',
		next: `${SAFE} Gelesen werden ICS, CSV, Excel (.xlsx) und JSON. Bitte in einem davon exportieren.`
	},
	'reader-failed': {
		what: 'Die Datei ließ sich nicht lesen. Vielleicht ist der Datenträger nicht mehr da oder der Speicher knapp.',
		next: `${SAFE} Bitte noch einmal versuchen. Hilft das nicht, die Datei als CSV speichern und diese wählen.`
	},
	'took-too-long': {
		what: 'Das Lesen dauerte zu lange und wurde beendet. Die Datei ist ungewöhnlich groß oder ungewöhnlich aufgebaut.',
		next: `${SAFE} Bitte einen kürzeren Zeitraum exportieren oder die Datei in Excel als CSV speichern und diese wählen.`
	},
	folder: {
		what: 'Das ist ein Ordner.',
		next: `${SAFE} Bitte den Ordner öffnen und die Datei daraus hierher ziehen.`
	},
	image: {
		what: 'Das ist ein Bild. Termine lassen sich daraus nicht lesen.',
		next: `${SAFE} Bitte die Tabelle selbst kopieren oder als Datei speichern, nicht als Bild.`
	},
	window: {
		what: 'Der Zeitraum stimmt nicht.',
		next: `${SAFE} Bitte „Von“ und „Bis“ prüfen und die Datei dann noch einmal wählen.`
	},
	nothing: {
		what: 'Darin war keine Datei.',
		next: `${SAFE} Bitte eine Datei hierher ziehen oder „Datei auswählen“ drücken.`
	},
	'nothing-pasted': {
		what: 'In der Zwischenablage steht kein Text und keine Tabelle.',
		next: `${SAFE} Bitte die Termine dort, wo sie stehen, markieren und mit Strg+C kopieren.`
	}
};

const REASONS: { readonly [R in ImportProblemReason]: string } = {
	'no-date': 'kein Datum',
	'date-unreadable': 'Datum nicht lesbar',
	'time-unreadable': 'Uhrzeit nicht lesbar',
	'broken-event': 'Termin unvollständig',
	'broken-row': 'Zeile unvollständig',
	'no-content': 'weder Name noch Anliegen',
	'rule-unreadable': 'Wiederholung nicht lesbar, nur der erste Termin wurde gelesen',
	'zone-unknown': 'Zeitzone unbekannt, als hiesige Zeit gelesen',
	superseded: 'älterer Stand desselben Termins, der neuere wurde gelesen',
	'text-cut': 'langer Text gekürzt',
	'series-cut': 'Serie sehr lang, spätere Termine fehlen',
	'not-in-window': 'außerhalb des Zeitraums',
	'columns-missing': 'weniger Spalten als die Kopfzeile',
	'columns-extra': 'mehr Spalten als die Kopfzeile',
	'end-before-start': 'Ende liegt vor dem Beginn, ohne Dauer gelesen'
};

/** `Zeile 17: Datum nicht lesbar: „31.02.2025“` */
export function problemText({ at, reason, excerpt }: ImportProblem, format: ImportFormat): string {
	const where = at === null ? 'Datei' : `${format === 'table' || format === 'xlsx' ? 'Zeile' : 'Eintrag'} ${at}`;
	return `${where}: ${REASONS[reason]}${excerpt.trim() ? `: „${isolated(excerpt.trim())}“` : ''}`;
}
