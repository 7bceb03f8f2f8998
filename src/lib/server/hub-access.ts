/** Who may see the status page: whoever sits at this machine, and from elsewhere whoever has the HUB_CODE. See docs/decisions/0042. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { normaliseEnrolmentCode } from './enrolment-code.js';
import type { RateLimit } from './rate-limit';

export interface HubCall {
	readonly headers: Headers;
	/** Of the other end of the line. */
	readonly address: string;
	/** The line itself, not what a proxy says of it. */
	readonly isEncrypted: boolean;
}

export interface HubGate {
	/** From the configuration. */
	readonly code: string | null;
	/** Where the page is open to whoever sits at the server. */
	readonly localAddress: string;
	/** Addresses are https, and this process does no TLS: everybody's line comes from a proxy, whatever it says of that. */
	readonly isBehindProxy: boolean;
	readonly limit: RateLimit;
	now(): number;
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/i;
/** A page that leads its own name to 127.0.0.1 would come by another. */
const LOCAL_NAME = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;
/** A proxy on this machine speaks for others. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/** Null: go ahead. */
export function refuseHub(call: HubCall, { code, localAddress, isBehindProxy, limit, now }: HubGate): Response | null {
	if (!isBehindProxy && isAtThisMachine(call)) return null;
	if (code === null && isBehindProxy)
		return plain(403, 'Vor diesem Server steht ein Proxy: Seinen Stand gibt es nur mit HUB_CODE (siehe docs/hub.md).');
	if (code === null)
		return plain(
			403,
			`Den Stand des Servers gibt es nur an dem Rechner, auf dem er läuft (dort ${localAddress}), oder mit HUB_CODE.`
		);
	if (!call.isEncrypted && !LOOPBACK.test(call.address))
		return plain(403, 'Den Stand des Servers gibt es von anderen Rechnern aus nur über https://.');
	const given = passwordOf(call.headers.get('authorization'));
	const begunAt = now();
	const waitMs = limit.waitFor(call.address, begunAt);
	if (waitMs > 0)
		return plain(429, 'Zu viele Versuche; bitte später noch einmal.', {
			'retry-after': String(Math.ceil(waitMs / 1000))
		});
	if (given !== null && isSame(given, code)) return null;
	if (given !== null) limit.failed(call.address, begunAt);
	return plain(401, 'Bitte den HUB_CODE als Passwort eingeben; der Name ist gleich.', {
		'www-authenticate': 'Basic realm="Notschalter: Stand des Servers", charset="UTF-8"'
	});
}

const isAtThisMachine = ({ headers, address }: HubCall): boolean =>
	LOOPBACK.test(address) && LOCAL_NAME.test(headers.get('host') ?? '') && !FORWARDED.some((name) => headers.has(name));

function passwordOf(authorization: string | null): string | null {
	const encoded = /^Basic ([A-Za-z0-9+/=]{1,400})$/i.exec(authorization ?? '')?.[1];
	return encoded
		? Buffer.from(encoded, 'base64')
				.toString('utf8')
				.replace(/^[^:]*:/, '')
		: null;
}

/** As codes are typed: without regard to case and dashes; in a time that does not tell how far it was right. */
const isSame = (given: string, code: string): boolean => timingSafeEqual(digest(given), digest(code));
const digest = (code: string) => createHash('sha256').update(normaliseEnrolmentCode(code)).digest();

const plain = (status: number, sentence: string, headers: Record<string, string> = {}): Response =>
	new Response(`${sentence}\n`, {
		status,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers }
	});
