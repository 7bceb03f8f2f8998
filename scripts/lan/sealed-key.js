/** The authority's private key on the disk: sealed by a passphrase, with what Node itself has (scrypt, AES-256-GCM). */
import { createCipheriv, createDecipheriv, createPrivateKey, randomBytes, scrypt } from 'node:crypto';

/** 128 MiB and about half a second a try: it is opened once a year. */
const COST = { N: 2 ** 17, r: 8, p: 1 };
const MAX_MEMORY_BYTES = 192 * 1024 * 1024;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/**
 * @typedef {object} SealedKey
 * @property {'scrypt-aes-256-gcm'} method
 * @property {{ N: number, r: number, p: number }} cost
 * @property {string} salt Base64.
 * @property {string} sealed Base64 of nonce, ciphertext and tag; the content is PKCS#8.
 */

/**
 * @param {import('node:crypto').KeyObject} privateKey
 * @param {string} passphrase
 * @returns {Promise<SealedKey>}
 */
export async function sealKey(privateKey, passphrase, cost = COST) {
	const salt = randomBytes(SALT_BYTES);
	const nonce = randomBytes(NONCE_BYTES);
	const cipher = createCipheriv(CIPHER, await stretch(passphrase, salt, cost), nonce);
	const content = cipher.update(privateKey.export({ type: 'pkcs8', format: 'der' }));
	const sealed = Buffer.concat([nonce, content, cipher.final(), cipher.getAuthTag()]);
	return { method: 'scrypt-aes-256-gcm', cost, salt: salt.toString('base64'), sealed: sealed.toString('base64') };
}

/**
 * → null when the passphrase is wrong or the file was changed: the two cannot be told apart.
 * @param {SealedKey} key
 * @param {string} passphrase
 */
export async function openKey({ cost, salt, sealed }, passphrase) {
	const bytes = Buffer.from(sealed, 'base64');
	const stretched = await stretch(passphrase, Buffer.from(salt, 'base64'), cost);
	try {
		const decipher = createDecipheriv(CIPHER, stretched, bytes.subarray(0, NONCE_BYTES));
		decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
		const content = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
		return createPrivateKey({ key: Buffer.concat([content, decipher.final()]), format: 'der', type: 'pkcs8' });
	} catch {
		return null;
	}
}

/** Whether a file holds what {@link sealKey} makes, at a cost that this machine can bear. @param {any} value @returns {value is SealedKey} */
export const isSealedKey = (value) =>
	value?.method === 'scrypt-aes-256-gcm' &&
	[value.salt, value.sealed].every((text) => typeof text === 'string') &&
	Buffer.from(value.sealed, 'base64').length > NONCE_BYTES + TAG_BYTES &&
	[value.cost?.N, value.cost?.r, value.cost?.p].every((part) => Number.isSafeInteger(part) && part > 0) &&
	Number.isInteger(Math.log2(value.cost.N)) &&
	128 * value.cost.N * value.cost.r < MAX_MEMORY_BYTES &&
	value.cost.p <= 16;

/**
 * The same passphrase may be typed with composed or decomposed umlauts.
 * @param {string} passphrase
 * @param {Buffer} salt
 * @param {SealedKey['cost']} cost
 * @returns {Promise<Buffer>}
 */
const stretch = (passphrase, salt, cost) =>
	new Promise((resolve, reject) =>
		scrypt(passphrase.normalize('NFC'), salt, 32, { ...cost, maxmem: MAX_MEMORY_BYTES }, (error, key) =>
			error ? reject(error) : resolve(key)
		)
	);
