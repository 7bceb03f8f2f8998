/** One loop that answers what waits together, so that one commit serves many; nobody is answered before it (docs/decisions/0027). */
import { err, ok, type Result } from '$lib/domain/result';
import { createFairQueue, type Amount, type Sized } from './fair-queue';

export interface CommitLoopPorts<Call, Answer> {
	/** What may wait; more is refused. */
	readonly limit: Amount;
	/** What is answered together. */
	readonly atOnce: Amount;
	/** Answers in the order of the calls, all that they say committed. Throws: nothing is answered. */
	together(calls: readonly Call[]): Promise<readonly Answer[]>;
	/** The fault would meet each call alone as well: the disk, not one call. */
	meetsAll(fault: unknown): boolean;
	/** A moment for calls that are just arriving. */
	gather(): Promise<void>;
}

export interface CommitLoop<Call, Answer> {
	/** `owner`: whose turn the call takes. The error says that it was not taken on at all: too many wait. */
	submit(owner: string, call: Call): Promise<Result<Answer, { readonly type: 'overloaded' }>>;
}

interface Waiting<Call, Answer> extends Sized {
	readonly call: Call;
	settle(outcome: Result<Answer, unknown>): void;
	refuse(): void;
}

export function createCommitLoop<Call extends Sized, Answer>(
	ports: CommitLoopPorts<Call, Answer>
): CommitLoop<Call, Answer> {
	const queue = createFairQueue<Waiting<Call, Answer>>(ports.limit);
	let isRunning = false;

	async function run(): Promise<void> {
		isRunning = true;
		while (queue.size > 0) {
			await ports.gather();
			const waiting = queue.take(ports.atOnce);
			const outcomes = await outcomesOf(
				ports,
				waiting.map(({ call }) => call)
			);
			for (const [i, one] of waiting.entries()) one.settle(outcomes[i] ?? err(new Error('a call got no answer')));
		}
		isRunning = false;
	}

	return {
		submit: (owner, call) =>
			new Promise((resolve, reject) => {
				const waiting: Waiting<Call, Answer> = {
					call,
					sizeBytes: call.sizeBytes,
					settle: (outcome) => (outcome.ok ? resolve(ok(outcome.value)) : reject(outcome.error)),
					refuse: () => resolve(err({ type: 'overloaded' }))
				};
				for (const dropped of queue.add(owner, waiting)) dropped.refuse();
				if (!isRunning) void run();
			})
	};
}

/** A fault that is one call's own must not fail the others: each is tried alone. Done twice is done once (SY1). */
async function outcomesOf<Call, Answer>(
	ports: CommitLoopPorts<Call, Answer>,
	calls: readonly Call[]
): Promise<readonly Result<Answer, unknown>[]> {
	try {
		return (await ports.together(calls)).map((answer) => ok(answer));
	} catch (fault) {
		if (calls.length === 1 || ports.meetsAll(fault)) return calls.map(() => err(fault));
	}
	const outcomes: Result<Answer, unknown>[] = [];
	for (const call of calls) outcomes.push(...(await outcomesOf(ports, [call])));
	return outcomes;
}
