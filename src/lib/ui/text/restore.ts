/** Words of the ways back: from a counter, a server, a copy; and of what came back. */
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
	submitSheet: 'Notfallblatt prüfen',
	submit: 'Wiederherstellen',
	restoredTitle: 'Wiederhergestellt',
	requestsHere: (count: number) => `${formatCount(count, 'Anliegen ist', 'Anliegen sind')} auf diesem Gerät.`,
	fetching: (count: number) => `Der Abgleich läuft. ${formatCount(count, 'Buchung', 'Buchungen')} bisher geholt …`,
	fetched: (count: number) =>
		`Der Abgleich ist fertig: ${count === 1 ? '1 Buchung' : `${formatNumber(count)} Buchungen`} geholt.`,
	fetchLater: 'Was noch fehlt, kommt mit dem nächsten Abgleich von selbst. Weiterarbeiten geht schon jetzt.',
	newIdentity:
		'Dieses Gerät hat eine neue Kennung und ein neues Kürzel in Vorgangsnummern. Das frühere Gerät bitte unter Verwaltung sperren, wenn es gestohlen ist.',
	goOn: 'Weiter zum Neustart-Test'
} as const;
