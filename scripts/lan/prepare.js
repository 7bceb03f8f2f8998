/** Before the server starts in the LAN mode: an address, an authority once, and a certificate that fits this machine today. */
import { isIP } from 'node:net';
import { hostOf, hostsOf, isPrivateAddress } from './addresses.js';
import { issueServer, makeAuthority, mayIssue, names } from './certificates.js';
import { chooseOrigin } from './origin.js';
import { MIN_PASSPHRASE_LENGTH } from './passphrase.js';
import { openKey, sealKey } from './sealed-key.js';
import { createTlsFiles } from './tls-files.js';

const DAY_MS = 86_400_000;
const RENEW_DAYS = 30;
const AUTHORITY_WARNING_DAYS = 365;
const TRIES = 3;

/** @typedef {import('./tls-files.js').SealedAuthority} SealedAuthority */
/** @typedef {import('node:crypto').X509Certificate} X509Certificate */

/**
 * @typedef {object} Surroundings
 * @property {string} dataDir
 * @property {number} port
 * @property {string | null} givenOrigin
 * @property {import('./addresses.js').Machine} machine
 * @property {import('./passphrase.js').Passphrases} passphrases
 * @property {number} nowMs
 * @property {import('./sealed-key.js').SealedKey['cost']} [cost] Of a new seal.
 */

/**
 * @typedef {object} Prepared
 * @property {string} origin
 * @property {boolean} isOriginGone
 * @property {string} reachableHost Under which others find this machine now.
 * @property {string} serverFile PEM of certificate and key.
 * @property {X509Certificate} server
 * @property {X509Certificate | null} authority Null where it was lost; the server then runs on with what it has.
 * @property {string[]} notices German sentences for whoever reads the terminal.
 */

/**
 * Never makes a second authority where one lies: every counter would have to be told anew.
 * @param {Surroundings} around
 * @returns {Promise<Prepared | { fault: string }>}
 */
export async function prepareLan(around) {
	const { dataDir, port, givenOrigin, machine, nowMs } = around;
	const files = createTlsFiles(dataDir);
	const chosen = chooseOrigin({ given: givenOrigin, stored: files.readOrigin(), machine, port });
	const originHost = hostOf(chosen.origin);
	const notices = [...chosen.notices];
	const kept = files.readAuthority();
	if (kept === 'damaged' && !files.readServer()) return { fault: damaged(files.folder) };

	// Before anybody thinks of a passphrase: names are taken into a new authority, public addresses never.
	if (isIP(originHost) && !isPrivateAddress(originHost)) return { fault: notAllowed(chosen.origin, files.folder) };

	const made = kept === 'none' ? await newAuthority(around, originHost) : null;
	if (made && 'fault' in made) return made;
	if (made) files.writeAuthority(made);
	const authority = made ?? (kept === 'damaged' || kept === 'none' ? null : kept);
	if (authority && !mayIssue(authority.certificate, originHost))
		return { fault: notAllowed(chosen.origin, files.folder) };
	if (!authority) notices.push(damaged(files.folder));

	const before = files.readServer();
	const usable = before && (!authority || before.certificate.verify(authority.certificate.publicKey)) ? before : null;
	const hosts = [...new Set([originHost, ...hostsOf(machine)])].filter(
		(host) => !authority || mayIssue(authority.certificate, host)
	);
	const reasons = usable ? whyRenew(usable.certificate, hosts, nowMs) : ['Es gibt noch kein Zertifikat.'];
	if (authority && reasons.length > 0) {
		const opened = made ? made.privateKey : await unlock(authority, around, reasons);
		if (opened) {
			const issued = issueServer({ certificate: authority.certificate, privateKey: opened }, { hosts, nowMs });
			files.writeServer(issued);
		} else if (usable) notices.push(`${reasons.join(' ')} ${RUNS_ON}`);
		else return { fault: `${reasons.join(' ')} ${NO_PASSPHRASE}` };
	} else notices.push(...reasons);

	const server = files.readServer();
	if (!server) return { fault: damaged(files.folder) };
	if (chosen.isKept) files.writeOrigin(chosen.origin);
	if (authority) notices.push(...authorityNotices(authority.certificate, nowMs));
	return {
		origin: chosen.origin,
		isOriginGone: chosen.isGone,
		reachableHost: chosen.isGone ? (machine.addresses[0] ?? 'localhost') : originHost,
		serverFile: files.serverFile,
		server: server.certificate,
		authority: authority?.certificate ?? null,
		notices
	};
}

/**
 * Sentences; none when the certificate may stay.
 * @param {X509Certificate} certificate
 * @param {readonly string[]} hosts
 * @param {number} nowMs
 */
export function whyRenew(certificate, hosts, nowMs) {
	const reasons = [];
	const missing = hosts.filter((host) => !names(certificate, host));
	if (missing.length > 0) reasons.push(`Das Zertifikat nennt ${missing.join(', ')} noch nicht.`);
	const days = daysLeft(certificate, nowMs);
	if (days < 0) reasons.push('Das Zertifikat ist abgelaufen.');
	else if (days < RENEW_DAYS) reasons.push(`Das Zertifikat gilt nur noch ${days} Tage.`);
	if (Date.parse(certificate.validFrom) > nowMs)
		reasons.push('Das Zertifikat gilt nach der Uhr dieses Rechners noch nicht; bitte die Uhr prüfen.');
	return reasons;
}

