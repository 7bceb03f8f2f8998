import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import type { AppointmentRow } from '$lib/domain/appointment';
import DayPrint from '$lib/ui/components/DayPrint.svelte';
import PrintOffer from '$lib/ui/components/PrintOffer.svelte';
import { dayListOffered } from '$lib/ui/state/day-list-offered.svelte';
import { today } from '$lib/ui/state/now.svelte';
import { dayAfter } from '$lib/ui/state/typed-when';
import { formatLocalDate } from '$lib/ui/text/format';
import { createFakeWorkspace } from '../support/fake-workspace';
import { aView, NOW } from '../support/invented-view';
import { anAppointment } from '../support/invented-appointments';
import WorkspaceHarness from './WorkspaceHarness.svelte';

beforeEach(() => {
	dayListOffered.day = null;
	vi.spyOn(window, 'print').mockReturnValue();
});
afterEach(() => vi.restoreAllMocks());

const date = today();
const rows = [
	anAppointment(1, { date, status: 'queued', arrivedAt: NOW }),
	anAppointment(2, { date, status: 'cancelled', name: 'Beispiel, Max' }),
	anAppointment(3, { date: dayAfter(date), name: 'Morgen, Marta' })
];
async function open(appointments: readonly AppointmentRow[] = rows) {
	const workspace = createFakeWorkspace({}, aView({ appointments }));
	await render(WorkspaceHarness, { component: DayPrint, properties: { day: date }, workspace });
}

it('shows the sheet in large type, with boxes and lines for people without an appointment', async () => {
	await open();
	const sheet = page.getByRole('region', { name: 'Tagesliste' });
	await expect
		.element(sheet)
		.toHaveTextContent(/Rathaus I.*Gedruckt.*Schalter 3.*Stand der Liste: 06\.11\.2023, 06:50 Uhr/);
	await expect.element(sheet.getByRole('row', { name: /Mustermann 1.*02921 1001 ☒ ☐/ })).toBeVisible();
	await expect.element(sheet.getByRole('row', { name: /Beispiel, Max.*abgesagt/ })).toBeVisible();
	const points = (element: Element | null) =>
		Number.parseFloat(getComputedStyle(element ?? document.body).fontSize) * 0.75;
	expect(points(sheet.element().querySelector('tbody strong'))).toBeGreaterThanOrEqual(14);
	expect(points(sheet.element().querySelector('tbody td'))).toBeGreaterThanOrEqual(12);
	expect(sheet.element().querySelectorAll('tr.empty')).toHaveLength(8);
});

it('goes to tomorrow by one press, and to any day that is typed', async () => {
	await open();
	await page.getByRole('button', { name: 'Morgen', exact: true }).click();
	await expect.element(page.getByText('Morgen, Marta')).toBeVisible();
	await page.getByLabelText('Tag', { exact: true }).fill('31.2.2024');
	await page.getByRole('button', { name: 'Drucken' }).element().focus();
	await expect.element(page.getByText(/Diesen Tag gibt es nicht/)).toBeVisible();
	await page.getByLabelText('Tag', { exact: true }).fill(formatLocalDate(date));
	await page.getByRole('button', { name: 'Drucken' }).click();
	expect(window.print).toHaveBeenCalledOnce();
	await expect.element(page.getByText('Mustermann 1')).toBeVisible();
	expect(dayListOffered.day).toBe(date);
});

it('is offered once a day, until printed or not wanted', async () => {
	await render(PrintOffer, { rows });
	await expect.element(page.getByText('Tagesliste für heute als Papier-Reserve drucken?')).toBeVisible();
	await expect.element(page.getByRole('link', { name: 'Drucken …' })).toHaveAttribute('href', '/termine/druck');
	await page.getByRole('button', { name: 'Heute nicht' }).click();
	await expect.element(page.getByText('Tagesliste für heute als Papier-Reserve drucken?')).not.toBeInTheDocument();
	expect(localStorage.getItem('notschalter.day-list-offered')).toBe(date);
});
