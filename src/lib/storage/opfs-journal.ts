/** The journal in the Origin Private File System: numbered files (generations), of which the newest is appended to by all windows in turn. */
import type { Journal, JournalDamage, JournalEntry, JournalError, JournalReading } from '$lib/domain/journal';
import {
	encodeEntries,
	encodeJournal,
	encodeJournalHeader,
	HEADER_BYTES,
	readJournal,
	type JournalFile
} from '$lib/domain/journal-codec';
import { entriesOf, foldJournal } from '$lib/domain/journal-content';
import { err, ok, type Result } from '$lib/domain/result';
import { nameOfError } from './not-written';
import { isShared, openFile, openRoot, readAll, writeFlushed, type Folder, type SyncAccessHandle } from './opfs-files';

const FOLDER = 'journal';
const FILE_NAME = /^(\d{8})\.journal$/;
const fileName = (generation: number): string => `${String(generation).padStart(8, '0')}.journal`;
/** Below this a new generation is not worth its writing. */
const WORTH_COMPACTING_BYTES = 256 * 1024;

export const journalLock = (name: string): string => `notschalter.journal.${name}`;

interface Generation {
	readonly number: number;
	readonly handle: SyncAccessHandle;
	readonly bytes: Uint8Array;
	readonly file: JournalFile;
}

/** Works in a dedicated worker only. `name`: that of the database it is the second copy of. */
export function createOpfsJournal(name: string): Journal {
	let folder: Folder | null = null;
	/** The file that is appended to; kept open where handles can be shared. */
	let current: { readonly generation: number; readonly handle: SyncAccessHandle } | null = null;
	/** What lived in the files when they were last written anew or weighed. */
	let liveBytes: number | null = null;

	const open = async (): Promise<Folder> => {
		if (folder) return folder;
		const all = await (await openRoot()).getDirectoryHandle(FOLDER, { create: true });
		return (folder = await all.getDirectoryHandle(name, { create: true }));
	};
	const letGo = () => {
		current?.handle.close();
		current = null;
	};

	/** One window after the other; whatever fails is an answer, and the next call begins from scratch. */
	const inTurn = <T>(step: (folder: Folder) => Promise<Result<T, JournalError>>): Promise<Result<T, JournalError>> =>
		navigator.locks.request(journalLock(name), async () => {
			try {
				return await step(await open());
			} catch (error) {
				folder = null;
				letGo();
				return err({ type: 'not-written', name: nameOfError(error) });
			} finally {
				if (current && !isShared(current.handle)) letGo();
			}
		});

	/** The newest file that may be appended to. A file emptied under us has given way to a newer one. */
	async function newest(folder: Folder): Promise<Result<SyncAccessHandle, JournalError>> {
		if (current && current.handle.getSize() >= HEADER_BYTES) return ok(current.handle);
		letGo();
		let generation = (await generationsIn(folder)).at(-1) ?? 1;
		let handle = await openFile(folder, fileName(generation), true);
		const { kind } = readJournal(readAll(handle));
		if (kind === 'newer') {
			handle.close();
			return err({ type: 'newer-version' });
		}
		if (kind === 'foreign') {
			handle.close();
			handle = await openFile(folder, fileName(++generation), true);
		}
		current = { generation, handle };
		return ok(handle);
	}

	async function readGenerations(folder: Folder): Promise<Generation[]> {
		letGo();
		const found: Generation[] = [];
		for (const number of await generationsIn(folder)) {
			const handle = await openFile(folder, fileName(number), false);
			const bytes = readAll(handle);
			found.push({ number, handle, bytes, file: readJournal(bytes) });
		}
		return found;
	}

	/** Reads all files; they are closed afterwards, whatever happens. */
	async function withGenerations<T>(
		folder: Folder,
		use: (generations: readonly Generation[]) => Promise<Result<T, JournalError>>
	): Promise<Result<T, JournalError>> {
		const generations = await readGenerations(folder);
		try {
			if (generations.some(({ file }) => file.kind === 'newer')) return err({ type: 'newer-version' });
			return await use(generations);
		} finally {
			for (const { handle } of generations) handle.close();
		}
	}

	async function writeGeneration(folder: Folder, generations: readonly Generation[], bytes: Uint8Array): Promise<void> {
		const next = fileName((generations.at(-1)?.number ?? 0) + 1);
		const handle = await openFile(folder, next, true);
		try {
			writeFlushed(handle, bytes, 0);
		} catch (error) {
			handle.close();
			await folder.removeEntry(next).catch(() => undefined);
			throw error;
		}
		handle.close();
		for (const { number, handle: old, file } of generations) {
			if (file.kind === 'foreign') continue;
			// Emptied first: another window that holds it open sees by this that it has given way. It is removed at some later start.
			old.truncate(0);
			old.flush();
			old.close();
			await folder.removeEntry(fileName(number)).catch(() => undefined);
		}
	}

	return {
		append: (entries, notAfter = Infinity) => {
			const bytes = encodeEntries(entries);
			return inTurn(async (folder) => {
				if (Date.now() > notAfter) return err({ type: 'not-written', name: 'TimeoutError' });
				const opened = await newest(folder);
				if (!opened.ok) return opened;
				const handle = opened.value;
				if (handle.getSize() < HEADER_BYTES) {
					handle.truncate(0);
					writeFlushed(handle, encodeJournalHeader(), 0);
				}
				writeFlushed(handle, bytes, handle.getSize());
				// What is deleted under an open handle takes bytes as before: they would be nowhere.
				await folder.getFileHandle(fileName(current?.generation ?? 0), { create: false });
				return ok(undefined);
			});
		},
		read: () =>
			inTurn((folder) =>
				withGenerations(folder, async (generations) => {
					for (const { handle, bytes, file } of generations)
						if (file.kind === 'ours' && file.tornBytes > 0) handle.truncate(bytes.length - file.tornBytes);
					return ok(readingOf(generations));
				})
			),
		compact: (always = false) =>
			inTurn(async (folder) => {
				if (!always && liveBytes !== null && current && !isWorthIt(current.handle.getSize(), liveBytes))
					return ok(false);
				return withGenerations(folder, async (generations) => {
					const { content, sizeBytes } = readingOf(generations);
					const bytes = encodeJournal([...entriesOf(content)]);
					liveBytes = bytes.length;
					if (!always && !isWorthIt(sizeBytes, liveBytes)) return ok(false);
					await writeGeneration(folder, generations, bytes);
					return ok(true);
				});
			})
	};
}

const isWorthIt = (sizeBytes: number, liveBytes: number): boolean =>
	sizeBytes > 2 * liveBytes && sizeBytes - liveBytes > WORTH_COMPACTING_BYTES;

async function generationsIn(folder: Folder): Promise<number[]> {
	const numbers: number[] = [];
	for await (const name of folder.keys()) {
		const [, digits] = FILE_NAME.exec(name) ?? [];
		if (digits) numbers.push(Number(digits));
	}
	return numbers.sort((a, b) => a - b);
}

function readingOf(generations: readonly Generation[]): JournalReading {
	const entries: JournalEntry[] = generations.flatMap(({ file }) => file.entries);
	const sum = (of: (generation: Generation) => number) => generations.reduce((all, one) => all + of(one), 0);
	const damage: JournalDamage = {
		places: sum(({ file }) => file.places),
		bytes: sum(({ file }) => file.lostBytes),
		tornBytes: sum(({ file }) => file.tornBytes),
		foreignFiles: sum(({ file }) => (file.kind === 'foreign' ? 1 : 0))
	};
	return { content: foldJournal(entries), damage, sizeBytes: sum(({ bytes }) => bytes.length) };
}
