import { beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { err } from '$lib/domain/result';
import type { Instant } from '$lib/domain/time';
import ExchangeDesk from '$lib/ui/components/ExchangeDesk.svelte';
import { createFakeSession } from '../support/fake-session';
import { createFakeWorkspace, type FakeWorkspace } from '../support/fake-workspace';
import { aView, ERIKA } from '../support/invented-view';
import { renderWithSession } from '../support/render-with-session';

const ORIGIN = 'http://localhost:4780';
const server = page.getByRole('article', { name: ORIGIN });
let workspace: FakeWorkspace;

function show(over: Parameters<typeof createFakeWorkspace>[0] = {}) {
	workspace = createFakeWorkspace(over);
	renderWithSession(ExchangeDesk, {}, { session: createFakeSession({ type: 'unlocked', workspace }) });
}
const status = () => {
	const [first] = aView().exchanges;
	if (!first) throw new Error('the fake view has a server');
	return first;
};

beforeEach(() => show());

it('says since when a server is reachable, what is to be sent, and the last exchanges in words', async () => {
	await expect.element(server).toHaveTextContent('erreichbar seit 06.11.2023, 08:00 Uhr');
	await expect.element(server).toHaveTextContent('14 zu senden');
	await expect.element(server).toHaveTextContent('3 gesendet, 12 geholt');
	await expect.element(server).toHaveTextContent('Der Server ist nicht erreichbar.');
});

it('exchanges with one server when asked to', async () => {
	await server.getByRole('button', { name: 'Jetzt abgleichen' }).click();
	expect(workspace.calls).toEqual([['exchangeNow', ORIGIN]]);
});

it('shows how far a running exchange is', async () => {
	workspace.change({
		exchanges: [{ ...status(), running: true, progress: { sent: 7, toSend: 14, received: 3 } }]
	});
	await expect.element(server.getByRole('progressbar')).toBeVisible();
	await expect.element(server).toHaveTextContent('7 von 14 gesendet, 3 geholt');
});

it('says why something stays unsent of which nothing opens here, and only then', async () => {
	const health = workspace.view.health;
	const words = page.getByText('von denen sich hier noch nichts öffnen lässt');
	await expect.element(page.getByText('14 Buchungen liegen')).toBeVisible();
	await expect.element(words).not.toBeInTheDocument();
	workspace.change({ health: { ...health, heldBackCount: 3 } });
	await expect.element(words).toHaveTextContent('3 Buchungen davon stammen von Geräten');
});

it('says what a person must do', async () => {
	workspace.change({ exchanges: [{ ...status(), lastError: { type: 'device-revoked' } }] });
	await expect.element(server).toHaveTextContent('braucht Aufmerksamkeit');
	await expect.element(server).toHaveTextContent('Dieses Gerät ist gesperrt');
});

it('says when a server that asked for a pause is asked again', async () => {
	const lastError = { type: 'server-busy', retryAfterMs: 120_000 } as const;
	workspace.change({
		exchanges: [{ ...status(), lastError, retryAt: Date.parse('2023-11-06T09:42:00+01:00') as Instant }]
	});
	await expect.element(server).toHaveTextContent('Auf diesem Gerät ist alles gesichert.');
	await expect.element(server).toHaveTextContent('Nächster Versuch von selbst um 09:42 Uhr.');
});

it('asks before it removes a server', async () => {
	await server.getByRole('button', { name: 'Server entfernen' }).click();
	expect(workspace.calls).toEqual([]);
	const dialog = page.getByRole('dialog');
	await expect.element(dialog).toHaveTextContent('14 Buchungen von hier hat dieser Server noch nicht.');
	await dialog.getByRole('button', { name: 'Server entfernen' }).click();
	await expect.poll(() => workspace.calls).toEqual([['removeServer', ORIGIN]]);
});

it('says so when a server could not be removed, and keeps the question open', async () => {
	show({ removeServer: async () => err({ type: 'not-written', name: 'QuotaExceededError' }) });
	await server.getByRole('button', { name: 'Server entfernen' }).last().click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Server entfernen' }).click();
	await expect.element(dialog.getByRole('alert')).toHaveTextContent('Es konnte nicht gespeichert werden.');
	expect(page.getByText('Server entfernt.').query()).toBeNull();
});

it('adds a server by its Betriebscode', async () => {
	await page.getByRole('button', { name: 'Server hinzufügen' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabelText('Adresse des Servers').fill('notschalter.stadt.example');
	await dialog.getByLabelText('Betriebscode').fill('ABC-DEF');
	await dialog.getByRole('button', { name: 'Hinzufügen', exact: true }).click();
	await expect.poll(() => workspace.calls).toEqual([['addServer', 'notschalter.stadt.example', 'ABC-DEF']]);
});

it('keeps what is being typed, however the states of the servers change', async () => {
	await page.getByRole('button', { name: 'Server hinzufügen' }).click();
	const field = page.getByRole('dialog').getByLabelText('Adresse des Servers');
	await field.fill('notschalter.stadt');
	workspace.change({ exchanges: [{ ...status(), unsentCount: 3 }] });
	await expect.element(server).toHaveTextContent('3 zu senden');
	await expect.element(field).toHaveValue('notschalter.stadt');
});

it('asks for the Betriebscode where the space does not lie yet', async () => {
	show({ addServer: async () => err({ type: 'wrong-code' }) });
	await page.getByRole('button', { name: 'Server hinzufügen' }).last().click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabelText('Adresse des Servers').fill('https://a.example');
	await dialog.getByRole('button', { name: 'Hinzufügen', exact: true }).click();
	await expect.element(dialog.getByText('Bitte den Betriebscode eingeben.')).toBeVisible();
});

it('pauses a server, shows so, and lets it go on', async () => {
	await server.getByRole('button', { name: 'Pausieren' }).click();
	await expect.poll(() => workspace.calls).toEqual([['pauseServer', ORIGIN, true]]);
	workspace.change({ exchanges: [{ ...status(), paused: true, lastError: { type: 'unreachable' } }] });
	await expect.element(server).toHaveTextContent('pausiert');
	await expect.element(server).toHaveTextContent('Was er schon hat, zählt weiter als übertragen.');
	expect(server.getByRole('button', { name: 'Jetzt abgleichen' }).elements()).toHaveLength(0);
	await server.getByRole('button', { name: 'Fortsetzen' }).click();
	await expect.poll(() => workspace.calls).toContainEqual(['pauseServer', ORIGIN, false]);
});

it('proposes a server that other counters use, and no other', async () => {
	const centre = 'https://zentrale.example';
	workspace.change({ settings: { ...aView().settings, servers: [ORIGIN, centre] } });
	await expect.element(page.getByText('Andere Schalter gleichen auch hier ab')).toBeVisible();
	const buttons = page.getByRole('button', { name: 'Hier hinzufügen' });
	expect(buttons.elements()).toHaveLength(1);
	await buttons.click();
	const dialog = page.getByRole('dialog');
	await expect.element(dialog.getByLabelText('Adresse des Servers')).toHaveValue(centre);
	await dialog.getByRole('button', { name: 'Hinzufügen', exact: true }).click();
	await expect.poll(() => workspace.calls).toEqual([['addServer', centre, '']]);
});

it('stays open when the server refuses', async () => {
	show({ addServer: async () => err({ type: 'wrong-code' }) });
	await page.getByRole('button', { name: 'Server hinzufügen' }).last().click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabelText('Betriebscode').fill('FALSCH');
	await dialog.getByLabelText('Adresse des Servers').fill('https://a.example');
	await dialog.getByRole('button', { name: 'Hinzufügen', exact: true }).click();
	await expect.element(dialog.getByRole('alert')).toHaveTextContent('Diesen Code kennt der Server nicht');
});

it('lets a clerk exchange, but not change the servers', async () => {
	show({ me: { ...ERIKA, role: 'clerk' } });
	expect(page.getByRole('button', { name: 'Jetzt abgleichen' }).elements()).toHaveLength(2);
	expect(page.getByRole('button', { name: 'Server entfernen' }).elements()).toHaveLength(1);
});
