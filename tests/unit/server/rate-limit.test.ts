/** Guessing slows down; honest mistakes do not. */
import { describe, expect, it } from 'vitest';
import { createRateLimit } from '$lib/server/rate-limit';

describe('a rate limit', () => {
	it('forgives some failures, then waits until the oldest is past', () => {
		const limit = createRateLimit(3, 1_000);
		for (const at of [0, 100, 200]) {
			expect(limit.waitFor('a', at)).toBe(0);
			limit.failed('a', at);
		}
		expect(limit.waitFor('a', 300)).toBe(700);
		expect(limit.waitFor('a', 1_000)).toBe(0);
	});

	it('takes back what was counted of an attempt that was right', () => {
		const limit = createRateLimit(2, 1_000);
		limit.failed('a', 0);
		limit.failed('a', 1);
		limit.forgive('a', 1);
		expect(limit.waitFor('a', 2)).toBe(0);
		limit.forgive('b', 1);
		limit.failed('a', 2);
		expect(limit.waitFor('a', 3)).toBe(997);
	});

	it('knows names apart', () => {
		const limit = createRateLimit(1, 1_000);
		limit.failed('a', 0);
		expect(limit.waitFor('a', 1)).toBeGreaterThan(0);
		expect(limit.waitFor('b', 1)).toBe(0);
	});

	it('does not lock anybody out when the clock is set back', () => {
		const limit = createRateLimit(1, 1_000);
		limit.failed('a', 1e12);
		expect(limit.waitFor('a', 0)).toBe(0);
	});
});
