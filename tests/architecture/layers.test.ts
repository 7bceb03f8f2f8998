/** Arrows run down: routes → ui → services → crypto, storage, sync, import → domain, and server → sync, crypto, domain. */
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, sourceFiles, type SourceFile } from './source-files';

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
	domain: [],
	crypto: ['domain'],
	storage: ['domain'],
	sync: ['domain'],
	import: ['domain'],
	services: ['crypto', 'storage', 'sync', 'import', 'domain'],
	server: ['sync', 'crypto', 'domain'],
	ui: ['services', 'domain'],
	pages: ['ui', 'services', 'crypto', 'storage', 'sync', 'domain'],
	endpoints: ['server', 'sync', 'domain'],
	'service-worker': []
};

/** Libraries by which a layer may be recognised: elsewhere they would be a second door. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
	dexie: ['storage'],
	kysely: ['server'],
	'better-sqlite3': ['server'],
	pino: ['server', 'endpoints'],
	svelte: ['ui', 'pages'],
	'bits-ui': ['ui'],
	'hash-wasm': ['crypto'],
	jose: ['crypto'],
	'ical.js': ['import'],
	papaparse: ['import'],
	'read-excel-file': ['import']
};

/** Pure ones, which the lowest floor may use. */
const PURE_LIBRARIES = ['cborg', 'ibantools', 'valibot'];

function layerOf(path: string): string {
	const inLib = /^src\/lib\/([^/]+)\//.exec(path);
	if (inLib) return inLib[1] ?? '';
	if (path.startsWith('src/service-worker')) return 'service-worker';
	return /(\+server|hooks\.server)\.ts$|\.server\.ts$/.test(path) ? 'endpoints' : 'pages';
}

/** The layer an import leads to, or null for a library. */
function targetLayer(file: SourceFile, specifier: string): string | null {
	if (specifier.startsWith('$lib/')) return layerOf(`src/lib/${specifier.slice(5)}/`);
	if (specifier.startsWith('.')) return layerOf(posix.join(posix.dirname(file.path), specifier));
	return null;
}

const files = sourceFiles('src').filter(({ path }) => !path.endsWith('.d.ts'));
const libraryOf = (specifier: string): string =>
	specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');

it('reads a source at all', () => {
	expect(files.length).toBeGreaterThan(50);
	expect(files.flatMap(importsOf)).toContain('$lib/domain/ids');
});

describe('imports', () => {
	it('run down only, and neighbours do not know each other', () => {
		const upward = files.flatMap((file) => {
			const layer = layerOf(file.path);
			const allowed = [layer, ...(MAY_IMPORT[layer] ?? [])];
			return importsOf(file)
				.filter((specifier) => {
					const target = targetLayer(file, specifier);
					return target !== null && !(allowed.includes(target) || (target === 'pages' && layer === 'endpoints'));
				})
				.map((specifier) => `${file.path} imports ${specifier}`);
		});
		expect(upward).toEqual([]);
	});

	it('of a library stay in the layer that owns it', () => {
		const strays = files.flatMap((file) =>
			importsOf(file)
				.filter((specifier) => LIBRARIES[libraryOf(specifier)]?.includes(layerOf(file.path)) === false)
				.map((specifier) => `${file.path} imports ${specifier}`)
		);
		expect(strays).toEqual([]);
	});

	it('of the domain are its own files and pure libraries', () => {
		const impure = files
			.filter(({ path }) => layerOf(path) === 'domain')
			.flatMap((file) => importsOf(file).map((specifier) => ({ file, specifier })))
			.filter(
				({ specifier }) => !/^(\.|\$lib\/domain\/)/.test(specifier) && !PURE_LIBRARIES.includes(libraryOf(specifier))
			);
		expect(impure.map(({ file, specifier }) => `${file.path} imports ${specifier}`)).toEqual([]);
	});
});

describe.each(['domain', 'import'])('the layer %s', (layer) => {
	const pure = files.filter(({ path }) => layerOf(path) === layer);

	it.each([
		['clock', /\bDate\.now\b|new Date\(\s*\)|\bperformance\./],
		['random source', /\bMath\.random\b|\bgetRandomValues\b|\brandomUUID\b/],
		['network, disk or timer', /\bfetch\(|\bindexedDB\b|\blocalStorage\b|\bnavigator\.|\bset(Timeout|Interval)\(/],
		['rune', /\$(state|derived|effect|props)\b/]
	])('knows no %s', (_what, pattern) => {
		expect(pure.filter(({ code }) => pattern.test(code)).map(({ path }) => path)).toEqual([]);
	});
});

describe('the one write door', () => {
	/** The port, its implementations, and `record-operation.ts`. */
	const MAY_APPEND = /^src\/lib\/(storage\/|domain\/operation-log\.ts|services\/record-operation\.ts)/;

	it('is record-operation: nobody else appends', () => {
		const writers = files.filter(({ code }) => /\bappendPending\b/.test(code)).map(({ path }) => path);
		expect(writers).toContain('src/lib/services/record-operation.ts');
		expect(writers.filter((path) => !MAY_APPEND.test(path))).toEqual([]);
	});
});
