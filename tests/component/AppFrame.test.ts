import { createRawSnippet } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import AppFrame from '$lib/ui/components/AppFrame.svelte';
import { createFakeSession, type FakeSession } from '../support/fake-session';
import { createFakeWorkspace, type FakeWorkspace } from '../support/fake-workspace';
import { aHealth, aView } from '../support/invented-view';
import { takeAsked } from '$lib/ui/state/appointment-shown.svelte';
import { anAppointment } from '../support/invented-appointments';
import { renderWithSession } from '../support/render-with-session';

const goto = vi.hoisted(() => vi.fn());
vi.mock('$app/navigation', () => ({ goto }));
vi.mock('$app/state', () => ({
	page: { url: new URL('http://localhost/verwaltung'), route: { id: '/(counter)/verwaltung' } },
	navigating: { to: null }
}));

const children = createRawSnippet(() => ({ render: () => '<h1>Seite</h1>' }));
let workspace: FakeWorkspace;
let session: FakeSession;
beforeEach(() => {
	goto.mockReset();
	localStorage.clear();
	workspace = createFakeWorkspace();
	session = createFakeSession({ type: 'unlocked', workspace });
	renderWithSession(AppFrame, { children }, { session });
});
const [exchange] = aView().exchanges;

describe('the status line', () => {
	const line = page.getByRole('region', { name: 'Zustand des Geräts' });

	it('says who works where, that all is saved, and what is not sent', async () => {
		await expect.element(line).toHaveTextContent('gesichert');
		await expect.element(line).toHaveTextContent('14 nicht übertragen');
		await expect.element(line).toHaveTextContent('Schalter 3, Erika Mustermann');
	});

	it('[LG2] says „gesichert“ only when it is', async () => {
		workspace.change({ health: aHealth({ save: 'saving' }) });
		await expect.element(line).toHaveTextContent('wird gesichert …');
		workspace.change({ health: aHealth({ save: 'saved', copies: 2 }) });
		await expect.element(line).toHaveTextContent('gesichert (2 Kopien)');
		workspace.change({ health: aHealth({ save: 'saved', copies: 1 }) });
		await expect.element(line).toHaveTextContent('gesichert, nur 1 Kopie');
		workspace.change({ health: aHealth({ save: 'failed' }) });
		await expect.element(page.getByRole('dialog')).toHaveTextContent('Die letzte Eingabe ist nicht gesichert');
	});

	it('locks', async () => {
		await line.getByRole('button', { name: 'Sperren' }).click();
		expect(session.calls).toContainEqual(['lock']);
	});
});

describe('the banner', () => {
	it('says that no server can be reached, and that work goes on', async () => {
		if (!exchange) throw new Error('the fake view has a server');
		workspace.change({ exchanges: [{ ...exchange, reachable: false, lastError: { type: 'unreachable' } }] });
		await expect.element(page.getByText('Server nicht erreichbar – Sie können weiterarbeiten')).toBeVisible();
		await expect.element(page.getByText('Letzter Abgleich 06.11.2023, 09:30 Uhr')).toBeVisible();
	});

	it('is not there while one of two servers can be reached', async () => {
		if (!exchange) throw new Error('the fake view has a server');
		workspace.change({ exchanges: [exchange, { ...exchange, origin: 'https://b.example', reachable: false }] });
		expect(page.getByText(/nicht erreichbar/).elements()).toEqual([]);
	});
});

describe('keys', () => {
	it('lead to a new request, to the search and to the help', async () => {
		await userEvent.keyboard('n');
		expect(goto).toHaveBeenCalledExactlyOnceWith('/anliegen/neu');
		await userEvent.keyboard('?');
		await expect.element(page.getByRole('dialog', { name: 'Hilfe und Tasten' })).toBeVisible();
		await userEvent.keyboard('{Escape}');
		await userEvent.keyboard('{Control>}k{/Control}');
		await expect.element(page.getByRole('combobox', { name: 'Suchen' })).toHaveFocus();
	});

	it('are letters while somebody types', async () => {
		await page.getByRole('combobox', { name: 'Suchen' }).click();
		await userEvent.keyboard('nt?');
		await expect.element(page.getByRole('combobox', { name: 'Suchen' })).toHaveValue('nt?');
		expect(goto).not.toHaveBeenCalled();
	});

	it('of one letter can be switched off', async () => {
		await page.getByRole('button', { name: 'Hilfe und Tasten' }).click();
		await page.getByLabelText(/Einzelne Tasten/).click();
		await userEvent.keyboard('{Escape}');
		await userEvent.keyboard('n');
		expect(goto).not.toHaveBeenCalled();
		await userEvent.keyboard('{Control>}l{/Control}');
		expect(session.calls).toContainEqual(['lock']);
	});
});

describe('the search', () => {
	it('opens the best match with Enter, also when a scanner was faster than the search', async () => {
		const row = workspace.view.rows[2];
		await page.getByRole('combobox', { name: 'Suchen' }).click();
		await userEvent.keyboard('müller{Enter}');
		await expect.poll(() => goto.mock.calls).toEqual([[`/anliegen/${row?.id}`]]);
		await expect.element(page.getByRole('combobox', { name: 'Suchen' })).toHaveValue('');
	});

	it('finds appointments too, and names none of them in the address', async () => {
		const row = anAppointment(1, { name: 'Termin, Tilda', number: '7KXM-1' });
		workspace.change({ appointments: [row] });
		await page.getByRole('combobox', { name: 'Suchen' }).click();
		await userEvent.keyboard('tilda');
		await expect
			.element(page.getByRole('option'))
			.toHaveTextContent('Termin, Tilda Umschreibung 7KXM-1 Termin 06.11.2023, 09:30');
		await userEvent.keyboard('{Enter}');
		await expect.poll(() => takeAsked(workspace)).toBe(row.id);
		expect(goto.mock.calls).toEqual([['/termine']]);
		expect(takeAsked(workspace)).toBeNull();
	});

	it('says when nothing fits', async () => {
		await page.getByRole('combobox', { name: 'Suchen' }).fill('xyz');
		await expect.element(page.getByText(/Nichts gefunden/)).toBeVisible();
	});
});

describe('a PIN for short breaks', () => {
	const pin = page.getByLabelText('PIN für kurze Pausen');

	it('is offered once and makes „Sperren“ a cover', async () => {
		await pin.fill('123456');
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByText(/zu leicht zu erraten/)).toBeVisible();
		await pin.fill('204817');
		await userEvent.keyboard('{Enter}');
		await expect.element(pin).not.toBeInTheDocument();
		await page.getByRole('button', { name: 'Sperren' }).click();
		expect(session.calls).toContainEqual(['cover']);
	});

	it('can be done without', async () => {
		await page.getByRole('button', { name: 'Ohne PIN' }).click();
		await expect.element(pin).not.toBeInTheDocument();
		expect(session.hasPin).toBe(false);
	});
});
