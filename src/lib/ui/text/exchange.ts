/** Words of Abgleich: servers, what is still to be sent, and the devices of the space. */
import type { Instant } from '$lib/domain/time';
import { formatCount, formatDateTime, formatNumber, formatTime } from './format';

export const exchangeText = {
	heading: 'Abgleich',
	now: 'Jetzt abgleichen',
	intro:
		'Der Abgleich bringt Anliegen auf den Server und holt die der anderen Geräte. Er läuft von selbst, sobald ein Server erreichbar ist.',
	unsent: (count: number) =>
		count === 0
			? 'Alles ist übertragen.'
			: `${formatCount(count, 'Buchung liegt', 'Buchungen liegen')}, soweit bekannt, nur auf diesem Gerät.`,
	heldBack: (count: number) =>
		`${formatCount(count, 'Buchung davon stammt', 'Buchungen davon stammen')} von Geräten, von denen sich hier noch nichts öffnen lässt. Solange das so ist, bringen nur diese Geräte selbst sie auf einen Server.`,
	unsentSafe: 'Auf diesem Gerät ist alles gesichert.',
	none: 'Noch kein Server',
	noneWhat:
		'Hier steht jeder Server mit seinem Zustand. Mit „Server hinzufügen“ kommt der erste dazu; bis dahin bleibt alles auf diesem Gerät.',
	servers: 'Server',
	reachable: 'erreichbar',
	reachableSince: (at: Instant) => `erreichbar seit ${formatDateTime(at)}`,
	unreachable: 'nicht erreichbar',
	unknown: 'noch nicht versucht',
	problem: 'braucht Aufmerksamkeit',
	lastSuccess: 'Letzter Abgleich',
	retryAt: (at: Instant) => `Der Server bittet um eine Pause. Nächster Versuch von selbst um ${formatTime(at)}.`,
	never: 'noch nie',
	toSend: 'Zu senden',
	toSendCount: (count: number) => `${formatNumber(count)} zu senden`,
	running: 'Abgleich läuft …',
	progress: (sent: number, toSend: number, received: number) =>
		`${formatNumber(sent)} von ${formatNumber(toSend)} gesendet, ${formatNumber(received)} geholt`,
	log: 'Die letzten Abgleiche',
	logEntry: (sent: number, received: number, refused: number) =>
		[
			sent === 0 && received === 0
				? 'nichts Neues'
				: `${formatNumber(sent)} gesendet, ${formatNumber(received)} geholt`,
			refused > 0 ? `${formatNumber(refused)} abgelehnt` : ''
		]
			.filter(Boolean)
			.join(', '),
	remove: 'Server entfernen',
	removeTitle: (host: string) => `${host} entfernen?`,
	removeWhat:
		'Dieses Gerät gleicht dann nicht mehr mit diesem Server ab. Hier und auf dem Server bleibt alles, wie es ist.',
	removeUnsent: (count: number) =>
		`${formatCount(count, 'Buchung', 'Buchungen')} von hier hat dieser Server noch nicht.`,
	removed: 'Server entfernt.',
	add: 'Server hinzufügen',
	origin: 'Adresse des Servers',
	originHint: 'z. B. https://notschalter.stadt.example',
	originWrong: 'Bitte eine Adresse eingeben, z. B. https://notschalter.stadt.example',
	code: 'Betriebscode',
	codeHint:
		'Nur, wenn der Verbund noch nicht auf diesem Server liegt. Wird beim Start des Servers angezeigt oder von der Administration erzeugt.',
	codeMissing: 'Der Verbund liegt noch nicht auf diesem Server. Bitte den Betriebscode eingeben.',
	submitAdd: 'Hinzufügen',
	added: 'Server hinzugefügt. Der erste Abgleich läuft.',
	paused: 'pausiert',
	pausedWhat:
		'Mit diesem Server wird nichts abgeglichen, bis jemand „Fortsetzen“ wählt. Was er schon hat, zählt weiter als übertragen.',
	pause: 'Pausieren',
	goOn: 'Fortsetzen',
	known: 'Andere Schalter gleichen auch hier ab',
	knownWhat: 'Ein weiterer Server ist eine weitere Kopie, die dieses Gerät nicht braucht, aber nutzen kann.',
	addKnown: (host: string) => `${host} hinzufügen`,
	addHere: 'Hier hinzufügen',
	localAsks:
		'Dieser Server steht im örtlichen Netz. Der Browser fragt gleich, ob diese Seite Geräte im lokalen Netzwerk suchen und sich mit ihnen verbinden darf. Bitte „Zulassen“ wählen; es gilt nur für Notschalter auf diesem Gerät.',
	localDenied:
		'Der Browser lässt diese Seite nicht in das örtliche Netz. Links neben der Adresse auf das Symbol klicken und „Lokales Netzwerk“ zulassen, dann noch einmal versuchen.',
	carriers: 'Datenträger',
	devices: 'Geräte im Verbund',
	noDevices: 'Hier stehen die Geräte des Verbunds, sobald sie beigetreten sind.',
	highest: (sequence: number) => (sequence === 0 ? 'noch keine Buchung' : `bis Buchung ${formatNumber(sequence)}`),
	cancel: 'Abbrechen'
} as const;
