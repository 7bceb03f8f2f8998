import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import LaterHarness from './LaterHarness.svelte';

it('shows the part once it is there', async () => {
	render(LaterHarness, { load: () => Promise.resolve({ default: 'der Teil' }) });
	await expect.element(page.getByText('der Teil')).toBeVisible();
	expect(page.getByRole('alert').elements()).toHaveLength(0);
});

it('says so when it cannot be loaded: what is safe, and what to do', async () => {
	render(LaterHarness, { load: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')) });
	const alert = page.getByRole('alert');
	await expect.element(alert).toHaveTextContent('fehlt noch auf diesem Gerät');
	await expect.element(alert).toHaveTextContent('Gesichertes ist sicher');
});
