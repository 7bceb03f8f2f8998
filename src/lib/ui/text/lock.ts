/** Words of the lock screen, the PIN cover and of choosing passwords. */
import type { Instant } from '$lib/domain/time';
import { formatCount, formatDate, formatNumber, formatTime } from './format';
import { isolated } from './isolated';

export const lockText = {
	heading: 'Entsperren',
	name: 'Name',
	password: 'Passwort',
	unlock: 'Entsperren',
	withRecoveryKey: 'Mit Notfallschlüssel',
	waiting: (duration: string) => `Nächster Versuch in ${duration}`,
	stepPassword: 'Passwort wird geprüft …',
	stepOpening: 'Anliegen werden geöffnet …',
	openingDetail: (done: number, total: number) => `${formatNumber(done)} von ${formatNumber(total)}`,
	saved: (count: number) => `${formatCount(count, 'Buchung', 'Buchungen')} auf diesem Gerät gesichert`,
	unsent: (count: number) => (count === 0 ? 'alles übertragen' : `${formatNumber(count)} noch nicht übertragen`),
	lossless: 'Beim Sperren geht nichts verloren: Auch Entwürfe sind nach dem Entsperren wieder da.',
	exchangePaused: 'Solange gesperrt ist, ruht der Abgleich.',
	staffAsOf: (at: Instant) =>
		`Liste der Mitarbeitenden: Stand vom ${formatDate(at).slice(0, 6)}, ${formatTime(at).slice(0, 5)}`,
	missingName: 'Name fehlt? Wer erst danach aufgenommen wurde, erscheint nach dem nächsten Abgleich.',
	nameMissing: 'Bitte den eigenen Namen wählen.',
	passwordMissing: 'Bitte das Passwort eingeben.',
	restartPassed: 'Neustart-Test bestanden',
	restartPassedWhat:
		'Der Browser wurde geschlossen und wieder geöffnet, und alle Daten sind da. Dieses Gerät ist bereit.'
} as const;

export const recoveryText = {
	heading: 'Mit Notfallschlüssel entsperren',
	intro:
		'Der Notfallschlüssel steht auf dem Notfallblatt: sechs Gruppen zu fünf Zeichen. Danach gilt für die gewählte Person ein neues Passwort.',
	code: 'Notfallschlüssel',
	codeHint: 'Groß- und Kleinschreibung, Leerzeichen und Striche sind gleichgültig.',
	name: 'Name',
	submit: 'Entsperren und Passwort setzen',
	back: 'Zurück zum Passwort',
	codeMissing: 'Bitte alle sechs Gruppen eingeben.'
} as const;

export const coverText = {
	heading: 'Kurze Pause',
	what: (name: string) => `${isolated(name)} arbeitet hier. Entwürfe sind gesichert.`,
	pin: 'PIN',
	open: 'Weiter',
	wrong: (triesLeft: number) =>
		triesLeft === 1
			? 'Die PIN stimmt nicht. Noch ein Versuch, dann wird ganz gesperrt.'
			: `Die PIN stimmt nicht. Noch ${triesLeft} Versuche, dann wird ganz gesperrt.`,
	sixDigits: 'Die PIN hat sechs Ziffern.',
	withPassword: 'Mit Passwort entsperren'
} as const;

export const pinText = {
	title: 'PIN für kurze Pausen',
	what: 'Nach fünf Minuten Pause genügt dann diese PIN statt des Passworts.',
	pin: 'PIN für kurze Pausen',
	set: 'Setzen',
	without: 'Ohne PIN',
	sixDigits: 'Bitte sechs Ziffern eingeben.',
	tooSimple: 'Diese PIN ist zu leicht zu erraten. Bitte eine andere wählen.',
	done: 'PIN gesetzt. Sie gilt, bis ganz gesperrt wird.'
} as const;

export const passwordText = {
	password: 'Passwort',
	repeat: 'Passwort wiederholen',
	newPassword: 'Neues Passwort',
	newRepeat: 'Neues Passwort wiederholen',
	oldPassword: 'Bisheriges Passwort',
	ownPassword: 'Eigenes Passwort',
	hint: 'Mindestens 12 Zeichen oder vier Wörter',
	propose: 'Vorschlag',
	proposed: 'Vorschlag – bitte jetzt notieren und sicher aufbewahren:',
	show: 'Eingabe zeigen',
	strengthLabel: 'Stärke',
	strength: ['sehr schwach', 'schwach', 'mäßig', 'stark', 'sehr stark'],
	tooShort: 'Das Passwort ist zu kurz: mindestens 12 Zeichen oder vier Wörter.',
	tooWeak: 'Das Passwort ist zu leicht zu erraten. Besser vier Wörter, die nichts miteinander zu tun haben.',
	notSame: 'Die beiden Passwörter sind nicht gleich.',
	ownMissing: 'Bitte das eigene Passwort eingeben.',
	oldMissing: 'Bitte das bisherige Passwort eingeben.'
} as const;

export const firstPasswordText = {
	heading: 'Neues Passwort festlegen',
	what: 'Das bisherige Passwort hat jemand anderes vergeben. Bitte jetzt ein eigenes festlegen, das nur Sie kennen.',
	submit: 'Passwort festlegen',
	lock: 'Abmelden'
} as const;
