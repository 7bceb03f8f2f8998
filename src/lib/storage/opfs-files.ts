/** The few things that the journal asks of the Origin Private File System; only workers may ask for them. */

/** Of the standard, but in TypeScript's library of workers only. */
export interface SyncAccessHandle {
	/** Chromium from 121 on: several handles may be open. Elsewhere undefined, and a handle is exclusive. */
	readonly mode?: string;
	read(into: Uint8Array, options: { readonly at: number }): number;
	write(bytes: Uint8Array, options: { readonly at: number }): number;
	truncate(size: number): void;
	flush(): void;
	getSize(): number;
	close(): void;
}
interface FileHandle {
	createSyncAccessHandle(options: { readonly mode: string }): Promise<SyncAccessHandle>;
}
export interface Folder {
	getDirectoryHandle(name: string, options: { readonly create: boolean }): Promise<Folder>;
	getFileHandle(name: string, options: { readonly create: boolean }): Promise<FileHandle>;
	removeEntry(name: string): Promise<void>;
	keys(): AsyncIterable<string>;
}

/** The root of this origin's files. Rejects where the browser has none, as in some private windows. */
export const openRoot = async (): Promise<Folder> => (await navigator.storage.getDirectory()) as unknown as Folder;

/** A handle that leaves the file open to other windows of this device: they take turns by a Web Lock. */
export const openFile = async (folder: Folder, name: string, create: boolean): Promise<SyncAccessHandle> =>
	(await folder.getFileHandle(name, { create })).createSyncAccessHandle({ mode: 'readwrite-unsafe' });

export const isShared = (handle: SyncAccessHandle): boolean => handle.mode === 'readwrite-unsafe';

export function readAll(handle: SyncAccessHandle): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(handle.getSize());
	const length = handle.read(bytes, { at: 0 });
	return length === bytes.length ? bytes : bytes.subarray(0, length);
}

/** All of it on the disk, or the file as it was and an exception. */
export function writeFlushed(handle: SyncAccessHandle, bytes: Uint8Array, at: number): void {
	try {
		if (handle.write(bytes, { at }) !== bytes.length) throw new DOMException('', 'QuotaExceededError');
		handle.flush();
	} catch (error) {
		handle.truncate(at);
		throw error;
	}
}
