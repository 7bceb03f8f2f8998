/** OPFS in memory: folders and files with handles as Chromium gives them, for the real journal in Node. Files can be damaged and refuse. */
import type { Folder, SyncAccessHandle } from '$lib/storage/opfs-files';

interface MemoryFile {
	bytes: Uint8Array;
}

export type MemoryFiles = ReturnType<typeof createMemoryFiles>;

export function createMemoryFiles() {
	const files = new Map<string, MemoryFile>();
	let refusal: string | null = null;
	let room = Infinity;

	const handleOf = (file: MemoryFile): SyncAccessHandle => ({
		mode: 'readwrite-unsafe',
		read: (into, { at }) => {
			const part = file.bytes.subarray(at, at + into.length);
			into.set(part);
			return part.length;
		},
		write: (bytes, { at }) => {
			if (refusal) throw new DOMException('', refusal);
			const taken = bytes.subarray(0, Math.max(0, Math.min(bytes.length, room)));
			room -= taken.length;
			const grown = new Uint8Array(Math.max(file.bytes.length, at + taken.length));
			grown.set(file.bytes);
			grown.set(taken, at);
			file.bytes = grown;
			return taken.length;
		},
		truncate: (size) => void (file.bytes = file.bytes.slice(0, size)),
		flush: () => undefined,
		getSize: () => file.bytes.length,
		close: () => undefined
	});
	const folderAt = (path: string): Folder => ({
		getDirectoryHandle: async (name) => folderAt(`${path}${name}/`),
		getFileHandle: async (name, { create }) => {
			const file = files.get(path + name) ?? { bytes: new Uint8Array() };
			if (!files.has(path + name) && !create) throw new DOMException('', 'NotFoundError');
			files.set(path + name, file);
			return { createSyncAccessHandle: async () => handleOf(file) };
		},
		removeEntry: async (name) => {
			if (!files.delete(path + name)) throw new DOMException('', 'NotFoundError');
		},
		async *keys() {
			for (const name of [...files.keys()])
				if (name.startsWith(path) && !name.slice(path.length).includes('/')) yield name.slice(path.length);
		}
	});
	return {
		/** In place of `navigator.storage`. */
		storage: { getDirectory: async () => folderAt('/') },
		/** Full paths of all files, oldest first. */
		names: () => [...files.keys()].sort(),
		bytesOf: (name: string): Uint8Array => files.get(name)?.bytes ?? new Uint8Array(),
		/** As something outside the app changes a file. */
		put: (name: string, bytes: Uint8Array) => void files.set(name, { bytes }),
		clear: () => files.clear(),
		/** Every write throws this from now on; null: none does. */
		refuse: (name: string | null) => void (refusal = name),
		/** So many more bytes are taken, as on a disk that runs full. */
		leaveRoom: (bytes: number) => void (room = bytes)
	};
}
