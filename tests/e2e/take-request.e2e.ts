/** Story, step 5: taking a request. Errors beside the field and on top, hints that block nothing, earlier receipt, many vehicles. */
import type { Page } from '@playwright/test';
import type { Device } from './device';
import { expect, test } from './fixtures';
import { ReceiptPage } from './pages/receipt-page';
import { LockPage } from './pages/lock-page';
import { HOLDER_CHANGE, RequestFormPage } from './pages/request-form-page';
import { RequestListPage, RequestPage } from './pages/request-list-page';
import { SetupPage } from './pages/setup-page';

async function foundedPage(device: Device): Promise<Page> {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.found();
	await setup.goToToday();
	return page;
}

test('what is lacking stands in a summary on top and beside the field; „Unvollständig aufnehmen“ takes it all the same', async ({
	device
}) => {
	const page = await foundedPage(device);
	const form = new RequestFormPage(page);
	await form.start('umsch');
	await form.field('Familienname').fill('Müller');
	await form.field('Geburtsdatum').fill('31.02.1980');
	await form.field('PLZ').fill('59494');
	await expect(form.field('Ort')).toHaveValue('Soest');
	await expect(form.summary).toBeHidden();

	await form.save();
	await expect(form.summary).toBeFocused();
	await expect(form.summary.getByRole('link', { name: /Vornamen/ })).toBeVisible();
	await form.summary.getByRole('link', { name: /Geburtsdatum/ }).click();
	await expect(form.field('Geburtsdatum')).toBeFocused();
	await expect(form.field('Geburtsdatum')).toHaveAttribute('aria-invalid', 'true');
	const described = (await form.field('Geburtsdatum').getAttribute('aria-describedby')) ?? '';
	expect(described).toContain('error');
	await form.field('Geburtsdatum').fill('29.02.1980');
	await form.field('Vornamen').click();
	await expect(form.field('Geburtsdatum')).not.toHaveAttribute('aria-invalid', 'true');

	await form.setPaper('Nachweis der Hauptuntersuchung (HU)', 'fehlt');
	await form.saveIncompleteButton.click();
	const receipt = new ReceiptPage(page);
	await expect(receipt.heading).toBeVisible();
	await expect(receipt.sheet).toContainText('FIN');
	await expect(receipt.sheet).toContainText('Nachweis der Hauptuntersuchung');
	await receipt.openRequest();
	await expect(page.getByText('Es fehlt noch').first()).toBeVisible();
});

test('a mouse is enough: chosen from the list, filled in, saved, receipt; hints block nothing', async ({ device }) => {
	const page = await foundedPage(device);
	const form = new RequestFormPage(page);
	await new LockPage(page).setPin('482915');
	// Held like under a hand: it goes by itself otherwise, and lies over the form when that is quick.
	await page.getByText('PIN gesetzt').dispatchEvent('focusin');
	await page.getByRole('link', { name: 'Anliegen aufnehmen' }).click();
	await page.getByRole('link', { name: /^Umschreibung/ }).click();
	await expect(page.getByText('PIN gesetzt')).toBeVisible();
	for (const button of ['Verwerfen', 'Als Entwurf lassen', 'Unvollständig aufnehmen'])
		await page.getByRole('button', { name: button }).click({ trial: true });
	await form.fill({ ...HOLDER_CHANGE, Kennzeichen: 'LÜD-AB 123', FIN: 'WVWZZZ1JZXW00000' });
	await form.field('Familienname').click();
	await expect(page.getByText(/LÜD/).first()).toBeVisible();
	await form.field('FIN').fill('WVWZZZ1JZXW000001');
	await form.saveButton.click();
	await expect(new ReceiptPage(page).heading).toBeVisible();
});

