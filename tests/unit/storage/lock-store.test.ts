/** The pause between attempts: longer after each failure, never for good, whatever the clock does. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StaffId } from '$lib/domain/ids';
import type { Instant } from '$lib/domain/time';
import { afterFailure, createLockStore, waitUntilOf, type Attempts } from '$lib/storage/lock-store';
import { openTestDatabase, removeDatabase } from '../../support/dexie-log';
import { STAFF } from '../../support/log-history';

const at = (ms: number) => ms as Instant;
const failures = (count: number, lastFailureAt: number): Attempts => ({
	failures: count,
	lastFailureAt: at(lastFailureAt)
});

describe('waitUntilOf', () => {
	it('is nothing before the first failure', () => {
		expect(waitUntilOf(null, at(0))).toBeNull();
	});

	it.each([
		[1, 1],
		[2, 2],
		[3, 4],
		[6, 32],
		[7, 60],
		[2_000, 60]
	])('after %i failures waits %i s', (count, seconds) => {
		const attempts = failures(count, 1_000_000);
		expect(waitUntilOf(attempts, at(1_000_000))).toBe(1_000_000 + seconds * 1_000);
		expect(waitUntilOf(attempts, at(1_000_000 + seconds * 1_000 - 1))).not.toBeNull();
		expect(waitUntilOf(attempts, at(1_000_000 + seconds * 1_000))).toBeNull();
	});

	it('never lies further off than a minute, whatever the clock does in between', () => {
		const clock = fc.integer({ min: 0, max: 4e12 });
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1e6 }), clock, clock, (count, lastFailureAt, now) => {
				const waitUntil = waitUntilOf(failures(count, lastFailureAt), at(now));
				expect(waitUntil ?? now).toBeGreaterThanOrEqual(now);
				expect((waitUntil ?? now) - now).toBeLessThanOrEqual(60_000);
			})
		);
	});

	it('counts failures from the first to the last', () => {
		const twice = afterFailure(afterFailure(null, at(5)), at(9));
		expect(twice).toEqual(failures(2, 9));
	});
});

describe('the lock store', () => {
	it('keeps attempts until somebody unlocks, and who that was', async () => {
		const database = await openTestDatabase();
		const store = createLockStore(database);
		expect(await store.load()).toEqual({ lastStaffId: null, attempts: null });
		await store.succeeded(STAFF);
		expect(await store.failed(failures(1, 7))).toEqual(failures(1, 7));
		expect(await store.load()).toEqual({ lastStaffId: STAFF, attempts: failures(1, 7) });
		const other = '9'.repeat(32) as StaffId;
		await store.succeeded(other);
		expect(await store.load()).toEqual({ lastStaffId: other, attempts: null });
		await removeDatabase(database);
	});

	it.each([
		{ key: 'lock', lastStaffId: 'Mustermann', attempts: { failures: 1e9, lastFailureAt: 'x' } },
		{ key: 'lock', attempts: { failures: -1, lastFailureAt: 3 } },
		{ key: 'lock' }
	])('keeps nobody out over a broken row', async (row) => {
		const database = await openTestDatabase();
		await database.settings.put(row);
		expect(await createLockStore(database).load()).toEqual({ lastStaffId: null, attempts: null });
		await removeDatabase(database);
	});
});
