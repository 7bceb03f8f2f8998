/** The certificate of the office's own authority, looked at before the server starts with it. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { hostOf } from './lan/addresses.js';
import { names } from './lan/certificates.js';
import { shown } from './lan/clock.js';

/**
 * Never repeats what is in the files. An end or another name is only warned of: clocks are wrong in an outage, and
 * counters go on without a server.
 * @param {{ readonly certFile: string, readonly keyFile: string }} files
 * @param {{ readonly origin: string, readonly nowMs: number }} now
 * @returns {{ faults: string[], warnings: string[] }} German sentences.
 */
export function checkTls({ certFile, keyFile }, { origin, nowMs }) {
	/** @type {string[]} */
	const faults = [];
	const certificate = read('TLS_CERT', CERT, faults, certFile, (pem) => new X509Certificate(pem));
	const key = read('TLS_KEY', KEY, faults, keyFile, (pem) => createPrivateKey(pem));
	if (!certificate || !key) return { faults, warnings: [] };
	if (!certificate.checkPrivateKey(key))
		return {
			faults: [
				'TLS_CERT und TLS_KEY passen nicht zueinander: Der Schlüssel gehört zu einem anderen Zertifikat. In TLS_CERT muss das Serverzertifikat vor den Zwischenzertifikaten stehen.'
			],
			warnings: []
		};
	try {
		createSecureContext({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
	} catch (error) {
		const { code } = /** @type {NodeJS.ErrnoException} */ (error);
		return {
			faults: [
				`Mit TLS_CERT und TLS_KEY lässt sich nicht verschlüsseln (${code}): Ein Zwischenzertifikat ist beschädigt, oder der Schlüssel ist zu kurz.`
			],
			warnings: []
		};
	}
	return { faults, warnings: warningsOf(certificate, origin, nowMs) };
}

const CERT = 'kein lesbares Zertifikat (PEM)';
const KEY = 'keinen lesbaren Schlüssel ohne Passphrase (PEM)';

/**
 * @template T
 * @param {string} name
 * @param {string} wanted
 * @param {string[]} faults
 * @param {string} file
 * @param {(pem: Buffer) => T} parse
 * @returns {T | null}
 */
function read(name, wanted, faults, file, parse) {
	try {
		return parse(readFileSync(file));
	} catch (error) {
		const { code, syscall } = /** @type {NodeJS.ErrnoException} */ (error);
		faults.push(
			syscall ? `${name} nennt eine Datei, die sich nicht lesen lässt (${code}).` : `${name} enthält ${wanted}.`
		);
		return null;
	}
}

/** @param {X509Certificate} certificate @param {string} origin @param {number} nowMs */
function warningsOf(certificate, origin, nowMs) {
	const clock = `die Uhr dieses Rechners steht auf ${shown(nowMs)}`;
	const warnings = [];
	if (Date.parse(certificate.validTo) < nowMs)
		warnings.push(
			`ACHTUNG: Das Zertifikat in TLS_CERT ist seit ${shown(Date.parse(certificate.validTo))} abgelaufen (${clock}). Browser lehnen es ab; eingerichtete Schalter arbeiten weiter, gleichen aber nicht ab. Erneuern und neu starten.`
		);
	if (Date.parse(certificate.validFrom) > nowMs)
		warnings.push(
			`ACHTUNG: Das Zertifikat in TLS_CERT gilt erst ab ${shown(Date.parse(certificate.validFrom))} (${clock}). Bitte die Uhr prüfen.`
		);
	const host = hostOf(origin);
	if (!names(certificate, host))
		warnings.push(
			`ACHTUNG: Das Zertifikat in TLS_CERT nennt ${host} nicht, den Namen aus ORIGIN. Browser lehnen es unter dieser Adresse ab.`
		);
	return warnings;
}
