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

/** The largest honest file tells of itself within seconds, on a slow counter PC within ten times as many; what is silent for longer wants to hold up the counter. In ms. */
export const READER_PATIENCE_MS = 90_000;

export type ReadOutcome =
	| ImportReading
	| { readonly type: 'stopped' }
	| { readonly type: 'reader-failed' }
	| { readonly type: 'took-too-long' };

export async function readSource(
	startReader: StartReader,
	source: ImportSource,
	options: ImportOptions,
	{ onProgress, signal }: LongWork
): Promise<ReadOutcome> {
	const patience = createPatience();
	const reader = startReader((progress) => {
		patience.renew();
		onProgress(progress);
	});
	const stopped = new Promise<'stopped'>((resolve) => {
		if (signal.aborted) resolve('stopped');
		signal.addEventListener('abort', () => resolve('stopped'));
	});
	const read = async (): Promise<ImportReading> => {
		const { reading, count } = await reader.calls.read(source, options);
		if (reading.type !== 'read') return reading;
		const entries: ImportedAppointment[] = [];
		while (entries.length < count && !signal.aborted) {
			entries.push(...(await reader.calls.entries(entries.length, entries.length + PIECE)));
			patience.renew();
		}
		return { ...reading, entries };
	};
	try {
		const outcome = await Promise.race([read(), reader.broken, stopped, patience.ended]);
		return typeof outcome === 'string' ? { type: outcome } : outcome;
	} catch {
		return { type: 'reader-failed' };
	} finally {
		patience.forget();
		reader.stop();
	}
}

function createPatience() {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let end: (outcome: 'took-too-long') => void = () => undefined;
	const ended = new Promise<'took-too-long'>((resolve) => (end = resolve));
	const forget = (): void => clearTimeout(timer);
	const renew = (): void => {
		forget();
		timer = setTimeout(() => end('took-too-long'), READER_PATIENCE_MS);
	};
	renew();
	return { ended, renew, forget };
}
