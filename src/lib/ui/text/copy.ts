/** Words of „Zweite Kopie“: on this device, in a folder, as a download. */
import type { CopyFault } from '$lib/services/workspace';

export const copyText = {
	title: 'Zweite Kopie',
	onDevice: 'Auf diesem Gerät',
	onDeviceCopies: (copies: number) =>
		copies > 1
			? 'Datenbank und Journal: Alles liegt zweimal hier.'
			: 'Nur Datenbank: Alles liegt einmal hier. Umso wichtiger sind Abgleich und Kopie.',
	folder: 'Im Ordner',
	noFolder: 'Kein Ordner gewählt. Gut geeignet ist ein USB-Stick oder ein Netzlaufwerk.',
	cannotChoose: 'Dieser Browser kann nicht in einen Ordner schreiben. Es bleibt „Kopie herunterladen“.',
	writing: (folder: string) => `„${folder}“: wird geschrieben …`,
	neverWritten: (folder: string) => `„${folder}“: noch nicht geschrieben.`,
	lastWritten: (folder: string, at: string, size: string) => `„${folder}“: zuletzt geschrieben ${at}, ${size}.`,
	upToDate: 'Alles Gesicherte ist darin.',
	notUpToDate: 'Neues kommt gleich dazu.',
	choose: 'Ordner wählen',
	chooseOther: 'Anderen Ordner wählen',
	writeNow: 'Jetzt schreiben',
	download: 'Kopie herunterladen',
	forget: 'Nicht mehr schreiben',
	allow: 'Zugriff erlauben',
	askTitle: 'Nach dem Neustart fragt der Browser noch einmal nach dem Zugriff',
	askWhat: 'Bis dahin wird die Kopie im Ordner nicht erneuert. Auf diesem Gerät ist alles gesichert.',
	failedTitle: 'Die Kopie im Ordner konnte nicht geschrieben werden',
	keep: 'Die Kopie ist verschlüsselt. Bitte trotzdem so sorgfältig aufbewahren wie das Gerät selbst: Wer die Datei hat, kann Passwörter durchprobieren.'
} as const;

const SAFE = 'Auf diesem Gerät ist alles gesichert, und die letzte gute Kopie ist noch da.';

/** What happened, what is safe, what to do. */
export function copyFaultText({ name }: CopyFault): string {
	switch (name) {
		case 'NotFoundError':
			return `Der Ordner ist nicht da, vielleicht ist der Stick abgezogen. ${SAFE} Bitte den Stick einstecken und „Jetzt schreiben“ drücken.`;
		case 'NotAllowedError':
		case 'SecurityError':
			return `Der Browser darf nicht in den Ordner schreiben. ${SAFE} Bitte „Jetzt schreiben“ drücken und den Zugriff erlauben, oder einen anderen Ordner wählen.`;
		case 'QuotaExceededError':
			return `Der Platz im Ordner reicht nicht. ${SAFE} Bitte Platz schaffen oder einen anderen Ordner wählen.`;
		case 'NotReadableError':
			return `Was geschrieben wurde, ließ sich nicht wieder lesen. ${SAFE} Bitte einen anderen Stick oder Ordner wählen.`;
		case 'CopyAhead':
			return 'Die Kopie im Ordner enthält mehr als dieses Gerät, oder sie ist von einem anderen. Sie wird nicht überschrieben. Bitte die Administration rufen und für neue Kopien einen anderen Ordner wählen.';
		default:
			return `Das Schreiben ist gescheitert. ${SAFE} Bitte noch einmal versuchen oder einen anderen Ordner wählen.`;
	}
}
