import { describe, expect, it } from 'vitest';
import type { DeviceId } from '$lib/domain/ids';
import type { Head } from '$lib/domain/operation-log';
import { countOnNoServer, countUnsent } from '$lib/services/unsent';

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
