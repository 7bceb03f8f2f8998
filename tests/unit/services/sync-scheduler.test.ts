import { describe, expect, it } from 'vitest';
import { isDue, type Due } from '$lib/services/sync-scheduler';

const quiet: Due = { now: 1_000_000, lastAttemptAt: 1_000_000, changedAt: null, reachable: true, askedBackAt: null };

describe('isDue', () => {
	it('asks a server never asked before at once', () => expect(isDue({ ...quiet, lastAttemptAt: null })).toBe(true));
	it('asks a server that is gone every 15 seconds, so that its return is noticed within 30', () => {
		expect(isDue({ ...quiet, reachable: false, now: 1_014_999 })).toBe(false);
		expect(isDue({ ...quiet, reachable: false, now: 1_015_000 })).toBe(true);
	});
	it('exchanges a change at most every 30 seconds', () => {
		const changed = { ...quiet, changedAt: 1_001_000 };
		expect(isDue({ ...changed, now: 1_029_999 })).toBe(false);
		expect(isDue({ ...changed, now: 1_030_000 })).toBe(true);
	});
	it('lets a change settle that came a moment ago', () =>
		expect(isDue({ ...quiet, changedAt: 1_039_000, now: 1_040_000 })).toBe(false));
	it('looks for the work of others every 30 seconds', () => {
		expect(isDue({ ...quiet, now: 1_029_999 })).toBe(false);
		expect(isDue({ ...quiet, now: 1_030_000 })).toBe(true);
	});
	it('[SY10] waits as long as a busy server asked for, whatever has changed, and comes then', () => {
		const busy = { ...quiet, changedAt: 900_000, askedBackAt: 1_045_000 };
		expect(isDue({ ...busy, now: 1_044_999 })).toBe(false);
		expect(isDue({ ...busy, now: 1_045_000 })).toBe(true);
		expect(isDue({ ...busy, now: 1_004_000, askedBackAt: 1_004_000 })).toBe(true);
	});
	it('is not held up by a clock set back', () => expect(isDue({ ...quiet, now: 5 })).toBe(true));
});
