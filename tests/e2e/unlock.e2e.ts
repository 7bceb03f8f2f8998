/** Story, step 4: unlocking, the pause after a wrong password, the Notfallschlüssel, the cover and the full lock. */
import type { Page } from '@playwright/test';
import type { Device } from './device';
import { expect, test } from './fixtures';
import { LockPage } from './pages/lock-page';
import { RequestFormPage } from './pages/request-form-page';
import { FOUNDING, SetupPage } from './pages/setup-page';

/** Not over before it was looked at. */
const LONG_PAUSE_S = 8;
const NEW_PASSWORD = 'Laterne Spaten Wolkenbruch Ziegel';

/** A founded counter whose page's time the test sets. */
async function foundedPage(device: Device): Promise<{ page: Page; groups: string[] }> {
	const page = await device.open('about:blank');
	await page.clock.install();
	await page.goto('/');
	const setup = new SetupPage(page);
	const groups = await setup.found();
	await setup.goToToday();
	return { page, groups };
}

/** Seconds that the lock screen asks to wait, 0 for none: read at once, since a short pause is over while one asks for it piece by piece. */
async function pauseOf(page: Page): Promise<number> {
	const words = await page.evaluate(() => document.querySelector('[role=timer]')?.textContent ?? '');
	const [, minutes] = /(\d+) Min/.exec(words) ?? [];
	const [, seconds] = /(\d+) Sek/.exec(words) ?? [];
	return Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

test('a wrong password is told, each one costs a longer pause, a reload does not shorten it, and none locks out for good', async ({
	device
}) => {
	const { page } = await foundedPage(device);
	const lock = new LockPage(page);
	await lock.lock();
	await lock.expectShown();
	await expect(page.getByText(/Liste der Mitarbeitenden: Stand vom \d\d\.\d\d\., \d\d:\d\d/)).toBeVisible();

	const pauses: number[] = [];
	for (let failure = 0; failure < 6; failure++) {
		await lock.attempt('falsches Passwort');
		await expect(page.getByText('Das Passwort stimmt nicht.')).toBeVisible();
		await expect(lock.password).toHaveValue('');
		await expect(lock.password).toBeFocused();
		const pause = await pauseOf(page);
		pauses.push(pause);
		if (pause >= LONG_PAUSE_S) await expect(lock.unlockButton).toBeDisabled();
		await page.clock.fastForward((pause + 1) * 1000);
		await expect(lock.unlockButton).toBeEnabled();
	}
	expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
	expect(pauses.at(-1) ?? 0).toBeGreaterThan(pauses[0] ?? 0);
	expect(pauses.at(-1) ?? 0).toBeLessThanOrEqual(15 * 60);

	await lock.attempt('falsches Passwort');
	await expect(page.getByRole('timer')).toBeVisible();
	const before = await pauseOf(page);
	expect(before).toBeGreaterThan(LONG_PAUSE_S);
	await page.reload();
	await lock.expectShown();
	await expect(page.getByRole('timer')).toBeVisible();
	expect(await pauseOf(page)).toBeGreaterThan(before - 10);
	await expect(lock.unlockButton).toBeDisabled();
	await page.clock.fastForward((before + 1) * 1000);
	await lock.unlock();
});

test('the Notfallschlüssel opens and sets a new password; a mistyped one is told and changes nothing', async ({
	device
}) => {
	const { page, groups } = await foundedPage(device);
	const lock = new LockPage(page);
	await lock.lock();
	await lock.expectShown();
	const [first = '', ...rest] = groups;
	const mistyped = [first.slice(1) + (first.at(0) === '2' ? '3' : '2'), ...rest];
	await lock.unlockWithRecoveryKey(mistyped, FOUNDING.staffName, NEW_PASSWORD);
	await expect(page.getByText(/nicht vollständig oder hat einen Tippfehler/)).toBeVisible();
	await expect(page.getByRole('timer'), 'a slip of the hand costs no pause').toHaveCount(0);
	await page.getByLabel('Notfallschlüssel', { exact: true }).fill(groups.join('').toLowerCase());
	await page.getByRole('button', { name: 'Entsperren und Passwort setzen' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();

	await lock.lock();
	await lock.attempt(FOUNDING.password);
	await expect(page.getByText('Das Passwort stimmt nicht.')).toBeVisible();
	await page.clock.fastForward(60_000);
	await lock.unlock(NEW_PASSWORD);
});

test('five idle minutes bring the cover, five wrong PINs or sixty minutes the full lock; the draft is there again', async ({
	device
}) => {
	const { page } = await foundedPage(device);
	const lock = new LockPage(page);
	const form = new RequestFormPage(page);
	await lock.setPin('482915');
	await form.start('umsch');
	await form.field('Familienname').fill('Weißenböck');
	await page.clock.fastForward(3_000);
	await expect(form.draftSaved).toBeVisible();
	const address = page.url();

	await page.clock.fastForward('04:30');
	await expect(form.field('Familienname')).toBeVisible();
	await page.clock.fastForward('01:00');
	await expect(lock.coverHeading).toBeVisible();
	expect(await page.content()).not.toContain('Weißenböck');
	await lock.pin.fill('111111');
	await expect(page.getByText('Die PIN stimmt nicht. Noch 4 Versuche')).toBeVisible();
	await lock.pin.fill('482915');
	await expect(form.field('Familienname')).toHaveValue('Weißenböck');

	await page.clock.fastForward('06:00');
	await expect(lock.coverHeading).toBeVisible();
	for (let attempt = 0; attempt < 5; attempt++) await lock.pin.fill('111111');
	await lock.expectShown();
	await lock.unlock();
	expect(page.url()).toBe(address);
	await expect(form.field('Familienname')).toHaveValue('Weißenböck');
	await expect(page.getByText(`Entwurf von ${FOUNDING.staffName}`)).toBeVisible();

	// Wrong PINs took the PIN away; a form is not the place where another is asked for.
	await page.getByRole('link', { name: 'Heute', exact: true }).click();
	await lock.setPin('482915');
	await page.goBack();
	await expect(form.field('Familienname')).toHaveValue('Weißenböck');
	await page.clock.fastForward('01:00:01');
	await lock.expectShown();
	await lock.unlock();
	await expect(form.field('Familienname')).toHaveValue('Weißenböck');
});

test('without a PIN five idle minutes lock in full, also for a page that was in the background', async ({ device }) => {
	const { page } = await foundedPage(device);
	await page.clock.fastForward('05:01');
	await new LockPage(page).expectShown();
});
