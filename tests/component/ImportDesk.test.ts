import { beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { goto } from '$app/navigation';
import type { LocalTime } from '$lib/domain/appointment-import';
import { err, ok } from '$lib/domain/result';
import type { AppointmentDesk, ImportOutcome, LongWork } from '$lib/services/appointment-desk';
import ImportDesk from '$lib/ui/components/ImportDesk.svelte';
import { createFakeWorkspace, type FakeWorkspace } from '../support/fake-workspace';
import { anEntry, anIntake, aPreview, aProblem, needsMapping } from '../support/invented-import';
import WorkspaceHarness from './WorkspaceHarness.svelte';

const navigation = vi.hoisted(() => ({ before: (_: unknown) => undefined as unknown }));
vi.mock('$app/navigation', () => ({
	goto: vi.fn(() => Promise.resolve()),
	beforeNavigate: (hear: (event: unknown) => unknown) => (navigation.before = hear)
}));
beforeEach(() => void vi.mocked(goto).mockClear());

interface Acts {
	read?: AppointmentDesk['read'];
	takeIn?: AppointmentDesk['takeIn'];
}
const open = async (acts: Acts = {}): Promise<FakeWorkspace> => {
	const plain = createFakeWorkspace();
	const workspace = createFakeWorkspace({ appointments: { ...plain.appointments, ...acts } });
	await render(WorkspaceHarness, { component: ImportDesk, workspace });
	// The acts of its desk are noted by the workspace that they come from.
	return plain;
};
const gives =
	(...outcomes: readonly ImportOutcome[]): AppointmentDesk['read'] =>
	async () =>
		(outcomes as ImportOutcome[]).length > 1
			? ((outcomes as ImportOutcome[]).shift() as ImportOutcome)
			: (outcomes[0] as ImportOutcome);
const paste = (data: Record<string, string>, target: EventTarget = document.body) => {
	const clipboardData = new DataTransfer();
	for (const [type, value] of Object.entries(data)) clipboardData.setData(type, value);
	target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
};
const drop = (...files: readonly File[]) => {
	const dataTransfer = new DataTransfer();
	for (const file of files) dataTransfer.items.add(file);
	document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
};
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 2, name });
const rows = () => document.querySelectorAll('[data-index]');
const chip = (name: string | RegExp) => page.getByRole('button', { name });

it('reads a pasted table and shows what would be written, with the focus on its heading', async () => {
	const read = vi.fn(gives(aPreview(['new', 'changed', 'unchanged', 'cancelled', 'older'], {}, [3])));
	await open({ read });
	paste({ 'text/plain': 'Datum\tName', 'text/html': '<table></table>' });
	await expect.element(heading('Vorschau: Zwischenablage')).toHaveFocus();
	expect(read.mock.lastCall?.[0]).toEqual({ text: 'Datum\tName', html: '<table></table>' });
	await expect.element(chip('zu übernehmen 3')).toHaveAttribute('aria-pressed', 'true');
	await vi.waitFor(() => expect(rows()).toHaveLength(3), 20_000);
	await expect.element(page.getByText('hier schon bearbeitet – bleibt so')).toBeVisible();
	await chip('unverändert 1').click();
	await vi.waitFor(() => expect(rows()).toHaveLength(1), 20_000);
});

it('shows of a changed one the old value beside the new one, and nothing that stayed', async () => {
	const preview = aPreview(['changed', 'new']);
	const was = { time: '08:15' as LocalTime, phone: '02921 1', minutes: null };
	await open({ read: gives({ ...preview, intakes: [anIntake(2, 'changed', false, was), anIntake(3, 'new')] }) });
	paste({ 'text/plain': 'x' });
	const changes = page.getByRole('cell', { name: /vorher/ });
	await expect
		.element(changes)
		.toHaveTextContent(
			'Zeit: vorher 08:15 → jetzt 09:30Dauer: vorher ohne Dauer → jetzt 20 MinutenTelefon: vorher 02921 1 → jetzt leer'
		);
	expect(changes.elements()).toHaveLength(1);
});

it('takes in with Strg+Enter and leads to the appointments', async () => {
	const workspace = await open({ read: gives(aPreview(['new', 'new', 'unchanged'])) });
	paste({ 'text/plain': 'x' });
	await expect.element(chip(/2 Termine übernehmen/)).toBeVisible();
	await userEvent.keyboard('{Control>}{Enter}{/Control}');
	await expect.element(page.getByText('2 Termine übernommen.')).toBeVisible();
	await expect.element(page.getByText('1 Termin war hier schon so bekannt.')).toBeVisible();
	const link = page.getByRole('link', { name: 'Zu den Terminen' });
	await expect.element(link).toHaveFocus();
	await expect.element(link).toHaveAttribute('href', '/termine');
	expect(workspace.calls).toContainEqual(['takeIn', 2]);
});

