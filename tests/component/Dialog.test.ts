import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import DialogHarness from './DialogHarness.svelte';

const opener = page.getByRole('button', { name: 'Zurückziehen' });
const dialog = page.getByRole('dialog', { name: 'Anliegen zurückziehen' });

it('begins in its first field and gives the focus back when closed', async () => {
	render(DialogHarness, {});
	await opener.click();
	await expect.element(dialog).toBeVisible();
	await expect.element(page.getByLabelText('Grund')).toHaveFocus();
	await userEvent.keyboard('{Escape}');
	await expect.element(dialog).not.toBeInTheDocument();
	await expect.element(opener).toHaveFocus();
});

it('begins at its first button below when it has no field', async () => {
	render(DialogHarness, { withField: false });
	await opener.click();
	await expect.element(page.getByRole('button', { name: 'Ja' })).toHaveFocus();
});

it('keeps the keyboard within', async () => {
	render(DialogHarness, {});
	await opener.click();
	for (let presses = 0; presses < 8; presses++) {
		await userEvent.keyboard('{Tab}');
		expect(document.activeElement === document.body || document.activeElement?.closest('dialog')).toBeTruthy();
	}
});

it('asks the caller on Esc and at the cross, and stays open until he closes it', async () => {
	const onrequestclose = vi.fn();
	render(DialogHarness, { onrequestclose });
	await opener.click();
	await userEvent.keyboard('{Escape}');
	await userEvent.keyboard('{Escape}');
	await page.getByRole('button', { name: 'Schließen' }).click();
	expect(onrequestclose).toHaveBeenCalledTimes(3);
	await expect.element(dialog).toBeVisible();
});

it('has no way out but its buttons when it is decisive', async () => {
	render(DialogHarness, { decisive: true });
	await opener.click();
	await userEvent.keyboard('{Escape}');
	await expect.element(dialog).toBeVisible();
	await expect.element(page.getByRole('button', { name: 'Schließen' })).not.toBeInTheDocument();
	await page.getByRole('button', { name: 'Ja' }).click();
	await expect.element(dialog).not.toBeInTheDocument();
});

it('keeps its keys from the page behind it', async () => {
	render(DialogHarness, {});
	const heard = vi.fn();
	await opener.click();
	window.addEventListener('keydown', heard);
	await userEvent.keyboard('n');
	window.removeEventListener('keydown', heard);
	expect(heard).not.toHaveBeenCalled();
	await expect.element(page.getByLabelText('Grund')).toHaveValue('n');
});
