/** Words of setting up a device: founding, joining, the Notfallblatt and the restart test. */
import type { Instant } from '$lib/domain/time';
import { formatDateTime } from './format';
import { isolated } from './isolated';

export const setupText = {
	heading: 'Gerät einrichten',
	askedBefore: 'War dieses Gerät schon eingerichtet?',
	askedBeforeHint: 'In diesem Browser liegen keine Daten von Notschalter.',
	yes: 'Ja, es war schon eingerichtet',
	no: 'Nein, es ist neu',
	back: 'Zurück',
	next: 'Weiter',
	step: (n: number, of: number) => `${n} von ${of}`,
	found: 'Neuen Verbund anlegen',
	foundHint: 'Für das erste Gerät der Kommune. Danach kommen weitere Geräte und Mitarbeitende dazu.',
	join: 'Verbund beitreten',
	joinHint: 'Für jedes weitere Gerät. Nötig ist ein Aufnahmecode von einem Gerät, das schon dabei ist.',
	choose: 'Wie geht es weiter?',
	working: 'Schlüssel werden erzeugt …'
} as const;

export const officeText = {
	title: 'Amt und Schalter',
	commune: 'Kommune',
	communeHint: 'Name, Gemeindeschlüssel oder Kennzeichen – oder ein eigener Name',
	communeDetail: (ags: string, codes: string) => `${ags} · ${codes}`,
	placeCode: 'Unterscheidungszeichen',
	placeCodeHint: 'Damit beginnen die Vorgangsnummern, z. B. SO',
	site: 'Standort',
	siteHint: 'z. B. Rathaus I, Bürgerbüro',
	counter: 'Schalter',
	counterHint: 'z. B. Schalter 3; steht auf jedem Beleg',
	nameUnreadable: 'Darin stehen Zeichen, die niemand sehen kann. Bitte neu eintippen statt einfügen.',
	communeMissing: 'Bitte die Kommune wählen oder eingeben.',
	placeCodeWrong: 'Bitte ein bis drei Buchstaben eingeben, wie auf dem Kennzeichen.',
	placeCodeUnknown: 'Dieses Unterscheidungszeichen ist nicht bekannt. Stimmt es?',
	siteMissing: 'Bitte den Standort eingeben.',
	counterMissing: 'Bitte den Schalter eingeben.'
} as const;

export const personText = {
	title: 'Sie und Ihr Passwort',
	name: 'Ihr Name',
	nameHint: 'Vor- und Nachname, wie er auf Belegen steht',
	nameUnreadable: 'Darin stehen Zeichen, die niemand sehen kann. Bitte neu eintippen statt einfügen.',
	nameMissing: 'Bitte den Namen eingeben.',
	role: 'Diese Person leitet den Verbund: Sie kann Mitarbeitende und Geräte aufnehmen.'
} as const;

export const serverText = {
	title: 'Server',
	origin: 'Adresse des Servers',
	originHint: 'In der Regel die Adresse, unter der diese Seite geöffnet ist',
	code: 'Betriebscode',
	codeHint: 'Wird beim Start des Servers angezeigt',
	connect: 'Verbund anlegen',
	without: 'Ohne Server fortfahren',
	withoutHint: 'Ein Server kann später unter „Abgleich“ hinzugefügt werden.',
	originWrong: 'Bitte eine Adresse eingeben, z. B. https://notschalter.stadt.example',
	codeMissing: 'Bitte den Betriebscode eingeben oder „Ohne Server fortfahren“ wählen.',
	notConnected: 'Der Verbund ist angelegt, aber noch nicht mit dem Server verbunden',
	later: 'Das geht jederzeit unter „Abgleich“ mit „Server hinzufügen“.'
} as const;

