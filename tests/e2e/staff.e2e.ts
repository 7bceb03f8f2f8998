/** Story, step 9: a lead takes people in, without any server; each sets an own password at the first unlocking. */
import { Counter } from './counter';
import { expect, expectAccessible, expectGoodScreen, test } from './fixtures';
import { FOUNDING } from './pages/setup-page';

const JENS = { name: 'Jens Kaya', role: 'Schalterkraft', firstPassword: 'Laterne Pfütze Amboss Dachs' } as const;
const OWN_PASSWORD = 'Trompete Nebel Fichte Pinsel';

test('offline: a person is taken in, sets an own password at first, and has no say over staff', async ({
	server,
	device
}) => {
	const lead = await Counter.found(device);
	await server.kill();
	const { admin, lock, page } = lead;

	await admin.open();
	const dialog = await admin.fillPerson(JENS);
	await expectAccessible(page);
	await dialog.getByLabel('Eigenes Passwort', { exact: true }).fill('das ist es nicht');
	await dialog.getByRole('button', { name: 'Aufnehmen', exact: true }).click();
	await expect(dialog.getByText('Das Passwort stimmt nicht.')).toBeVisible();
	await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue(JENS.name);
	await admin.confirmAfterPause(dialog, 'Aufnehmen');
	await expect(admin.person(JENS.name)).toContainText('erstes Passwort noch nicht geändert');
	await expectGoodScreen(page);

	await lock.lock();
	await lock.attempt(JENS.firstPassword, JENS.name);
	await expect(page.getByRole('heading', { level: 1, name: 'Neues Passwort festlegen' })).toBeVisible();
	await expectGoodScreen(page);
	await page.getByLabel('Bisheriges Passwort', { exact: true }).fill(JENS.firstPassword);
	await page.getByLabel('Neues Passwort', { exact: true }).fill(OWN_PASSWORD);
	await page.getByLabel('Neues Passwort wiederholen', { exact: true }).fill(OWN_PASSWORD);
	await page.getByRole('button', { name: 'Passwort festlegen' }).click();
	await expect(page.getByRole('region', { name: 'Zustand des Geräts' })).toContainText(JENS.name);

	await lead.take({ Familienname: 'Sommer' });
	await admin.open();
	await expect(page.getByText('Mitarbeitende und Geräte verwaltet die Leitung oder die Administration.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Person aufnehmen' })).toHaveCount(0);

	await lock.lock();
	await lock.attempt(JENS.firstPassword, JENS.name);
	await expect(page.getByText('Das Passwort stimmt nicht.')).toBeVisible();
	await expect(lock.unlockButton).toBeEnabled();
	await lock.unlock(OWN_PASSWORD, JENS.name);
	await lead.list.open();
	await expect(lead.list.row('Sommer')).toBeVisible();

	await lock.lock();
	await lock.unlock(FOUNDING.password, FOUNDING.staffName);
	await admin.open();
	await expect(admin.person(JENS.name)).toContainText('aktiv');
});

test('a forgotten password is reset by a lead; a removed person cannot unlock, and what they took stays', async ({
	device
}) => {
	const lead = await Counter.found(device);
	const { admin, lock, page } = lead;
	await admin.addPerson(JENS);
	await admin.person(JENS.name).getByRole('button', { name: 'Passwort zurücksetzen' }).click();
	const resetting = admin.dialog(`Passwort von ${JENS.name} zurücksetzen`);
	await resetting.getByLabel('Erstes Passwort', { exact: true }).fill('Kompass Rhabarber Zinn Gewitter');
	await admin.confirm(resetting, 'Zurücksetzen');

	await lock.lock();
	await lock.attempt(JENS.firstPassword, JENS.name);
	await expect(page.getByText('Das Passwort stimmt nicht.')).toBeVisible();
	await expect(lock.unlockButton).toBeEnabled();
	await lock.attempt('Kompass Rhabarber Zinn Gewitter', JENS.name);
	await page.getByLabel('Bisheriges Passwort', { exact: true }).fill('Kompass Rhabarber Zinn Gewitter');
	await page.getByLabel('Neues Passwort', { exact: true }).fill(OWN_PASSWORD);
	await page.getByLabel('Neues Passwort wiederholen', { exact: true }).fill(OWN_PASSWORD);
	await page.getByRole('button', { name: 'Passwort festlegen' }).click();
	await lead.take({ Familienname: 'Herbst' });

	await lock.lock();
	await lock.unlock(FOUNDING.password, FOUNDING.staffName);
	await admin.open();
	await admin.person(JENS.name).getByRole('button', { name: 'Entfernen' }).click();
	const removing = admin.dialog(`${JENS.name} entfernen?`);
	await expect(removing.getByRole('radio', { name: 'Ja (empfohlen)' })).toBeChecked();
	await admin.confirm(removing, 'Entfernen');
	await expect(admin.person(JENS.name)).toContainText('entfernt');
	await lead.list.open();
	await expect(lead.list.row('Herbst')).toBeVisible();
	await lead.take({ Familienname: 'Winter' });

	await lock.lock();
	await lock.expectShown();
	await expect(lock.name.getByRole('option', { name: JENS.name })).toHaveCount(0);
	await lock.unlock();
	await lead.list.open();
	await expect(lead.list.rows).toHaveCount(2);
});
