/** The contract of the journal, on the files of a real Chromium, each window with a worker of its own. */
import { startJournal, type StartedJournal } from '$lib/services/journal-client';
import { describeJournal, type JournalUnderTest } from './journal.contract';

async function journalInChromium(): Promise<JournalUnderTest> {
	const name = `journal-${crypto.randomUUID()}`;
	const root = await navigator.storage.getDirectory();
	const folder = async () =>
		(await root.getDirectoryHandle('journal', { create: true })).getDirectoryHandle(name, { create: true });
	let started: StartedJournal[] = [];
	const stop = () => {
		for (const journal of started) journal.stop();
		started = [];
	};
	return {
		// Begins with the first call, as a window does that is opened after a file was changed.
		open: () => {
			let journal: StartedJournal | null = null;
			const begun = () => {
				if (!journal) started.push((journal = startJournal(name)));
				return journal;
			};
			return {
				append: (...args) => begun().append(...args),
				read: () => begun().read(),
				compact: (...args) => begun().compact(...args)
			};
		},
		files: async () => {
			const found: { name: string; bytes: Uint8Array }[] = [];
			for await (const [file, handle] of (await folder()).entries())
				if (handle.kind === 'file')
					found.push({
						name: file,
						bytes: new Uint8Array(await (await (handle as FileSystemFileHandle).getFile()).arrayBuffer())
					});
			return found.sort((a, b) => (a.name < b.name ? -1 : 1));
		},
		put: async (file, bytes) => {
			stop();
			await whenFree(async () => {
				if (bytes === null) return (await folder()).removeEntry(file);
				const handle = await (await folder()).getFileHandle(file, { create: true });
				const stream = await handle.createWritable();
				await stream.write(bytes as Uint8Array<ArrayBuffer>);
				await stream.close();
			});
		},
		close: async () => {
			stop();
			await whenFree(async () => (await root.getDirectoryHandle('journal')).removeEntry(name, { recursive: true }));
		}
	};
}

/** A worker that was ended lets go of its files a moment later; only the file itself tells when. */
async function whenFree(act: () => Promise<void>): Promise<void> {
	for (;;) {
		try {
			return await act();
		} catch (error) {
			if (!(error instanceof DOMException) || error.name !== 'NoModificationAllowedError') throw error;
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	}
}

describeJournal('OPFS in Chromium', journalInChromium);
