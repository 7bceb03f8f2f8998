/** What went wrong with a server, as screens tell it. */
import type { TransportError } from '$lib/sync/transport';
import type { ServerError } from './workspace';

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
			return error.status === 429
				? { type: 'too-many-attempts', retryAfterMs: error.retryAfterMs ?? 60_000 }
				: { type: 'server-fault', status: error.status, title: error.problem ?? '' };
		case 'needs-sign-in':
			if (error.clockOffsetMs !== null && Math.abs(error.clockOffsetMs) > CLOCK_LIMIT_MS)
				return { type: 'clock-too-far-off', offsetMs: error.clockOffsetMs };
			return isKnownProblem(error.problem) ? { type: error.problem } : { type: 'unknown-device' };
		case 'too-large':
			return { type: 'server-fault', status: 413, title: 'too-large' };
		case 'refused':
			// Its data are gone or begun anew: what is to be done is the same as where it does not know the device.
			if (error.problem === 'unknown-space') return { type: 'unknown-device' };
			return isKnownProblem(error.problem)
				? { type: error.problem }
				: { type: 'server-fault', status: error.status, title: error.problem };
	}
}
