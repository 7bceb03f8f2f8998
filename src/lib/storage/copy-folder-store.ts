/** The folder that the office chose for a further copy, and when it was last written to. The browser keeps the handle, not a path. */
import { ok, type Result } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import type { CounterDatabase } from './database';
import { tryToWrite, type NotWritten } from './not-written';
import { isRow, isTime } from './row-shape';

export interface CopyFolder {
	readonly handle: FileSystemDirectoryHandle;
	/** Of the two files that take turns, the one that was written whole last; null before the first. */
	readonly lastFile: 'A' | 'B' | null;
	readonly writtenAt: Instant | null;
	readonly sizeBytes: number;
}

export interface CopyFolderStore {
	load(): Promise<CopyFolder | null>;
	save(folder: CopyFolder): Promise<Result<void, NotWritten>>;
	remove(): Promise<void>;
}

const KEY = 'copyFolder';

export const createCopyFolderStore = (database: CounterDatabase): CopyFolderStore => ({
	load: async () => {
		const row = await database.settings.get(KEY);
		if (!isRow(row) || !isDirectory(row.handle)) return null;
		const { handle, lastFile, writtenAt, sizeBytes } = row;
		return {
			handle,
			lastFile: lastFile === 'A' || lastFile === 'B' ? lastFile : null,
			writtenAt: isTime(writtenAt) ? (writtenAt as Instant) : null,
			sizeBytes: typeof sizeBytes === 'number' ? sizeBytes : 0
		};
	},
	save: async (folder) => {
		const written = await tryToWrite(() => database.settings.put({ key: KEY, ...folder }));
		return written.ok ? ok(undefined) : written;
	},
	remove: () => Promise.resolve(database.settings.delete(KEY))
});

const isDirectory = (value: unknown): value is FileSystemDirectoryHandle =>
	typeof FileSystemDirectoryHandle === 'function' && value instanceof FileSystemDirectoryHandle;
