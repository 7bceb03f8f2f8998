/** Files that were dropped on the page, and those in folders that were; of folders only what is ours. */

const EXTENSION = '.notschalter';
/** A folder may hold anything: so many files of it are looked at. */
const MOST_FILES = 10_000;

export const isBundleName = (name: string): boolean => name.toLowerCase().endsWith(EXTENSION);

/** Must be called in the event itself: afterwards the browser has forgotten what was dropped. */
export async function filesDropped(data: DataTransfer): Promise<File[]> {
	const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null);
	const plain = [...data.files];
	if (!entries.some((entry) => entry?.isDirectory)) return plain;
	const found: File[] = [];
	for (const entry of entries) if (entry) await collect(entry, found, true);
	return found;
}

async function collect(entry: FileSystemEntry, found: File[], isNamed: boolean): Promise<void> {
	if (found.length >= MOST_FILES) return;
	if (entry.isFile) {
		const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
		if (isNamed || isBundleName(file.name)) found.push(file);
		return;
	}
	const reader = (entry as FileSystemDirectoryEntry).createReader();
	for (;;) {
		// A hundred at a time, until none is left.
		const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
		if (some.length === 0) return;
		for (const one of some) await collect(one, found, false);
	}
}
