/** What went wrong with a server, as screens tell it. */
import type { TransportError } from '$lib/sync/transport';
import type { ServerError } from './workspace';

/** When a server does not say how long to wait. */
const RETRY_AFTER_MS = 60_000;
/** Answers that say: not now. */
const PASSING: readonly number[] = [408, 425, 429, 503];
/** Further off than this, people are told to set the clock of the device. */
const CLOCK_LIMIT_MS = 60_000;
const PROBLEMS = [
	'wrong-code',
	'code-used',
	'code-expired',
	'device-revoked',
	'unknown-device',
	'other-space'
] as const;
type KnownProblem = (typeof PROBLEMS)[number];
const isKnownProblem = (problem: string): problem is KnownProblem => (PROBLEMS as readonly string[]).includes(problem);

export function serverErrorOf(error: TransportError): ServerError {
	switch (error.type) {
		case 'unreachable':
		case 'not-our-server':
			return { type: error.type };
		case 'busy':
			return busyErrorOf(error);
		case 'needs-sign-in':
			if (error.clockOffsetMs !== null && Math.abs(error.clockOffsetMs) > CLOCK_LIMIT_MS)
				return { type: 'clock-too-far-off', offsetMs: error.clockOffsetMs };
			return isKnownProblem(error.problem) ? { type: error.problem } : { type: 'unknown-device' };
		case 'too-large':
			return { type: 'message-too-large' };
		case 'refused':
			// A server of an older version whose data are gone: what is to be done is the same as where it does not know the device.
			if (error.problem === 'unknown-space') return { type: 'unknown-device' };
			return isKnownProblem(error.problem)
				? { type: error.problem }
				: { type: 'server-fault', status: error.status, title: error.problem };
	}
}

function busyErrorOf({ status, problem, retryAfterMs }: Extract<TransportError, { type: 'busy' }>): ServerError {
	const waitMs = retryAfterMs ?? RETRY_AFTER_MS;
	if (problem?.startsWith('storage-')) return { type: 'server-cannot-store', retryAfterMs: waitMs };
	if (problem === 'too-many-attempts') return { type: problem, retryAfterMs: waitMs };
	if (PASSING.includes(status)) return { type: 'server-busy', retryAfterMs: waitMs };
	return { type: 'server-fault', status, title: problem ?? '' };
}
