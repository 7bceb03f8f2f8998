/** Makes the kit: one folder with everything, and a ZIP of it. */
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { addApp } from './app.js';
import { addGuide } from './guide.js';
import { filesBelow, fingerprintOf, MANIFEST, PUBLIC_KEY, SIGNATURE, writeManifest } from './manifest.js';
import { addRuntimes, NODE_VERSION } from './runtimes.js';
import { writeZip } from './zip.js';
import { createPublicKey } from 'node:crypto';

const TEMPLATES = fileURLToPath(new URL('templates/', import.meta.url));
const DOS_LINES = /\.cmd$/;

/**
 * @typedef {object} Kit
 * @property {string} folder
 * @property {string} zip
 * @property {string} fingerprint Of the key that signed it.
 * @property {number} folderBytes
 * @property {number} zipBytes
 */

/**
 * Of what is built already, in the folder of the project.
 * @param {string} folder Is made anew.
 * @param {import('node:crypto').KeyObject} privateKey Ed25519.
 * @param {Date} now
 * @returns {Promise<Kit>}
 */
export async function buildKit(folder, privateKey, now) {
	const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
	const about = { version, madeAt: now.toISOString() };
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	addApp(folder, about);
	const runtimes = addRuntimes(folder);
	const values = { NODE_VERSION, LINUX_SHA256: runtimes['linux-x64']?.executableSha256 ?? '' };
	addStartFile(folder, 'Notschalter-starten.cmd', 0o644, values);
	addStartFile(folder, 'notschalter-starten.sh', 0o755, values);
	addStartFile(folder, 'Notschalter.desktop', 0o755, values);
	cpSync('LICENSE', path.join(folder, 'LICENSE'));
	const fingerprint = fingerprintOf(createPublicKey(privateKey));
	await addGuide(folder, { VERSION: version, MADE_ON: now.toLocaleDateString('de-DE'), FINGERPRINT: fingerprint });
	await writeManifest(folder, { ...about, runtimes }, privateKey);
	const files = [...filesBelow(folder), MANIFEST, SIGNATURE, PUBLIC_KEY];
	const folderBytes = files.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
	const zip = path.join(path.dirname(folder), `notschalter-kit-${version}.zip`);
	const zipBytes = await writeZip(folder, files, zip, 'Notschalter');
	return { folder, zip, fingerprint, folderBytes, zipBytes };
}

/** With `@KEY@` replaced. @param {string} folder @param {string} name @param {number} mode @param {Readonly<Record<string, string>>} values */
export function addStartFile(folder, name, mode, values) {
	let text = readFileSync(path.join(TEMPLATES, name), 'utf8');
	for (const [key, value] of Object.entries(values)) text = text.replaceAll(`@${key}@`, value);
	writeFileSync(path.join(folder, name), DOS_LINES.test(name) ? text.replaceAll('\n', '\r\n') : text, { mode });
}