test('paper typed in later: „Eingang am“ is earlier, with a reason, and never in the future', async ({ device }) => {
	const page = await foundedPage(device);
	const form = new RequestFormPage(page);
	await form.start('umsch');
	await page.getByRole('button', { name: 'Eingang ändern' }).click();
	await expect(form.field('Eingang am')).toBeFocused();
	await form.fill({ ...HOLDER_CHANGE, 'Eingang am': '01.01.2199', Uhrzeit: '09:41' });
	await form.save();
	await expect(form.summary.getByRole('link', { name: /liegt in der Zukunft/ })).toBeVisible();
	await form.field('Eingang am').fill('30.10.2023');
	await form.save();
	await expect(form.summary.getByRole('link', { name: /Grund für den früheren Eingang/ })).toBeVisible();
	await form.field('Grund für den früheren Eingang').fill('auf Papier aufgenommen');
	await form.save();
	const receipt = new ReceiptPage(page);
	await expect(receipt.heading).toBeVisible();
	await expect(receipt.sheet).toContainText('30.10.2023, 09:41');
	await receipt.openRequest();
	await expect(page.getByText(/nachträglich eingetragen: auf Papier aufgenommen/).first()).toBeVisible();
});

test('urgency has a reason, a note is kept, and both are found under „Heute“', async ({ device }) => {
	const page = await foundedPage(device);
	const form = new RequestFormPage(page);
	await form.start('umsch');
	await form.fill(HOLDER_CHANGE);
	await form.choice('Dringlichkeit', 'dringend').check();
	await page.getByLabel('Notiz', { exact: true }).fill('Kommt morgen wieder.');
	await form.save();
	await expect(form.summary.getByRole('link', { name: 'Bitte kurz sagen, warum es dringend ist.' })).toBeVisible();
	await form.field('Grund der Dringlichkeit').fill('Fährt morgen ins Ausland');
	await form.save();
	await expect(new ReceiptPage(page).sheet).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1, name: 'Heute' })).toBeVisible();
	await expect(page.getByRole('region', { name: 'Dringend', exact: true })).toContainText('Fährt morgen ins Ausland');
	await new RequestListPage(page).open();
	await new RequestListPage(page).openRequest('Müller');
	await expect(new RequestPage(page).notes).toContainText('Kommt morgen wieder.');
});

test('a dealer: the person once, three vehicles in a table, one receipt with three numbers', async ({ device }) => {
	const page = await foundedPage(device);
	const form = new RequestFormPage(page);
	await form.start('umsch');
	await form.choice('Person', 'Firma, Verein, Behörde').check();
	await form.fill({
		'Name der Firma oder Einrichtung': 'Autohaus Beispiel GmbH',
		Straße: 'Am Bahnhof',
		Hausnummer: '1',
		PLZ: '59494',
		IBAN: HOLDER_CHANGE.IBAN
	});
	// Begun as one vehicle: what was typed of it becomes the first row, and of no other.
	await form.fill({ Kennzeichen: 'SO-HA 1', FIN: 'WVWZZZ1JZXW000001', 'eVB-Nummer': 'A1B2C1D' });
	await page.getByRole('checkbox', { name: 'Mehrere Fahrzeuge auf einmal' }).check();
	await expect(form.field('FIN, Fahrzeug 1')).toHaveValue('WVWZZZ1JZXW000001');
	for (const n of [1, 2, 3]) {
		if (n > 1) await page.getByRole('button', { name: 'Fahrzeug hinzufügen' }).click();
		if (n > 1) await expect(page.getByLabel(`Kennzeichen behalten, Fahrzeug ${n}`)).toHaveValue('yes');
		await form.field(`Kennzeichen, Fahrzeug ${n}`).fill(`SO-HA ${n}`);
		await form.field(`FIN, Fahrzeug ${n}`).fill(`WVWZZZ1JZXW00000${n}`);
		if (n < 3) await form.field(`eVB-Nummer, Fahrzeug ${n}`).fill(`A1B2C${n}D`);
	}
	await form.save();
	await expect(form.summary.getByRole('link', { name: /Fahrzeug 3: .*eVB/ })).toBeVisible();
	await form.summary.getByRole('link', { name: /Fahrzeug 3: .*eVB/ }).click();
	await expect(form.field('eVB-Nummer, Fahrzeug 3')).toBeFocused();
	await page.keyboard.type('A1B2C3D');
	await form.save();
	const receipt = new ReceiptPage(page);
	await expect(receipt.heading).toBeVisible();
	await expect(receipt.sheet.locator('.numbers li')).toHaveCount(3);
	for (const n of [1, 2, 3]) await expect(receipt.sheet).toContainText(`SO-HA ${n}`);
	await new RequestListPage(page).open();
	await expect(new RequestListPage(page).rows).toHaveCount(3);
});
