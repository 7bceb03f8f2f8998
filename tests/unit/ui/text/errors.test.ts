import { describe, expect, it } from 'vitest';
import { errorText, whatHappened, type AnyError } from '$lib/ui/text/errors';

const ERRORS: readonly AnyError[] = [
	{ type: 'unreachable' },
	{ type: 'not-our-server' },
	{ type: 'wrong-code' },
	{ type: 'code-used' },
	{ type: 'code-expired' },
	{ type: 'device-revoked' },
	{ type: 'unknown-device' },
	{ type: 'other-space' },
	{ type: 'clock-too-far-off', offsetMs: -90_000_000 },
	{ type: 'too-many-attempts', retryAfterMs: 4_000 },
	{ type: 'server-busy', retryAfterMs: 90_000 },
	{ type: 'server-cannot-store', retryAfterMs: 30_000 },
	{ type: 'message-too-large' },
	{ type: 'device-fault' },
	{ type: 'server-fault', status: 500, title: 'secret detail' },
	{ type: 'malformed-code' },
	{ type: 'wrong-password', waitMs: 0 },
	{ type: 'wrong-password', waitMs: 4_000 },
	{ type: 'wait', waitMs: 61_000 },
	{ type: 'wrong-recovery-key' },
	{ type: 'unsafe-parameters' },
	{ type: 'data-key-not-vouched-for' },
	{ type: 'damaged', detail: 'no-identity' },
	{ type: 'not-written', name: 'QuotaExceededError' },
	{ type: 'too-large', bytes: 70_000 },
	{ type: 'locked' },
	{ type: 'not-allowed' },
	{ type: 'refused', rule: 'already-done' }
];

describe('an error', () => {
	it.each(ERRORS)('$type is told in sentences, without its machine words', (error) => {
		const text = errorText(error);
		expect(text).toMatch(/^[A-ZÄÖÜ].+\.$/);
		for (const value of Object.values(error)) if (typeof value === 'string') expect(text).not.toContain(value);
	});

	it('says which way a clock is wrong', () => {
		expect(errorText({ type: 'clock-too-far-off', offsetMs: 7_200_000 })).toContain('2 Stunden nach');
		expect(errorText({ type: 'clock-too-far-off', offsetMs: -7_200_000 })).toContain('2 Stunden vor');
	});

	it('is one sentence in a list of many', () => {
		expect(whatHappened({ type: 'unreachable' })).toBe('Der Server ist nicht erreichbar.');
	});
});
