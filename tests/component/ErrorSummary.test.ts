import { expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import ErrorSummaryHarness from './ErrorSummaryHarness.svelte';

const errors = [
	{ fieldId: 'family-name', text: 'Familienname: bitte angeben' },
	{ fieldId: 'holder', text: 'Halter: bitte wählen' }
];
const summary = page.getByRole('region', { name: 'Bitte prüfen' });

it('is not there while nothing is wrong', async () => {
	render(ErrorSummaryHarness, { errors: [] });
	await expect.element(page.getByLabelText('Familienname')).toBeVisible();
	await expect.element(summary).not.toBeInTheDocument();
});

it('takes the focus when it appears', async () => {
	const { rerender } = await render(ErrorSummaryHarness, { errors: [] });
	await rerender({ errors });
	await expect.element(summary).toHaveFocus();
});

it('leads to the field, or to the first of a group, and leaves the address alone', async () => {
	render(ErrorSummaryHarness, { errors });
	const address = window.location.href;
	await userEvent.keyboard('{Tab}{Enter}');
	await expect.element(page.getByLabelText('Familienname')).toHaveFocus();
	await page.getByRole('link', { name: 'Halter: bitte wählen' }).click();
	await expect.element(page.getByRole('radio', { name: 'Natürliche Person' })).toHaveFocus();
	expect(window.location.href).toBe(address);
});
