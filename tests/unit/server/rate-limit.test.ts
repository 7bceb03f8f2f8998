/** Guessing slows down; honest mistakes do not. */
import { describe, expect, it } from 'vitest';
import { createAddressLimit, createRateLimit, networkOf } from '$lib/server/rate-limit';

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

describe('a limit by address', () => {
	it('slows everybody down when failures come from everywhere', () => {
		const limit = createAddressLimit(10, 1_000);
		for (let i = 0; i < 300; i++) {
			expect(limit.waitFor(`10.0.${i >> 8}.${i & 255}`, i)).toBe(0);
			limit.failed(`10.0.${i >> 8}.${i & 255}`, i);
		}
		expect(limit.waitFor('10.9.9.9', 300)).toBe(700);
		expect(limit.waitFor('10.9.9.9', 1_000)).toBe(0);
	});

	it('counts for all what no flood of names can push out', () => {
		const limit = createAddressLimit(1, 1_000_000);
		for (let i = 0; i < 30; i++) limit.failed(`first ${i}`, 1);
		for (let i = 0; i < 20_000; i++) limit.failed(`other ${i}`, 2);
		expect(limit.waitFor('another', 3)).toBeGreaterThan(0);
	});

	it('takes back for both what was right', () => {
		const limit = createAddressLimit(1, 1_000);
		for (let i = 0; i < 100; i++) {
			limit.failed('2001:db8::1', i);
			limit.forgive('2001:db8::1', i);
		}
		expect(limit.waitFor('2001:db8::1', 100)).toBe(0);
	});

	it.each([
		['192.0.2.7', '192.0.2.7'],
		['::ffff:192.0.2.7', '192.0.2.7'],
		['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2'],
		['2001:db8:1:2::9', '2001:db8:1:2'],
		['2001:db8::9', '2001:db8:0:0'],
		['fe80::1%eth0', 'fe80:0:0:0'],
		['::1', '0:0:0:0'],
		['::', '0:0:0:0'],
		['test', 'test']
	])('knows %s as %s', (address, network) => expect(networkOf(address)).toBe(network));
});
