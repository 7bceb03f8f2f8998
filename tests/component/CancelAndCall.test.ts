import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import type { AppointmentRow } from '$lib/domain/appointment';
import { err, ok } from '$lib/domain/result';
import CancelAndCall from '$lib/ui/components/CancelAndCall.svelte';
import { toasts } from '$lib/ui/state/toasts.svelte';
import { createFakeWorkspace, type FakeWorkspace } from '../support/fake-workspace';
import { hold } from '../support/hold';
import { aView, ERIKA, MAX } from '../support/invented-view';
import { aContact, anAppointment, THE_DAY } from '../support/invented-appointments';
import WorkspaceHarness from './WorkspaceHarness.svelte';

beforeEach(() => localStorage.clear());
afterEach(() => {
	toasts.clear();
	vi.restoreAllMocks();
});

async function open(appointments: readonly AppointmentRow[], over: Partial<FakeWorkspace> = {}) {
	const workspace = createFakeWorkspace(over, aView({ appointments }));
	await render(WorkspaceHarness, { component: CancelAndCall, properties: { day: THE_DAY }, workspace });
	return workspace;
}
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const callTab = page.getByRole('tab', { name: 'Anrufliste' });
const rowOf = (name: string) =>
	page.getByRole('list', { name: 'Anrufe' }).getByRole('listitem').filter({ hasText: name });

it('cancels what is ticked with a reason, leads to the calls, and takes it back', async () => {
	const rows = [
		anAppointment(1),
		anAppointment(2, { service: 'Neuzulassung' }),
		anAppointment(3, { status: 'finished' })
	];
	const workspace = await open(rows);
	await button('0 Termine absagen …').click();
	await expect.element(page.getByText('Bitte erst einen Termin auswählen.')).toBeVisible();
	await page.getByLabelText('Anliegen').selectOptions('Neuzulassung (1)');
	await expect.element(page.getByText('0 von 1 Termin ausgewählt')).toBeVisible();
	await page.getByLabelText('Anliegen').selectOptions('Alle Anliegen (2)');
	await button('Alle auswählen').click();
	await page.getByRole('checkbox', { name: /Mustermann 2/ }).click();
	await button('1 Termin absagen …').click();

	const dialog = page.getByRole('dialog', { name: '1 Termin absagen?' });
	await expect.element(dialog.getByLabelText('Grund der Absage')).toHaveFocus();
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText('Bitte einen Grund angeben.')).toBeVisible();
	await dialog.getByRole('button', { name: 'Standort geschlossen' }).click();
	await expect.element(dialog.getByLabelText('Grund der Absage')).toHaveValue('Standort geschlossen');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText('1 Termin abgesagt.')).toBeVisible();
	await expect.element(callTab).toHaveAttribute('aria-selected', 'true');
	await expect.element(callTab).toHaveFocus();
	expect(workspace.calls).toEqual([['cancel', [rows[0]?.id], 'Standort geschlossen']]);
	await button('Rückgängig').click();
	await expect.element(page.getByText('Absage zurückgenommen: 1 Termin.')).toBeVisible();
	expect(workspace.calls.at(-1)).toEqual(['undo', rows[0]?.id, { status: 'confirmed' }]);
});

it('says how many could not be taken back', async () => {
	const workspace = await open([anAppointment(1), anAppointment(2)]);
	vi.spyOn(workspace.appointments, 'undo').mockResolvedValueOnce(err({ type: 'locked' }));
	await button('Alle auswählen').click();
	await button('2 Termine absagen …').click();
	await page.getByLabelText('Grund der Absage').fill('Stromausfall');
	await userEvent.keyboard('{Enter}');
	await button('Rückgängig').click();
	await expect.element(page.getByText(/Bei 1 von 2 Terminen ließ sich/)).toBeVisible();
});

/** Results stand in the rows as they would after a save. */
function remembering(workspace: FakeWorkspace): void {
	vi.spyOn(workspace.appointments, 'contact').mockImplementation(async (id, { result, note }) => {
		const appointments = workspace.view.appointments.map((row) =>
			row.id === id ? { ...row, contact: aContact(result, note), contactCount: row.contactCount + 1 } : row
		);
		workspace.change({ appointments });
		return ok('call-1');
	});
	vi.spyOn(workspace.appointments, 'retractContact').mockImplementation(async (id) => {
		const appointments = workspace.view.appointments.map((row) =>
			row.id === id ? { ...row, contact: null, contactCount: 0 } : row
		);
		workspace.change({ appointments });
		return ok(undefined);
	});
}

