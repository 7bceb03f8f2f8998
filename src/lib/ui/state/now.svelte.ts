/** The time as screens show it: moves on every 15 seconds while something on the page reads it. */
import { createSubscriber } from 'svelte/reactivity';
import type { Instant, LocalDate } from '$lib/domain/time';
import { localDateOf } from '../text/format';

const STEP_MS = 15_000;

const follow = createSubscriber((update) => {
	const timer = setInterval(update, STEP_MS);
	return () => clearInterval(timer);
});

export function now(): Instant {
	follow();
	return Date.now() as Instant;
}

/** Today in the town hall. */
export const today = (): LocalDate => localDateOf(Date.now() as Instant);
