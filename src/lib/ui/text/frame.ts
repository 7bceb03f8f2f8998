/** Words of the frame around every page: head, banner, status line, help, and what is shown while there is no page. */
import { formatDateTime, formatNumber } from './format';
import type { Instant } from '$lib/domain/time';
import { isolated } from './isolated';

export const APP_NAME = 'Notschalter';

/** What the browser's tab shows; never anything of a citizen. */
export const pageTitle = (heading: string): string => `${heading} – ${APP_NAME}`;

export const frameText = {
	nav: 'Hauptnavigation',
	more: 'Mehr',
	pages: {
		today: 'Heute',
		requests: 'Anliegen',
		appointments: 'Termine',
		reentry: 'Nacherfassung',
		exchange: 'Abgleich',
		admin: 'Verwaltung'
	},
	help: 'Hilfe und Tasten',
	theme: 'Darstellung',
	toDark: 'Dunkle Darstellung',
	toLight: 'Helle Darstellung',
	themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
	starting: 'Notschalter startet …'
} as const;

export const searchText = {
	label: 'Suchen',
	placeholder: 'Suchen   Strg+K',
	none: 'Nichts gefunden. Umlaute und ihre Umschrift zählen gleich; ein Teil des Namens genügt.',
	stillLoading: 'Ältere Anliegen und Termine werden noch geladen.',
	results: 'Treffer',
	appointment: (day: string, time: string) => `Termin ${day}, ${time}`,
	unnamed: 'ohne Namen'
} as const;

export const bannerText = {
	unreachable: 'Server nicht erreichbar – Sie können weiterarbeiten',
	since: (at: Instant) => `Letzter Abgleich ${formatDateTime(at)}`,
	never: 'Bisher kein Abgleich',
	attention: 'Der Abgleich braucht Aufmerksamkeit – Sie können weiterarbeiten',
	toExchange: 'Zum Abgleich'
} as const;

export const statusText = {
	label: 'Zustand des Geräts',
	saved: (copies: number) => (copies >= 2 ? `gesichert (${copies} Kopien)` : 'gesichert'),
	saving: 'wird gesichert …',
	failed: 'nicht gesichert',
	unsent: (count: number) => `${formatNumber(count)} nicht übertragen`,
	who: (counter: string, name: string) => `${isolated(counter)}, ${isolated(name)}`,
	lock: 'Sperren',
	lockKey: 'Strg+L',
	signOut: 'Abmelden',
	restartPending: 'Neustart-Test steht noch aus',
	failedTitle: 'Die letzte Eingabe ist nicht gesichert',
	failedWhat:
		'Das Speichern auf diesem Gerät ist fehlgeschlagen. Alles, was vorher als gesichert angezeigt wurde, ist noch da.',
	failedSteps: [
		'Die letzte Eingabe bitte auf Papier notieren.',
		'Prüfen, ob der Speicherplatz des Geräts voll ist, und Platz schaffen.',
		'Noch einmal speichern. Gelingt es wieder nicht: an einem anderen Gerät weiterarbeiten und die Administration rufen.'
	],
	understood: 'Verstanden'
} as const;

export const helpText = {
	title: 'Hilfe und Tasten',
	everywhere: 'Überall',
	inForms: 'Beim Erfassen',
	inLists: 'In Listen und beim Beleg',
	inDay: 'In der Terminliste',
	keys: {
		newRequest: 'Neues Anliegen aufnehmen',
		appointments: 'Termine',
		search: 'Überall suchen',
		help: 'Diese Hilfe',
		lock: 'Sperren',
		save: 'Speichern',
		back: 'Einen Schritt zurück',
		favourites: 'Häufige Anliegen wählen',
		move: 'In der Liste bewegen',
		open: 'Öffnen',
		receipt: 'Beleg zeigen',
		print: 'Beleg drucken',
		next: 'Nächste Person aufrufen',
		walkIn: 'Ohne Termin: Wartenummer',
		report: 'Bürger meldet Termin',
		steps: 'Erschienen, aufrufen, in Bearbeitung',
		ends: 'Fertig, kommt wieder, nicht erschienen',
		undo: 'Zurück auf gebucht; letzten Schritt zurücknehmen',
		take: 'Anliegen zum Termin aufnehmen'
	},
	or: 'oder',
	singleKeys: 'Einzelne Tasten verwenden (N, T, /, ?)',
	singleKeysHint: 'Ausschalten, wenn Spracheingabe oder ein Scanner sie versehentlich auslöst.',
	lostNothing:
		'Was als „gesichert“ angezeigt wird, liegt verschlüsselt auf diesem Gerät und bleibt dort, auch bei Stromausfall, ohne Netz und nach einem Neustart.'
} as const;

interface DamageWords {
	readonly heading: string;
	readonly what: string;
	readonly safe: string;
	readonly steps: readonly string[];
}

