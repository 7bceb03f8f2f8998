/** Failures as problem+json (RFC 9457): a machine word, a German sentence, nothing personal. */

/** Every word a device may meet, with its status and what a person can do about it. */
const PROBLEMS = {
	'malformed-message': [400, 'Die Nachricht ist nicht lesbar; nichts davon wurde übernommen.'],
	unsigned: [401, 'Dem Aufruf fehlt die Unterschrift des Geräts.'],
	'bad-token': [401, 'Die Unterschrift des Geräts gehört nicht zu diesem Aufruf.'],
	'token-time': [401, 'Die Unterschrift des Geräts ist nach der Uhr des Servers abgelaufen oder noch nicht gültig.'],
	'unknown-device': [401, 'Dieses Gerät ist diesem Server nicht bekannt.'],
	'device-revoked': [403, 'Dieses Gerät wurde gesperrt.'],
	'wrong-code': [403, 'Diesen Code gibt es hier nicht.'],
	'code-used': [403, 'Dieser Code ist verbraucht.'],
	'code-expired': [403, 'Dieser Code ist abgelaufen.'],
	'not-founded': [422, 'Die Schlüsselliste beginnt nicht mit einer gültigen Gründung.'],
	'not-found': [404, 'Diese Adresse gibt es nicht.'],
	'method-not-allowed': [405, 'Diese Adresse kennt nur andere Methoden.'],
	'too-slow': [408, 'Die Nachricht kam zu langsam an.'],
	'too-large': [413, 'Die Nachricht ist zu groß.'],
	'unsupported-media-type': [415, 'Erwartet wird application/cbor.'],
	'too-many-attempts': [429, 'Zu viele Versuche; bitte später noch einmal.'],
	overloaded: [429, 'Gerade wollen sehr viele Geräte zugleich abgleichen; bitte etwas später noch einmal.'],
	'server-fault': [500, 'Der Server hat einen Fehler gemacht; nichts ist verloren.'],
	'storage-fault': [503, 'Der Server kann gerade nichts speichern; nichts davon wurde übernommen.'],
	'storage-read-only': [503, 'Der Server darf gerade nichts speichern; nichts davon wurde übernommen.'],
	'storage-full': [507, 'Auf dem Server ist kein Platz mehr; nichts davon wurde übernommen.']
} as const satisfies Record<string, readonly [status: number, detail: string]>;

export type ProblemType = keyof typeof PROBLEMS;

export interface ProblemExtras {
	/** Server's clock, ms: lets a device with a wrong clock sign again. */
	readonly time?: number;
	readonly retryAfterMs?: number;
	readonly allow?: string;
}

export function problem(type: ProblemType, { time, retryAfterMs, allow }: ProblemExtras = {}): Response {
	const [status, detail] = PROBLEMS[type];
	const headers = new Headers({ 'content-type': 'application/problem+json', 'content-language': 'de' });
	if (retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
	if (allow !== undefined) headers.set('allow', allow);
	if (status === 401) headers.set('www-authenticate', 'Bearer');
	const body = { type, title: type, status, detail, ...(time === undefined ? {} : { time }) };
	return new Response(JSON.stringify(body), { status, headers });
}
