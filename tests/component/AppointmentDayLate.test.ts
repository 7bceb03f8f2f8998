/** The day's list on a slow disk: what comes late changes nothing about whom an act, a dialog or a typed letter is for. */
import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { AppointmentRow } from '$lib/domain/appointment';
import { ok } from '$lib/domain/result';
import AppointmentDay from '$lib/ui/components/AppointmentDay.svelte';
import { today } from '$lib/ui/state/now.svelte';
import { toasts } from '$lib/ui/state/toasts.svelte';
import { createFakeWorkspace, type FakeWorkspace } from '../support/fake-workspace';
import { hold } from '../support/hold';
import { anAppointment } from '../support/invented-appointments';
import { aView } from '../support/invented-view';
import WorkspaceHarness from './WorkspaceHarness.svelte';

afterEach(() => toasts.clear());

const anna = anAppointment(1, { date: today(), name: 'Anfang, Anna', status: 'queued', note: 'alt' });
const bernd = anAppointment(2, { date: today(), name: 'Beispiel, Bernd' });

async function aDay() {
	const workspace = createFakeWorkspace({}, aView({ appointments: [anna, bernd] }));
	await render(WorkspaceHarness, { component: AppointmentDay, workspace });
	return workspace;
}
const button = (name: string | RegExp, exact = false) => page.getByRole('button', { name, exact });
const choose = (row: AppointmentRow) => page.getByRole('row', { name: new RegExp(row.name) }).click();
const replace = (workspace: FakeWorkspace, row: AppointmentRow, over: Partial<AppointmentRow>): void =>
	workspace.change({
		appointments: workspace.view.appointments.map((one) => (one.id === row.id ? { ...one, ...over } : one))
	});
/** What was asked for, once there are so many. */
const callsOf = async (workspace: FakeWorkspace, count: number) => {
	await vi.waitFor(() => expect(workspace.calls.length).toBeGreaterThanOrEqual(count), 20_000);
	return workspace.calls;
};

it('moves on whom the button was pressed for, whoever is chosen when its turn comes', async () => {
	const workspace = await aDay();
	const letGo = hold(workspace.appointments, 'step');
	await choose(anna);
	await button(/^Erschienen/).click();
	await button(/^Aufrufen/).click();
	await choose(bernd);
	letGo();
	const calls = await callsOf(workspace, 2);
	expect(calls.map(([act, id]) => [act, id])).toEqual([
		['step', anna.id],
		['step', anna.id]
	]);
});

it('cancels whom the dialog was opened for, though another one is called meanwhile', async () => {
	const workspace = await aDay();
	await choose(bernd);
	const letGo = hold(workspace.appointments, 'step');
	await button(/^Nächste Person/).click();
	await callsOf(workspace, 1);
	await button('Absagen', true).click();
	const reason = page.getByRole('dialog').getByRole('textbox');
	await reason.fill('Krank');
	letGo();
	await expect.element(page.getByRole('row', { name: /Anfang, Anna/, selected: true })).toBeInTheDocument();
	await expect.element(reason).toHaveValue('Krank');
	await page.getByRole('dialog').getByRole('button', { name: 'Absagen', exact: true }).click();
	const calls = await callsOf(workspace, 2);
	expect(calls[1]).toEqual(['cancel', [bernd.id], 'Krank']);
});

it('keeps a dialog whose row leaves the filter, and hears its keys afterwards', async () => {
	const workspace = await aDay();
	await button(/^erschienen 1/).click();
	await choose(anna);
	await button('Absagen', true).click();
	const reason = page.getByRole('dialog').getByRole('textbox');
	await reason.fill('Krank');
	replace(workspace, anna, { status: 'called' });
	await expect.element(page.getByText('Kein Termin passt zu diesen Filtern.')).toBeInTheDocument();
	await expect.element(reason).toHaveValue('Krank');
	await page.getByRole('dialog').getByRole('button', { name: 'Absagen', exact: true }).click();
	const calls = await callsOf(workspace, 1);
	expect(calls).toEqual([['cancel', [anna.id], 'Krank']]);
	await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
	await userEvent.keyboard('o');
	await expect.element(page.getByRole('dialog', { name: /^Ohne Termin/ })).toBeVisible();
});

