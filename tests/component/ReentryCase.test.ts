import { beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { goto } from '$app/navigation';
import { ok } from '$lib/domain/result';
import type { Workspace } from '$lib/services/workspace';
import ReentryCase from '$lib/ui/components/ReentryCase.svelte';
import { createFakeWorkspace } from '../support/fake-workspace';
import { aRequest, aRow, aView } from '../support/invented-view';
import WorkspaceHarness from './WorkspaceHarness.svelte';

const navigation = vi.hoisted(() => ({ begins: () => {} }));
vi.mock('$app/navigation', () => ({
	goto: vi.fn(() => Promise.resolve()),
	beforeNavigate: (listener: () => void) => void (navigation.begins = listener)
}));

const copied: string[] = [];
beforeEach(() => {
	vi.mocked(goto).mockClear();
	copied.length = 0;
	vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => Promise.resolve(void copied.push(text)));
});

const row = aRow(1, { formId: 'kfz-umschreibung' });
const view = aRequest(row, { 'answers/birthDate': '1960-02-01', 'answers/iban': 'DE02120300000000202051' });

async function open(over: Partial<Workspace> = {}) {
	const workspace = createFakeWorkspace(over, aView({ rows: [row, aRow(2)] }));
	const properties = { view, onchanged: () => undefined };
	await render(WorkspaceHarness, { component: ReentryCase, properties, workspace });
	return workspace;
}
const copyButton = (label: string) => page.getByRole('button', { name: `${label} kopieren` });

it('copies with C, ticks the row and goes on to the next', async () => {
	const workspace = await open();
	await expect.element(copyButton('Familienname')).toHaveFocus();
	await userEvent.keyboard('c');
	await expect.element(copyButton('Vornamen')).toHaveFocus();
	await userEvent.keyboard('c');
	await expect.element(copyButton('Geburtsdatum')).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	expect(copied).toEqual(['Mustermann', 'Erika', '01.02.1960']);
	await userEvent.keyboard('c');
	expect(copied.at(-1)).toBe('DE02120300000000202051');
	await expect.element(page.getByLabelText('Aktenzeichen')).toHaveFocus();
	expect(workspace.calls.filter(([act]) => act === 'tickReentry').map((call) => call.slice(2))).toEqual([
		['familyName', true],
		['givenNames', true],
		['birthDate', true],
		['iban', true]
	]);
	await expect.element(page.getByText('4 von 4 übertragen')).toBeVisible();
});

it('asks for the Aktenzeichen, closes the case and offers to undo it', async () => {
	const workspace = await open();
	await page.getByRole('button', { name: 'Als erfasst abschließen' }).click();
	await expect.element(page.getByLabelText('Aktenzeichen')).toHaveFocus();
	expect(workspace.calls).toEqual([]);
	await page.getByLabelText('Aktenzeichen').fill('32-123/23');
	await userEvent.keyboard('{Enter}');
	await vi.waitFor(() => expect(goto).toHaveBeenCalledWith(`/nacherfassung/${aRow(2).id}`), 20_000);
	expect(workspace.calls).toEqual([['completeReentry', row.id, '32-123/23']]);
	await page.getByRole('button', { name: 'Rückgängig' }).click();
	await vi.waitFor(() => expect(workspace.calls.at(-1)?.slice(0, 2)).toEqual(['reopen', row.id]), 20_000);
});

it('calls nobody back who has gone elsewhere while the case was being closed', async () => {
	let written = () => {};
	await open({ completeReentry: () => new Promise((resolve) => (written = () => resolve(ok(view)))) });
	await page.getByLabelText('Aktenzeichen').fill('32-123/23');
	await userEvent.keyboard('{Enter}');
	navigation.begins();
	written();
	await expect.element(page.getByRole('button', { name: 'Rückgängig' })).toBeVisible();
	expect(goto).not.toHaveBeenCalled();
});

it('sends a case back to the counter only with a question', async () => {
	const workspace = await open();
	await page.getByRole('button', { name: 'Zurück an Schalter' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Frage senden' }).click();
	await expect.element(dialog.getByText(/Bitte die Frage eintragen/)).toBeVisible();
	await dialog.getByLabelText('Was soll geklärt werden?').fill('Welche FIN?');
	await dialog.getByRole('button', { name: 'Frage senden' }).click();
	await vi.waitFor(() => expect(workspace.calls).toEqual([['returnToCounter', row.id, 'Welche FIN?']]), 20_000);
});

it('marks the value to be copied by hand where the browser refuses', async () => {
	vi.mocked(navigator.clipboard.writeText).mockRejectedValue(new DOMException('no', 'NotAllowedError'));
	const workspace = await open();
	await copyButton('Familienname').click();
	await expect.element(page.getByRole('alert')).toHaveTextContent(/Strg\+C/);
	expect(getSelection()?.toString()).toBe('Mustermann');
	expect(workspace.calls).toEqual([]);
});
