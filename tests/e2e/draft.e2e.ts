/** Drafts: sealed while typing, and back after a reload, a crash of the browser and another person's unlocking, with their owner. */
import { expect, test } from './fixtures';
import { LockPage } from './pages/lock-page';
import { RequestFormPage } from './pages/request-form-page';
import { FOUNDING, SetupPage } from './pages/setup-page';

test('a draft is back after a reload and after the browser was killed, with its owner, and becomes the request', async ({
	device
}) => {
	let page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.found();
	await setup.goToToday();
	let form = new RequestFormPage(page);
	await form.start('umsch');
	await form.field('Familienname').fill('Çelik');
	await form.setPaper('Zulassungsbescheinigung Teil I', 'fehlt');
	await expect(form.draftSaved).toBeVisible();

	await form.field('Vornamen').fill('Ayşe');
	await expect(form.draftSaved).toBeVisible();
	await page.reload();
	await new LockPage(page).unlock();
	await expect(form.field('Familienname')).toHaveValue('Çelik');
	await expect(form.field('Vornamen')).toHaveValue('Ayşe');
	await expect(page.getByText(`Entwurf von ${FOUNDING.staffName}`)).toBeVisible();

	await form.field('Geburtsort').fill('Izmir');
	await expect(form.draftSaved).toBeVisible();
	await device.kill();
	page = await device.open('/');
	await new LockPage(page).unlock();
	const drafts = page.getByRole('region', { name: 'Entwürfe' });
	await expect(drafts).toContainText(`von ${FOUNDING.staffName}`);
	await drafts.getByRole('link', { name: /Umschreibung/ }).click();
	form = new RequestFormPage(page);
	await expect(form.field('Geburtsort')).toHaveValue('Izmir');
	await expect(form.choice('Zulassungsbescheinigung Teil I', 'fehlt')).toBeChecked();

	await form.saveIncompleteButton.click();
	await expect(page.getByRole('heading', { level: 1, name: 'Beleg' })).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
	await expect(drafts).toBeHidden();
	await expect(page.getByText('Çelik').first()).toBeVisible();
});

test('a discarded draft is gone only after it was asked for twice', async ({ device }) => {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.found();
	await setup.goToToday();
	const form = new RequestFormPage(page);
	await form.start('umsch');
	await form.field('Familienname').fill('Nagel');
	await page.getByRole('button', { name: 'Verwerfen' }).click();
	const dialog = page.getByRole('dialog', { name: 'Entwurf verwerfen?' });
	await dialog.getByRole('button', { name: 'Weiter ausfüllen' }).click();
	await expect(form.field('Familienname')).toHaveValue('Nagel');
	await page.getByRole('button', { name: 'Verwerfen' }).click();
	await dialog.getByRole('button', { name: 'Ja, verwerfen' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
	await expect(page.getByRole('region', { name: 'Entwürfe' })).toBeHidden();
});
