/** Configuration from the environment, checked at start; plain JavaScript, since the scripts read it before anything is built. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { backupOf, keepOf } from './backup-config.js';
import { MIN_CODE_LENGTH, normaliseEnrolmentCode } from './enrolment-code.js';

/** Fixed: another port would be another origin, and that is an empty app. */
export const DEFAULT_PORT = 4780;
/** Of the page that explains how a counter comes to trust this server. */
export const DEFAULT_HTTP_PORT = 4781;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const HOST = /^[0-9a-z:.-]+$/i;
export const DATABASE_FILE = 'notschalter.sqlite';
/** Of a backup that is about to take the database's place, and of the database that gave it; see scripts/restore.js. */
export const FRESH_ENDING = '.neu';
export const SET_ASIDE_ENDING = '.vor-';
/** It stays the same for weeks, so it is longer than a Betriebscode must be. */
const MIN_HUB_CODE_LENGTH = 12;

/**
 * @typedef {object} Config
 * @property {number} port
 * @property {string} host
 * @property {string} origin Where browsers find the app; other host names are sent there.
 * @property {string} dataDir Absolute.
 * @property {string | null} enrolmentCode
 * @property {{ certFile: string, keyFile: string } | null} tls
 * @property {{ httpPort: number } | null} lan A certificate of its own, on all addresses; see scripts/lan.
 * @property {boolean} isOriginGone The address that browsers know is this machine's no more.
 * @property {string} logLevel
 * @property {string | null} hubCode Opens the status page from elsewhere than this machine.
 * @property {import('./backup-config.js').BackupConfig | null} backup
 * @property {number} backupsKept
 */

/**
 * @typedef {object} CheckedConfig
 * @property {Config} config Only to be used without faults.
 * @property {string[]} faults German sentences; each names the variable.
 * @property {string[]} warnings
 */

/** Browsers come by TLS and this process does none: every line is a proxy's. @param {Pick<Config, 'origin' | 'tls' | 'lan'>} config */
export const isBehindProxy = ({ origin, tls, lan }) => origin.startsWith('https:') && tls === null && lan === null;

/** Where the status page is for whoever sits at this machine. @param {Pick<Config, 'origin' | 'tls' | 'lan' | 'host' | 'port'>} config */
export function hubAddress(config) {
	const { origin, tls, lan, host, port } = config;
	if (isBehindProxy(config)) return `${origin}/hub (nur mit HUB_CODE)`;
	const isEverywhere = ['0.0.0.0', '::', '127.0.0.1', '::1', 'localhost'].includes(host);
	const protocol = tls || lan ? 'https' : 'http';
	if (isEverywhere) return `${protocol}://localhost:${port}/hub`;
	// It waits on no loopback address, so nobody is known to sit at the machine.
	return `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}/hub (nur mit HUB_CODE)`;
}

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {CheckedConfig}
 */
export function parseConfig(environment) {
	/** @type {string[]} */
	const faults = [];
	/** @type {string[]} */
	const warnings = [];
	/** @param {string} name */
	const read = (name) => {
		const value = environment[name]?.trim();
		return value ? value : null;
	};
	const port = portOf('PORT', read('PORT'), DEFAULT_PORT, faults);
	const tls = tlsOf(read('TLS_CERT'), read('TLS_KEY'), faults);
	const lan = lanOf(read('LAN'), read('HTTP_PORT'), { port, tls }, faults);
	const origin = originOf(read('ORIGIN'), port, tls !== null || lan !== null, faults, warnings);
	const host = read('HOST') ?? (lan ? allAddresses() : '127.0.0.1');
	if (!HOST.test(host)) faults.push('HOST ist kein Rechnername und keine IP-Adresse.');
	const logLevel = read('LOG_LEVEL') ?? 'info';
	if (!LOG_LEVELS.includes(logLevel)) faults.push(`LOG_LEVEL muss eines von ${LOG_LEVELS.join(', ')} sein.`);
	const enrolmentCode = read('ENROLMENT_CODE');
	if (enrolmentCode && normaliseEnrolmentCode(enrolmentCode).length < MIN_CODE_LENGTH)
		faults.push(`ENROLMENT_CODE braucht mindestens ${MIN_CODE_LENGTH} Buchstaben oder Ziffern.`);
	const hubCode = read('HUB_CODE');
	if (hubCode && normaliseEnrolmentCode(hubCode).length < MIN_HUB_CODE_LENGTH)
		faults.push(`HUB_CODE braucht mindestens ${MIN_HUB_CODE_LENGTH} Buchstaben oder Ziffern.`);
	const backup = backupOf(read, faults);
	if (read('DATABASE_URL'))
		faults.push(
			'DATABASE_URL: PostgreSQL kommt erst mit einer späteren Version. Ohne DATABASE_URL wird SQLite unter DATA_DIR benutzt.'
		);
	const dataDir = path.resolve(read('DATA_DIR') ?? './data');
	if (existsSync(dataDir) && !statSync(dataDir).isDirectory()) faults.push('DATA_DIR ist eine Datei, kein Ordner.');
	return {
		config: {
			...{ port, host, origin, dataDir, enrolmentCode, tls, lan, isOriginGone: false, logLevel, hubCode, backup },
			backupsKept: backup?.keep ?? keepOf(read, [])
		},
		faults,
		warnings
	};
}

