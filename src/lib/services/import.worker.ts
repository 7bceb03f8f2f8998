/** Reads an import file in a thread of its own: a hostile one can be ended, and holds up nobody. */
import type { ImportedAppointment, ImportOptions, ImportReading } from '$lib/domain/appointment-import';
import { readImport, readPasted } from '$lib/import/read-import';
import type { ImportSource, ProgressOf } from './appointment-desk';
import { answerCalls, type MessageEnd } from './worker-call';

export type ReaderCalls = ReturnType<typeof createReader>;

/** What was read without its entries, which are fetched in pieces: one message of 20,000 would hold up the page. */
function createReader(tell: (progress: ProgressOf) => void) {
	let entries: readonly ImportedAppointment[] = [];
	return {
		read: async (source: ImportSource, options: ImportOptions): Promise<{ reading: ImportReading; count: number }> => {
			const onProgress = (done: number, of: number) => tell({ done, of });
			const reading =
				'file' in source
					? await readImport(await bytesOf(source.file), source.file.name, options, onProgress)
					: await readPasted(source, options);
			if (reading.type !== 'read') return { reading, count: 0 };
			({ entries } = reading);
			return { reading: { ...reading, entries: [] }, count: entries.length };
		},
		entries: (from: number, to: number): readonly ImportedAppointment[] => entries.slice(from, to)
	};
}

const bytesOf = async (file: File): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

const tellPage: (progress: ProgressOf) => void = (progress) => tell(progress);
const tell = answerCalls<ProgressOf>(self as unknown as MessageEnd, createReader(tellPage));
