/** What went wrong, in sentences: what happened, what is safe, what to do. Never a code alone. */
import { unreachable } from '$lib/domain/result';
import type { SaveError, ServerError, SetupError, UnlockError } from '$lib/services/workspace';
import { formatDateTime, formatDuration } from './format';

export type AnyError = UnlockError | ServerError | SaveError | SetupError;

const NOTHING_LOST = 'Auf diesem Gerät ist alles gesichert.';

const SENTENCES = {
	unreachable:
		'Der Server ist nicht erreichbar. ' +
		NOTHING_LOST +
		' Adresse, Netzwerk und die Uhr dieses Geräts prüfen; Weiterarbeiten geht auch ohne Server.',
	'not-our-server':
		'Unter dieser Adresse antwortet etwas anderes als ein Notschalter-Server, vielleicht die Anmeldeseite eines WLAN. Es wurde nichts übertragen. Bitte die Adresse prüfen.',
	'wrong-code':
		'Diesen Code kennt der Server nicht. Es wurde nichts geändert. Bitte jede Gruppe mit dem Zettel vergleichen.',
	'code-used': 'Dieser Code ist schon verbraucht. Es wurde nichts geändert. Bitte einen neuen Code geben lassen.',
	'code-expired': 'Dieser Code ist abgelaufen. Es wurde nichts geändert. Bitte einen neuen Code geben lassen.',
	'device-revoked':
		'Dieses Gerät ist gesperrt und darf nicht mehr abgleichen. Was hier erfasst wurde, bleibt hier. Bitte die Leitung ansprechen.',
	'unknown-device':
		'Der Server kennt dieses Gerät nicht. ' +
		NOTHING_LOST +
		' Liegt der Verbund dort schon: zuerst ein anderes, älteres Gerät abgleichen lassen. Ist der Server neu: ihn unter „Abgleich“ mit einem Betriebscode hinzufügen.',
	'other-space': 'Dieser Server gehört zu einem anderen Verbund. Es wurde nichts übertragen. Bitte die Adresse prüfen.',
	'identity-in-doubt':
		'Der Server behauptet, von diesem Gerät etwas anderes zu haben, und zeigt es nicht. ' +
		NOTHING_LOST +
		' Was hier erfasst ist, gilt auf diesem Server als nicht übertragen. Bitte der Administration Bescheid geben.',
	'malformed-code':
		'Der Code ist nicht vollständig oder hat einen Tippfehler. Bitte jede Gruppe mit dem Zettel vergleichen.',
	'not-a-join-file':
		'Das ist keine Aufnahmedatei von Notschalter, oder sie ist beschädigt. Es wurde nichts geändert. Bitte die Datei mit der Endung .notaufnahme wählen oder eine neue geben lassen.',
	'newer-join-file': 'Diese Aufnahmedatei ist von einer neueren Version. Bitte Notschalter auf diesem Gerät erneuern.',
	'code-of-other-file':
		'Dieser Code gehört zu einer anderen Aufnahmedatei. Bitte Datei und Code vergleichen oder beide neu geben lassen.',
	'sheet-not-known':
		'Dieser Server kennt keinen Verbund zu diesem Notfallblatt, oder das Blatt wurde durch ein neueres ersetzt. Es wurde nichts geändert. Bitte die Adresse prüfen und das neueste Notfallblatt nehmen.',
	'wrong-recovery-key':
		'Dieser Notfallschlüssel passt nicht zu diesem Verbund. Es ist nichts verloren. Bitte jede Gruppe mit dem neuesten Notfallblatt vergleichen.',
	'unsafe-parameters':
		'Die Angaben zu diesem Passwort sind auf diesem Gerät beschädigt. Es ist nichts verloren. Bitte die Leitung das Passwort auf einem anderen Gerät zurücksetzen lassen und abgleichen.',
	'data-key-not-vouched-for':
		'Ein Schlüssel auf diesem Gerät stammt nicht nachweislich aus dem eigenen Verbund und wird nicht benutzt. Es ist nichts verloren. Bitte die Administration rufen.',
	locked:
		'Das Gerät wurde inzwischen gesperrt. Es wurde nichts geändert. Bitte nach dem Entsperren noch einmal versuchen.',
	'not-allowed':
		'Dafür fehlt die Berechtigung. Es wurde nichts geändert. Bitte die Leitung oder die Administration fragen.',
	'message-too-large':
		'Der Server oder ein Gerät auf dem Weg dorthin nimmt so große Nachrichten nicht an (Meldung 413). ' +
		NOTHING_LOST +
		' Bitte die Administration rufen: Nachrichten bis 4 MB müssen erlaubt sein.',
	'too-large': 'Das ist zu lang zum Speichern. Es wurde nichts geändert. Bitte den Text kürzen.'
} as const;

