/** Words of Verwaltung: staff, devices, storage, the Notfallblatt, the way out. */
import type { Instant } from '$lib/domain/time';
import type { Role } from '$lib/domain/workplace';
import { formatCount, formatDateTime, formatNumber } from './format';
import { isolated } from './isolated';

export const roleText: { readonly [R in Role]: string } = {
	clerk: 'Schalterkraft',
	processing: 'Sachbearbeitung',
	lead: 'Leitung',
	admin: 'Administration',
	feed: 'Einlesedienst'
};
export const roleHint: { readonly [R in Role]: string } = {
	clerk: 'nimmt auf und erfasst nach',
	processing: 'nimmt auf und erfasst nach',
	lead: 'dazu Mitarbeitende, Geräte und Ausgabe',
	admin: 'dazu Mitarbeitende, Geräte und Ausgabe',
	feed: 'liest Termine ein; ein Rechner, keine Person'
};

export const adminText = {
	heading: 'Verwaltung',
	notAllowed: 'Mitarbeitende und Geräte verwaltet die Leitung oder die Administration.',
	keys: 'Passwort und Notfallblatt',
	cancel: 'Abbrechen',
	done: 'Fertig',
	ownPasswordHint: 'Zur Sicherheit noch einmal, weil dabei ein Schlüssel weitergegeben wird',
	/** Keys are changed for everybody at once. */
	rotate: 'Schlüssel wechseln?',
	rotateYes: 'Ja (empfohlen)',
	rotateNo: 'Nein',
	rotateHint: 'Ein neuer Schlüssel sorgt dafür, dass Neues dort nicht mehr gelesen werden kann.'
} as const;

export const staffText = {
	title: 'Mitarbeitende',
	add: 'Person aufnehmen',
	name: 'Name',
	role: 'Rolle',
	state: 'Zustand',
	acts: 'Aktionen',
	actsFor: (name: string) => `Aktionen für ${isolated(name)}`,
	you: 'angemeldet',
	firstPasswordPending: 'erstes Passwort noch nicht geändert',
	active: 'aktiv',
	removed: 'entfernt',
	firstPassword: 'Erstes Passwort',
	firstPasswordHint: 'Die Person legt beim ersten Entsperren ein eigenes fest.',
	feedPasswordHint: 'Der Einlesedienst behält dieses Passwort; auf seinem Rechner steht es in einer Datei.',
	nameMissing: 'Bitte den Namen eingeben.',
	nameUnreadable: 'Darin stehen Zeichen, die niemand sehen kann. Bitte neu eintippen statt einfügen.',
	nameTaken: 'Diesen Namen gibt es schon. Bitte einen unterscheidbaren eingeben.',
	submitAdd: 'Aufnehmen',
	added: (name: string) => `${isolated(name)} ist aufgenommen. Andere Geräte wissen es nach dem nächsten Abgleich.`,
	changeRole: 'Rolle ändern',
	changeRoleTitle: (name: string) => `Rolle von ${isolated(name)} ändern`,
	submitRole: 'Rolle ändern',
	roleChanged: (name: string) => `Die Rolle von ${isolated(name)} ist geändert.`,
	resetPassword: 'Passwort zurücksetzen',
	resetTitle: (name: string) => `Passwort von ${isolated(name)} zurücksetzen`,
	submitReset: 'Zurücksetzen',
	wasReset: (name: string) => `${isolated(name)} entsperrt jetzt mit dem neuen ersten Passwort.`,
	remove: 'Entfernen',
	removeTitle: (name: string) => `${isolated(name)} entfernen?`,
	removeWhat: 'Die Person kann danach nicht mehr entsperren. Was sie erfasst hat, bleibt.',
	removeElsewhere: 'Auf Geräten, die davon noch nichts wissen, gilt ihr Passwort bis zum nächsten Abgleich weiter.',
	submitRemove: 'Entfernen',
	wasRemoved: (name: string) => `${isolated(name)} ist entfernt.`
} as const;

export const deviceText = {
	title: 'Geräte',
	add: 'Gerät aufnehmen',
	counter: 'Schalter',
	code: 'Kürzel',
	codeHint: 'in Vorgangsnummern',
	highest: 'Buchungen',
	lastSeen: 'Zuletzt gesehen',
	state: 'Zustand',
	acts: 'Aktionen',
	own: 'dieses Gerät',
	complete: 'vollständig',
	revoked: 'gesperrt',
	former: 'frühere Kennung dieses Geräts',
	sharesName: 'gleicher Name wie ein anderes Gerät',
	isNew: 'neu',
	never: 'noch nie',
	gap: (from: number, to: number) =>
		from === to
			? `Buchung ${formatNumber(from)} fehlt`
			: `Buchungen ${formatNumber(from)} bis ${formatNumber(to)} fehlen`,
	revoke: 'Gerät sperren',
	revokeTitle: (counter: string) => `${isolated(counter)} sperren?`,
	revokeWhat:
		'Für ein verlorenes oder gestohlenes Gerät. Was bis jetzt von dort angekommen ist, bleibt; was später kommt, wird beiseitegelegt, bis die Leitung es ansieht.',
	submitRevoke: 'Gerät sperren',
	wasRevoked: (counter: string) => `${isolated(counter)} ist gesperrt.`,
	setAside: (count: number) =>
		`${formatCount(count, 'Sendung ist', 'Sendungen sind')} beiseitegelegt, weil etwas daran nicht stimmt. Nichts davon ist verloren; bitte die Administration ansehen lassen.`,
	waiting: (count: number) =>
		`${formatCount(count, 'Buchung wartet', 'Buchungen warten')} auf den Anfang ihres Anliegens von einem anderen Gerät.`,
	unknown: (count: number) =>
		`${formatCount(count, 'Buchung ist', 'Buchungen sind')} von neuerer Version. Sie bleiben erhalten und erscheinen nach einer Aktualisierung.`,
	clock: (count: number) =>
		`${formatCount(count, 'Buchung trägt', 'Buchungen tragen')} eine Zeit, die weit von der Uhr dieses Geräts abweicht. Bitte die Uhren prüfen.`
} as const;