it('says why nothing can be taken in, and goes back with Esc', async () => {
	await open({ read: gives(aPreview(['unchanged'])) });
	paste({ 'text/plain': 'x' });
	const take = chip('Nichts zu übernehmen');
	await expect.element(take).toBeDisabled();
	await expect.element(take).toHaveAccessibleDescription(/schon so bekannt/);
	await userEvent.keyboard('{Escape}');
	await expect.element(heading('Datei wählen oder Tabelle einfügen')).toHaveFocus();
});

it('lists what was not readable by its row, before and after', async () => {
	await open({ read: gives(aPreview(['new'], { problems: [aProblem(17)] })) });
	paste({ 'text/plain': 'x' });
	await chip('nicht lesbar 1').click();
	await expect.element(page.getByText('Zeile 17: Datum nicht lesbar: „31.02.2025“')).toBeVisible();
	await userEvent.keyboard('{Control>}{Enter}{/Control}');
	await expect.element(page.getByRole('heading', { name: '1 Eintrag nicht lesbar' })).toBeVisible();
	await expect.element(page.getByText('Zeile 17: Datum nicht lesbar: „31.02.2025“')).toBeVisible();
});

it('shows twenty thousand rows without drawing them all', async () => {
	const entries = Array.from({ length: 20_000 }, (_, n) => anEntry(n + 2));
	await open({ read: gives(aPreview(Array<'new'>(20_000).fill('new'), { entries })) });
	paste({ 'text/plain': 'x' });
	await expect.element(chip('neu 20.000')).toBeVisible();
	await expect.element(page.getByRole('table')).toHaveAttribute('aria-rowcount', '20001');
	await vi.waitFor(() => expect(rows().length).toBeGreaterThan(5), 20_000);
	expect(rows().length).toBeLessThan(60);
	expect(rows()[0]?.getBoundingClientRect().bottom).toBeLessThan(window.innerHeight);
});

it('asks for the columns, refuses what cannot be, and keeps them under a name', async () => {
	const read = vi.fn(gives(needsMapping(), aPreview(['new'])));
	const workspace = await open({ read });
	drop(new File(['x'], 'liste.xlsx'));
	await expect.element(heading('Spalten zuordnen')).toHaveFocus();
	await expect.element(page.getByLabelText('Inhalt von „Wer“')).toHaveValue('name');
	await page.getByRole('button', { name: 'Weiter zur Vorschau' }).click();
	await expect.element(page.getByRole('link', { name: /Es fehlt das Datum/ })).toBeVisible();
	await page.getByLabelText('Inhalt von „Tag“').selectOptions('Datum');
	await page.getByLabelText('Inhalt von „Wann“').selectOptions('Uhrzeit');
	await page.getByLabelText('Diese Zuordnung merken').click();
	await page.getByLabelText('Name der Zuordnung').fill('Bürgerbüro');
	await userEvent.keyboard('{Control>}{Enter}{/Control}');
	await expect.element(heading('Vorschau: liste.xlsx')).toBeVisible();
	expect(read.mock.lastCall?.[1].mapping).toMatchObject({ date: 0, time: 1, name: [2] });
	expect(workspace.calls.find(([act]) => act === 'saveProfile')?.[1]).toMatchObject({ name: 'Bürgerbüro' });
});

it('reads the other sheet of a workbook', async () => {
	const read = vi.fn(gives(needsMapping()));
	await open({ read });
	drop(new File(['x'], 'liste.xlsx'));
	await page.getByLabelText('Blatt').selectOptions('Januar');
	await vi.waitFor(() => expect(read.mock.lastCall?.[1].sheet).toBe('Januar'), 20_000);
});

it('asks for the day of a list of times', async () => {
	const read = vi.fn(gives({ type: 'needs-date', format: 'table', sample: [['09:30', 'Muster']] }, aPreview(['new'])));
	await open({ read });
	paste({ 'text/plain': 'x' });
	const day = page.getByLabelText('Tag der Termine');
	await day.fill('31.02.2026');
	await page.getByRole('button', { name: 'Weiter zur Vorschau' }).click();
	await expect.element(page.getByText(/Bitte ein Datum eingeben/)).toBeVisible();
	await day.fill('1.12.2026');
	await userEvent.keyboard('{Enter}');
	await expect.element(heading(/Vorschau/)).toBeVisible();
	expect(read.mock.lastCall?.[1].date).toBe('2026-12-01');
});

