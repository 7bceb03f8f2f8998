/** Whether a kit is as it was made. Asked at each start for what will run, and by `Notschalter-starten check` for everything. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { filesBelow, readManifest, sha256Of } from './manifest.js';

/** Laid down by systems that a stick has passed through; nothing ever loads them. */
export const DROPPINGS = /(^|\/)(\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/;
const APP = 'app/';
const RUNTIMES = 'laufzeit/';
/** Named at most: a sentence is to be read. */
const NAMED = 3;

/**
 * @typedef {object} Verdict
 * @property {string[]} faults German sentences; none: as it was made.
 * @property {string | null} fingerprint Of the key that signed.
 */

/**
 * @param {string} root Folder of the kit.
 * @param {{ everything?: boolean, executable?: string | null }} options `executable`: the program that runs this, to be compared too.
 * @returns {Promise<Verdict>}
 */
export async function checkKit(root, { everything = false, executable = process.execPath } = {}) {
	const read = readManifest(root);
	if (!read)
		return {
			faults: ['Die Liste der Prüfsummen fehlt, oder ihre Unterschrift stimmt nicht.', AGAIN],
			fingerprint: null
		};
	const { manifest, fingerprint } = read;
	const listed = new Map(manifest.files.map((file) => [file.path, file]));
	const wanted = manifest.files.filter((file) => everything || file.path.startsWith(APP));
	const missing = wanted.filter(({ path: file }) => !existsSync(path.join(root, file)));
	/** @type {string[]} */
	const changed = [];
	for (const file of wanted) if (!missing.includes(file) && !(await isUnchanged(root, file))) changed.push(file.path);
	// What a person lays beside, and the data, are none of ours; among what is loaded, nothing may be slipped in.
	const foreign = [APP, RUNTIMES]
		.filter((folder) => existsSync(path.join(root, folder)))
		.flatMap((folder) => filesBelow(root, folder))
		.filter((file) => !listed.has(file) && !DROPPINGS.test(file));
	const faults = [
		...sentence(
			'fehlt',
			missing.map((file) => file.path)
		),
		...sentence('wurde verändert', changed),
		...sentence('gehört nicht dazu', foreign)
	];
	if (executable !== null && !(await isOurRuntime(manifest, executable)))
		faults.push(`Das Programm „${executable}“ ist nicht die Laufzeit dieses Ordners.`);
	return { faults: faults.length > 0 ? [...faults, AGAIN] : [], fingerprint };
}

const AGAIN =
	'Notschalter startet so nicht. Bitte den Ordner noch einmal vom Stick kopieren oder aus der ZIP-Datei entpacken; der Ordner „daten“ bleibt, wie er ist.';

/** @param {string} what @param {readonly string[]} files */
function sentence(what, files) {
	if (files.length === 0) return [];
	const more = files.length > NAMED ? ` und ${files.length - NAMED} weitere` : '';
	return [`Dateien, bei denen etwas nicht stimmt (${what}): ${files.slice(0, NAMED).join(', ')}${more}.`];
}

/** @param {string} root @param {import('./manifest.js').ListedFile} file */
async function isUnchanged(root, { path: file, sizeBytes, sha256 }) {
	const place = path.join(root, file);
	return statSync(place).size === sizeBytes && (await sha256Of(place)) === sha256;
}

/** @param {import('./manifest.js').Manifest} manifest @param {string} executable */
async function isOurRuntime({ runtimes }, executable) {
	const runtime = runtimes[`${process.platform}-${process.arch}`];
	return runtime !== undefined && (await sha256Of(executable)) === runtime.executableSha256;
}
