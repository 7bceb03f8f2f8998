import { beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import StaffAdmin from '$lib/ui/components/StaffAdmin.svelte';
import { createFakeSession } from '../support/fake-session';
import { createFakeWorkspace, type FakeWorkspace } from '../support/fake-workspace';
import { MAX } from '../support/invented-view';
import { renderWithSession } from '../support/render-with-session';

let workspace: FakeWorkspace;
beforeEach(() => {
	workspace = createFakeWorkspace();
	const session = createFakeSession({ type: 'unlocked', workspace });
	renderWithSession(StaffAdmin, { mayManage: true }, { session });
});
const maxRow = page.getByRole('group', { name: 'Aktionen für Max Beispiel' });

it('takes a person in with a first password and the own one', async () => {
	await page.getByRole('button', { name: 'Person aufnehmen' }).click();
	await page.getByLabelText('Name').fill('Petra Probe');
	await page.getByLabelText('Rolle').selectOptions('lead');
	await page.getByRole('button', { name: 'Vorschlag' }).click();
	const firstPassword = page.getByTestId('proposal').element().textContent;
	await page.getByRole('button', { name: 'Aufnehmen', exact: true }).click();
	await expect.element(page.getByText('Bitte das eigene Passwort eingeben.')).toBeVisible();
	await page.getByLabelText('Eigenes Passwort').fill('meins');
	await page.getByRole('button', { name: 'Aufnehmen', exact: true }).click();
	await expect
		.poll(() => workspace.calls)
		.toEqual([['addStaff', { name: 'Petra Probe', role: 'lead', firstPassword, ownPassword: 'meins' }]]);
	await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});

it('takes in the Einlesedienst, which keeps its password, and makes nobody one', async () => {
	await page.getByRole('button', { name: 'Person aufnehmen' }).click();
	await page.getByLabelText('Rolle').selectOptions('feed');
	await expect.element(page.getByText(/Der Einlesedienst behält dieses Passwort/)).toBeVisible();
	await page.getByRole('button', { name: 'Abbrechen' }).click();
	await maxRow.getByRole('button', { name: 'Rolle ändern' }).click();
	await expect.element(page.getByRole('dialog').getByRole('option', { name: /Leitung/ })).toBeInTheDocument();
	await expect.element(page.getByRole('option', { name: /Einlesedienst/ })).not.toBeInTheDocument();
});

it('takes no second person of the same name', async () => {
	await page.getByRole('button', { name: 'Person aufnehmen' }).click();
	await page.getByLabelText('Name').fill('max beispiel');
	await page.getByRole('button', { name: 'Vorschlag' }).click();
	await page.getByLabelText('Eigenes Passwort').fill('meins');
	await page.getByRole('button', { name: 'Aufnehmen', exact: true }).click();
	await expect.element(page.getByText(/Diesen Namen gibt es schon/)).toBeVisible();
	expect(workspace.calls).toEqual([]);
});

it('asks before removing, and changes the key unless told otherwise', async () => {
	await maxRow.getByRole('button', { name: 'Entfernen' }).click();
	const dialog = page.getByRole('dialog');
	await expect.element(dialog.getByLabelText('Ja (empfohlen)')).toBeChecked();
	await dialog.getByLabelText('Eigenes Passwort').fill('meins');
	await dialog.getByRole('button', { name: 'Entfernen' }).click();
	await expect.poll(() => workspace.calls).toEqual([['removeStaff', MAX.id, { ownPassword: 'meins' }]]);
});

it('needs no password where no key is changed', async () => {
	await maxRow.getByRole('button', { name: 'Entfernen' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabelText('Nein').click();
	await expect.element(dialog.getByLabelText('Eigenes Passwort')).not.toBeInTheDocument();
	await dialog.getByRole('button', { name: 'Entfernen' }).click();
	await expect.poll(() => workspace.calls).toEqual([['removeStaff', MAX.id, null]]);
});

it('leaves the own row alone', async () => {
	await expect.element(page.getByRole('row', { name: /Erika Mustermann/ })).toHaveTextContent('angemeldet');
	expect(page.getByRole('group', { name: /Erika/ }).elements()).toEqual([]);
});
