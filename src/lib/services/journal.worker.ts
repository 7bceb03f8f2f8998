/** The journal in a worker of its own: only workers may write files that are flushed, and nothing else holds a save up. */
import type { Journal } from '$lib/domain/journal';
import { createOpfsJournal } from '$lib/storage/opfs-journal';
import { answerCalls, type MessageEnd } from './worker-call';

export type JournalCalls = ReturnType<typeof createJournalCalls>;

function createJournalCalls() {
	let open: (journal: Journal) => void = () => undefined;
	const opened = new Promise<Journal>((resolve) => (open = resolve));
	return {
		open: async (name: string): Promise<void> => open(createOpfsJournal(name)),
		append: async (...args: Parameters<Journal['append']>) => (await opened).append(...args),
		read: async () => (await opened).read(),
		compact: async (...args: Parameters<Journal['compact']>) => (await opened).compact(...args)
	};
}

answerCalls<never>(self as unknown as MessageEnd, createJournalCalls());
