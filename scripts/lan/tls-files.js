/** What the LAN mode keeps below DATA_DIR/tls: the authority with its sealed key, the server's certificate with its key, the address chosen first. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import {
	closeSync,
	existsSync,
	fsyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	writeFileSync
} from 'node:fs';
import path from 'node:path';
import { isSealedKey } from './sealed-key.js';

export const TLS_FOLDER = 'tls';
export const AUTHORITY_FILE = 'authority.json';
/** Certificate and key in one file: they are replaced together or not at all. */
const SERVER = 'server.pem';
const ADDRESS = 'address.json';
/** What counters have come to trust and to know: it cannot be made anew. */
export const AUTHORITY_FILES = [AUTHORITY_FILE, ADDRESS];
const VERSION = 1;

/** @typedef {import('./certificates.js').Issued} Issued */
/** @typedef {{ readonly certificate: X509Certificate, readonly key: import('./sealed-key.js').SealedKey }} SealedAuthority */

/** @param {string} dataDir */
export function createTlsFiles(dataDir) {
	const folder = path.join(dataDir, TLS_FOLDER);
	const serverFile = path.join(folder, SERVER);
	return {
		folder,
		serverFile,

		/** @returns {SealedAuthority | 'none' | 'damaged'} */
		readAuthority() {
			const text = readIfThere(path.join(folder, AUTHORITY_FILE));
			if (text === null) return 'none';
			try {
				const { version, certificate, key } = JSON.parse(text);
				if (version !== VERSION || !isSealedKey(key)) return 'damaged';
				return { certificate: new X509Certificate(certificate), key };
			} catch {
				return 'damaged';
			}
		},

		/** @param {SealedAuthority} authority */
		writeAuthority({ certificate, key }) {
			const content = { version: VERSION, certificate: certificate.toString(), key };
			write(folder, AUTHORITY_FILE, `${JSON.stringify(content, null, '\t')}\n`);
		},

		/** Also where it cannot be read. */
		hasServer: () => existsSync(serverFile),

		/** → null when there is none, or when its two halves do not belong together. @returns {Issued | null} */
		readServer() {
			const text = readIfThere(serverFile);
			if (text === null) return null;
			try {
				const certificate = new X509Certificate(text);
				const privateKey = createPrivateKey(text);
				return certificate.checkPrivateKey(privateKey) ? { certificate, privateKey } : null;
			} catch {
				return null;
			}
		},

		/** @param {Issued} server */
		writeServer({ certificate, privateKey }) {
			write(folder, SERVER, certificate.toString() + privateKey.export({ type: 'pkcs8', format: 'pem' }));
		},

		/** The origin that browsers of this office know, or null. @returns {string | null} */
		readOrigin() {
			const text = readIfThere(path.join(folder, ADDRESS));
			if (text === null) return null;
			try {
				const { origin } = JSON.parse(text);
				return URL.canParse(origin) && new URL(origin).protocol === 'https:' ? new URL(origin).origin : null;
			} catch {
				return null;
			}
		},

		/** @param {string} origin */
		writeOrigin(origin) {
			write(folder, ADDRESS, `${JSON.stringify({ version: VERSION, origin })}\n`);
		}
	};
}

/** @param {string} file */
const readIfThere = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null);

/**
 * Readable for this account alone, and whole or not at all, whenever the power goes.
 * @param {string} folder
 * @param {string} name
 * @param {string} content
 */
function write(folder, name, content) {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const temporary = path.join(folder, `${name}.${process.pid}.new`);
	const handle = openSync(temporary, 'w', 0o600);
	try {
		writeFileSync(handle, content);
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
	renameSync(temporary, path.join(folder, name));
}
