/** Failed attempts at unlocking, and who unlocked last: each failure makes the next attempt wait longer, never for good. */
import { parseStaffId, type StaffId } from '$lib/domain/ids';
import type { Instant } from '$lib/domain/time';
import type { CounterDatabase } from './database';
import { isRow, isSequence, isTime } from './row-shape';

/** Failures of this device in a row, whoever was named: what is guessed at is the device, not one person. */
export interface Attempts {
	readonly failures: number;
	readonly lastFailureAt: Instant;
}

export interface LockState {
	readonly lastStaffId: StaffId | null;
	/** Null: nothing has failed since somebody unlocked. */
	readonly attempts: Attempts | null;
}

export interface LockStore {
	load(): Promise<LockState>;
	/** Keeps the attempts as they are now and gives them back. */
	failed(attempts: Attempts): Promise<Attempts>;
	succeeded(staffId: StaffId): Promise<void>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const ROW = 'lock';

export const afterFailure = (attempts: Attempts | null, now: Instant): Attempts => ({
	failures: (attempts?.failures ?? 0) + 1,
	lastFailureAt: now
});

/**
 * When the next attempt may be made; null: at once.
 * 1, 2, 4 … 60 s after the last failure. A clock set back ends the wait: one that jumps must not lock anybody out, and the
 * price of a guess is Argon2id's, not this pause.
 */
export function waitUntilOf(attempts: Attempts | null, now: Instant): Instant | null {
	if (!attempts || now < attempts.lastFailureAt) return null;
	const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (attempts.failures - 1), LONGEST_WAIT_MS);
	const waitUntil = (attempts.lastFailureAt + waitMs) as Instant;
	return now < waitUntil ? waitUntil : null;
}

export const createLockStore = (database: CounterDatabase): LockStore => {
	const load = async (): Promise<LockState> => {
		const row = await database.settings.get(ROW);
		return parseLockState(row);
	};
	const save = (state: LockState) => database.settings.put({ key: ROW, ...state });
	return {
		load,
		failed: (attempts) =>
			Promise.resolve(
				database.transaction('rw', database.settings, async () => {
					await save({ ...parseLockState(await database.settings.get(ROW)), attempts });
					return attempts;
				})
			),
		succeeded: async (staffId) => {
			await save({ lastStaffId: staffId, attempts: null });
		}
	};
};

/** A broken row is worth no more than none: neither may keep anybody out. */
function parseLockState(row: unknown): LockState {
	if (!isRow(row)) return { lastStaffId: null, attempts: null };
	const lastStaffId = parseStaffId(row.lastStaffId);
	return { lastStaffId: lastStaffId.ok ? lastStaffId.value : null, attempts: parseAttempts(row.attempts) };
}

const parseAttempts = (value: unknown): Attempts | null =>
	isRow(value) && isSequence(value.failures) && isTime(value.lastFailureAt)
		? { failures: value.failures, lastFailureAt: value.lastFailureAt as Instant }
		: null;