it('keeps what is being typed when the row changes at another counter, and overwrites nothing that nobody touched', async () => {
	const workspace = await aDay();
	await choose(anna);
	await button('Angaben ändern').click();
	await page.getByRole('textbox', { name: 'Name' }).fill('Anfang, Antonia');
	replace(workspace, anna, { note: 'neu', phone: '02921 4711' });
	await expect.element(page.getByText('02921 4711')).toBeInTheDocument();
	await expect.element(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Anfang, Antonia');
	await userEvent.keyboard('{Enter}');
	const calls = await callsOf(workspace, 1);
	expect(calls).toEqual([['amendAppointment', anna.id, { name: 'Anfang, Antonia' }]]);
});

it('keeps what is being typed into a report when the list goes to the day of who was called', async () => {
	const workspace = await aDay();
	await button('Tag weiter').click();
	const letGo = hold(workspace.appointments, 'step');
	await button(/^Nächste Person/).click();
	await callsOf(workspace, 1);
	await button(/^Bürger meldet/).click();
	const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
	await name.fill('Gemeldet, Gerd');
	letGo();
	await expect.element(page.getByRole('row', { name: /Anfang, Anna/ })).toBeInTheDocument();
	await expect.element(name).toHaveValue('Gemeldet, Gerd');
});

it('tells of a move to another day, takes it back, and hears its keys afterwards', async () => {
	const workspace = await aDay();
	vi.spyOn(workspace.appointments, 'move').mockImplementation(async (id, { date, time }) => {
		replace(workspace, anna, { date, time });
		await expect.element(page.getByRole('row', { name: /Anfang, Anna/ })).not.toBeInTheDocument();
		expect(id).toBe(anna.id);
		return ok({ status: 'queued' });
	});
	await choose(anna);
	await button('Verlegen').click();
	await page.getByLabelText('Uhrzeit').fill('1015');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText(/Anfang, Anna: verlegt auf .*, 10:15/)).toBeVisible();
	await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
	await page.getByRole('status').getByRole('button', { name: 'Rückgängig' }).click();
	await vi.waitFor(() => expect(workspace.calls).toEqual([['undo', anna.id, { status: 'queued' }]]), 20_000);
	await userEvent.keyboard('o');
	await expect.element(page.getByRole('dialog', { name: /^Ohne Termin/ })).toBeVisible();
});

it('does not leave a move that is being written, so that it is never told of somebody else', async () => {
	const workspace = await aDay();
	const letGo = hold(workspace.appointments, 'move');
	await choose(anna);
	await button('Verlegen').click();
	await page.getByLabelText('Uhrzeit').fill('1015');
	await userEvent.keyboard('{Enter}');
	await callsOf(workspace, 1);
	await userEvent.keyboard('{Escape}');
	await expect.element(page.getByRole('dialog', { name: 'Termin verlegen' })).toBeVisible();
	letGo();
	await expect.element(page.getByText(/Anfang, Anna: verlegt auf/)).toBeVisible();
	await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});

it('tells nobody the number of somebody else: a number that comes after the dialog was left is told apart', async () => {
	const workspace = await aDay();
	const letGo = hold(workspace.appointments, 'walkIn');
	await button(/^Ohne Termin/).click();
	await userEvent.keyboard('Zuerst, Zoe{Enter}');
	await callsOf(workspace, 1);
	await userEvent.keyboard('{Escape}');
	await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
	await userEvent.keyboard('o');
	const nameField = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
	await nameField.fill('Danach, Dora');
	letGo();
	await expect.element(page.getByText(/Wartenummer 7KXM-1.*Zuerst, Zoe/)).toBeInTheDocument();
	await expect.element(nameField).toHaveValue('Danach, Dora');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByRole('dialog').getByText('7KXM-1')).toBeVisible();
});

it('leaves the focus and the search to whoever types there when the next one is called at last', async () => {
	const workspace = await aDay();
	const letGo = hold(workspace.appointments, 'step');
	await button(/^Nächste Person/).click();
	await callsOf(workspace, 1);
	const search = page.getByRole('searchbox');
	await search.fill('Beispiel');
	letGo();
	await expect.element(button(/^Rückgängig/)).toBeVisible();
	await new Promise((resolve) => setTimeout(resolve, 500));
	await expect.element(search).toHaveFocus();
	await userEvent.keyboard('ker');
	await expect.element(search).toHaveValue('Beispielker');
	expect(workspace.calls).toHaveLength(1);
});

it('shows who was called under an empty search field, and leaves the focus in it', async () => {
	const workspace = await aDay();
	const letGo = hold(workspace.appointments, 'step');
	await button(/^Nächste Person/).click();
	await callsOf(workspace, 1);
	const search = page.getByRole('searchbox');
	await search.click();
	letGo();
	await expect.element(page.getByRole('region', { name: 'Ausgewählter Termin' })).toHaveTextContent('Anfang, Anna');
	await new Promise((resolve) => setTimeout(resolve, 500));
	await expect.element(search).toHaveFocus();
});
