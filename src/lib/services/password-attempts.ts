/** Every place that asks for a password waits the same growing time after a wrong one: never for good, whoever guesses where. */
import { err, type Result } from '$lib/domain/result';
import type { Clock } from '$lib/domain/time';
import { afterFailure, waitUntilOf, type Attempts, type LockStore } from '$lib/storage/lock-store';
import type { UnlockError } from './workspace';

const ATTEMPTS_LOCK = 'notschalter.attempts';

type Wrong = Extract<UnlockError, { type: 'wrong-password' | 'wait' | 'wrong-recovery-key' }>;

/** Runs an attempt unless one failed a moment ago; a wrong password makes the next pause longer and is told with it. */
export async function attemptPassword<T, E extends { readonly type: string }>(
	lock: LockStore,
	clock: Clock,
	attempt: () => Promise<Result<T, E>>
): Promise<Result<T, E | Wrong>> {
	const { attempts } = await lock.load();
	const waitUntil = waitUntilOf(attempts, clock.now());
	if (waitUntil !== null) return err({ type: 'wait', waitMs: waitUntil - clock.now() });
	const done = await attempt();
	if (done.ok || (done.error.type !== 'wrong-password' && done.error.type !== 'wrong-recovery-key')) return done;
	const failed = await countFailure(lock, clock, attempts);
	const waitMs = Math.max(0, (waitUntilOf(failed, clock.now()) ?? clock.now()) - clock.now());
	return done.error.type === 'wrong-password' ? err({ type: 'wrong-password', waitMs }) : done;
}

/** Of two guesses made at once in two windows both count. On a disk that refuses this one counts for itself. */
const countFailure = (lock: LockStore, clock: Clock, known: Attempts | null): Promise<Attempts> =>
	navigator.locks
		.request(ATTEMPTS_LOCK, async () => lock.failed(afterFailure((await lock.load()).attempts, clock.now())))
		.catch(() => afterFailure(known, clock.now()));
