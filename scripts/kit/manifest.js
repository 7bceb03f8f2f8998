/** The kit's list of files: their hashes, signed by Ed25519. Written by `npm run kit`, read by the kit itself at each start. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';
export const PUBLIC_KEY = 'manifest.pub';
const OWN_FILES = new Set([MANIFEST, SIGNATURE, PUBLIC_KEY]);
export const FORMAT = 'notschalter-kit-1';

/**
 * @typedef {object} ListedFile
 * @property {string} path Below the kit, with `/`.
 * @property {number} sizeBytes
 * @property {string} sha256 Hex.
 */

/**
 * @typedef {object} Runtime
 * @property {string} path Of the file in the kit.
 * @property {string} version Of Node.js.
 * @property {string} executableSha256 Hex, of the program as it runs: on Linux it is packed in the kit.
 */

/**
 * @typedef {object} Manifest
 * @property {string} format
 * @property {string} version Of the app.
 * @property {string} madeAt ISO 8601.
 * @property {Record<string, Runtime>} runtimes By `platform-architecture` as Node.js names them.
 * @property {ListedFile[]} files By path; all but the three of the manifest itself.
 */

/** @param {string} file @returns {Promise<string>} hex */
export async function sha256Of(file) {
	const hash = createHash('sha256');
	await pipeline(createReadStream(file), hash);
	return hash.digest('hex');
}

/** Files below a folder, by path. @param {string} root @param {string} below @returns {string[]} with `/` */
export const filesBelow = (root, below = '.') =>
	readdirSync(path.join(root, below), { recursive: true, withFileTypes: true })
		.filter((entry) => !entry.isDirectory())
		.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
		.filter((file) => !OWN_FILES.has(file))
		.sort();

/**
 * Writes list, signature and public key into the folder.
 * @param {string} root
 * @param {Pick<Manifest, 'version' | 'madeAt' | 'runtimes'>} about
 * @param {import('node:crypto').KeyObject} privateKey Ed25519.
 * @returns {Promise<string>} the key's fingerprint
 */
export async function writeManifest(root, about, privateKey) {
	/** @type {ListedFile[]} */
	const files = [];
	for (const file of filesBelow(root)) {
		const place = path.join(root, file);
		files.push({ path: file, sizeBytes: statSync(place).size, sha256: await sha256Of(place) });
	}
	const bytes = Buffer.from(`${JSON.stringify({ format: FORMAT, ...about, files }, null, '\t')}\n`);
	writeFileSync(path.join(root, MANIFEST), bytes);
	writeFileSync(path.join(root, SIGNATURE), sign(null, bytes, privateKey));
	const publicKey = createPublicKey(privateKey);
	writeFileSync(path.join(root, PUBLIC_KEY), publicKey.export({ type: 'spki', format: 'pem' }));
	return fingerprintOf(publicKey);
}

/** What people compare: the first 16 bytes of SHA-256 of the public key (SPKI), in groups of four. @param {import('node:crypto').KeyObject} publicKey */
export const fingerprintOf = (publicKey) =>
	createHash('sha256')
		.update(publicKey.export({ type: 'spki', format: 'der' }))
		.digest('hex')
		.slice(0, 32)
		.toUpperCase()
		.replaceAll(/(.{4})(?!$)/g, '$1 ');

/**
 * The key that signs a kit: from a PEM file, or made for this one.
 * @param {string | undefined} file
 * @returns {{ privateKey: import('node:crypto').KeyObject, isNew: boolean }}
 */
export function signingKey(file) {
	if (!file) return { privateKey: generateKeyPairSync('ed25519').privateKey, isNew: true };
	const privateKey = createPrivateKey(readFileSync(file));
	if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('KIT_KEY_FILE is no Ed25519 private key (PEM)');
	return { privateKey, isNew: false };
}

/**
 * The list, if its signature is of the key beside it; else null.
 * @param {string} root
 * @returns {{ manifest: Manifest, fingerprint: string } | null}
 */
export function readManifest(root) {
	if (![...OWN_FILES].every((file) => existsSync(path.join(root, file)))) return null;
	try {
		const bytes = readFileSync(path.join(root, MANIFEST));
		const publicKey = createPublicKey(readFileSync(path.join(root, PUBLIC_KEY)));
		if (!verify(null, bytes, publicKey, readFileSync(path.join(root, SIGNATURE)))) return null;
		const manifest = /** @type {Manifest} */ (JSON.parse(bytes.toString('utf8')));
		return manifest.format === FORMAT ? { manifest, fingerprint: fingerprintOf(publicKey) } : null;
	} catch {
		// Neither key nor list that can be read: the same to whoever is told.
		return null;
	}
}
