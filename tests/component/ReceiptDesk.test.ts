import { beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { goto } from '$app/navigation';
import type { RequestView } from '$lib/domain/request';
import ReceiptDesk from '$lib/ui/components/ReceiptDesk.svelte';
import { receiptPaper } from '$lib/ui/state/receipt-paper.svelte';
import { createFakeWorkspace } from '../support/fake-workspace';
import { aRequest, aRow } from '../support/invented-view';
import WorkspaceHarness from './WorkspaceHarness.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn(() => Promise.resolve()) }));

const print = vi.fn();
beforeEach(() => {
	vi.mocked(goto).mockClear();
	print.mockClear();
	window.print = print;
	receiptPaper.current = 'a4';
});

const IBAN = 'DE02120300000000202051';
const aReceiptRequest = (n: number, fields: Parameters<typeof aRequest>[1] = {}) =>
	aRequest(aRow(n, { formId: 'kfz-umschreibung' }), {
		'answers/iban': IBAN,
		'answers/plate': 'SO-AB 123',
		'papers/zb1': 'present',
		'papers/zb2': 'missing',
		...fields
	});

async function open(requests: readonly RequestView[] = [aReceiptRequest(1)]) {
	const workspace = createFakeWorkspace();
	const properties = { requests, onconfirmed: () => undefined };
	const shown = await render(WorkspaceHarness, { component: ReceiptDesk, properties, workspace });
	return {
		workspace,
		rerender: (next: readonly RequestView[]) => shown.rerender({ properties: { ...properties, requests: next } })
	};
}
const sheet = () => page.getByRole('article', { name: 'Empfangsbestätigung' });

it('shows number, time, matter, name, what was handed in, what is missing and what happens next, and no account number', async () => {
	await open();
	for (const words of ['SO-7KXM-0001-51', '06.11.2023, 09:40 Uhr', 'Umschreibung / Halterwechsel', 'Mustermann, Erika'])
		await expect.element(sheet()).toHaveTextContent(words);
	await expect.element(sheet()).toHaveTextContent(/Vorgelegt.*Teil I .*Es fehlt noch.*Teil II .*So geht es weiter/);
	await expect.element(sheet()).toHaveTextContent(/Datenschutz/);
	await expect.element(page.getByRole('img', { name: 'QR-Code der Vorgangsnummer SO-7KXM-0001-51' })).toBeVisible();
	expect(document.body.textContent?.replaceAll(' ', '')).not.toContain(IBAN);
});

it('prints with D, and is a „Zweitschrift“ only after „Ja“', async () => {
	const { workspace, rerender } = await open();
	await userEvent.keyboard('d');
	await vi.waitFor(() => expect(print).toHaveBeenCalledOnce(), 20_000);
	expect(sheet().element().textContent).not.toContain('Zweitschrift');
	await page.getByRole('button', { name: 'Noch einmal' }).click();
	await vi.waitFor(() => expect(print).toHaveBeenCalledTimes(2), 20_000);
	expect(workspace.calls).toEqual([]);
	await expect.element(page.getByRole('button', { name: 'Ja', exact: true })).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	await vi.waitFor(() => expect(workspace.calls).toEqual([['confirmReceipt', aRow(1).id, 'a4']]), 20_000);
	await rerender([aReceiptRequest(1, { receipt: 1 })]);
	await expect.element(sheet()).toHaveTextContent('Zweitschrift');
});

it('goes back to „Heute“ with Enter', async () => {
	await open();
	await userEvent.keyboard('{Enter}');
	expect(goto).toHaveBeenCalledWith('/');
});

it('shows three lines to copy when there is no printer', async () => {
	const { workspace } = await open();
	await page.getByRole('button', { name: 'Ohne Drucker' }).click();
	const slip = page.getByRole('region', { name: 'Bitte auf einen Zettel schreiben' });
	expect(slip.getByRole('listitem').elements()).toHaveLength(3);
	await expect.element(slip).toHaveTextContent(/SO-7KXM-0001-51.*06\.11\.2023, 09:40 Uhr.*Rathaus I, Schalter 3/);
	await page.getByRole('button', { name: 'Zettel ist geschrieben' }).click();
	await vi.waitFor(() => expect(workspace.calls).toEqual([['confirmReceipt', aRow(1).id, 'handwritten']]), 20_000);
});

it('gives a dealer one receipt with all numbers, and confirms each', async () => {
	const { workspace } = await open([aReceiptRequest(1), aReceiptRequest(2)]);
	await expect.element(sheet()).toHaveTextContent(/SO-7KXM-0001-51.*SO-7KXM-0002-51/);
	await page.getByRole('button', { name: 'Beleg drucken' }).click();
	await page.getByRole('button', { name: 'Ja', exact: true }).click();
	await vi.waitFor(() => expect(workspace.calls).toHaveLength(2), 20_000);
});

it('remembers the paper of this counter', async () => {
	await open();
	await page.getByLabelText('Rolle 80 mm').click();
	await vi.waitFor(() => expect(getComputedStyle(document.body).getPropertyValue('page')).toBe('roll'), 20_000);
	expect(localStorage.getItem('notschalter.receipt-paper')).toBe('roll');
});