/** @param {X509Certificate} certificate @param {number} nowMs */
export const daysLeft = (certificate, nowMs) => Math.floor((Date.parse(certificate.validTo) - nowMs) / DAY_MS);

/** @param {X509Certificate} authority @param {number} nowMs */
function authorityNotices(authority, nowMs) {
	const days = daysLeft(authority, nowMs);
	return days < AUTHORITY_WARNING_DAYS
		? [`Die Zertifizierungsstelle gilt nur noch ${Math.max(0, days)} Tage; docs/lan.md sagt, wie sie ersetzt wird.`]
		: [];
}

/**
 * @param {Surroundings} around
 * @param {string} originHost
 */
async function newAuthority({ machine, passphrases, nowMs, cost }, originHost) {
	const passphrase = await newPassphrase(passphrases);
	if (typeof passphrase !== 'string') return passphrase;
	const hosts = [...machine.names, originHost].filter((host) => /[a-z]/.test(host) && !host.includes(':'));
	const title = `Notschalter ${machine.names.at(-1) ?? 'Server'} (${new Date(nowMs).getUTCFullYear()})`;
	// `.local` is how computers find each other without a name server.
	const { certificate, privateKey } = makeAuthority({
		title,
		names: [...new Set([...hosts, 'local', 'localhost'])],
		nowMs
	});
	return { certificate, privateKey, key: await sealKey(privateKey, passphrase, cost) };
}

/** @param {import('./passphrase.js').Passphrases} passphrases @returns {Promise<string | { fault: string }>} */
async function newPassphrase({ source, read, say }) {
	say(
		`\nErster Start im lokalen Netz: Eine Passphrase schützt den Schlüssel, mit dem dieser Server sich ausweist.\nMindestens ${MIN_PASSPHRASE_LENGTH} Zeichen; aufschreiben und verschlossen aufbewahren. Sie wird selten gebraucht: bei neuen Adressen und etwa einmal im Jahr.`
	);
	for (let left = TRIES; left > 0; left--) {
		const passphrase = await read('Neue Passphrase: ');
		if (passphrase === null) break;
		if (passphrase.length < MIN_PASSPHRASE_LENGTH) {
			if (source === 'environment')
				return { fault: `CA_PASSPHRASE braucht mindestens ${MIN_PASSPHRASE_LENGTH} Zeichen.` };
			say(`Zu kurz: mindestens ${MIN_PASSPHRASE_LENGTH} Zeichen.`);
		} else if (source === 'environment' || (await read('Noch einmal: ')) === passphrase) return passphrase;
		else say('Die beiden Eingaben sind verschieden.');
	}
	return { fault: `Ohne Passphrase entsteht kein Zertifikat. ${NO_PASSPHRASE}` };
}

/**
 * → null when nobody gives the right passphrase.
 * @param {SealedAuthority} authority
 * @param {Surroundings} around
 * @param {readonly string[]} reasons
 */
async function unlock({ key }, { passphrases: { source, read, say } }, reasons) {
	say(`\n${reasons.join(' ')} Es wird mit der Passphrase der Zertifizierungsstelle erneuert.`);
	for (let left = source === 'terminal' ? TRIES : 1; left > 0; left--) {
		const passphrase = await read('Passphrase (leer: vorerst nicht): ');
		if (passphrase === null) return null;
		const opened = await openKey(key, passphrase);
		if (opened) return opened;
		say('Diese Passphrase passt nicht.');
	}
	return null;
}

const RUNS_ON =
	'Erneuert wurde es nicht, weil die Passphrase fehlt oder nicht passt; der Server läuft mit dem bisherigen Zertifikat weiter. Zum Erneuern neu starten und die Passphrase eingeben (für Dienste: CA_PASSPHRASE_FILE).';
const NO_PASSPHRASE =
	'Die Passphrase wird im Terminal erfragt; wo keines ist, kommt sie aus CA_PASSPHRASE_FILE oder CA_PASSPHRASE. Sie fehlt oder passt nicht.';

/** @param {string} folder */
const damaged = (folder) =>
	`Die Zertifizierungsstelle in ${folder} ist nicht lesbar. Aus der Sicherung zurückholen. Nur wenn es keine gibt: den Ordner umbenennen und neu starten; dann entsteht eine neue, der jeder Schalter neu vertrauen muss.`;

/** @param {string} origin @param {string} folder */
const notAllowed = (origin, folder) =>
	`Für ${origin} darf die Zertifizierungsstelle in ${folder} kein Zertifikat ausstellen: Sie gilt nur für private Adressen und für die Namen, die dieser Rechner am ersten Tag hatte. ORIGIN ändern, ein Zertifikat der eigenen Stelle benutzen (TLS_CERT, TLS_KEY) oder siehe docs/lan.md.`;