const DAMAGE = {
	missing: {
		heading: 'Daten fehlen',
		what: 'Auf diesem Gerät war Notschalter eingerichtet, aber die Datenbank ist leer oder lässt sich nicht lesen, und die zweite Kopie auch.',
		safe: 'Was schon abgeglichen wurde, liegt auf dem Server und auf den anderen Geräten.',
		steps: [
			'Nichts löschen, auch keine Browserdaten: vielleicht lassen sich die Daten noch retten.',
			'Dieses Fenster neu laden. Bleibt die Meldung, an einem anderen Gerät weiterarbeiten.',
			'Die Administration rufen. „Daten zurückholen“ führt zu den Wegen: von einem anderen Schalter, vom Server mit dem Notfallblatt oder aus einer Kopie.'
		]
	},
	behind: {
		heading: 'Daten fehlen',
		what: 'Auf diesem Gerät wurde mehr gesichert, als Datenbank und zweite Kopie jetzt enthalten: Sie sind älter als der letzte Stand. Damit keine Nummer zweimal vergeben wird, nimmt dieses Gerät so nichts mehr auf.',
		safe: 'Was schon abgeglichen wurde, liegt auf dem Server und auf den anderen Geräten.',
		steps: [
			'Nichts löschen, auch keine Browserdaten. Dieses Fenster neu laden.',
			'Bleibt die Meldung: an einem anderen Schalter weiterarbeiten und die Administration rufen.',
			'Gibt es eine neuere Kopie auf einem Stick oder Netzlaufwerk, sie auf einem leeren Gerät zurückholen; der Abgleich bringt sie dann auch hierher.',
			'Soll es hier weitergehen: „Unter neuer Kennung weiterarbeiten“. Belege und Notizen von diesem Schalter aufheben, bis alles wieder da ist.'
		]
	},
	unreadable: {
		heading: 'Die Daten lassen sich nicht öffnen',
		what: 'Der Browser gibt die Daten dieses Geräts gerade nicht heraus.',
		safe: 'Es wurde nichts gelöscht.',
		steps: [
			'Dieses Fenster neu laden; hilft das nicht, das Gerät neu starten.',
			'Prüfen, ob der Speicherplatz voll ist oder der Browser in einem privaten Fenster läuft.',
			'Bleibt die Meldung: an einem anderen Gerät weiterarbeiten und die Administration rufen. Keine Browserdaten löschen.'
		]
	},
	taken: {
		heading: 'Die Datenbank wurde geschlossen',
		what: 'Der Browser hat die Datenbank unter dem laufenden Notschalter geschlossen oder gelöscht. In diesem Fenster wird nichts mehr gespeichert.',
		safe: 'Was als gesichert angezeigt wurde, liegt auch in der zweiten Kopie auf diesem Gerät.',
		steps: [
			'Dieses Fenster neu laden: Was in der Datenbank fehlt, kommt aus der zweiten Kopie zurück.',
			'Die letzten Eingaben prüfen: Ein Entwurf ist höchstens zwei Sekunden älter als das, was zu sehen war.',
			'Bleibt die Meldung: an einem anderen Gerät weiterarbeiten und die Administration rufen. Keine Browserdaten löschen.'
		]
	},
	newer: {
		heading: 'Neue Version: bitte neu laden',
		what: 'Ein anderes Fenster hat schon die neuere Version von Notschalter geöffnet.',
		safe: 'Alles Gespeicherte ist noch da, auch Entwürfe.',
		steps: ['Dieses Fenster neu laden.', 'Bleibt die Meldung: alle Fenster des Browsers schließen und wieder öffnen.']
	},
	blocked: {
		heading: 'Ein anderes Fenster ist im Weg',
		what: 'Ein anderes Fenster hält die Daten noch in einer älteren Version offen.',
		safe: 'Alles Gespeicherte ist noch da, auch Entwürfe.',
		steps: ['Alle anderen Fenster von Notschalter schließen.', 'Dieses Fenster neu laden.']
	}
} as const satisfies Record<string, DamageWords>;

const DAMAGE_BY_DETAIL: { readonly [detail: string]: DamageWords } = {
	'database-empty': DAMAGE.missing,
	'operations-missing': DAMAGE.behind,
	'identity-damaged': DAMAGE.missing,
	deleted: DAMAGE.taken,
	lost: DAMAGE.taken,
	'newer-version': DAMAGE.newer,
	blocked: DAMAGE.blocked
};

/** What happened to the database, by the machine word of the session. */
export const damageWords = (detail: string): DamageWords => DAMAGE_BY_DETAIL[detail] ?? DAMAGE.unreadable;
/** Only where something is left, and the numbers behind it may be used up. */
export const mayGoOnAnew = (detail: string): boolean => detail === 'operations-missing';
/** Only where nothing is left that joining again could cover. */
export const mayJoinAgain = (detail: string): boolean => detail === 'database-empty';

export const damagedText = {
	stepsTitle: 'Was jetzt zu tun ist',
	reload: 'Neu laden',
	joinAgain: 'Daten zurückholen',
	goOn: 'Unter neuer Kennung weiterarbeiten',
	goOnTitle: 'Ohne die fehlenden Buchungen weiterarbeiten?',
	goOnWhat:
		'Was auf diesem Gerät noch da ist, bleibt. Was fehlt, kommt beim Abgleich zurück, soweit es ein Server oder ein anderer Schalter hat; sonst fehlt es weiter.',
	goOnNumbers:
		'Das Gerät bekommt eine neue Kennung: Neue Vorgangsnummern haben ein anderes Kürzel, und keine wird zweimal vergeben. Zurück führt kein Weg.',
	goOnYes: 'Weiterarbeiten',
	cancel: 'Abbrechen',
	goOnFailed:
		'Das ließ sich nicht auf die Platte schreiben; es ist alles wie vorher. Bitte neu laden und noch einmal versuchen.',
	detail: (detail: string) => `Für die Administration: ${detail}`
} as const;

export const pageErrorText = {
	notFound: 'Diese Seite gibt es nicht',
	notFoundWhat: 'Unter dieser Adresse ist nichts. Es ist nichts verloren.',
	failed: 'Die Seite lässt sich nicht anzeigen',
	failedWhat:
		'Beim Anzeigen ist etwas schiefgegangen. Was gesichert war, ist gesichert; ein Entwurf ist höchstens zwei Sekunden alt.',
	home: 'Zu „Heute“',
	reload: 'Neu laden'
} as const;
