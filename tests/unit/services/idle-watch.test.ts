import { describe, expect, it } from 'vitest';
import { COVER_AFTER_MS, createIdleMeter, idleStage, LOCK_AFTER_MS } from '$lib/services/idle-watch';

describe('idleStage', () => {
	it.each([
		[0, 'active'],
		[COVER_AFTER_MS - 1, 'active'],
		[COVER_AFTER_MS, 'cover'],
		[LOCK_AFTER_MS - 1, 'cover'],
		[LOCK_AFTER_MS, 'lock']
	])('after %d ms it is %s', (idleMs, stage) => expect(idleStage(idleMs)).toBe(stage));
});

describe('createIdleMeter', () => {
	it('counts the longer pause of two clocks', () => {
		let wall = 1_000_000;
		let monotonic = 0;
		const meter = createIdleMeter(
			() => wall,
			() => monotonic
		);
		wall += 60_000; // the machine slept: the page's own clock stood still
		expect(meter.idleMs()).toBe(60_000);
		meter.touch();
		wall -= 3_600_000; // the wall clock was set back
		monotonic += 5_000;
		expect(meter.idleMs()).toBe(5_000);
	});
});