it('goes through the calls by the keyboard: arrows, 1 and 2, and who is done sinks to the end', async () => {
	const off = { status: 'cancelled', cancelReason: 'Personal fehlt' } as const;
	const workspace = await open([anAppointment(1, off), anAppointment(2, off), anAppointment(3, off), anAppointment(4)]);
	remembering(workspace);
	await callTab.click();
	await expect.element(page.getByText('0 von 3 erledigt')).toBeVisible();
	await expect.element(page.getByText(/Spreche ich mit Mustermann 1\?/)).toBeVisible();
	await rowOf('Mustermann 1').getByRole('button', { name: 'erreicht', exact: true }).click();
	await expect.element(page.getByText('1 von 3 erledigt')).toBeVisible();
	await expect.element(rowOf('Mustermann 2').getByRole('button', { name: 'erreicht', exact: true })).toHaveFocus();
	await expect.element(page.getByText(/Spreche ich mit Mustermann 2\?/)).toBeVisible();
	await userEvent.keyboard('{ArrowDown}');
	await expect.element(rowOf('Mustermann 3').getByRole('button', { name: 'erreicht', exact: true })).toHaveFocus();
	await rowOf('Mustermann 3')
		.getByLabelText(/Notiz zum Anruf/)
		.fill('12 Uhr, 3x geklingelt');
	await rowOf('Mustermann 3').getByRole('button', { name: 'nicht erreicht' }).click();
	expect(workspace.appointments.contact).toHaveBeenLastCalledWith(anAppointment(3).id, {
		result: 'not-reached',
		note: '12 Uhr, 3x geklingelt'
	});
	await expect.element(rowOf('Mustermann 2').getByRole('button', { name: 'erreicht', exact: true })).toHaveFocus();
	await userEvent.keyboard('1');
	await expect.element(page.getByText('2 von 3 erledigt')).toBeVisible();
	const names = page.getByRole('list', { name: 'Anrufe' }).getByRole('listitem').elements();
	expect(names.map((element) => /Mustermann \d/.exec(element.textContent ?? '')?.[0])).toEqual([
		'Mustermann 3',
		'Mustermann 1',
		'Mustermann 2'
	]);
	await expect.element(rowOf('Mustermann 3').getByText('Notiz: 12 Uhr, 3x geklingelt')).toBeVisible();
	await expect.element(rowOf('Mustermann 3').getByText('1 Anruf', { exact: true })).toBeVisible();
});

it('leaves the note and the focus to whoever types about another one when a result is written at last', async () => {
	const off = { status: 'cancelled' } as const;
	const workspace = await open([anAppointment(1, off), anAppointment(2, off), anAppointment(3, off)]);
	const letGo = hold(workspace.appointments, 'contact');
	await callTab.click();
	await rowOf('Mustermann 1').getByRole('button', { name: 'erreicht', exact: true }).click();
	const note = rowOf('Mustermann 3').getByLabelText(/Notiz zum Anruf/);
	await rowOf('Mustermann 3').getByText('Mustermann 3', { exact: true }).click();
	await note.fill('ab 1');
	letGo();
	await expect.element(page.getByText(/^Mustermann 1: /)).toBeVisible();
	await userEvent.keyboard('2 Uhr');
	await expect.element(note).toHaveValue('ab 12 Uhr');
	expect(workspace.calls.map(([act, id]) => [act, id])).toEqual([['contact', anAppointment(1).id]]);
});

it('takes a wrong result back: by the message, in the list, and by a key', async () => {
	const off = { status: 'cancelled' } as const;
	const workspace = await open([anAppointment(1, off), anAppointment(2, off)]);
	remembering(workspace);
	await callTab.click();
	await rowOf('Mustermann 1').getByRole('button', { name: 'erreicht', exact: true }).click();
	await expect.element(page.getByText('1 von 2 erledigt')).toBeVisible();
	await page.getByRole('status').getByRole('button', { name: 'Rückgängig' }).click();
	await expect.element(page.getByText('0 von 2 erledigt')).toBeVisible();
	expect(workspace.appointments.retractContact).toHaveBeenLastCalledWith(anAppointment(1).id, 'call-1');

	await rowOf('Mustermann 2').getByRole('button', { name: 'nicht erreicht' }).click();
	await rowOf('Mustermann 2')
		.getByRole('button', { name: /Rückgängig ?: letztes Ergebnis/ })
		.click();
	await expect.element(rowOf('Mustermann 2').getByText('1 Anruf', { exact: true })).not.toBeInTheDocument();
	await expect.element(rowOf('Mustermann 2').getByRole('button', { name: 'erreicht', exact: true })).toHaveFocus();
	await userEvent.keyboard('1');
	await expect.element(page.getByText('1 von 2 erledigt')).toBeVisible();
	await rowOf('Mustermann 2').getByRole('button', { name: 'erreicht', exact: true }).element().focus();
	await userEvent.keyboard('z');
	await expect.element(page.getByText('0 von 2 erledigt')).toBeVisible();
});

