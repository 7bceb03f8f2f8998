/** The next version of the app, built from a copy of the sources with a few lines changed, and a server that changes from this to that. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SOURCES = ['src', 'static', 'scripts', 'package.json', 'svelte.config.js', 'tsconfig.json', 'vite.config.ts'];
const SERVED = ['build', 'scripts', 'src/lib/server', 'package.json'];
const BUILD_LIMIT_MS = 180_000;

interface Patch {
	readonly file: string;
	readonly from: string;
	readonly to: string;
}

/** What the next version does otherwise. It says on the console when its upgrade of the database begins and ends. */
const PATCHES: readonly Patch[] = [
	{
		file: 'src/lib/storage/database.ts',
		from: 'const VERSION = 1;',
		to: 'const VERSION = 2;'
	},
	{
		file: 'src/lib/storage/database.ts',
		from: 'dexie.version(VERSION).stores(SCHEMA_1);',
		to: `dexie.version(1).stores(SCHEMA_1);
	dexie.version(VERSION).stores({ copies: '++id' }).upgrade(async (upgrade) => {
		console.info('upgrade begins');
		await upgrade.table('settings').each((row) => void upgrade.table('copies').add({ row }));
		console.info('upgrade ends');
	});`
	},
	// Notes are of a kind that this version does not know.
	{ file: 'src/lib/domain/operation-codec.ts', from: 'const NEWEST_VERSION = 1;', to: 'const NEWEST_VERSION = 2;' },
	{
		file: 'src/lib/services/record-operation.ts',
		from: 'version: 1,',
		to: "version: type === 'request-note-added' ? 2 : 1,"
	}
];

export class Versions {
	/** Where the served app is: first this version, then the next. */
	readonly root: string;
	readonly #next: string;

	private constructor(root: string, next: string) {
		this.root = root;
		this.#next = next;
	}

	/** Builds the next version; this one is built already. */
	static async prepare(): Promise<Versions> {
		const [root, next] = await Promise.all([emptyFolder('now'), emptyFolder('next')]);
		for (const part of SERVED) await cp(part, join(root, part), { recursive: true });
		for (const part of SOURCES) await cp(part, join(next, part), { recursive: true });
		for (const folder of [root, next]) await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
		for (const patch of PATCHES) await apply(next, patch);
		await promisify(execFile)(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], {
			cwd: next,
			timeout: BUILD_LIMIT_MS
		});
		return new Versions(root, next);
	}

	/** What the server serves from its next start on. */
	async bring(version: 'this' | 'next'): Promise<void> {
		const build = join(this.root, 'build');
		await rm(build, { recursive: true });
		await cp(join(version === 'this' ? process.cwd() : this.#next, 'build'), build, { recursive: true });
	}

	async dispose(): Promise<void> {
		for (const folder of [this.root, this.#next]) await rm(folder, { recursive: true, force: true });
	}
}

const emptyFolder = (name: string): Promise<string> => mkdtemp(join(tmpdir(), `notschalter-version-${name}-`));

async function apply(folder: string, { file, from, to }: Patch): Promise<void> {
	const path = join(folder, file);
	const source = await readFile(path, 'utf8');
	if (source.split(from).length !== 2) throw new Error(`„${from}“ does not stand once in ${file}`);
	await writeFile(
		path,
		source.replace(from, () => to)
	);
}
