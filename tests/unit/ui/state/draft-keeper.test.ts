import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { err, ok, type Result } from '$lib/domain/result';
import type { SaveError } from '$lib/services/workspace';
import { DraftKeeper } from '$lib/ui/state/draft-keeper.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const saved = (): Promise<Result<void, SaveError>> => Promise.resolve(ok(undefined));

it('saves two seconds after the first key, however much is typed meanwhile, and says saved only then', async () => {
	const save = vi.fn(saved);
	let typed = 'M';
	const keeper = new DraftKeeper({ content: () => typed, save });
	keeper.changed();
	await vi.advanceTimersByTimeAsync(1500);
	typed = 'Mü';
	keeper.changed();
	expect(keeper.state).toBe('waiting');
	expect(save).not.toHaveBeenCalled();
	await vi.advanceTimersByTimeAsync(500);
	expect(save.mock.calls).toEqual([['Mü']]);
	expect(keeper.state).toBe('saved');
});

it('does not call saved what was typed while saving was under way', async () => {
	let finish: () => void = () => undefined;
	const save = vi.fn(() => new Promise<Result<void, SaveError>>((resolve) => (finish = () => resolve(ok(undefined)))));
	const keeper = new DraftKeeper({ content: () => 'x', save });
	keeper.changed();
	await vi.advanceTimersByTimeAsync(2000);
	expect(keeper.state).toBe('saving');
	keeper.changed();
	finish();
	await vi.advanceTimersByTimeAsync(0);
	expect(keeper.state).toBe('waiting');
	await vi.advanceTimersByTimeAsync(2000);
	expect(save).toHaveBeenCalledTimes(2);
});

it('says so when the disk takes nothing, and tries again when asked', async () => {
	let full = true;
	const save = vi.fn(() =>
		Promise.resolve<Result<void, SaveError>>(
			full ? err({ type: 'not-written', name: 'QuotaExceededError' }) : ok(undefined)
		)
	);
	const keeper = new DraftKeeper({ content: () => 'x', save });
	keeper.changed();
	await keeper.flush();
	expect(keeper.state).toBe('failed');
	full = false;
	await keeper.flush();
	expect(keeper.state).toBe('saved');
});

it('writes nothing more once stopped, so that a draft does not come back after it became a request', async () => {
	const save = vi.fn(saved);
	const keeper = new DraftKeeper({ content: () => 'x', save });
	keeper.changed();
	await keeper.stop();
	keeper.changed();
	await vi.advanceTimersByTimeAsync(10_000);
	expect(save).not.toHaveBeenCalled();
	keeper.resume();
	await vi.advanceTimersByTimeAsync(2000);
	expect(save).toHaveBeenCalledOnce();
});

it('begins to save before it returns, since locking forgets the keys in the next moment', () => {
	const save = vi.fn(saved);
	const keeper = new DraftKeeper({ content: () => 'x', save });
	keeper.changed();
	void keeper.flush();
	expect(save).toHaveBeenCalledOnce();
});
