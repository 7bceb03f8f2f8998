/** Reasons why entries were not read: each is there to be read itself, also on a narrow screen. */
import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ImportProblems from '$lib/ui/components/ImportProblems.svelte';

it.each([360, 1366])('cuts no line of a short list at %i px', async (width) => {
	await page.viewport(width, 740);
	const excerpt = 'Do 26.11. 9:15 Groß, Karl-Theodor, Führungszeugnis und Meldebescheinigung, 02921';
	const problems = [{ at: 8, reason: 'no-date', excerpt }] as const;
	await render(ImportProblems, { problems, format: 'table', label: 'Nicht lesbar' });
	const list = page.getByRole('list', { name: 'Nicht lesbar' });
	await expect.element(list.getByRole('listitem')).toBeVisible();
	await vi.waitFor(() => {
		const bottom = (element: Element): number => element.getBoundingClientRect().bottom;
		expect(bottom(list.getByRole('listitem').element())).toBeLessThanOrEqual(bottom(list.element()) + 1);
	}, 3_000);
});
