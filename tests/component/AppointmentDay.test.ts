/** The day's list at work: keys, a waiting number and its slip, and what was done last taken back. */
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { LocalDate } from '$lib/domain/time';
import AppointmentDay from '$lib/ui/components/AppointmentDay.svelte';
import { askToShow } from '$lib/ui/state/appointment-shown.svelte';
import { today } from '$lib/ui/state/now.svelte';
import { createFakeWorkspace } from '../support/fake-workspace';
import { anAppointment } from '../support/invented-appointments';
import { aView } from '../support/invented-view';
import WorkspaceHarness from './WorkspaceHarness.svelte';

const rows = [
	anAppointment(1, { date: today(), name: 'Mustermann, Erika', number: '11' }),
	anAppointment(2, { date: today(), name: 'Beispiel, Max', number: '12' })
];

async function aDay(appointments = rows) {
	const workspace = createFakeWorkspace({}, aView({ appointments }));
	await render(WorkspaceHarness, { component: AppointmentDay, properties: { workspace }, workspace });
	return workspace;
}

it('prints the slip of a waiting number, and nothing else', async () => {
	await aDay();
	const printed: string[] = [];
	const print = vi.spyOn(window, 'print').mockImplementation(() => {
		for (const shown of document.querySelectorAll<HTMLElement>('.print-only'))
			if (!shown.closest('.no-print')) printed.push(shown.innerText || (shown.textContent ?? ''));
		expect(document.querySelector('dialog[open]')).toBeNull();
	});
	await page.getByRole('button', { name: 'Ohne Termin' }).click();
	await page.getByRole('button', { name: 'Nummer vergeben' }).click();
	await expect.element(page.getByText('7KXM-1')).toBeVisible();
	await page.getByRole('button', { name: 'Zettel drucken' }).click();
	await vi.waitFor(() => expect(print).toHaveBeenCalledOnce(), 20_000);
	expect(printed).toHaveLength(1);
	expect(printed[0]).toContain('7KXM-1');
	print.mockRestore();
});

it('moves a person on by one key, and takes it back by another', async () => {
	const workspace = await aDay();
	await page.getByText('Beispiel, Max').click();
	await userEvent.keyboard('e');
	await vi.waitFor(() => expect(workspace.calls.at(-1)).toEqual(['step', rows[1]?.id, 'arrive']), 20_000);
	await expect.element(page.getByRole('button', { name: 'Rückgängig' })).toBeVisible();
	await userEvent.keyboard('z');
	await vi.waitFor(() => expect(workspace.calls.at(-1)?.slice(0, 2)).toEqual(['undo', rows[1]?.id]), 20_000);
});

it('shows the row that the search everywhere found, on its own day, and gives it the focus', async () => {
	const later = anAppointment(3, { date: '2031-03-04' as LocalDate, name: 'Später, Sina' });
	const workspace = await aDay([...rows, later]);
	await expect.element(page.getByRole('row', { name: /Beispiel, Max/ })).toBeVisible();
	askToShow(workspace, later.id);
	await expect.element(page.getByRole('row', { name: /Später, Sina/ })).toHaveFocus();
	await expect.element(page.getByRole('row', { name: /Beispiel, Max/ })).not.toBeInTheDocument();
});

it('leads to the import while there is no list at all', async () => {
	await aDay([]);
	await expect
		.element(page.getByRole('link', { name: 'Terminliste einlesen' }))
		.toHaveAttribute('href', '/termine/import');
});

it('leads into the list by one key from anywhere on the page', async () => {
	await aDay();
	await expect.element(page.getByRole('row', { name: /Mustermann, Erika/ })).toBeVisible();
	await userEvent.keyboard('{ArrowDown}');
	await expect.element(page.getByRole('row', { name: /Mustermann, Erika/ })).toHaveFocus();
	await userEvent.keyboard('{ArrowDown}');
	await expect.element(page.getByRole('row', { name: /Beispiel, Max/ })).toHaveFocus();
});

it.each([360, 1366])('shows a long name whole at %i px', async (width) => {
	await page.viewport(width, 768);
	await aDay([anAppointment(5, { date: today(), name: 'Müller-Lüdenscheid, Anna-Karina', number: '15' })]);
	const name = page.getByRole('gridcell', { name: 'Müller-Lüdenscheid, Anna-Karina' });
	await expect.element(name).toBeVisible();
	const { scrollWidth, clientWidth, scrollHeight, clientHeight } = name.element();
	expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
	expect(scrollHeight).toBeLessThanOrEqual(clientHeight);
});

it.each([360, 1366])('cuts nothing of a short list whose rows have two badges, at %i px', async (width) => {
	await page.viewport(width, 768);
	const waiting = { date: today(), origin: 'walk-in', status: 'queued', number: '7KXM-1' } as const;
	await aDay([anAppointment(4, waiting)]);
	await expect.element(page.getByRole('row', { name: /7KXM-1/ })).toBeVisible();
	const box = document.querySelector('[role=grid] [role=presentation] > *');
	await vi.waitFor(() => {
		const last = document.querySelector('[role=row][data-index]')?.getBoundingClientRect().bottom ?? Infinity;
		expect(last).toBeLessThanOrEqual((box?.getBoundingClientRect().bottom ?? 0) + 1);
	}, 3_000);
});
