/** Before the server starts in the LAN mode: an address, an authority once, and a certificate that fits this machine today. */
import { isIP } from 'node:net';
import { hostOf, hostsOf, isPrivateAddress, missingHosts } from './addresses.js';
import { issueServer, makeAuthority, mayIssue, names } from './certificates.js';
import { parse } from 'tldts';
import { clockFault, shown } from './clock.js';
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
 * @property {boolean} isRenewed Whether it was issued just now.
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
	if (kept === 'none' && files.hasServer()) return { fault: missingAuthority(files.folder) };
	const wrongClock = clockFault(nowMs);
	if (kept === 'none' && wrongClock) return { fault: wrongClock };

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
	const wanted = { originHost, machine, authority: authority?.certificate ?? null, nowMs };
	const reasons = usable ? whyRenew(usable.certificate, wanted) : ['Es gibt noch kein Zertifikat.'];
	let isRenewed = false;
	if (authority && wrongClock && reasons.length > 0) {
		// What is issued now would have ended long ago for everybody whose clock is right.
		if (!usable) return { fault: wrongClock };
		notices.push(`${reasons.join(' ')} ${wrongClock}`);
	} else if (authority && reasons.length > 0) {
		const opened = made ? made.privateKey : await unlock(authority, around, reasons);
		if (opened) {
			const hosts = [...new Set([originHost, ...hostsOf(machine)])].filter((host) =>
				mayIssue(authority.certificate, host)
			);
			files.writeServer(issueServer({ certificate: authority.certificate, privateKey: opened }, { hosts, nowMs }));
			isRenewed = true;
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
		reachableHost: chosen.isGone ? (machine.lasting[0] ?? machine.addresses[0] ?? 'localhost') : originHost,
		serverFile: files.serverFile,
		server: server.certificate,
		isRenewed,
		authority: authority?.certificate ?? null,
		notices
	};
}

/**
 * Sentences; none when the certificate may stay. What the authority may not issue is no reason.
 * @param {X509Certificate} certificate
 * @param {object} wanted
 * @param {string} wanted.originHost
 * @param {import('./addresses.js').Machine} wanted.machine
 * @param {X509Certificate | null} wanted.authority Null where it cannot be read: then nothing is known of its bounds.
 * @param {number} wanted.nowMs
 */
export function whyRenew(certificate, { originHost, machine, authority, nowMs }) {
	const reasons = [];
	/** @param {string} host */
	const isNamed = (host) => names(certificate, host);
	const missing = new Set([originHost].filter((host) => !isNamed(host)).concat(missingHosts(machine, isNamed)));
	const open = [...missing].filter((host) => !authority || mayIssue(authority, host));
	if (open.length > 0) reasons.push(`Das Zertifikat nennt ${open.join(', ')} noch nicht.`);
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
 * A bound includes all that is below a name: a machine called “berlin” would get an authority for the whole of .berlin.
 * @param {string} host
 */
const isPublicSuffix = (host) => {
	const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
	return publicSuffix === host && (isIcann === true || isPrivate === true);
};

/**
 * @param {Surroundings} around
 * @param {string} originHost
 */
async function newAuthority({ machine, passphrases, nowMs, cost }, originHost) {
	const passphrase = await newPassphrase(passphrases, nowMs);
	if (typeof passphrase !== 'string') return passphrase;
	const hosts = [...machine.names, originHost].filter((host) => isIP(host) === 0 && !isPublicSuffix(host));
	const title = `Notschalter ${machine.names.at(-1) ?? 'Server'} (${new Date(nowMs).getUTCFullYear()})`;
	// `.local` is how computers find each other without a name server.
	const { certificate, privateKey } = makeAuthority({
		title,
		names: [...new Set([...hosts, 'local', 'localhost'])],
		nowMs
	});
	return { certificate, privateKey, key: await sealKey(privateKey, passphrase, cost) };
}

/**
 * @param {import('./passphrase.js').Passphrases} passphrases
 * @param {number} nowMs
 * @returns {Promise<string | { fault: string }>}
 */
async function newPassphrase({ source, read, say }, nowMs) {
	say(
		`\nErster Start im lokalen Netz: Eine Passphrase schützt den Schlüssel, mit dem dieser Server sich ausweist.\nMindestens ${MIN_PASSPHRASE_LENGTH} Zeichen; aufschreiben und verschlossen aufbewahren. Sie wird selten gebraucht: bei neuen Adressen und etwa einmal im Jahr.\nDie Uhr dieses Rechners steht auf ${shown(nowMs)}. Stimmt das nicht: mit Strg+C beenden und erst die Uhr stellen.`
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
	`Die Zertifizierungsstelle in ${folder} ist nicht lesbar. Aus der Sicherung zurückholen. ${replaceIt}`;

/** @param {string} folder */
const missingAuthority = (folder) =>
	`In ${folder} fehlt authority.json, die Zertifizierungsstelle dieses Servers; sein Zertifikat (server.pem) liegt noch da. Die Daten des Servers und der Schalter sind unversehrt, geändert wurde nichts. authority.json aus der Sicherung zurückholen und neu starten. ${replaceIt}`;

const replaceIt =
	'Nur wenn es keine Sicherung gibt: authority.json und server.pem aus dem Ordner wegräumen und neu starten; dann entsteht eine neue, der jedes Gerät neu vertrauen muss.';

/** @param {string} origin @param {string} folder */
const notAllowed = (origin, folder) =>
	`Für ${origin} darf die Zertifizierungsstelle in ${folder} kein Zertifikat ausstellen: Sie gilt nur für private Adressen und für die Namen, die dieser Rechner am ersten Tag hatte. ORIGIN ändern, ein Zertifikat der eigenen Stelle benutzen (TLS_CERT, TLS_KEY) oder siehe docs/lan.md.`;
