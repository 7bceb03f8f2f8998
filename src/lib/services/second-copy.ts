/** Whether the second copy holds all that the first does; what did not reach it is completed in the background. */
import type { Journal, JournalEntry, JournalError } from '$lib/domain/journal';
import type { WindowChannel } from './window-channel';
import type { Unsubscribe } from './workspace';

export interface SecondCopy {
	/** How many copies hold everything that was shown as saved. */
	readonly copies: 1 | 2;
	subscribe(listener: () => void): Unsubscribe;
	/** Resolves when it is on the disk, or when it is known that it is not; a save never fails by it. */
	write(entries: readonly JournalEntry[]): Promise<void>;
	/** Before both copies are compared, and after: true when the journal lacks nothing. */
	comparing(): void;
	compared(isWhole: boolean): void;
	stop(): void;
}

export interface SecondCopyPorts {
	readonly journal: Journal;
	readonly channel: WindowChannel;
	/** For a worker of a page that has compared the copies already: nothing is known otherwise before they were compared once. */
	readonly isWhole?: boolean;
	/** Compares both copies; true when the journal lacks nothing afterwards. */
	complete(): Promise<boolean>;
	/** Shortened in tests. */
	readonly retryAfterMs?: number;
	readonly givenUpAfterMs?: number;
}

/** A save does not wait longer for its second copy; a worker that hangs must not hold up a counter. */
const GIVEN_UP_AFTER_MS = 8_000;
/** The journal refuses what comes later than this part of it, so that nothing given up is written after all. */
const REFUSED_AFTER = 0.5;
const RETRY_AFTER_MS = 10_000;
/** Each comparison reads both copies: where it goes on failing, more seldom. */
const SLOWEST_RETRY = 6;

export function createSecondCopy(ports: SecondCopyPorts): SecondCopy {
	const { journal, channel, retryAfterMs = RETRY_AFTER_MS, givenUpAfterMs = GIVEN_UP_AFTER_MS } = ports;
	const listeners = new Set<() => void>();
	let { isWhole = false } = ports;
	/** Something was written to the database alone since the last comparison began. */
	let missed = false;
	let failures = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let stopped = false;

	const set = (whole: boolean) => {
		if (whole === isWhole) return;
		isWhole = whole;
		for (const listener of listeners) listener();
	};
	const retryLater = () => {
		clearTimeout(timer);
		if (!stopped) timer = setTimeout(() => void retry(), retryAfterMs * Math.min(2 ** failures, SLOWEST_RETRY));
	};
	async function retry(): Promise<void> {
		missed = false;
		const whole = await ports.complete().catch(() => false);
		if (stopped) return;
		failures = whole ? 0 : failures + 1;
		if (whole && !missed) set(true);
		else retryLater();
	}
	const fallBehind = () => {
		missed = true;
		set(false);
		retryLater();
	};

	async function append(entries: readonly JournalEntry[]): Promise<boolean> {
		let giveUp: ReturnType<typeof setTimeout> | undefined;
		const givenUp = new Promise<boolean>((resolve) => {
			giveUp = setTimeout(() => resolve(false), givenUpAfterMs);
		});
		const appended = journal.append(entries, Date.now() + REFUSED_AFTER * givenUpAfterMs).then(isOk, () => false);
		const done = await Promise.race([appended, givenUp]);
		clearTimeout(giveUp);
		return done;
	}

	// Another window could not write its part: the copy is one, for all of them.
	const unlisten = channel.listen((message) => {
		if (message.type === 'copy-behind') fallBehind();
	});

	return {
		get copies() {
			return isWhole ? 2 : 1;
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		write: async (entries) => {
			if (!isWhole) {
				// What is lacking already would leave a hole before it; the comparison brings both.
				missed = true;
				return;
			}
			if (await append(entries)) return;
			fallBehind();
			channel.tell({ type: 'copy-behind' });
		},
		comparing: () => void (missed = false),
		compared: (whole) => {
			set(whole && !missed);
			if (!isWhole) retryLater();
		},
		stop: () => {
			stopped = true;
			clearTimeout(timer);
			unlisten();
		}
	};
}

const isOk = (result: { readonly ok: boolean; readonly error?: JournalError }): boolean => result.ok;
