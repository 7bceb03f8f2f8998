/** „Eingang am“: now, or an earlier time with its reason when a paper is typed in later. */
import { readDate } from '$lib/domain/validators/calendar-date';
import type { EarlierReceipt } from '$lib/domain/request';
import type { Instant, LocalDate } from '$lib/domain/time';
import { instantOf } from '../text/local-time';

export interface ReceivedContent {
	readonly date: string;
	readonly time: string;
	readonly reason: string;
}
export type ReceivedError = 'incomplete' | 'in-future' | 'reason-missing';

export class ReceivedState {
	/** False: received when it is saved. */
	earlier = $state(false);
	date = $state('');
	time = $state('');
	reason = $state('');
	readonly #today: () => LocalDate;

	constructor(today: () => LocalDate) {
		this.#today = today;
	}

	readonly content: ReceivedContent | null = $derived.by(() =>
		this.earlier ? { date: this.date, time: this.time, reason: this.reason } : null
	);
	readonly #at: Instant | null = $derived.by(() => {
		const reading = readDate(this.date.trim(), this.#today(), 'past', false);
		const clock = /^(\d{1,2})[:.]?(\d{2})$/.exec(this.time.trim());
		if (reading.type !== 'date' || !clock) return null;
		return instantOf(reading.value as LocalDate, Number(clock[1]), Number(clock[2]));
	});
	readonly value: EarlierReceipt | null = $derived.by(() =>
		this.earlier && this.#at !== null ? { at: this.#at, reason: this.reason.trim() } : null
	);

	errorAt(now: number): ReceivedError | null {
		if (!this.earlier) return null;
		if (this.#at === null) return 'incomplete';
		if (this.#at > now) return 'in-future';
		return this.reason.trim() === '' ? 'reason-missing' : null;
	}

	restore(content: ReceivedContent | null): void {
		this.earlier = content !== null;
		this.date = content?.date ?? '';
		this.time = content?.time ?? '';
		this.reason = content?.reason ?? '';
	}
}
