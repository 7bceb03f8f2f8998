/** A USB stick in memory, as the File System Access API shows it; `after` bytes it may break. */
export function createFakeStick() {
	const contents = new Map<string, Uint8Array<ArrayBuffer>>();
	let left = Infinity;
	const fileHandle = (name: string) =>
		({
			name,
			createWritable: async () => {
				const pieces: Uint8Array<ArrayBuffer>[] = [];
				return {
					write: async (piece: Uint8Array<ArrayBuffer>) => {
						left -= piece.length;
						if (left < 0) throw new DOMException('', 'QuotaExceededError');
						pieces.push(piece.slice());
					},
					abort: async () => undefined,
					close: async () => void contents.set(name, new Uint8Array(await new Blob(pieces).arrayBuffer()))
				};
			},
			getFile: async () => new File([contents.get(name) ?? new Uint8Array()], name)
		}) as unknown as FileSystemFileHandle;
	const folder = {
		getFileHandle: async (name: string) => fileHandle(name),
		removeEntry: async (name: string) => void contents.delete(name)
	} as unknown as FileSystemDirectoryHandle;
	return {
		folder,
		fileHandle,
		contents,
		/** From now on it takes only so many bytes. */
		breakAfter: (bytes: number) => (left = bytes),
		files: (): File[] => [...contents].map(([name, bytes]) => new File([bytes], name)),
		empty: () => contents.clear()
	};
}
