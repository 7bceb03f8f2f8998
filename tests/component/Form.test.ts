import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import FormHarness from './FormHarness.svelte';

it('is sent by Strg+Enter from any field, once', async () => {
	const onsubmit = vi.fn();
	render(FormHarness, { onsubmit });
	await page.getByLabelText('Notiz').click();
	await userEvent.keyboard('{Control>}{Enter}{/Control}');
	expect(onsubmit).toHaveBeenCalledOnce();
	await page.getByLabelText('Ort').click();
	await userEvent.keyboard('{Control>}{Enter}{/Control}');
	expect(onsubmit).toHaveBeenCalledTimes(2);
});

it('is sent by Enter in a line, unless a scanner must not', async () => {
	const onsubmit = vi.fn();
	const short = await render(FormHarness, { onsubmit });
	await page.getByLabelText('Ort').click();
	await userEvent.keyboard('{Enter}');
	expect(onsubmit).toHaveBeenCalledOnce();
	await short.unmount();

	render(FormHarness, { onsubmit, submitOnEnter: false });
	await page.getByLabelText('Ort').click();
	await userEvent.keyboard('{Enter}');
	expect(onsubmit).toHaveBeenCalledOnce();
	await userEvent.keyboard('{Control>}{Enter}{/Control}');
	expect(onsubmit).toHaveBeenCalledTimes(2);
});

it('keeps the browser from writing down what is typed', async () => {
	render(FormHarness, { onsubmit: () => undefined });
	const form = page.getByRole('form', { name: 'Probe' });
	await expect.element(form).toHaveAttribute('autocomplete', 'off');
	await expect.element(form).toHaveAttribute('spellcheck', 'false');
});

it('takes no second press while its button is busy, which keeps the focus', async () => {
	const onsubmit = vi.fn();
	const onpress = vi.fn();
	const { rerender } = await render(FormHarness, { onsubmit, onpress });
	const button = page.getByRole('button', { name: 'Speichern' });
	await button.click();
	await rerender({ busy: true });
	await expect.element(button).toHaveAttribute('aria-busy', 'true');
	await userEvent.keyboard('{Enter}');
	expect(onsubmit).toHaveBeenCalledOnce();
	expect(onpress).toHaveBeenCalledOnce();
	await expect.element(button).toHaveFocus();
});

it.each([
	['Ort', 500],
	['Notiz', 20_000]
])('is not sent while „%s“ holds more than %d characters, and leads there', async (label, most) => {
	const onsubmit = vi.fn();
	render(FormHarness, { onsubmit });
	const input = page.getByLabelText(label);
	await userEvent.fill(input, 'x'.repeat(most + 1));
	await page.getByRole('button', { name: 'Speichern' }).click();
	expect(onsubmit).not.toHaveBeenCalled();
	await expect.element(input).toHaveFocus();
	await userEvent.fill(input, 'x'.repeat(most));
	await page.getByRole('button', { name: 'Speichern' }).click();
	expect(onsubmit).toHaveBeenCalledOnce();
});
