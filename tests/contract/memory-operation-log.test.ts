/** The contract of the operation log, against the one in memory that other tests stand on. */
import { createMemoryOperationLog } from '../support/memory-operation-log';
import { describeOperationLog } from './operation-log.contract';

describeOperationLog('memory', async () => {
	const drafts = new Set<string>();
	let refusal: string | null = null;
	let clock = 0;
	const log = createMemoryOperationLog({
		drafts,
		now: () => clock,
		beforeCommit: () => {
			const name = refusal;
			refusal = null;
			if (name) throw new DOMException('', name);
		}
	});
	return {
		log,
		putDraft: async (id) => void drafts.add(id),
		hasDraft: async (id) => drafts.has(id),
		refuseNext: (name) => (refusal = name),
		setClock: (ms) => (clock = ms),
		reopen: async () => log,
		close: async () => undefined
	};
});
