import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import type { AppointmentRow, LocalTime } from '$lib/domain/appointment';
import { NO_SETTINGS, type Capacity } from '$lib/domain/office-settings';
import { ok } from '$lib/domain/result';
import type { LocalDate } from '$lib/domain/time';
import MoveAppointment from '$lib/ui/components/MoveAppointment.svelte';
import { toasts } from '$lib/ui/state/toasts.svelte';
import { createFakeWorkspace } from '../support/fake-workspace';
import { aView } from '../support/invented-view';
import { anAppointment } from '../support/invented-appointments';
import WorkspaceHarness from './WorkspaceHarness.svelte';

/** A Tuesday that is still to come, whenever this is run. */
const TUESDAY = '2099-11-10' as LocalDate;
const row = anAppointment(1);

afterEach(() => toasts.clear());

async function open(capacity: Capacity | null, others: readonly AppointmentRow[] = []) {
	const settings = { ...NO_SETTINGS, capacity };
	const workspace = createFakeWorkspace({}, aView({ appointments: [row, ...others], settings }));
	const onmoved = vi.fn();
	const properties = { row, open: true, onmoved };
	await render(WorkspaceHarness, { component: MoveAppointment, properties, workspace });
	await page.getByLabelText('Neuer Tag').fill('10.11.2099');
	return { workspace, onmoved };
}
const atTen = (count: number) =>
	Array.from({ length: count }, (_, n) => anAppointment(10 + n, { date: TUESDAY, time: '10:00' as LocalTime }));

it('warns of a full time, offers free ones, and moves to what is chosen', async () => {
	const { workspace, onmoved } = await open({ perSlot: 4, slotMinutes: 30 }, atTen(4));
	await page.getByLabelText('Uhrzeit').fill('10');
	await expect.element(page.getByText('Um 10:00 sind schon 4 von 4 belegt. Verlegen geht trotzdem.')).toBeVisible();
	await page.getByRole('button', { name: '10:30', exact: true }).click();
	await expect.element(page.getByLabelText('Uhrzeit')).toHaveValue('10:30');
	await expect.element(page.getByText('Um 10:30 sind 0 von 4 belegt.')).toBeVisible();
	await page.getByRole('button', { name: 'Verlegen', exact: true }).click();
	await expect.element(page.getByText('Mustermann 1: verlegt auf Dienstag, 10.11.2099, 10:30.')).toBeVisible();
	expect(workspace.calls).toEqual([['move', row.id, { date: TUESDAY, time: '10:30', minutes: null }, '']]);
	expect(onmoved).toHaveBeenCalledOnce();
	await page.getByRole('button', { name: 'Rückgängig' }).click();
	await expect.element(page.getByText('Der Termin liegt wieder, wo er war.')).toBeVisible();
	expect(workspace.calls.at(-1)).toEqual(['undo', row.id, { status: 'confirmed' }]);
});

it('blocks nothing: a full time may be taken', async () => {
	const { workspace } = await open({ perSlot: 1, slotMinutes: 30 }, atTen(1));
	await page.getByLabelText('Uhrzeit').fill('1000');
	await userEvent.keyboard('{Enter}');
	await vi.waitFor(() => expect(workspace.calls[0]?.slice(0, 2)).toEqual(['move', row.id]), 20_000);
});

it('only tells how many are there while nobody has said how many fit, and asks for it', async () => {
	const { workspace } = await open(null, atTen(2));
	vi.spyOn(workspace.appointments, 'saveCapacity').mockImplementation(async (capacity) => {
		workspace.change({ settings: { ...NO_SETTINGS, capacity } });
		return ok(undefined);
	});
	await page.getByLabelText('Uhrzeit').fill('10:00');
	await expect.element(page.getByText('Um 10:00: 2 Termine zur selben Zeit.')).toBeVisible();
	await page.getByRole('button', { name: 'Wie viele gleichzeitig?' }).click();
	await page.getByLabelText('Termine gleichzeitig').fill('zwei');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText(/Bitte zwei ganze Zahlen eintragen/)).toBeVisible();
	await page.getByLabelText('Termine gleichzeitig').fill('2');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText('Um 10:00 sind schon 2 von 2 belegt. Verlegen geht trotzdem.')).toBeVisible();
	expect(workspace.calls).toEqual([]);
});

it('says what is lacking, with the focus there', async () => {
	const { workspace } = await open(null);
	await page.getByLabelText('Neuer Tag').fill('1.2.2020');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText('Dieser Tag ist schon vorbei.')).toBeVisible();
	await expect.element(page.getByLabelText('Neuer Tag')).toHaveFocus();
	await page.getByLabelText('Neuer Tag').fill('10112099');
	await page.getByLabelText('Uhrzeit').fill('halb zehn');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText(/Bitte die Uhrzeit eintragen/)).toBeVisible();
	await expect.element(page.getByLabelText('Uhrzeit')).toHaveFocus();
	expect(workspace.calls).toEqual([]);
	await userEvent.keyboard('{Escape}');
	await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});
