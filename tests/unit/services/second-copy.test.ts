/** The second copy as the first one’s writers see it: it never makes a save fail, and never claims to be whole when it is not. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Journal, JournalEntry } from '$lib/domain/journal';
import { err, ok } from '$lib/domain/result';
import { createSecondCopy } from '$lib/services/second-copy';
import type { WindowMessage } from '$lib/services/window-channel';
import { aSave } from '../../fixtures/journal-entries';
import { createTestChannels } from '../../support/test-app';

const RETRY_MS = 10_000;
const REFUSED = err({ type: 'not-written', name: 'QuotaExceededError' } as const);

let answer: Journal['append'];
let written: JournalEntry[];
let isCompleted: boolean;
let completions: number;
let told: WindowMessage[];
let channels: ReturnType<typeof createTestChannels>;

beforeEach(() => {
	vi.useFakeTimers();
	written = [];
	completions = 0;
	isCompleted = true;
	answer = async (entries) => {
		written.push(...entries);
		return ok(undefined);
	};
	channels = createTestChannels();
	({ told } = channels);
});
afterEach(() => void vi.useRealTimers());

const open = (during: () => void = () => undefined) =>
	createSecondCopy({
		journal: {
			append: (...args) => answer(...args),
			read: () => Promise.reject(new Error('not asked for')),
			compact: () => Promise.reject(new Error('not asked for'))
		},
		channel: channels.open(),
		complete: async () => {
			completions++;
			during();
			return isCompleted;
		}
	});

function compared(during?: () => void) {
	const copy = open(during);
	copy.compared(true);
	return copy;
}

it('is one copy before both were compared, and two when the journal lacks nothing', () => {
	const copy = open();
	expect(copy.copies).toBe(1);
	copy.compared(true);
	expect(copy.copies).toBe(2);
});

it('tells when it falls behind, to its own window and to others, and completes itself later', async () => {
	const copy = compared();
	const other = compared();
	const seen: number[] = [];
	copy.subscribe(() => seen.push(copy.copies));
	answer = async () => REFUSED;
	await copy.write([aSave(1)]);
	expect(copy.copies).toBe(1);
	expect(other.copies).toBe(1);
	expect(told).toEqual([{ type: 'copy-behind' }]);
	await vi.advanceTimersByTimeAsync(RETRY_MS);
	expect([copy.copies, other.copies]).toEqual([2, 2]);
	expect(completions).toBe(2);
	expect(seen).toEqual([1, 2]);
});

it('tries again for as long as it takes, ever more seldom', async () => {
	const copy = compared();
	answer = async () => REFUSED;
	isCompleted = false;
	await copy.write([aSave(1)]);
	await vi.advanceTimersByTimeAsync((1 + 2 + 4 + 6 + 6) * RETRY_MS);
	expect(completions).toBe(5);
	expect(copy.copies).toBe(1);
	isCompleted = true;
	await vi.advanceTimersByTimeAsync(6 * RETRY_MS);
	expect(copy.copies).toBe(2);
});

it('is not whole after a completion during which something was written to the database alone', async () => {
	let writeMeanwhile = true;
	const copy = compared(() => {
		if (writeMeanwhile) void copy.write([aSave(2)]);
		writeMeanwhile = false;
	});
	answer = async () => REFUSED;
	await copy.write([aSave(1)]);
	await vi.advanceTimersByTimeAsync(RETRY_MS);
	expect(copy.copies).toBe(1);
	await vi.advanceTimersByTimeAsync(RETRY_MS);
	expect(copy.copies).toBe(2);
});

it('is not whole after a comparison during which something was written to the database alone', async () => {
	const copy = open();
	copy.comparing();
	await copy.write([aSave(1)]);
	copy.compared(true);
	expect(copy.copies).toBe(1);
	await vi.advanceTimersByTimeAsync(RETRY_MS);
	expect(copy.copies).toBe(2);
});

it('lets no save wait for a worker that hangs, and asks that nothing be written after it was given up', async () => {
	const copy = compared();
	let notAfter = Infinity;
	answer = (_, until = Infinity) => {
		notAfter = until;
		return new Promise(() => undefined);
	};
	const begun = Date.now();
	const writing = copy.write([aSave(1)]);
	await vi.advanceTimersByTimeAsync(8_000);
	await writing;
	expect(copy.copies).toBe(1);
	expect(notAfter).toBeLessThan(begun + 8_000);
	await copy.write([aSave(2)]);
});

it('writes what it is given while it is whole', async () => {
	const copy = compared();
	await copy.write([aSave(1)]);
	expect(written).toEqual([aSave(1)]);
	copy.stop();
	await vi.advanceTimersByTimeAsync(10 * RETRY_MS);
	expect(completions).toBe(0);
});