it('says of a wrong thing what it is, and what to do', async () => {
	await open();
	drop(new File(['x'], 'bild.png', { type: 'image/png' }));
	await expect.element(page.getByRole('alert')).toHaveTextContent(/Das ist ein Bild.*Es wurde nichts geändert/s);
	paste({ 'text/plain': 'irgendwas' });
	await expect.element(page.getByRole('alert')).toHaveTextContent(/Dieses Format ist nicht bekannt/);
});

it('takes what is pasted into the area as well, but not what is pasted into a date', async () => {
	const read = vi.fn(gives(aPreview(['new'])));
	await open({ read });
	await page.getByRole('button', { name: 'Zeitraum ändern' }).click();
	paste({ 'text/plain': '1.12.2026' }, page.getByLabelText('Von').element());
	expect(read).not.toHaveBeenCalled();
	await page.getByRole('button', { name: 'Aus der Zwischenablage einfügen' }).click();
	const area = page.getByLabelText(/Tabelle oder Kalender/);
	await expect.element(area).toHaveFocus();
	paste({ 'text/plain': 'BEGIN:VCALENDAR' }, area.element());
	await expect.element(heading(/Vorschau/)).toBeVisible();
});

const endless =
	(work: { signal?: AbortSignal }) =>
	(_: unknown, { signal, onProgress }: LongWork) => {
		work.signal = signal;
		onProgress({ done: 250, of: 1_000 });
		return new Promise<Awaited<ReturnType<AppointmentDesk['takeIn']>>>((resolve) =>
			signal.addEventListener('abort', () => resolve(ok({ written: 250, unchanged: 0, left: 750 })))
		);
	};
const thousand = () => aPreview(Array<'new'>(1_000).fill('new'));

it('shows how far it is, and after stopping what is in', async () => {
	await open({ read: gives(thousand()), takeIn: endless({}) });
	paste({ 'text/plain': 'x' });
	await chip(/1.000 Termine übernehmen/).click();
	await expect.element(page.getByText('250 von 1.000 übernommen')).toBeVisible();
	await page.getByRole('button', { name: 'Abbrechen' }).click();
	await expect
		.element(page.getByText('250 von 1.000 übernommen. Noch einmal einlesen setzt fort, nichts wird doppelt.'))
		.toBeVisible();
});

it('asks before the page is left while it takes in, and only then', async () => {
	const work: { signal?: AbortSignal } = {};
	await open({ read: gives(thousand()), takeIn: endless(work) });
	const leave = () => {
		const cancel = vi.fn();
		navigation.before({ cancel, willUnload: false, to: { url: new URL('http://localhost/anliegen') } });
		return cancel;
	};
	paste({ 'text/plain': 'x' });
	await expect.element(chip(/1.000 Termine übernehmen/)).toBeVisible();
	expect(leave()).not.toHaveBeenCalled();
	await chip(/1.000 Termine übernehmen/).click();
	expect(leave()).toHaveBeenCalled();
	await page.getByRole('button', { name: 'Hier bleiben' }).click();
	expect(work.signal?.aborted).toBe(false);
	leave();
	await page.getByRole('button', { name: 'Abbrechen und Seite verlassen' }).click();
	expect(work.signal?.aborted).toBe(true);
	await vi.waitFor(() => expect(goto).toHaveBeenCalledWith('/anliegen'), 20_000);
});

it('ends its work when the device is locked', async () => {
	const work: { signal?: AbortSignal } = {};
	const workspace = createFakeWorkspace();
	const appointments = { ...workspace.appointments, read: gives(thousand()), takeIn: endless(work) };
	const screen = await render(WorkspaceHarness, {
		component: ImportDesk,
		workspace: createFakeWorkspace({ appointments })
	});
	paste({ 'text/plain': 'x' });
	await chip(/1.000 Termine übernehmen/).click();
	await expect.element(heading('Termine werden übernommen')).toBeVisible();
	await screen.unmount();
	expect(work.signal?.aborted).toBe(true);
});

it('says that the disk took no more, and what is in', async () => {
	await open({
		read: gives(thousand()),
		takeIn: async (_, { onProgress }) => {
			onProgress({ done: 500, of: 1_000 });
			return err({ type: 'not-written', name: 'QuotaExceededError' });
		}
	});
	paste({ 'text/plain': 'x' });
	await chip(/1.000 Termine übernehmen/).click();
	const alert = page.getByRole('alert');
	await expect.element(alert).toHaveTextContent(/Nicht alles übernommen.*500 von 1.000 sind übernommen/s);
	await expect.element(alert).not.toHaveTextContent('auf Papier');
	await expect.element(chip(/1.000 Termine übernehmen/)).toBeEnabled();
});
