/** Files that were dropped on the page, and those in folders that were; of folders only what is ours. */

const EXTENSION = '.notschalter';
/** A folder may hold anything: so many files are taken at once. */
const MOST_FILES = 10_000;

export interface DroppedFiles {
	readonly files: readonly File[];
	/** Names of files and folders that could not be opened, e.g. because the stick was pulled out. */
	readonly unreadable: readonly string[];
	/** There are more than are taken at once. */
	readonly isMoreThanTaken: boolean;
}
interface Collected extends DroppedFiles {
	readonly files: File[];
	readonly unreadable: string[];
	isMoreThanTaken: boolean;
}

export const isBundleName = (name: string): boolean => name.toLowerCase().endsWith(EXTENSION);

/** Must be called in the event itself: afterwards the browser has forgotten what was dropped. Never throws: what cannot be opened is named. */
export async function filesDropped(data: DataTransfer): Promise<DroppedFiles> {
	const dropped = [...data.items]
		.filter(({ kind }) => kind === 'file')
		.map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
	const collected: Collected = { files: [], unreadable: [], isMoreThanTaken: false };
	for (const one of dropped) {
		if (one instanceof File) take(one, collected);
		else if (one) await collect(one, collected, true);
	}
	return collected;
}

function take(file: File, collected: Collected): void {
	if (isFull(collected)) collected.isMoreThanTaken = true;
	else collected.files.push(file);
}

const isFull = ({ files }: Collected): boolean => files.length >= MOST_FILES;

/** `isNamed`: a person has dropped this very one, so it is taken whatever its name is. What cannot be opened costs the others nothing. */
async function collect(entry: FileSystemEntry, collected: Collected, isNamed: boolean): Promise<void> {
	if (collected.isMoreThanTaken || (entry.isFile && !isNamed && !isBundleName(entry.name))) return;
	if (entry.isFile && isFull(collected)) return void (collected.isMoreThanTaken = true);
	try {
		if (entry.isFile) take(await fileOf(entry as FileSystemFileEntry), collected);
		else for await (const one of entriesOf(entry as FileSystemDirectoryEntry)) await collect(one, collected, false);
	} catch {
		// Told by its name, whatever the browser's reason: what could be opened is read.
		collected.unreadable.push(entry.name);
	}
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
	new Promise((resolve, reject) => entry.file(resolve, reject));

async function* entriesOf(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
	const reader = folder.createReader();
	for (;;) {
		// A hundred at a time, until none is left.
		const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
		if (some.length === 0) return;
		yield* some;
	}
}
