import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import DeviceAdmin from '$lib/ui/components/DeviceAdmin.svelte';
import { createFakeSession } from '../support/fake-session';
import { createFakeWorkspace, type FakeWorkspace } from '../support/fake-workspace';
import { aHealth, OTHER_DEVICE } from '../support/invented-view';
import { renderWithSession } from '../support/render-with-session';

let workspace: FakeWorkspace;
beforeEach(() => {
	workspace = createFakeWorkspace();
	renderWithSession(DeviceAdmin, { mayManage: true }, { session: createFakeSession({ type: 'unlocked', workspace }) });
});

it('[SY12] names the gaps of another device in words', async () => {
	const row = page.getByRole('row', { name: /Schalter 4/ });
	await expect.element(row).toHaveTextContent('Buchung 142 fehlt');
	await expect.element(row).toHaveTextContent('Buchungen 150 bis 153 fehlen');
});

it('shows an Aufnahmecode for one device, large and as QR, with the time it is good for', async () => {
	await page.getByRole('button', { name: 'Gerät aufnehmen' }).click();
	await page.getByLabelText('Eigenes Passwort').fill('meins');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByTestId('join-code')).toHaveTextContent('7KXM4-Q2W3E-R5T6Y-8A9SD-FGH2J-K3MN5');
	await expect.element(page.getByRole('img', { name: /QR-Code/ })).toBeVisible();
	await expect.element(page.getByRole('timer')).toHaveTextContent('Gilt noch 15 Minuten');
	expect(workspace.calls).toEqual([
		['createJoinCode', { origin: 'http://localhost:4780', ownPassword: 'meins', uses: 1, validMs: 900_000 }]
	]);
});

it('lets twenty devices in for today', async () => {
	await page.getByRole('button', { name: 'Gerät aufnehmen' }).click();
	await page.getByLabelText('für heute, 20 Geräte').click();
	await page.getByLabelText('Eigenes Passwort').fill('meins');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByTestId('join-code')).toBeVisible();
	expect(workspace.calls[0]?.[1]).toMatchObject({ uses: 20 });
});

it('lets a device in by a file where there is no server, and says where one is added', async () => {
	workspace.change({ exchanges: [] });
	await page.getByRole('button', { name: 'Gerät aufnehmen' }).click();
	await expect.element(page.getByRole('link', { name: 'Zum Abgleich' })).toBeVisible();
	await page.getByLabelText('Eigenes Passwort').fill('meins');
	await userEvent.keyboard('{Enter}');
	await expect.element(page.getByRole('button', { name: 'Aufnahmedatei speichern' })).toBeVisible();
	// Only a server could count the time.
	await expect.element(page.getByRole('timer')).toHaveTextContent('noch 15 Minuten ohne Nachfrage');
	await expect.element(page.getByTestId('join-code')).toBeVisible();
	expect(workspace.calls).toEqual([['createJoinFile', 'meins']]);
});

it('locks a device out and changes the key with it', async () => {
	await page.getByRole('button', { name: 'Gerät sperren' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabelText('Eigenes Passwort').fill('meins');
	await dialog.getByRole('button', { name: 'Gerät sperren' }).click();
	await expect.poll(() => workspace.calls).toEqual([['revokeDevice', OTHER_DEVICE, { ownPassword: 'meins' }]]);
});

it('says what waits, what is of a newer version and what was put aside', async () => {
	workspace.change({
		health: aHealth({
			waitingCount: 2,
			unknownCount: 1,
			clockWarnings: 3,
			setAside: [{ deviceId: OTHER_DEVICE, firstSequence: 7, reason: 'second-history' }]
		})
	});
	await expect.element(page.getByText(/2 Buchungen warten/)).toBeVisible();
	await expect.element(page.getByText(/1 Buchung ist von neuerer Version/)).toBeVisible();
	await expect.element(page.getByText(/1 Sendung ist beiseitegelegt/)).toBeVisible();
	await expect.element(page.getByText(/3 Buchungen tragen/)).toBeVisible();
});
