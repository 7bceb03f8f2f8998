import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import TextField from '$lib/ui/components/base/TextField.svelte';

it('is named by its label alone, also when it is required', async () => {
	render(TextField, { label: 'Familienname', required: true });
	const input = page.getByLabelText('Familienname', { exact: true });
	await expect.element(input).toHaveAttribute('aria-required', 'true');
	await expect.element(page.getByRole('textbox', { name: 'Familienname', exact: true })).toBeVisible();
});

it('lets the browser remember and correct nothing', async () => {
	render(TextField, { label: 'Familienname' });
	const input = page.getByLabelText('Familienname');
	await expect.element(input).toHaveAttribute('autocomplete', 'off');
	await expect.element(input).toHaveAttribute('spellcheck', 'false');
});

it('is described by help, error and hints', async () => {
	render(TextField, {
		label: 'Kennzeichen',
		hint: 'wie auf dem Schild',
		error: 'Bitte angeben',
		hints: ['LÜD wird nicht mehr vergeben']
	});
	const input = page.getByLabelText('Kennzeichen');
	await expect
		.element(input)
		.toHaveAccessibleDescription(/wie auf dem Schild.*Bitte angeben.*Hinweis: LÜD wird nicht mehr vergeben/);
	await expect.element(input).toHaveAttribute('aria-invalid', 'true');
});

it('is valid while it only has hints', async () => {
	render(TextField, { label: 'Kennzeichen', hints: ['LÜD wird nicht mehr vergeben'] });
	await expect.element(page.getByLabelText('Kennzeichen')).not.toHaveAttribute('aria-invalid');
});

it('tells its value while typing and when left', async () => {
	const oninput = vi.fn<(value: string) => void>();
	const onblur = vi.fn<(value: string) => void>();
	render(TextField, { label: 'Ort', oninput, onblur });
	await userEvent.type(page.getByLabelText('Ort'), 'Soest');
	expect(oninput).toHaveBeenLastCalledWith('Soest');
	expect(onblur).not.toHaveBeenCalled();
	await userEvent.keyboard('{Tab}');
	expect(onblur).toHaveBeenCalledExactlyOnceWith('Soest');
});

it('cuts off nothing: a text that is too long is kept, and told with its length', async () => {
	const oninput = vi.fn<(value: string) => void>();
	render(TextField, { label: 'Name', maxlength: 10, oninput });
	const input = page.getByLabelText('Name');
	await userEvent.fill(input, 'x'.repeat(12));
	expect(oninput).toHaveBeenLastCalledWith('x'.repeat(12));
	await expect.element(input).toHaveAccessibleDescription(/Das sind 12 Zeichen, höchstens 10 passen hinein/);
	await userEvent.fill(input, 'x'.repeat(10));
	await expect.element(input).not.toHaveAttribute('aria-invalid');
});