export const joinCodeText = {
	title: 'Gerät aufnehmen',
	server: 'Server',
	way: 'Das neue Gerät bekommt die Aufnahme',
	byServer: (origin: string) => `über ${origin}`,
	byFile: 'mit einer Datei, z. B. auf einem USB-Stick',
	fileWhat:
		'Es braucht keinen Server. Öffnen lässt sich die Datei nur mit dem Code. Nach 15 Minuten fragt das neue Gerät nach, ob sie eben erst erstellt wurde. Datei und Code nach der Aufnahme vernichten.',
	noServer: 'Noch ist kein Server da, der beide Geräte erreichen könnte. Er lässt sich unter „Abgleich“ hinzufügen.',
	toExchange: 'Zum Abgleich',
	saveFile: 'Aufnahmedatei speichern',
	fileSteps:
		'Die Datei auf einen Stick speichern. Am neuen Gerät „Verbund beitreten“ und „mit einer Datei“ wählen, die Datei öffnen und diesen Code eingeben. Danach dort „Datenträger einlesen“, damit die Anliegen dazukommen.',
	kind: 'Gilt für',
	one: 'ein Gerät, 15 Minuten',
	day: 'für heute, 20 Geräte',
	submit: 'Aufnahmecode erzeugen',
	code: 'Aufnahmecode',
	steps: 'Am neuen Gerät „Verbund beitreten“ wählen, die Adresse des Servers und diesen Code eingeben.',
	address: 'Adresse des Servers',
	qr: 'QR-Code mit Adresse und Aufnahmecode',
	expiresIn: (duration: string, at: Instant) => `Gilt noch ${duration}, bis ${formatDateTime(at)}.`,
	/** No server counts the time of a file: the new device goes by its own clock, and a person may know better. */
	fileExpiresIn: (duration: string, at: Instant) =>
		`Das neue Gerät nimmt die Datei noch ${duration} ohne Nachfrage an, bis ${formatDateTime(at)}.`,
	fileExpired: 'Das neue Gerät fragt jetzt nach, ob die Datei eben erst erstellt wurde. Bitte eine neue erzeugen.',
	expired: 'Dieser Aufnahmecode ist abgelaufen. Bitte einen neuen erzeugen.',
	secret:
		'Nicht weitersagen: Wer den Code hat, kann ein Gerät in den Verbund bringen. Zum Lesen braucht es trotzdem ein Passwort.'
} as const;

export const storageText = {
	title: 'Dieses Gerät',
	workplace: 'Arbeitsplatz',
	deviceCode: 'Kürzel in Vorgangsnummern',
	persisted: 'Schutz vor dem Aufräumen',
	persistedYes: 'Der Browser hat zugesagt, die Daten zu behalten.',
	persistedNo:
		'Der Browser hat nicht zugesagt, die Daten zu behalten. Es hilft, Notschalter als App zu installieren oder die Seite als Lesezeichen zu speichern; danach neu laden. In einem privaten Fenster behält der Browser nichts.',
	persistedUnknown: 'Wird erfragt …',
	usage: 'Speicherplatz',
	usageOf: (used: string, quota: string) => `${used} von ${quota} belegt`,
	usageUnknown: 'Der Browser nennt keine Zahl.',
	restart: 'Neustart-Test',
	restartPassed: 'bestanden',
	restartOpen: 'steht noch aus',
	restartFailed: 'nicht bestanden',
	restartGo: 'Zum Neustart-Test'
} as const;

export const ownPasswordText = {
	title: 'Eigenes Passwort ändern',
	button: 'Eigenes Passwort ändern',
	submit: 'Passwort ändern',
	done: 'Das Passwort ist geändert. Andere Geräte wissen es nach dem nächsten Abgleich.'
} as const;

export const newSheetText = {
	title: 'Neues Notfallblatt',
	button: 'Neues Notfallblatt',
	what: 'Das bisherige Notfallblatt wird damit ungültig, auf anderen Geräten nach dem nächsten Abgleich.',
	submit: 'Notfallblatt erzeugen',
	done: 'Ich habe es gedruckt'
} as const;

export const wayOutText = {
	title: 'Ausgabe',
	what: 'Für den Fall, dass es anders nicht weitergeht.',
	link: 'Alle offenen Anliegen drucken oder als CSV speichern'
} as const;
