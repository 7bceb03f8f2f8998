/** A file that never comes to an end does not keep a counter waiting. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ProgressOf } from '$lib/services/appointment-desk';
import { READER_PATIENCE_MS, readSource, type StartReader } from '$lib/services/import-reading';
import { OPTIONS } from '../../fixtures/import/tables';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aReader() {
	const stop = vi.fn();
	let tell: (progress: ProgressOf) => void = () => undefined;
	const start: StartReader = (onProgress) => {
		tell = onProgress;
		const calls = { read: () => new Promise<never>(() => undefined), entries: async () => [] };
		return { calls, broken: new Promise<never>(() => undefined), stop };
	};
	const work = { onProgress: vi.fn(), signal: new AbortController().signal };
	const reading = readSource(start, { text: 'x', html: '' }, OPTIONS, work);
	return { reading, stop, work, tell: (progress: ProgressOf) => tell(progress) };
}

it('is ended when it tells nothing for too long', async () => {
	const { reading, stop } = aReader();
	await vi.advanceTimersByTimeAsync(READER_PATIENCE_MS - 1);
	expect(stop).not.toHaveBeenCalled();
	await vi.advanceTimersByTimeAsync(1);
	expect(await reading).toEqual({ type: 'took-too-long' });
	expect(stop).toHaveBeenCalledOnce();
});

it('goes on as long as it tells how far it is', async () => {
	const { reading, stop, work, tell } = aReader();
	for (let done = 1; done <= 3; done++) {
		await vi.advanceTimersByTimeAsync(READER_PATIENCE_MS - 1);
		tell({ done, of: 9 });
	}
	expect(work.onProgress).toHaveBeenLastCalledWith({ done: 3, of: 9 });
	expect(stop).not.toHaveBeenCalled();
	await vi.advanceTimersByTimeAsync(READER_PATIENCE_MS);
	expect(await reading).toEqual({ type: 'took-too-long' });
});
