/** Reading a file in, seen from the page: a reader of its own for each, fetched from in pieces, ended when somebody stops it. */
import type { ImportedAppointment, ImportOptions, ImportReading } from '$lib/domain/appointment-import';
import type { ImportSource, LongWork, ProgressOf } from './appointment-desk';
import type { ReaderCalls } from './import.worker';
import type { Remote } from './worker-call';

export interface StartedReader {
	readonly calls: Remote<ReaderCalls>;
	/** Rejects when the worker itself breaks, e.g. for want of memory. */
	readonly broken: Promise<never>;
	stop(): void;
}
export type StartReader = (onProgress: (progress: ProgressOf) => void) => StartedReader;

/** Entries in one message: more hold up the page. */
const PIECE = 500;

export type ReadOutcome = ImportReading | { readonly type: 'stopped' } | { readonly type: 'reader-failed' };

export async function readSource(
	startReader: StartReader,
	source: ImportSource,
	options: ImportOptions,
	{ onProgress, signal }: LongWork
): Promise<ReadOutcome> {
	const reader = startReader(onProgress);
	const stopped = new Promise<'stopped'>((resolve) => {
		if (signal.aborted) resolve('stopped');
		signal.addEventListener('abort', () => resolve('stopped'));
	});
	const read = async (): Promise<ImportReading> => {
		const { reading, count } = await reader.calls.read(source, options);
		if (reading.type !== 'read') return reading;
		const entries: ImportedAppointment[] = [];
		while (entries.length < count && !signal.aborted)
			entries.push(...(await reader.calls.entries(entries.length, entries.length + PIECE)));
		return { ...reading, entries };
	};
	try {
		const outcome = await Promise.race([read(), reader.broken, stopped]);
		return outcome === 'stopped' ? { type: 'stopped' } : outcome;
	} catch {
		return { type: 'reader-failed' };
	} finally {
		reader.stop();
	}
}
