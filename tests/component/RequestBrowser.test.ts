import { beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { goto } from '$app/navigation';
import RequestBrowser from '$lib/ui/components/RequestBrowser.svelte';
import { createFakeWorkspace } from '../support/fake-workspace';
import { aRow, aView, hex } from '../support/invented-view';
import WorkspaceHarness from './WorkspaceHarness.svelte';

vi.mock('$app/navigation', () => ({ goto: vi.fn(() => Promise.resolve()) }));
beforeEach(() => void vi.mocked(goto).mockClear());

const open = async (workspace = createFakeWorkspace()) => {
	await render(WorkspaceHarness, { component: RequestBrowser, workspace });
	await expect.element(search()).toHaveFocus();
	return workspace;
};
const search = () => page.getByRole('searchbox', { name: 'Suchen' });
/** Without the line of headings. */
const rows = () => document.querySelectorAll('[data-index]');
const requests = (from: number, count: number) => Array.from({ length: count }, (_, n) => aRow(from + n));

it('shows ten thousand requests without drawing them all', async () => {
	await open(createFakeWorkspace({}, aView({ rows: requests(1, 10_000) })));
	await expect.element(page.getByText('10.000 Anliegen')).toBeVisible();
	await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '10001');
	await vi.waitFor(() => expect(rows().length).toBeGreaterThan(5), 20_000);
	expect(rows().length).toBeLessThan(60);
});

it('is walked through with the arrows, down to rows not drawn yet, and opened with Enter', async () => {
	await open(createFakeWorkspace({}, aView({ rows: requests(1, 500) })));
	await userEvent.keyboard('{ArrowDown}');
	await vi.waitFor(() => expect(document.activeElement?.getAttribute('data-index')).toBe('0'), 20_000);
	await userEvent.keyboard('{End}');
	await vi.waitFor(() => expect(document.activeElement?.getAttribute('data-index')).toBe('499'), 20_000);
	await userEvent.keyboard('{Enter}');
	expect(goto).toHaveBeenCalledWith(`/anliegen/${hex(0x1000 + 500)}`);
});

it('opens the receipt of a row with B, and sends other letters to the search', async () => {
	await open();
	await userEvent.keyboard('{ArrowDown}');
	await vi.waitFor(() => expect(document.activeElement?.getAttribute('data-index')).toBe('0'), 20_000);
	await userEvent.keyboard('b');
	expect(goto).toHaveBeenCalledWith(`/anliegen/${hex(0x1001)}/beleg`);
	await userEvent.keyboard('mü');
	await expect.element(search()).toHaveValue('mü');
});

it('narrows the list while somebody types, and opens the first hit with Enter', async () => {
	await open();
	await search().fill('Müller');
	await vi.waitFor(() => expect(rows()).toHaveLength(1), 20_000);
	await userEvent.keyboard('{Enter}');
	await vi.waitFor(() => expect(goto).toHaveBeenCalledWith(`/anliegen/${hex(0x1003)}`), 20_000);
	expect(location.href).not.toContain('M%C3%BCller');
});

it('opens a scanned receipt whatever the filters say', async () => {
	const found = aRow(7, { status: 'done' });
	const view = aView({ rows: [found, aRow(8)] });
	await open(createFakeWorkspace({ search: async () => [found.id] }, view));
	await page.getByRole('button', { name: 'offen 1' }).click();
	await search().fill('SO-7KXM-0142-51');
	await userEvent.keyboard('{Enter}');
	await vi.waitFor(() => expect(goto).toHaveBeenCalledWith(`/anliegen/${found.id}`), 20_000);
});

it('says when a right number is not on this device', async () => {
	await open();
	await search().fill('SO-7KXM-0142-51');
	await userEvent.keyboard('{Enter}');
	await expect
		.element(page.getByText('Der Vorgang SO-7KXM-0142-51 ist auf diesem Gerät nicht vorhanden.'))
		.toBeVisible();
	expect(goto).not.toHaveBeenCalled();
});

it('filters by chips that say what they would leave', async () => {
	await open();
	const query = page.getByRole('button', { name: 'Rückfrage 1' });
	await query.click();
	await expect.element(query).toHaveAttribute('aria-pressed', 'true');
	await vi.waitFor(() => expect(rows()).toHaveLength(1), 20_000);
	await page.getByRole('button', { name: 'Filter aufheben' }).click();
	await vi.waitFor(() => expect(rows()).toHaveLength(5), 20_000);
});

it('says how requests get here while there are none', async () => {
	await open(createFakeWorkspace({}, aView({ rows: [] })));
	await expect.element(page.getByText(/Noch ist keines da/)).toBeVisible();
});
