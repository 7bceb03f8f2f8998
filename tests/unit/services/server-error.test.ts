/** Every fault of a transport becomes a sentence that screens can say; none is lost, none is thrown. */
import { describe, expect, it } from 'vitest';
import { serverErrorOf } from '$lib/services/server-error';
import type { ServerError } from '$lib/services/workspace';
import type { TransportError } from '$lib/sync/transport';

const HOUR_MS = 3_600_000;
const signIn = (problem: string, clockOffsetMs: number | null = null): TransportError => ({
	type: 'needs-sign-in',
	problem,
	clockOffsetMs
});
const busy = (status: number, retryAfterMs: number | null = null): TransportError => ({
	type: 'busy',
	status,
	problem: null,
	retryAfterMs
});
const refused = (problem: string, status = 409): TransportError => ({ type: 'refused', status, problem });

describe('serverErrorOf', () => {
	it.each<[TransportError, ServerError]>([
		[{ type: 'unreachable', cause: 'network' }, { type: 'unreachable' }],
		[{ type: 'unreachable', cause: 'timeout' }, { type: 'unreachable' }],
		[{ type: 'unreachable', cause: 'aborted' }, { type: 'unreachable' }],
		[{ type: 'not-our-server', status: 200 }, { type: 'not-our-server' }],
		[busy(429, 5_000), { type: 'too-many-attempts', retryAfterMs: 5_000 }],
		[busy(429), { type: 'too-many-attempts', retryAfterMs: 60_000 }],
		[busy(503, 5_000), { type: 'server-fault', status: 503, title: '' }],
		[
			{ type: 'busy', status: 500, problem: 'store-failed', retryAfterMs: null },
			{ type: 'server-fault', status: 500, title: 'store-failed' }
		],
		[signIn('token-expired', HOUR_MS), { type: 'clock-too-far-off', offsetMs: HOUR_MS }],
		[signIn('token-expired', -HOUR_MS), { type: 'clock-too-far-off', offsetMs: -HOUR_MS }],
		[signIn('device-revoked', 1_000), { type: 'device-revoked' }],
		[signIn('unknown-device'), { type: 'unknown-device' }],
		[signIn('something-new'), { type: 'unknown-device' }],
		[{ type: 'too-large' }, { type: 'server-fault', status: 413, title: 'too-large' }],
		[refused('unknown-space', 404), { type: 'unknown-device' }],
		[refused('something-new', 422), { type: 'server-fault', status: 422, title: 'something-new' }]
	])('%j → %j', (error, told) => expect(serverErrorOf(error)).toEqual(told));

	it.each(['wrong-code', 'code-used', 'code-expired', 'device-revoked', 'unknown-device', 'other-space'] as const)(
		'names the problem %s',
		(problem) => expect(serverErrorOf(refused(problem))).toEqual({ type: problem })
	);
});