/**
 * @param {string} name
 * @param {string | null} value
 * @param {number} usual
 * @param {string[]} faults
 */
function portOf(name, value, usual, faults) {
	if (value === null) return usual;
	const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
	if (port < 1 || port > 65_535) faults.push(`${name} muss eine Zahl von 1 bis 65535 sein.`);
	return port;
}

/**
 * @param {string | null} value
 * @param {string | null} httpPortValue
 * @param {Pick<Config, 'port' | 'tls'>} others
 * @param {string[]} faults
 */
function lanOf(value, httpPortValue, { port, tls }, faults) {
	if (value === null || value === '0') return null;
	if (value !== '1') faults.push('LAN muss 1 oder 0 sein.');
	if (tls)
		faults.push(
			'LAN und TLS_CERT schließen sich aus: Mit einem Zertifikat der eigenen Stelle statt LAN nur HOST und ORIGIN setzen.'
		);
	const httpPort = portOf('HTTP_PORT', httpPortValue, DEFAULT_HTTP_PORT, faults);
	if (httpPort === port) faults.push('HTTP_PORT und PORT müssen verschieden sein.');
	return { httpPort };
}

/** Both families by one socket, where this machine has the newer one at all. */
function allAddresses() {
	const infos = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
	return infos.some(({ family }) => family === 'IPv6') ? '::' : '0.0.0.0';
}

/**
 * @param {string | null} certFile
 * @param {string | null} keyFile
 * @param {string[]} faults
 */
function tlsOf(certFile, keyFile, faults) {
	if (!certFile && !keyFile) return null;
	if (!certFile || !keyFile) {
		faults.push('TLS_CERT und TLS_KEY gehören zusammen: beide setzen oder keines.');
		return null;
	}
	for (const [name, file] of [
		['TLS_CERT', certFile],
		['TLS_KEY', keyFile]
	]) {
		try {
			accessSync(/** @type {string} */ (file), constants.R_OK);
		} catch {
			faults.push(`${name} nennt eine Datei, die sich nicht lesen lässt.`);
		}
	}
	return { certFile, keyFile };
}

/**
 * @param {string | null} value
 * @param {number} port
 * @param {boolean} tls
 * @param {string[]} faults
 * @param {string[]} warnings
 */
function originOf(value, port, tls, faults, warnings) {
	if (value === null) return `${tls ? 'https' : 'http'}://localhost:${port}`;
	const url = URL.canParse(value) ? new URL(value) : null;
	if (
		!url ||
		!['http:', 'https:'].includes(url.protocol) ||
		url.pathname !== '/' ||
		url.search ||
		url.hash ||
		url.username
	) {
		faults.push('ORIGIN muss eine Adresse ohne Pfad sein, zum Beispiel https://notschalter.example.');
		return value;
	}
	if (tls && url.protocol === 'http:')
		faults.push('ORIGIN beginnt mit http://, obwohl mit TLS_CERT oder LAN nur https:// bedient wird.');
	const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) || url.hostname.endsWith('.localhost');
	if (url.protocol === 'http:' && !isLocal)
		warnings.push(
			'ORIGIN ist ohne TLS nur auf diesem Rechner brauchbar: Browser verschlüsseln und speichern nur unter https:// oder localhost.'
		);
	return url.origin;
}
