import { beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import Combobox from '$lib/ui/components/base/Combobox.svelte';

const options = [
	{ value: 'transfer', label: 'Umschreibung / Halterwechsel', keywords: ['Auto anmelden'] },
	{ value: 'new', label: 'Neuzulassung', keywords: ['Auto anmelden'] },
	{ value: 'off', label: 'Außerbetriebsetzung' }
];
const field = page.getByRole('combobox', { name: 'Worum geht es?' });
const listed = () => page.getByRole('option').all();

describe('with a fixed list', () => {
	const onchoose = vi.fn<(value: string) => void>();
	beforeEach(() => {
		onchoose.mockReset();
		render(Combobox, { label: 'Worum geht es?', options, onchoose });
	});

	it('takes the best match with Enter', async () => {
		await field.fill('umsch');
		await expect.element(field).toHaveAttribute('aria-expanded', 'true');
		expect(listed()).toHaveLength(1);
		await userEvent.keyboard('{Enter}');
		expect(onchoose).toHaveBeenCalledExactlyOnceWith('transfer');
		await expect.element(field).toHaveValue('Umschreibung / Halterwechsel');
		await expect.element(field).toHaveAttribute('aria-expanded', 'false');
	});

	it('goes round the list with the arrow keys and names the active option', async () => {
		await field.fill('auto');
		await expect.element(field).toHaveAttribute('aria-activedescendant', expect.stringMatching(/-option-0$/));
		await userEvent.keyboard('{ArrowDown}');
		await expect.element(page.getByRole('option', { name: 'Neuzulassung' })).toHaveAttribute('aria-selected', 'true');
		await userEvent.keyboard('{ArrowDown}{Enter}');
		expect(onchoose).toHaveBeenLastCalledWith('transfer');
	});

	it('takes the active option when the field is left by Tab', async () => {
		await field.fill('neu');
		await userEvent.keyboard('{Tab}');
		expect(onchoose).toHaveBeenCalledExactlyOnceWith('new');
	});

	it('goes back to what was chosen on Esc, and keeps that key from the page', async () => {
		const heard = vi.fn();
		window.addEventListener('keydown', heard, { once: true });
		await field.fill('neu');
		heard.mockReset();
		window.addEventListener('keydown', heard);
		await userEvent.keyboard('{Escape}');
		window.removeEventListener('keydown', heard);
		await expect.element(field).toHaveValue('');
		expect(onchoose).not.toHaveBeenCalled();
		expect(heard).not.toHaveBeenCalled();
	});

	it('says that nothing fits and chooses nothing', async () => {
		await field.fill('xyz');
		await expect.element(page.getByRole('status')).toHaveTextContent('Keine Treffer');
		await userEvent.keyboard('{Enter}{Tab}');
		expect(onchoose).not.toHaveBeenCalled();
		await expect.element(field).toHaveValue('');
	});

	it('chooses by mouse', async () => {
		await field.click();
		await page.getByRole('option', { name: 'Außerbetriebsetzung' }).click();
		expect(onchoose).toHaveBeenCalledExactlyOnceWith('off');
		await expect.element(field).toHaveFocus();
	});
});

it('keeps a free text, and takes an exact name for the option', async () => {
	const onchoose = vi.fn<(value: string) => void>();
	render(Combobox, { label: 'Worum geht es?', options, freeText: true, onchoose });
	await field.fill('Etwas anderes');
	await userEvent.keyboard('{Tab}');
	expect(onchoose).toHaveBeenLastCalledWith('Etwas anderes');
	await field.fill('neuzulassung');
	await userEvent.keyboard('{Tab}');
	expect(onchoose).toHaveBeenLastCalledWith('new');
});

it('counts what does not fit on the screen', async () => {
	const many = Array.from({ length: 60 }, (_, place) => ({ value: `${place}`, label: `Ort ${place}` }));
	render(Combobox, { label: 'Worum geht es?', options: many });
	await field.fill('ort');
	expect(listed()).toHaveLength(50);
	await expect.element(page.getByText('10 weitere – bitte genauer eingeben')).toBeVisible();
});
