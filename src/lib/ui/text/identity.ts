/** Words around the identity of a device: copied profiles, templates. */
import type { Instant } from '$lib/domain/time';
import { formatCount, formatDate, formatTime } from './format';

export const nameCounterText = {
	heading: 'Schalter benennen',
	what: 'Dieses Gerät wurde aus einer Vorlage kopiert. Es bekommt jetzt einen eigenen Namen und eigene Vorgangsnummern.',
	counter: 'Schalter',
	hint: 'So steht das Gerät künftig in allen Listen, zum Beispiel „Schalter 3“. Jeder Name sollte nur einmal vorkommen.',
	missing: 'Bitte den Schalter benennen.',
	submit: 'Weiter',
	lock: 'Abmelden'
} as const;

export const newIdentityText = {
	title: 'Dieses Gerät hat eine neue Kennung',
	what: 'Die Daten dieses Geräts wurden kopiert oder auf einen früheren Stand zurückgesetzt. Ein anderer Stand war schon im Abgleich.',
	safe: (count: number) =>
		count === 0
			? 'Alle Anliegen sind hier. Gedruckte Vorgangsnummern gelten weiter.'
			: `Alle Anliegen sind hier. Gedruckte Vorgangsnummern gelten weiter. ${formatCount(count, 'Buchung wurde', 'Buchungen wurden')} unter der neuen Kennung übernommen.`,
	todo: 'Es ist nichts zu tun. Wurde das Gerät als Ganzes kopiert, bitte die Leitung informieren.',
	noticed: 'Verstanden'
} as const;

export const formerText = {
	title: 'Frühere Kennungen dieses Geräts',
	entry: (code: string, at: Instant) => `Kennung ${code}, bis ${formatDate(at)}, ${formatTime(at)}`,
	copied: (count: number) =>
		count === 0
			? 'Daten kopiert oder zurückgesetzt'
			: `Daten kopiert oder zurückgesetzt; ${formatCount(count, 'Buchung', 'Buchungen')} übernommen`,
	template: 'Vorlage zum Klonen',
	restored: 'verlorenes Gerät, aus dessen Kopie dieses wiederhergestellt ist'
} as const;

export const templateText = {
	title: 'Als Vorlage zum Klonen abschließen',
	what: 'Für mehrere gleiche Geräte: Ein Gerät einrichten, als Vorlage abschließen und erst dann kopieren. Jede Kopie bekommt beim ersten Entsperren eine eigene Kennung.',
	open: 'Als Vorlage zum Klonen abschließen',
	intro: 'Das passiert jetzt:',
	steps: [
		'Dieses Gerät verliert seine Kennung und sperrt sich.',
		'Alle Anliegen, Mitarbeitenden und Server bleiben auf dem Gerät und auf jeder Kopie.',
		'Wer danach entsperrt, hier oder auf einer Kopie, benennt den Schalter. Erst dann entstehen neue Vorgangsnummern.'
	],
	before: 'Danach den Browser schließen und erst dann kopieren.',
	unsent: (count: number) =>
		`${formatCount(count, 'Buchung liegt', 'Buchungen liegen')}, soweit bekannt, nur auf diesem Gerät. Besser zuerst abgleichen: Sonst gibt es sie nur hier und in den Kopien dieses Geräts.`,
	allSent: 'Alles ist übertragen.',
	submit: 'Abschließen und sperren'
} as const;

export const moveText = {
	title: 'An eine andere Adresse umziehen',
	what: 'Browser halten Daten je Adresse. Wird die App künftig unter einer anderen geöffnet, etwa beim zentralen Server statt im Rathaus, ziehen die Daten dieses Geräts mit einer Datei um.',
	intro: 'Das passiert jetzt:',
	steps: [
		'Dieses Gerät wird hier geschlossen. Gelöscht wird nichts.',
		'Auf der nächsten Seite eine verschlüsselte Kopie speichern und die neue Adresse öffnen.',
		'Dort mit der Kopie und dem eigenen Passwort weiterarbeiten; das Gerät bekommt ein neues Kürzel, alte Vorgangsnummern gelten weiter.'
	],
	unsent: (count: number) =>
		`${formatCount(count, 'Buchung liegt', 'Buchungen liegen')}, soweit bekannt, nur auf diesem Gerät. Sie ziehen mit um; besser ist es, zuerst abzugleichen.`,
	address: 'Neue Adresse',
	addressHint: 'z. B. https://notschalter.stadt.example',
	addressWrong: 'Bitte eine Adresse eingeben, z. B. https://notschalter.stadt.example',
	isHere: 'Unter dieser Adresse läuft die App schon.',
	submit: 'Hier schließen und umziehen',
	heading: 'Dieses Gerät ist umgezogen',
	movedWhat: (counter: string) => `${counter} arbeitet künftig unter`,
	safe: 'Alles liegt noch verschlüsselt auf diesem Gerät. Neues wird hier nicht mehr aufgenommen.',
	stepCopy: 'Kopie speichern. Sie enthält alles und ist verschlüsselt; wie ein Notebook aufbewahren.',
	copy: 'Kopie speichern',
	copied: 'Die Kopie ist an den Browser übergeben. Bitte prüfen, ob sie bei den Downloads liegt.',
	copyFailed:
		'Die Kopie ließ sich nicht schreiben. Hier ist alles noch da. Bitte Platz schaffen und noch einmal versuchen.',
	stepOpen:
		'Die neue Adresse öffnen: „Ja, es war schon eingerichtet“, „Eine Kopie ist da“, die gespeicherte Datei wählen.',
	goThere: 'Neue Adresse öffnen',
	stepDelete: 'Wenn dort alles da ist: die gespeicherte Datei löschen und diese Adresse nicht mehr benutzen.',
	stay: 'Doch hier weiterarbeiten',
	stayTitle: 'Hier weiterarbeiten?',
	stayWhat:
		'Wurde die Kopie dort schon geöffnet, gibt es dann zwei Geräte. Das schadet nicht und zählt nichts doppelt: Sie gleichen sich ab wie zwei Schalter.',
	stayYes: 'Hier weiterarbeiten',
	cancel: 'Abbrechen'
} as const;
