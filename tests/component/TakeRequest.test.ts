import { beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { goto } from '$app/navigation';
import { newestForm } from '$lib/domain/forms/catalog';
import type { FormDefinition } from '$lib/domain/forms/form';
import { err, ok } from '$lib/domain/result';
import type { Workspace } from '$lib/services/workspace';
import TakeRequest from '$lib/ui/components/TakeRequest.svelte';
import { autoAdvance } from '$lib/ui/state/auto-advance.svelte';
import { createFakeWorkspace, type FakeWorkspace } from '../support/fake-workspace';
import { hex } from '../support/invented-view';
import WorkspaceHarness from './WorkspaceHarness.svelte';

/** Somebody goes to another page. */
const navigation = vi.hoisted(() => ({ begins: (_: { willUnload: boolean }): void => undefined }));
vi.mock('$app/navigation', () => ({
	goto: vi.fn(() => Promise.resolve()),
	beforeNavigate: (listener: (navigation: { willUnload: boolean }) => void) => void (navigation.begins = listener)
}));

const REQUEST_ID = hex(0x77);
const form = newestForm('kfz-umschreibung') as FormDefinition;

beforeEach(() => {
	vi.mocked(goto).mockClear();
	autoAdvance.on = true;
});

async function open(over: Partial<Workspace> = {}): Promise<FakeWorkspace> {
	const workspace = createFakeWorkspace(over);
	const properties = { form, requestId: REQUEST_ID, draft: null };
	await render(WorkspaceHarness, { component: TakeRequest, properties, workspace });
	await expect.element(page.getByRole('textbox', { name: 'Familienname', exact: true })).toHaveFocus();
	return workspace;
}

const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const type = (text: string) => userEvent.keyboard(text.replaceAll('{', '{{').replaceAll('[', '[['));
const taken = (workspace: FakeWorkspace) => workspace.calls.filter(([act]) => act === 'takeRequest');
const inputOf = (workspace: FakeWorkspace) => taken(workspace)[0]?.[1] as Parameters<Workspace['takeRequest']>[0];

/** A whole Halterwechsel by keyboard; gives back how many keys were no characters. */
async function typeHolderChange(): Promise<number> {
	let keys = 0;
	const enter = async () => {
		keys++;
		await userEvent.keyboard('{Enter}');
	};
	for (const text of ['Müller', 'Jürgen']) {
		await type(text);
		await enter();
	}
	await type('01021960');
	await type('Lippstadt');
	await enter();
	await type('m');
	for (const text of ['Markt', '12a']) {
		await type(text);
		await enter();
	}
	await type('59494');
	await type('SO-AB 123');
	await enter();
	await type('WVWZZZ1JZXW000001');
	await type('abc1234');
	await type('DE02120300000000202051');
	keys++;
	await userEvent.keyboard('{Control>}{Enter}{/Control}');
	return keys;
}

it('takes a Halterwechsel with at most twelve keys beside the characters, counting choosing and printing', async () => {
	const workspace = await open();
	const keys = await typeHolderChange();
	await vi.waitFor(
		() => expect(goto).toHaveBeenCalledWith(`/anliegen/${REQUEST_ID}/beleg`, { replaceState: true }),
		20_000
	);
	// N, the number of the favourite, and D for the print dialog.
	expect(keys + 3).toBeLessThanOrEqual(12);
	expect(inputOf(workspace)).toMatchObject({
		requestId: REQUEST_ID,
		answers: {
			familyName: 'Müller',
			birthDate: '1960-02-01',
			gender: 'male',
			postalCode: '59494',
			city: 'Soest',
			plate: 'SO-AB 123',
			evb: 'ABC1234',
			iban: 'DE02120300000000202051'
		},
		missing: []
	});
});

it('makes one request of a double press', async () => {
	let finish: () => void = () => undefined;
	const workspace = await open();
	const take = workspace.takeRequest;
	const slow = vi.fn(async (input: Parameters<Workspace['takeRequest']>[0]) => {
		await new Promise<void>((resolve) => (finish = resolve));
		return take(input);
	});
	Object.defineProperty(workspace, 'takeRequest', { value: slow });
	await type('Müller');
	const incomplete = page.getByRole('button', { name: 'Unvollständig aufnehmen' });
	await incomplete.click();
	await userEvent.keyboard('{Control>}{Enter}{/Control}');
	await userEvent.keyboard('{Control>}{Enter}{/Control}');
	finish();
	await vi.waitFor(() => expect(goto).toHaveBeenCalledOnce(), 20_000);
	expect(slow).toHaveBeenCalledOnce();
});

it('calls nobody back who went elsewhere while it was being saved, and says that it is', async () => {
	let finish: () => void = () => undefined;
	const workspace = await open();
	const take = workspace.takeRequest;
	Object.defineProperty(workspace, 'takeRequest', {
		value: async (input: Parameters<Workspace['takeRequest']>[0]) => {
			await new Promise<void>((resolve) => (finish = resolve));
			return take(input);
		}
	});
	await type('Müller');
	await page.getByRole('button', { name: 'Unvollständig aufnehmen' }).click();
	navigation.begins({ willUnload: false });
	finish();
	await expect.element(page.getByText(/^Anliegen .+ ist aufgenommen\.$/)).toBeVisible();
	expect(taken(workspace)).toHaveLength(1);
	expect(goto).not.toHaveBeenCalled();
});

it('sums up what is lacking with links to the fields, and puts the focus there', async () => {
	const workspace = await open();
	await userEvent.keyboard('{Control>}{Enter}{/Control}');
	const summary = page.getByRole('region', { name: 'Das geht so noch nicht' });
	await expect.element(summary).toHaveFocus();
	await summary.getByRole('link', { name: '„FIN“ fehlt noch.' }).click();
	await expect.element(field('FIN')).toHaveFocus();
	await expect.element(field('FIN')).toHaveAccessibleDescription(/fehlt noch/);
	expect(taken(workspace)).toEqual([]);
});

it('saves as incomplete with what is missing listed', async () => {
	const workspace = await open();
	await type('Müller');
	await page.getByRole('radiogroup', { name: 'Zulassungsbescheinigung Teil II' }).getByLabelText('fehlt').click();
	await page.getByRole('button', { name: 'Unvollständig aufnehmen' }).click();
	await vi.waitFor(() => expect(taken(workspace)).toHaveLength(1), 20_000);
	const { missing, papers } = inputOf(workspace);
	expect(missing).toEqual(expect.arrayContaining(['givenNames', 'vin', 'iban', 'zb2']));
	expect(missing).not.toContain('familyName');
	expect(papers['zb2']).toBe('missing');
});

it('keeps everything on the page when saving fails, and says what is safe', async () => {
	await open({ takeRequest: async () => err({ type: 'not-written', name: 'QuotaExceededError' }) });
	await type('Müller');
	await page.getByRole('button', { name: 'Unvollständig aufnehmen' }).click();
	await expect.element(page.getByRole('alert')).toHaveTextContent(/Nicht gespeichert.*stehen noch hier/);
	await expect.element(field('Familienname')).toHaveValue('Müller');
	expect(goto).not.toHaveBeenCalled();
});

it('shows an error when a field is left, not before, and a hint at once', async () => {
	await open();
	await field('FIN').click();
	await type('WVW');
	await expect.element(field('FIN')).not.toHaveAttribute('aria-invalid');
	await userEvent.tab();
	await expect.element(field('FIN')).toHaveAttribute('aria-invalid', 'true');
	await field('Geburtsdatum').click();
	await type('1.2.2020');
	await expect.element(page.getByText(/noch nicht 18 Jahre alt/)).toBeVisible();
	await expect.element(field('Geburtsdatum')).not.toHaveAttribute('aria-invalid');
});

it('shows what was understood when a field is left', async () => {
	await open();
	await field('Geburtsdatum').click();
	await type('1.2.60');
	await userEvent.tab();
	await expect.element(field('Geburtsdatum')).toHaveValue('01.02.1960');
});

it('moves on by itself only into an empty field that was just filled, and only where that is switched on', async () => {
	await open();
	await field('PLZ').click();
	await type('59494');
	await expect.element(field('PLZ')).not.toHaveFocus();
	await field('PLZ').click();
	await userEvent.keyboard('{Backspace}5');
	await expect.element(field('PLZ')).toHaveFocus();
	await page.getByLabelText('Automatisch weiterspringen').click();
	await field('FIN').click();
	await type('WVWZZZ1JZXW000001');
	await expect.element(field('FIN')).toHaveFocus();
});

it('asks before an unsaved form is left, and not before an untouched one', async () => {
	await open();
	await userEvent.keyboard('{Escape}');
	expect(goto).toHaveBeenCalledWith('/anliegen/neu');
	vi.mocked(goto).mockClear();
	await type('Müller');
	await userEvent.keyboard('{Escape}');
	await expect.element(page.getByRole('dialog')).toBeVisible();
	expect(goto).not.toHaveBeenCalled();
	await userEvent.keyboard('{Escape}');
	await expect.element(field('Familienname')).toHaveValue('Müller');
});

it('asks before a page is left on which something is not on the disk yet, and only then', async () => {
	let written = () => {};
	const workspace = await open({
		saveDraft: () => new Promise((resolve) => (written = () => resolve(ok(undefined))))
	});
	const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
	expect(asks()).toBe(false);
	await type('Mü');
	expect(asks()).toBe(true);
	expect(asks(), 'while it is being written').toBe(true);
	written();
	await expect.poll(asks).toBe(false);
	expect(taken(workspace)).toEqual([]);
});

it('brings a draft back, and says whose it is', async () => {
	const workspace = createFakeWorkspace();
	const content = {
		version: 1,
		typed: { familyName: 'Beispiel', givenNames: 'Max' },
		papers: { zb1: 'missing' },
		note: 'eilt',
		urgency: 'high',
		urgencyReason: 'Umzug',
		received: null,
		bulk: false,
		vehicles: []
	};
	const draft = {
		id: REQUEST_ID,
		requestId: REQUEST_ID,
		formId: form.id,
		ownerId: hex(2),
		ownerName: 'Max Beispiel',
		changedAt: Date.now(),
		content
	};
	const properties = { form, requestId: REQUEST_ID, draft };
	await render(WorkspaceHarness, { component: TakeRequest, properties, workspace });
	await expect.element(field('Familienname')).toHaveValue('Beispiel');
	await expect.element(field('Grund der Dringlichkeit')).toHaveValue('Umzug');
	await expect.element(page.getByText(/Entwurf von Max Beispiel/)).toBeVisible();
});
