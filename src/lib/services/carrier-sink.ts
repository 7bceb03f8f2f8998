/** Where a bundle is written to: a file or folder that a person chooses, or downloads of the browser. */
import { err, ok, type Result } from '$lib/domain/result';
import { writeCopyFile, writeFile } from '$lib/storage/copy-file';
import type { NotWritten } from '$lib/storage/not-written';

type Bytes = Uint8Array<ArrayBuffer>;

export interface WrittenFile {
	/** The one it really has: a person may have chosen another. Of a download it is only what the browser was asked for. */
	readonly name: string;
	readonly bytes: number;
}
export interface CarrierSink {
	/** One whole file. After an error nothing of it is left where this can be helped. */
	write(name: string, chunks: AsyncIterable<Bytes>): Promise<Result<WrittenFile, NotWritten>>;
}

/** The browser reads the address after this. */
const KEPT_MS = 60_000;

/** Asks a person; throws what the browser throws, `AbortError` when the dialog was closed. */
export async function chooseSink(isOneFile: boolean, suggestedName: string): Promise<CarrierSink> {
	if (!window.showSaveFilePicker || !window.showDirectoryPicker) throw new DOMException('', 'NotSupportedError');
	if (isOneFile) {
		const file = await window.showSaveFilePicker({ id: 'notschalter', suggestedName });
		return { write: async (_, chunks) => writtenAs(file.name, await writeFile(file, chunks)) };
	}
	const folder = await window.showDirectoryPicker({ id: 'notschalter', mode: 'readwrite' });
	return {
		write: async (name, chunks) => {
			const written = await writeCopyFile(folder, name, chunks);
			// An empty file would be taken for a part.
			if (!written.ok) await folder.removeEntry(name).catch(() => undefined);
			return writtenAs(name, written);
		}
	};
}

const writtenAs = (name: string, written: Result<number, NotWritten>): Result<WrittenFile, NotWritten> =>
	written.ok ? ok({ name, bytes: written.value }) : written;

export const downloadSink = (): CarrierSink => ({
	write: async (name, chunks) => {
		const pieces: Blob[] = [];
		try {
			// One blob each: the browser keeps them outside of the page's memory, and on the disk when they grow.
			for await (const chunk of chunks) pieces.push(new Blob([chunk]));
		} catch (error) {
			if (error instanceof DOMException) return err({ type: 'not-written', name: error.name });
			throw error;
		}
		const content = new Blob(pieces, { type: 'application/octet-stream' });
		const address = URL.createObjectURL(content);
		const link = document.createElement('a');
		link.href = address;
		link.download = name;
		link.click();
		setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
		return ok({ name, bytes: content.size });
	}
});