const clockSentence = (offsetMs: number): string =>
	`Die Uhr dieses Geräts geht um etwa ${formatDuration(Math.abs(offsetMs))} ${offsetMs > 0 ? 'nach' : 'vor'}. ${NOTHING_LOST} Bitte Datum und Uhrzeit richtig stellen.`;

/** Only what happened, for a list of many. */
export const whatHappened = (error: AnyError): string => errorText(error).split(/(?<=\.) /)[0] ?? '';

/** One to three sentences for a person at the counter. */
export function errorText(error: AnyError): string {
	switch (error.type) {
		case 'unreachable':
		case 'not-our-server':
		case 'wrong-code':
		case 'code-used':
		case 'code-expired':
		case 'device-revoked':
		case 'unknown-device':
		case 'other-space':
		case 'identity-in-doubt':
		case 'malformed-code':
		case 'not-a-join-file':
		case 'newer-join-file':
		case 'code-of-other-file':
		case 'sheet-not-known':
		case 'wrong-recovery-key':
		case 'unsafe-parameters':
		case 'data-key-not-vouched-for':
		case 'locked':
		case 'not-allowed':
		case 'too-large':
		case 'message-too-large':
			return SENTENCES[error.type];
		case 'clock-too-far-off':
			return clockSentence(error.offsetMs);
		case 'too-many-attempts':
			return `Zu viele Versuche nacheinander. Es ist nichts gesperrt. Bitte in ${formatDuration(error.retryAfterMs)} noch einmal versuchen.`;
		case 'server-busy':
			return `Der Server hat gerade zu viel zu tun. ${NOTHING_LOST} Dieses Gerät versucht es in ${formatDuration(error.retryAfterMs)} von selbst noch einmal.`;
		case 'server-cannot-store':
			return `Der Server kann gerade nichts speichern, vielleicht ist sein Datenträger voll. ${NOTHING_LOST} Dieses Gerät versucht es von selbst weiter; bitte der Administration Bescheid geben.`;
		case 'device-fault':
			return `Der Abgleich ist auf diesem Gerät gescheitert. ${NOTHING_LOST} Bitte Speicherplatz prüfen, die Seite neu laden und noch einmal versuchen.`;
		case 'server-fault':
			return `Auf dem Server ist etwas schiefgegangen (Meldung ${error.status}). ${NOTHING_LOST} Später noch einmal versuchen oder die Administration rufen.`;
		case 'not-written':
			return 'Es konnte nicht gespeichert werden. Was vorher gesichert war, ist noch da. Bitte Speicherplatz prüfen und noch einmal versuchen; sonst auf Papier weiterarbeiten.';
		case 'refused':
			return 'Das geht in diesem Zustand nicht mehr, vielleicht hat es inzwischen jemand geändert. Es wurde nichts geändert. Bitte die Ansicht prüfen.';
		case 'wrong-password':
			return error.waitMs > 0
				? `Das Passwort stimmt nicht. Nächster Versuch in ${formatDuration(error.waitMs)}.`
				: 'Das Passwort stimmt nicht. Groß- und Kleinschreibung und die Feststelltaste prüfen.';
		case 'join-file-expired':
			return `Die Aufnahmedatei ist nach den Uhren der Geräte nicht mehr gültig: erstellt ${formatDateTime(error.madeAt)}, hier ist es ${formatDateTime(error.now)}. Bitte die Uhren vergleichen oder eine neue Datei geben lassen.`;
		case 'wait':
			return `Nach mehreren falschen Passwörtern gibt es eine Pause. Nächster Versuch in ${formatDuration(error.waitMs)}.`;
		case 'damaged':
			return 'Die Daten auf diesem Gerät lassen sich nicht öffnen. Bitte nichts löschen und die Administration rufen.';
		default:
			return unreachable(error);
	}
}
