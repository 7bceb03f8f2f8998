/** The journal as a page has it: behind a wire to its worker, which may fail or hang without taking the page with it. */
import type { Journal, JournalError } from '$lib/domain/journal';
import { err, type Err } from '$lib/domain/result';
import type { JournalCalls } from './journal.worker';
import { startJournalWorker } from './trusted-worker';
import { callWorker } from './worker-call';

export interface StartedJournal extends Journal {
	/** Ends the worker; what was asked for and not answered may or may not be written. */
	stop(): void;
}

/** A counter must start although its second copy does not answer. */
const READ_LIMIT_MS = 30_000;

/** `name`: that of the database it is the second copy of. */
export function startJournal(name: string): StartedJournal {
	const worker = startJournalWorker();
	const calls = callWorker<JournalCalls, never>(worker, () => undefined);
	/** A worker whose script does not load answers nothing. */
	const failed = new Promise<Err<JournalError>>((resolve) =>
		worker.addEventListener('error', () => resolve(err({ type: 'not-written', name: 'WorkerError' })))
	);
	void calls.open(name);
	return {
		append: (...args) => Promise.race([calls.append(...args), failed]),
		read: () => Promise.race([calls.read(), failed, timeLimit(READ_LIMIT_MS)]),
		compact: (...args) => Promise.race([calls.compact(...args), failed]),
		stop: () => worker.terminate()
	};
}

const timeLimit = (ms: number): Promise<Err<JournalError>> =>
	new Promise((resolve) => setTimeout(() => resolve(err({ type: 'not-written', name: 'TimeoutError' })), ms));
