import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import PinCover from '$lib/ui/components/PinCover.svelte';
import { createFakeSession, type FakeSession } from '../support/fake-session';
import { renderWithSession } from '../support/render-with-session';

const pin = page.getByLabelText('PIN');
let session: FakeSession;
beforeEach(() => {
	session = createFakeSession({ type: 'covered', staffName: 'Erika Mustermann', triesLeft: 5 });
	renderWithSession(PinCover, { staffName: 'Erika Mustermann', triesLeft: 5 }, { session });
});

it('opens by itself with the sixth digit', async () => {
	await expect.element(pin).toHaveFocus();
	await userEvent.keyboard('123456');
	expect(session.state.type).toBe('unlocked');
});

it('says how many tries are left after a wrong one', async () => {
	await userEvent.keyboard('999999');
	await expect.element(page.getByText(/Noch 4 Versuche/)).toBeVisible();
	await expect.element(pin).toHaveValue('');
});

it('says what a PIN is instead of using up a try', async () => {
	await userEvent.keyboard('123{Enter}');
	await expect.element(page.getByText('Die PIN hat sechs Ziffern.')).toBeVisible();
	expect(session.calls).toEqual([]);
});

it('leads to the full lock', async () => {
	await page.getByRole('button', { name: 'Mit Passwort entsperren' }).click();
	expect(session.calls).toEqual([['lock']]);
});