export const sheetText = {
	title: 'Notfallblatt',
	why: 'Mit diesem Blatt lässt sich alles öffnen, wenn niemand mehr ein Passwort weiß. Es wird nur jetzt gezeigt. Bitte ausdrucken oder abschreiben und verschlossen aufbewahren, nicht beim Gerät.',
	print: 'Notfallblatt drucken',
	of: (commune: string) => `Notfallblatt für Notschalter, ${isolated(commune)}`,
	created: (at: Instant) => `erstellt am ${formatDateTime(at)}`,
	recovery: 'Notfallschlüssel',
	recoveryHint: 'Auf dem Sperrbildschirm unter „Mit Notfallschlüssel“ eingeben.',
	space: 'Kennung des Verbunds',
	spaceHint: 'Zusammen mit dem Notfallschlüssel für ein Gerät, auf dem nichts mehr ist.',
	qr: 'QR-Code mit demselben Inhalt',
	keep: 'Verschlossen aufbewahren. Wer dieses Blatt und ein Gerät, eine Kopie oder die Adresse des Servers hat, kann alles lesen. Ein neues Blatt macht dieses ungültig.',
	confirm: 'Letzte Gruppe',
	confirmHint: 'Die letzten fünf Zeichen des Notfallschlüssels vom Papier abtippen',
	confirmWrong: 'Das ist nicht die letzte Gruppe des Notfallschlüssels. Bitte auf dem Papier nachsehen.',
	submit: 'Bestätigen'
} as const;

export const restartText = {
	title: 'Neustart-Test',
	what: 'Ob dieser Browser die Daten wirklich behält, zeigt nur ein Neustart. In einem privaten Fenster behält der Browser nichts: Nach dem Schließen ist dort alles weg.',
	steps: [
		'„Test beginnen“ drücken.',
		'Browser schließen und wieder öffnen – alle Fenster, am besten das ganze Gerät neu starten.',
		'Diese Adresse wieder aufrufen. Der Test ist bestanden, wenn hier ein grüner Haken steht.'
	],
	begin: 'Test beginnen',
	waiting: 'Browser schließen und wieder öffnen',
	waitingWhat:
		'Der Test läuft. Jetzt alle Fenster dieses Browsers schließen, wieder öffnen und diese Adresse aufrufen.',
	passed: 'Neustart-Test bestanden',
	passedWhat: 'Alle Daten sind nach dem Neustart noch da. Dieses Gerät ist bereit.',
	failed: 'Neustart-Test nicht bestanden',
	failedWhat:
		'Nach dem Neustart fehlen Daten. Dieser Browser behält sie nicht, vielleicht weil er privat läuft oder beim Schließen löscht. Bitte nicht mit diesem Browser arbeiten und die Administration rufen.',
	skip: 'Später testen und weiterarbeiten',
	goOn: 'Weiter zu „Heute“',
	unlock: 'Weiter zum Entsperren',
	ready: 'Dieses Gerät ist eingerichtet',
	readyWhat: (site: string, counter: string) => `${isolated(site)}, ${isolated(counter)}`
} as const;

export const joinText = {
	title: 'Verbund beitreten',
	code: 'Aufnahmecode',
	codeHint: 'Sechs Gruppen zu fünf Zeichen; gilt nur kurz. Groß- und Kleinschreibung und Striche sind gleichgültig.',
	codeMissing: 'Bitte den Aufnahmecode eingeben.',
	way: 'Die Aufnahme kommt',
	byServer: 'über einen Server',
	byFile: 'mit einer Datei (USB-Stick)',
	file: 'Aufnahmedatei',
	fileHint: 'Datei mit der Endung .notaufnahme, vom Gerät der Leitung.',
	fileMissing: 'Bitte die Aufnahmedatei wählen.',
	fileUnreadable: 'Die Datei ließ sich nicht lesen. Bitte prüfen, ob der Stick noch steckt.',
	justMade: 'Die Datei wurde eben erst erstellt; die Uhren der Geräte gehen verschieden',
	submitCode: 'Code prüfen',
	found: (commune: string) => `Verbund: ${isolated(commune)}`,
	name: 'Name',
	password: 'Passwort',
	passwordMissing: 'Bitte das Passwort eingeben.',
	passwordHint: 'Das Passwort, mit dem auf den anderen Geräten entsperrt wird',
	nameMissing: 'Bitte den eigenen Namen wählen.',
	submit: 'Beitreten',
	taking: 'Verbund wird geholt …'
} as const;
