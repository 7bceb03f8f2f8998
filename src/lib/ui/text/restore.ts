/** Words of the ways back: from a counter, a server, a copy; and of what came back. */
import { unreachable } from '$lib/domain/result';
import type { CopyError, CopyReport } from '$lib/services/workspace';
import { formatCount, formatNumber } from './format';

export const lostText = {
	title: 'Daten auf dieses Gerät zurückholen',
	what: 'Zuerst denselben Browser, dasselbe Benutzerkonto und genau dieselbe Adresse wie bisher versuchen: Dort können die Daten noch liegen. Sonst führt einer dieser Wege zurück. Das Gerät bekommt dabei eine neue Kennung; alte Vorgangsnummern bleiben gültig.',
	counter: 'Ein anderer Schalter läuft noch',
	counterHint:
		'Dort unter Verwaltung „Gerät aufnehmen“ wählen und hier mit dem Aufnahmecode beitreten. Der erste Abgleich bringt alles.',
	server: 'Server und Notfallblatt sind da',
	serverHint: 'Wenn kein Gerät mehr läuft. Nötig sind die Adresse des Servers und das neueste Notfallblatt.',
	copy: 'Eine Kopie ist da',
	copyHint: 'Eine Datei vom USB-Stick, vom Netzlaufwerk oder aus „Kopie herunterladen“. Es geht auch ohne Server.',
	anyway: 'Nichts davon ist da: neu anlegen'
} as const;

export const restoreText = {
	serverTitle: 'Mit Server und Notfallblatt',
	originHint: 'Die Adresse, mit der die Geräte bisher abgeglichen haben',
	recovery: 'Notfallschlüssel',
	recoveryHint: 'Sechs Gruppen vom Notfallblatt, oder den QR-Code mit einem Scanner einlesen',
	recoveryMissing: 'Bitte den Notfallschlüssel eingeben.',
	space: 'Kennung des Verbunds',
	spaceHint: 'Zwölf Gruppen vom Notfallblatt. Groß- und Kleinschreibung und Striche sind gleichgültig.',
	spaceMissing: 'Bitte die Kennung des Verbunds eingeben.',
	copyTitle: 'Aus einer Kopie',
	files: 'Dateien der Kopie',
	filesHint:
		'Dateien mit der Endung .notkopie. Liegen mehrere im Ordner, alle zusammen wählen: Es zählt immer das Neueste.',
	filesMissing: 'Bitte mindestens eine Datei wählen.',
	fileUnreadable:
		'Die Datei lässt sich nicht lesen. Es wurde nichts geändert. Bitte prüfen, ob der Stick noch steckt, und die Datei noch einmal wählen.',
	readFiles: 'Dateien lesen',
	reading: 'Die Kopie wird gelesen und geprüft …',
	by: 'Womit öffnen?',
	byPassword: 'mit dem Passwort',
	bySheet: 'mit dem Notfallblatt',
	passwordHint: 'Das Passwort, das galt, als die Kopie geschrieben wurde',
	restoring: 'Die Daten werden übernommen …',
	submitSheet: 'Notfallblatt prüfen',
	submit: 'Wiederherstellen',
	restoredTitle: 'Wiederhergestellt',
	requestsHere: (count: number) => `${formatCount(count, 'Anliegen ist', 'Anliegen sind')} auf diesem Gerät.`,
	fetching: (count: number) => `Der Abgleich läuft. ${formatCount(count, 'Buchung', 'Buchungen')} bisher geholt …`,
	fetched: (count: number) =>
		`Der Abgleich ist fertig: ${count === 1 ? '1 Buchung' : `${formatNumber(count)} Buchungen`} geholt.`,
	lacksTitle: 'Nicht alles war zu retten',
	lacksKeep: 'Die Datei bitte aufbewahren und die Administration rufen.',
	fetchLater: 'Was noch fehlt, kommt mit dem nächsten Abgleich von selbst. Weiterarbeiten geht schon jetzt.',
	newIdentity:
		'Dieses Gerät hat eine neue Kennung und ein neues Kürzel in Vorgangsnummern. Das frühere Gerät bitte unter Verwaltung sperren, wenn es gestohlen ist.',
	goOn: 'Weiter zum Neustart-Test'
} as const;

export function copyErrorText(error: CopyError): string {
	switch (error.type) {
		case 'not-a-copy':
			return 'Das ist keine Kopie von Notschalter. Es wurde nichts geändert. Bitte eine Datei mit der Endung .notkopie wählen.';
		case 'newer-copy':
			return 'Diese Kopie ist von einer neueren Version von Notschalter. Es wurde nichts geändert. Bitte Notschalter auf diesem Gerät zuerst aktualisieren.';
		case 'copy-too-damaged':
			return 'Diese Kopie ist so beschädigt, dass nicht mehr zu erkennen ist, von welchem Gerät sie stammt. Es wurde nichts geändert. Bitte die zweite Datei aus demselben Ordner nehmen und diese hier aufbewahren.';
		case 'different-spaces':
			return 'Diese Dateien gehören zu verschiedenen Verbünden. Es wurde nichts geändert. Bitte nur Dateien desselben Verbunds zusammen wählen.';
		default:
			return unreachable(error);
	}
}

/** What came of a copy, then what did not; each a sentence of its own. */
export function copyReportText({ operations, drafts, devices, ...lacking }: CopyReport): {
	readonly came: readonly string[];
	readonly lacks: readonly string[];
} {
	const { damagedPlaces, refused, left, missing } = lacking;
	return {
		came: [
			`${formatCount(operations, 'Buchung', 'Buchungen')} aus ${devices === 1 ? 'der Kopie eines Geräts' : `den Kopien von ${formatNumber(devices)} Geräten`} übernommen.`,
			...(drafts > 0 ? [`${formatCount(drafts, 'Entwurf', 'Entwürfe')} übernommen.`] : [])
		],
		lacks: [
			...(damagedPlaces > 0
				? [`${formatCount(damagedPlaces, 'Stelle der Datei war', 'Stellen der Dateien waren')} nicht lesbar.`]
				: []),
			...(refused > 0
				? [
						`${formatCount(refused, 'Sendung wurde', 'Sendungen wurden')} nicht übernommen, weil die Unterschrift nicht stimmt.`
					]
				: []),
			...(left > 0
				? [
						`${formatCount(left, 'Buchung steht', 'Buchungen stehen')} in der Datei, ${left === 1 ? 'passt' : 'passen'} aber zu nichts Lesbarem.`
					]
				: []),
			...(missing > 0
				? [
						`${formatCount(missing, 'Buchung fehlt', 'Buchungen fehlen')} dazwischen. Ein Abgleich kann sie noch bringen.`
					]
				: [])
		]
	};
}
