import { describe, expect, it } from 'vitest';
import type { DeviceId } from '$lib/domain/ids';
import type { Head } from '$lib/domain/operation-log';
import { countHeldBack, countOnNoServer, countUnsent } from '$lib/services/unsent';

const a = 'a'.repeat(32) as DeviceId;
const b = 'b'.repeat(32) as DeviceId;
const head = (sequence: number, beyond: Head['beyond'] = []): Head => ({
	sequence,
	chainValue: new Uint8Array(32),
	beyond
});

describe('countUnsent', () => {
	it('is nothing for equal heads', () => expect(countUnsent(new Map([[a, head(7)]]), new Map([[a, head(7)]]))).toBe(0));
	it('counts devices the server does not know', () =>
		expect(
			countUnsent(
				new Map([
					[a, head(7)],
					[b, head(3)]
				]),
				new Map([[a, head(5)]])
			)
		).toBe(5));
	it('counts what lies beyond a gap', () =>
		expect(countUnsent(new Map([[a, head(2, [[5, 9]])]]), new Map([[a, head(2, [[8, 20]])]]))).toBe(3));
	it('is never negative when the server holds more', () =>
		expect(countUnsent(new Map([[a, head(2)]]), new Map([[a, head(9)]]))).toBe(0));
});

describe('countOnNoServer', () => {
	it('takes all servers together', () =>
		expect(
			countOnNoServer(new Map([[a, head(10)]]), [new Map([[a, head(4)]]), new Map([[a, head(0, [[5, 8]])]])])
		).toBe(2));
	it('is everything without a server', () => expect(countOnNoServer(new Map([[a, head(10)]]), [])).toBe(10));
});

describe('countHeldBack', () => {
	const ours = new Map([
		[a, head(10)],
		[b, head(3)]
	]);
	it('counts devices that nobody vouches for and no server knows', () =>
		expect(countHeldBack(ours, [new Map([[a, head(10)]])], [], new Set([a]))).toBe(3));
	it('is nothing once somebody vouches, or a server knows the device', () => {
		expect(countHeldBack(ours, [], [], new Set([a, b]))).toBe(0);
		expect(countHeldBack(ours, [new Map([[b, head(1)]])], [], new Set([a]))).toBe(0);
	});
	it('leaves out what a device told by carrier that it holds', () =>
		expect(countHeldBack(ours, [new Map([[a, head(10)]])], [new Map([[b, head(2)]])], new Set([a]))).toBe(1));
});
