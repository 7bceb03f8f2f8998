/** The journal as a page has it: behind a wire to its worker. */
import type { Journal } from '$lib/domain/journal';
import type { JournalCalls } from './journal.worker';
import { startJournalWorker } from './trusted-worker';
import { callWorker } from './worker-call';

export interface StartedJournal extends Journal {
	/** Ends the worker; what was asked for and not answered may or may not be written. */
	stop(): void;
}

/** `name`: that of the database it is the second copy of. */
export function startJournal(name: string): StartedJournal {
	const worker = startJournalWorker();
	const calls = callWorker<JournalCalls, never>(worker, () => undefined);
	void calls.open(name);
	return {
		append: calls.append,
		read: calls.read,
		compact: calls.compact,
		stop: () => worker.terminate()
	};
}