it('moves an appointment back with the result that it was', async () => {
	const workspace = await open([anAppointment(1, { status: 'cancelled' })]);
	await callTab.click();
	await rowOf('Mustermann 1').getByRole('button', { name: 'neuer Termin …' }).click();
	await page.getByLabelText('Uhrzeit').fill('1015');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText(/Mustermann 1: verlegt auf/)).toBeVisible();
	await page.getByRole('status').getByRole('button', { name: 'Rückgängig' }).click();
	await expect.element(page.getByText(/der Termin liegt wieder, wo er war/)).toBeVisible();
	expect(workspace.calls.map(([act]) => act)).toEqual(['move', 'contact', 'undo', 'retractContact']);
});

it('writes a new appointment down as the result once it is moved', async () => {
	const workspace = await open([anAppointment(1, { status: 'cancelled' })]);
	await callTab.click();
	await rowOf('Mustermann 1').getByRole('button', { name: 'erreicht', exact: true }).element().focus();
	await userEvent.keyboard('3');
	await expect.element(page.getByRole('dialog', { name: 'Termin verlegen' })).toBeVisible();
	await page.getByLabelText('Uhrzeit').fill('1015');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText(/Mustermann 1: verlegt auf .*, 10:15\./)).toBeVisible();
	await vi.waitFor(() => expect(workspace.calls.map(([act]) => act)).toEqual(['move', 'contact']), 20_000);
	expect(workspace.calls[1]).toEqual(['contact', anAppointment(1).id, { result: 'new-appointment', note: '' }]);
});

it('lists those without a number apart, and prints all with boxes', async () => {
	const print = vi.spyOn(window, 'print').mockReturnValue();
	const off = { status: 'cancelled' } as const;
	await open([anAppointment(1, off), anAppointment(2, { ...off, phone: '', email: 'max@beispiel.de' })]);
	await callTab.click();
	await expect
		.element(page.getByRole('region', { name: 'Ohne Telefonnummer: Brief oder E-Mail' }))
		.toHaveTextContent(/Mustermann 2.*max@beispiel\.de/);
	await expect.element(page.getByRole('link', { name: '02921 1001' })).toHaveAttribute('href', 'tel:029211001');
	await button('Anrufliste drucken').click();
	expect(print).toHaveBeenCalledOnce();
	const sheet = document.querySelector('section.print-only');
	expect(sheet?.textContent).toMatch(
		/Anrufliste: Montag, 06\.11\.2023[\s\S]*Enthält personenbezogene Daten[\s\S]*Mustermann 1[\s\S]*☐[\s\S]*Mustermann 2/
	);
});

it('keeps a changed text at this counter, and gives the first one back', async () => {
	await open([anAppointment(1, { status: 'cancelled' })]);
	await callTab.click();
	await button('Text ändern').click();
	await page.getByLabelText('Text für alle Anrufe').fill('Hallo {Name}, {Uhrzeit}');
	await button('Fertig').click();
	await expect.element(page.getByText('Hallo Mustermann 1, 09:30 Uhr')).toBeVisible();
	expect(Object.values({ ...localStorage })).toEqual(['Hallo {Name}, {Uhrzeit}']);
	await button('Text ändern').click();
	await button('Vorgegebener Text').click();
	await button('Fertig').click();
	await expect.element(page.getByText(/Spreche ich mit Mustermann 1\?/)).toBeVisible();
	expect(localStorage).toHaveLength(0);
});

it('saves a table for letters only after the password, and escapes formulas in it', async () => {
	const rows = [
		anAppointment(1, { status: 'cancelled' }),
		anAppointment(2, { status: 'cancelled', phone: '', name: '=SUMME(1+1)', cancelReason: 'Personal fehlt' })
	];
	const workspace = await open(rows, { me: ERIKA });
	const saved: Blob[] = [];
	vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
		saved.push(blob as Blob);
		return '#';
	});
	await callTab.click();
	await button('Serienbrief-Datei (CSV) …').click();
	await button('Als CSV speichern').click();
	expect(workspace.calls).toEqual([]);
	await page.getByLabelText('Eigenes Passwort').fill('ein Kennwort');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByText('1 Termin als CSV gespeichert.')).toBeVisible();
	expect(workspace.calls).toEqual([['exportAppointments', { ids: [rows[1]?.id], ownPassword: 'ein Kennwort' }]]);
	expect(await saved[0]?.text()).toContain("'=SUMME(1+1);;;06.11.2023;09:30;Umschreibung;Personal fehlt;Rathaus I");
});

it('tells a clerk who may save the table', async () => {
	await open([anAppointment(1, { status: 'cancelled' })], { me: MAX });
	await callTab.click();
	await button('Serienbrief-Datei (CSV) …').click();
	await expect.element(page.getByText(/dürfen Leitung und Administration/)).toBeVisible();
});
