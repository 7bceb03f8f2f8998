import { createRawSnippet } from 'svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import AppRoot from '$lib/ui/components/AppRoot.svelte';
import {
	aLockScreenInfo,
	createFakeSession,
	createFakeSetup,
	type FakeSession,
	type FakeSetup
} from '../support/fake-session';
import { createFakeWorkspace } from '../support/fake-workspace';
import { MAX } from '../support/invented-view';

const goto = vi.hoisted(() => vi.fn());
const address = vi.hoisted(() => ({ url: new URL('http://localhost/anliegen') }));
vi.mock('$app/navigation', () => ({ goto }));
vi.mock('$app/state', () => ({ page: address }));
vi.mock('$lib/ui/state/app-update.svelte', () => ({ appUpdate: { start: async () => undefined, ready: false } }));

const children = createRawSnippet(() => ({ render: () => '<h1>Anliegen</h1>' }));
const thePage = page.getByRole('heading', { name: 'Anliegen' });

function show(session: FakeSession, setup: FakeSetup = createFakeSetup()) {
	render(AppRoot, { app: { session, setup }, children });
	return session;
}
beforeEach(() => {
	goto.mockReset();
	localStorage.clear();
	address.url = new URL('http://localhost/anliegen');
});

it('mounts the page only while somebody is unlocked', async () => {
	const session = show(createFakeSession());
	await expect.element(thePage).toBeVisible();
	session.show({ type: 'covered', staffName: 'Erika Mustermann', triesLeft: 5 });
	await expect.element(page.getByRole('heading', { name: 'Kurze Pause' })).toBeVisible();
	await expect.element(thePage).not.toBeInTheDocument();
	session.show({ type: 'locked', info: aLockScreenInfo() });
	await expect.element(page.getByRole('heading', { name: 'Entsperren' })).toBeVisible();
	await expect.element(thePage).not.toBeInTheDocument();
	session.show({ type: 'unlocking', step: 'opening', done: 500, total: 2_000 });
	await expect.element(page.getByText('500 von 2.000')).toBeVisible();
	await expect.element(thePage).not.toBeInTheDocument();
});

it('leads a device without data to setting up', async () => {
	show(createFakeSession({ type: 'not-set-up' }));
	await expect.poll(() => goto.mock.calls).toEqual([['/einrichtung', { replaceState: true }]]);
	await expect.element(thePage).not.toBeInTheDocument();
});

it('[LG3] says that data are missing where a device was set up before', async () => {
	show(createFakeSession({ type: 'damaged', detail: 'database-empty' }));
	await expect.element(page.getByRole('heading', { name: 'Daten fehlen' })).toBeVisible();
	expect(goto).not.toHaveBeenCalled();
});

it('[LG3] says how many operations are missing at least, and what to do', async () => {
	show(createFakeSession({ type: 'damaged', detail: 'operations-missing', missing: 12 }));
	await expect.element(page.getByRole('heading', { name: 'Daten fehlen' })).toBeVisible();
	await expect.element(page.getByText('Mindestens 12 Buchungen fehlen auf diesem Gerät.')).toBeVisible();
	await expect.element(page.getByRole('button', { name: 'Neu laden' })).toBeVisible();
	await expect.element(page.getByText(/Kopie auf einem Stick/)).toBeVisible();
});

it('[LG3] goes on without them only after a question', async () => {
	const session = show(createFakeSession({ type: 'damaged', detail: 'operations-missing', missing: 12 }));
	const goOn = page.getByRole('button', { name: 'Unter neuer Kennung weiterarbeiten' });
	await goOn.click();
	await page.getByRole('button', { name: 'Abbrechen' }).click();
	expect(session.calls).not.toContainEqual(['goOnAnew']);
	await goOn.click();
	await page.getByRole('button', { name: 'Weiterarbeiten', exact: true }).click();
	await expect.element(page.getByRole('heading', { name: 'Entsperren', level: 1 })).toBeVisible();
	expect(session.calls).toContainEqual(['goOnAnew']);
});

it('shows how far rebuilding is, also under the address of setting up', async () => {
	address.url = new URL('http://localhost/einrichtung');
	const session = show(createFakeSession({ type: 'rebuilding', done: 1_500, total: 30_000 }));
	await expect.element(page.getByRole('heading', { name: 'Daten werden wiederhergestellt' })).toBeVisible();
	await expect.element(page.getByText('1.500 von 30.000 Buchungen')).toBeVisible();
	await expect.element(thePage).not.toBeInTheDocument();
	session.show({ type: 'rebuilding', done: 16_000, total: 30_000 });
	await expect.element(page.getByText('16.000 von 30.000 Buchungen')).toBeVisible();
});

it('tells the session that somebody is there', async () => {
	const session = show(createFakeSession());
	await userEvent.keyboard('x');
	await expect.poll(() => session.calls).toContainEqual(['touch']);
});

describe('a first password set by somebody else', () => {
	const password = 'anker-wolke-tisch-biber';

	it('is changed before anything else', async () => {
		const workspace = createFakeWorkspace({ me: MAX });
		show(createFakeSession({ type: 'unlocked', workspace }));
		await expect.element(page.getByRole('heading', { name: 'Neues Passwort festlegen' })).toBeVisible();
		await expect.element(thePage).not.toBeInTheDocument();
		await page.getByLabelText('Bisheriges Passwort').fill('erstes');
		await page.getByLabelText('Neues Passwort', { exact: true }).fill(password);
		await page.getByLabelText('Neues Passwort wiederholen').fill(password);
		await page.getByRole('button', { name: 'Passwort festlegen' }).click();
		await expect.element(thePage).toBeVisible();
		expect(workspace.calls).toEqual([['changeOwnPassword', 'erstes', password]]);
	});

	it('can be left alone by signing out', async () => {
		const session = show(createFakeSession({ type: 'unlocked', workspace: createFakeWorkspace({ me: MAX }) }));
		await page.getByRole('button', { name: 'Abmelden' }).click();
		expect(session.calls).toContainEqual(['lock']);
	});
});

it('tells once that the restart test was passed', async () => {
	const setup = createFakeSetup({ restartTest: async () => 'passed' });
	const session = show(createFakeSession({ type: 'locked', info: aLockScreenInfo() }), setup);
	await expect.element(page.getByText('Neustart-Test bestanden.')).toBeVisible();
	session.show({ type: 'unlocked', workspace: createFakeWorkspace() });
	await expect.element(thePage).toBeVisible();
	session.show({ type: 'locked', info: aLockScreenInfo() });
	await expect.element(page.getByRole('heading', { name: 'Entsperren' })).toBeVisible();
	expect(page.getByText('Neustart-Test bestanden.').elements()).toEqual([]);
});

it.each([
	['newer-version', 'Neue Version: bitte neu laden'],
	['blocked', 'Ein anderes Fenster ist im Weg'],
	['lost', 'Die Datenbank wurde geschlossen']
])('does not call data missing that are there (%s)', async (detail, heading) => {
	show(createFakeSession({ type: 'damaged', detail }));
	await expect.element(page.getByRole('heading', { name: heading })).toBeVisible();
	expect(page.getByRole('link', { name: 'Daten zurückholen' }).elements()).toEqual([]);
});
