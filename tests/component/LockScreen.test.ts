import { beforeEach, describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Instant } from '$lib/domain/time';
import type { SessionState } from '$lib/services/workspace';
import LockScreen from '$lib/ui/components/LockScreen.svelte';
import { aLockScreenInfo, createFakeSession, type FakeSession } from '../support/fake-session';
import { ERIKA, MAX } from '../support/invented-view';
import { renderWithSession } from '../support/render-with-session';

const name = page.getByRole('combobox', { name: 'Name' });
const password = page.getByLabelText('Passwort', { exact: true });
const unlock = page.getByRole('button', { name: 'Entsperren', exact: true });

let session: FakeSession;
function show(info = aLockScreenInfo(), restartPassed = false) {
	const state: Extract<SessionState, { type: 'locked' }> = { type: 'locked', info };
	session = createFakeSession(state);
	return renderWithSession(LockScreen, { session: state, restartPassed }, { session });
}

describe('with a password', () => {
	beforeEach(() => {
		show();
	});

	it('has chosen who was here last and waits for the password', async () => {
		await expect.element(name).toHaveValue(ERIKA.id);
		await expect.element(password).toHaveFocus();
	});

	it('unlocks for the chosen person', async () => {
		await name.selectOptions('Max Beispiel');
		await password.fill('richtig');
		await unlock.click();
		expect(session.calls).toEqual([['unlock', MAX.id, 'richtig']]);
	});

	it('says that the password is wrong, empties the field and stays there', async () => {
		await password.fill('falsch');
		await userEvent.keyboard('{Enter}');
		await expect.element(page.getByRole('alert')).toHaveTextContent('Das Passwort stimmt nicht');
		await expect.element(password).toHaveValue('');
		await expect.element(password).toHaveFocus();
	});

	it('asks for a password before it tries', async () => {
		await unlock.click();
		await expect.element(page.getByText('Bitte das Passwort eingeben.')).toBeVisible();
		expect(session.calls).toEqual([]);
	});

	it('says what is saved, what is not sent, that nothing is lost, and how old the list of staff is', async () => {
		await expect.element(page.getByText(/1\.234 Buchungen auf diesem Gerät gesichert, 14 noch nicht/)).toBeVisible();
		await expect.element(page.getByText(/Beim Sperren geht nichts verloren/)).toBeVisible();
		await expect.element(page.getByText(/Stand vom 12\.11\., 14:03/)).toBeVisible();
		await expect.element(page.getByText('Soest, Stadt, Rathaus I, Schalter 3')).toBeVisible();
	});
});

it('says what came back from the second copy', async () => {
	show(
		aLockScreenInfo({
			copies: {
				rebuilt: true,
				restoredOperations: 1_204,
				restoredDrafts: 1,
				refusedOperations: 0,
				lostOperations: 0,
				unreadablePlaces: 0,
				withoutSecond: null
			}
		})
	);
	await expect.element(page.getByText('Daten wiederhergestellt')).toBeVisible();
	await expect.element(page.getByText('1.204 Buchungen wiederhergestellt.')).toBeVisible();
	await expect.element(page.getByText('1 Entwurf wiederhergestellt.')).toBeVisible();
});

it('counts down while the next try has to wait, and offers none', async () => {
	show(aLockScreenInfo({ waitUntil: (Date.now() + 60_000) as Instant }));
	await expect.element(page.getByRole('timer')).toHaveTextContent(/Nächster Versuch in \d+ Sekunden/);
	await expect.element(unlock).toBeDisabled();
});

it('chooses nobody on a device where several people work and nobody was here', async () => {
	show(aLockScreenInfo({ lastStaffId: null }));
	await expect.element(name).toHaveFocus();
	await password.fill('richtig');
	await unlock.click();
	await expect.element(page.getByText('Bitte den eigenen Namen wählen.')).toBeVisible();
});

it('tells that the restart test was passed', async () => {
	show(aLockScreenInfo(), true);
	await expect.element(page.getByText('Neustart-Test bestanden.')).toBeVisible();
});

describe('with the key of the Notfallblatt', () => {
	const submit = page.getByRole('button', { name: 'Entsperren und Passwort setzen' });
	beforeEach(async () => {
		show();
		await page.getByRole('button', { name: 'Mit Notfallschlüssel' }).click();
	});

	it('sets a new password for the chosen person', async () => {
		await page.getByLabelText('Notfallschlüssel').fill('7KXM4 Q2W3E R5T6Y 8A9SD FGH2J K3MN5');
		await page.getByRole('button', { name: 'Vorschlag' }).click();
		const phrase = page.getByTestId('proposal').element().textContent;
		await submit.click();
		await expect
			.poll(() => session.calls)
			.toEqual([['unlockWithRecoveryKey', '7KXM4 Q2W3E R5T6Y 8A9SD FGH2J K3MN5', ERIKA.id, phrase]]);
	});

	it('tries nothing with half a key and a weak password', async () => {
		await page.getByLabelText('Notfallschlüssel').fill('7KXM4 Q2W3E');
		await page.getByLabelText('Neues Passwort', { exact: true }).fill('passwortpasswort');
		await submit.click();
		await expect.element(page.getByText('Bitte alle sechs Gruppen eingeben.')).toBeVisible();
		await expect.element(page.getByText(/zu leicht zu erraten/)).toBeVisible();
		await expect.element(page.getByText('Die beiden Passwörter sind nicht gleich.')).toBeVisible();
		expect(session.calls).toEqual([]);
	});

	it('leads back to the password', async () => {
		await page.getByRole('button', { name: 'Zurück zum Passwort' }).click();
		await expect.element(page.getByRole('heading', { name: 'Entsperren', exact: true })).toBeVisible();
	});
});
