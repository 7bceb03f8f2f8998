/** The app's part of the kit: what was built, the scripts that serve it, and production packages, without what is native. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { KIT_MARK } from './place.js';

/** Scripts that the kit runs; what they import comes with them. */
const ENTRIES = [
	'scripts/kit/start.js',
	'scripts/serve.js',
	'scripts/code.js',
	'scripts/backup.js',
	'scripts/restore.js'
];
/** Replaced by what the kit's Node.js brings; see docs/decisions/0041. */
const NATIVE = ['better-sqlite3'];
/** On a local network packed copies by gzip do; those by Brotli would be a megabyte more. */
const NEEDLESS_BUILT = /\.(map|br)$/;
/** For developers alone. */
const NEEDLESS = /\.(map|d\.[cm]?ts|ts|md|markdown)$|\/(test|tests|benchmarks?|docs|example|examples|\.github)\//i;
/** Where a package has both: what Node.js does not load of it. */
const CJS_BUILD = /\/dist\/cjs\//;
const OTHER_BUILDS = /\/dist\/(es6\/|[^/]*\.min\.js$)/;

/** @param {string} kit Folder. @param {{ version: string, madeAt: string }} about */
export function addApp(kit, about) {
	const app = path.join(kit, 'app');
	cpSync('build', path.join(app, 'build'), { recursive: true, filter: (file) => !NEEDLESS_BUILT.test(file) });
	for (const file of withImports(ENTRIES)) copyInto(app, file);
	for (const folder of productionPackages()) {
		const unused = isLoadedAsCjs(folder) ? OTHER_BUILDS : CJS_BUILD;
		const isNeedless = (/** @type {string} */ inner) => NEEDLESS.test(inner) || unused.test(inner);
		cpSync(folder, path.join(app, folder), {
			recursive: true,
			filter: (file) => file === folder || !isNeedless(file.slice(folder.length)) || /LICEN[CS]E/i.test(file)
		});
	}
	copyInto(app, 'LICENSE');
	writeFileSync(
		path.join(app, 'package.json'),
		`${JSON.stringify({ name: 'notschalter', type: 'module', private: true, version: about.version }, null, '\t')}\n`
	);
	writeFileSync(path.join(app, KIT_MARK), `${JSON.stringify(about, null, '\t')}\n`);
}

/** Without `exports`, `main` is what even an import gets. @param {string} folder Of a package. */
function isLoadedAsCjs(folder) {
	const { exports, main } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
	return !exports && /^(\.\/)?dist\/cjs\//.test(main ?? '');
}

/** @param {string} app @param {string} file */
function copyInto(app, file) {
	mkdirSync(path.dirname(path.join(app, file)), { recursive: true });
	cpSync(file, path.join(app, file));
}

/**
 * The files and all of ours that they import, directly or not.
 * @param {readonly string[]} entries Paths from here.
 * @returns {string[]}
 */
export function withImports(entries) {
	const files = new Set(entries);
	for (const file of files) {
		// Types that a comment names are no imports.
		const code = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
		for (const [, specifier] of code.matchAll(
			/(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|new URL\(\s*)['"](\.[^'"]+\.js)['"]/g
		))
			files.add(path.posix.join(path.posix.dirname(file), /** @type {string} */ (specifier)));
	}
	return [...files].filter((file) => file.endsWith('.js')).sort();
}

/**
 * Folders of the packages that `dependencies` name, and of theirs.
 * @returns {string[]}
 */
export function productionPackages() {
	const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
	const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
	/** @type {Set<string>} */
	const folders = new Set();
	/** @param {string} name @param {string} from */
	const add = (name, from) => {
		if (NATIVE.includes(name)) return;
		const folder = folderOf(packages, name, from);
		if (folder === null || folders.has(folder) || !existsSync(folder)) return;
		folders.add(folder);
		const { dependencies: next = {}, optionalDependencies: optional = {} } = packages[folder];
		for (const each of Object.keys({ ...next, ...optional })) add(each, folder);
	};
	for (const name of Object.keys(dependencies)) add(name, '');
	// A package inside of another comes with it.
	return [...folders].filter((folder) => ![...folders].some((other) => folder.startsWith(`${other}/`))).sort();
}

/** As Node.js looks: in the package itself, then outwards. @param {Record<string, unknown>} packages @param {string} name @param {string} from @returns {string | null} */
function folderOf(packages, name, from) {
	for (let place = from; ;) {
		const folder = `${place ? `${place}/` : ''}node_modules/${name}`;
		if (packages[folder]) return folder;
		if (!place) return null;
		place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')));
	}
}
