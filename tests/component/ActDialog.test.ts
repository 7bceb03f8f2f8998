import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ActDialog from '$lib/ui/components/ActDialog.svelte';

const button = page.getByRole('button', { name: 'Entfernen', exact: true });

it('says that nothing was written when an act breaks off, and lets it be tried again', async () => {
	const outcomes = [() => Promise.reject(new DOMException('', 'InvalidStateError')), async () => null];
	let asked = 0;
	render(ActDialog, { open: true, title: 'Server entfernen?', submit: 'Entfernen', act: () => outcomes[asked++]!() });
	await button.click();
	await expect.element(page.getByRole('alert')).toHaveTextContent('Es konnte nicht gespeichert werden.');
	await button.click();
	await expect.poll(() => asked).toBe(2);
	await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});
