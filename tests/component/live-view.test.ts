import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import LiveViewHarness from './LiveViewHarness.svelte';

/** With a private field, as services may have: methods must be called on the object itself. */
class Source {
	unsent = 0;
	#label = 'nicht übertragen';
	readonly listeners = new Set<() => void>();
	label = (): string => this.#label;
	subscribe(listener: () => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}
	change(unsent: number): void {
		this.unsent = unsent;
		for (const listener of this.listeners) listener();
	}
}

it('follows what a service tells, and stops when nobody looks', async () => {
	const source = new Source();
	const { unmount } = await render(LiveViewHarness, { source });
	await expect.element(page.getByText('nicht übertragen: 0')).toBeVisible();
	expect(source.listeners.size).toBe(1);
	source.change(14);
	await expect.element(page.getByText('nicht übertragen: 14')).toBeVisible();
	await unmount();
	await expect.poll(() => source.listeners.size).toBe(0);
});
