import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { newestForm } from '$lib/domain/forms/catalog';
import type { FormDefinition } from '$lib/domain/forms/form';
import type { RequestId } from '$lib/domain/ids';
import type { LocalDate } from '$lib/domain/time';
import VehicleTable from '$lib/ui/components/VehicleTable.svelte';
import { FormState } from '$lib/ui/state/form-state.svelte';
import { createFakeWorkspace } from '../support/fake-workspace';
import { hex } from '../support/invented-view';
import WorkspaceHarness from './WorkspaceHarness.svelte';

async function open() {
	const form = new FormState({
		form: newestForm('kfz-umschreibung') as FormDefinition,
		requestId: hex(1) as RequestId,
		draftId: null,
		today: () => '2026-11-24' as LocalDate
	});
	form.bulk = true;
	form.addVehicle(form.requestId);
	let next = 10;
	const properties = { form, newRowId: () => hex(next++) as RequestId };
	await render(WorkspaceHarness, { component: VehicleTable, properties, workspace: createFakeWorkspace() });
	return form;
}
const cell = (label: string, n: number) => page.getByRole('textbox', { name: `${label}, Fahrzeug ${n}`, exact: true });

function paste(into: Element, text: string): void {
	const clipboardData = new DataTransfer();
	clipboardData.setData('text/plain', text);
	into.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}

it('takes lines of a list as rows', async () => {
	const form = await open();
	paste(cell('Kennzeichen', 1).element(), 'SO-AB 1\tWVWZZZ1JZXW000001\nSO-AB 2\tWVWZZZ1JZXW000002');
	await expect.element(cell('FIN', 2)).toHaveValue('WVWZZZ1JZXW000002');
	expect(form.input().vehicles).toMatchObject([
		{ rowId: hex(1), answers: { plate: 'SO-AB 1', vin: 'WVWZZZ1JZXW000001' } },
		{ rowId: hex(10), answers: { plate: 'SO-AB 2', vin: 'WVWZZZ1JZXW000002' } }
	]);
	expect(form.input().answers).not.toHaveProperty('plate');
});

it('adds a row with Enter in the last cell and puts the focus there', async () => {
	const form = await open();
	const last = form.vehicleFields.at(-1)?.id;
	document.getElementById(`feld-${form.requestId}.${last}`)?.focus();
	await userEvent.keyboard('{Enter}');
	await expect.element(cell('Kennzeichen', 2)).toHaveFocus();
});

it('removes a row and brings it back', async () => {
	const form = await open();
	paste(cell('Kennzeichen', 1).element(), 'SO-AB 1\nSO-AB 2');
	await page.getByRole('button', { name: 'Fahrzeug 1 entfernen' }).click();
	await expect.element(cell('Kennzeichen', 1)).toHaveValue('SO-AB 2');
	await page.getByRole('button', { name: 'Rückgängig' }).click();
	await expect.element(cell('Kennzeichen', 1)).toHaveValue('SO-AB 1');
	expect(form.vehicles).toHaveLength(2);
});

it('says of each row what is wrong, and names the row', async () => {
	const form = await open();
	paste(cell('Kennzeichen', 1).element(), 'SO-AB 1\tWVWZZZ1JZXW000001\nSO-AB 2\tWVW');
	await vi.waitFor(
		() => expect(form.errors).toMatchObject([{ key: `${hex(10)}.vin`, rowNumber: 2, rule: 'vin-length' }]),
		20_000
	);
	await expect.element(cell('FIN', 2)).toHaveAccessibleDescription(/17 Zeichen/);
});
