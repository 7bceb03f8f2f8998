/** The time for countdowns: moves on every second while something on the page reads it. */
import { createSubscriber } from 'svelte/reactivity';
import type { Instant } from '$lib/domain/time';

const follow = createSubscriber((update) => {
	const timer = setInterval(update, 1_000);
	return () => clearInterval(timer);
});

export function nowToTheSecond(): Instant {
	follow();
	return Date.now() as Instant;
}
