import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import Toaster from '$lib/ui/components/base/Toaster.svelte';
import { toasts } from '$lib/ui/state/toasts.svelte';

const status = page.getByRole('status');

beforeEach(() => {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
	toasts.clear();
	vi.useRealTimers();
});

it('reads a message out, and drops it after a while', async () => {
	render(Toaster, {});
	toasts.show('Gespeichert');
	await expect.element(status).toHaveTextContent('Gespeichert');
	vi.advanceTimersByTime(7_999);
	expect(toasts.shown).toHaveLength(1);
	vi.advanceTimersByTime(1);
	expect(toasts.shown).toHaveLength(0);
});

it('keeps warnings, and whatever is pointed at', () => {
	render(Toaster, {});
	toasts.show('Nur eine Kopie', { variant: 'warning' });
	toasts.show('Gespeichert');
	toasts.hold();
	vi.advanceTimersByTime(60_000);
	expect(toasts.shown).toHaveLength(2);
	toasts.release();
	vi.advanceTimersByTime(60_000);
	expect(toasts.shown.map(({ text }) => text)).toEqual(['Nur eine Kopie']);
});

it('offers one way back, and goes when it was taken', async () => {
	render(Toaster, {});
	const run = vi.fn();
	toasts.show('Abgeschlossen', { action: { label: 'Rückgängig', run } });
	await page.getByRole('button', { name: 'Rückgängig' }).click();
	expect(run).toHaveBeenCalledOnce();
	expect(toasts.shown).toHaveLength(0);
});
