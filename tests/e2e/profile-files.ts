/** The files in which Chromium keeps an origin's data, and how they are damaged; only while the browser is closed. */
import { cp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Of a profile; `origin` is that of the app, http on a port of its own. */
export class ProfileFiles {
	/** LevelDB: `CURRENT` names a `MANIFEST`, that names tables (`.ldb`); what is newer than these stands in the `.log`. */
	readonly database: string;
	/** The origin private file system of all origins: a LevelDB of names, and the files under numbers. */
	readonly fileSystem: string;

	constructor(
		readonly profile: string,
		origin: string
	) {
		const { hostname, port } = new URL(origin);
		this.database = join(profile, 'Default', 'IndexedDB', `http_${hostname}_${port}.indexeddb.leveldb`);
		this.fileSystem = join(profile, 'Default', 'File System');
	}

	/** Files of the database by how they end or begin, oldest first; at least one, or the damage would be none. */
	async databaseFiles(pattern: RegExp): Promise<string[]> {
		return found(await filesIn(this.database), pattern);
	}

	/** What the app wrote into its private file system, without the browser's own LevelDB of names. */
	async privateFiles(): Promise<string[]> {
		return found(await filesIn(this.fileSystem), /\/\d{8}$/);
	}

	/** Of the browser's own LevelDB of names. */
	async fileSystemFiles(pattern: RegExp): Promise<string[]> {
		return found(await filesIn(this.fileSystem), pattern);
	}

	/** The same folder of another profile in its place. */
	async putBack(which: 'database' | 'fileSystem', other: ProfileFiles): Promise<void> {
		await rm(this[which], { recursive: true });
		await cp(other[which], this[which], { recursive: true });
	}
}

function found(files: readonly string[], pattern: RegExp): string[] {
	const matching = files.filter((file) => pattern.test(file)).sort();
	if (matching.length === 0) throw new Error(`no file matches ${pattern}: ${files.join(', ')}`);
	return matching;
}

const filesIn = async (folder: string): Promise<string[]> =>
	(await readdir(folder, { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));

/** One bit, a few bytes behind the last place where `text` stands in one of the files. */
export async function flipBitAfter(files: readonly string[], text: string): Promise<void> {
	for (const file of files.toReversed()) {
		const bytes = await readFile(file);
		const at = bytes.lastIndexOf(text, undefined, 'latin1');
		if (at >= 0) return flip(file, bytes, at + text.length + 8);
	}
	throw new Error(`“${text}” stands in none of ${files.join(', ')}`);
}

/** One bit, at a part of the file from 0 (its beginning) to 1 (its end). */
export async function flipBitAt(file: string, part: number): Promise<void> {
	const bytes = await readFile(file);
	await flip(file, bytes, Math.min(Math.floor(bytes.length * part), bytes.length - 1));
}

function flip(file: string, bytes: Buffer, at: number): Promise<void> {
	bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
	return writeFile(file, bytes);
}

/** As after a power cut: the last bytes never reached the disk. */
export async function tearOff(file: string, tailBytes: number): Promise<void> {
	const { length } = await readFile(file);
	await truncate(file, Math.max(0, length - tailBytes));
}

export const removeAll = async (files: readonly string[]): Promise<void> => {
	for (const file of files) await rm(file);
};
