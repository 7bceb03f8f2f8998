/** The Halterwechsel by keyboard alone, and what it costs: characters typed plus at most twelve keys. */
import { expect, test } from './fixtures';
import { Keyboard } from './pages/keyboard';
import { ReceiptPage } from './pages/receipt-page';
import { HOLDER_CHANGE, RequestFormPage } from './pages/request-form-page';
import { SetupPage } from './pages/setup-page';

const MOST_PRESSES = 12;
/** Keystroke-level model: seconds a key, seconds a decision; ten decisions are one per section, choice and screen. */
const KEY_SECONDS = 0.28;
const DECISION_SECONDS = 1.35;
const DECISIONS = 10;

test('a Halterwechsel from „Anliegen aufnehmen“ to the print dialog, key by key', async ({ device }, testInfo) => {
	const page = await device.open('about:blank');
	await ReceiptPage.countPrints(page);
	await page.goto('/');
	const setup = new SetupPage(page);
	await setup.found();
	await setup.goToToday();
	const form = new RequestFormPage(page);
	const hands = new Keyboard(page);

	await hands.press('n');
	await expect(form.question).toBeFocused();
	await hands.press('2');
	await expect(form.field('Familienname')).toBeFocused();
	await hands.type(HOLDER_CHANGE.Familienname);
	await hands.press('Enter');
	await expect(form.field('Vornamen')).toBeFocused();
	await hands.type(HOLDER_CHANGE.Vornamen);
	await hands.press('Enter');
	await expect(form.field('Geburtsdatum')).toBeFocused();
	await hands.type('01021960');
	await expect(form.field('Geburtsort')).toBeFocused();
	await expect(form.field('Geburtsdatum')).toHaveValue('01.02.1960');
	await hands.type(HOLDER_CHANGE.Geburtsort);
	await hands.press('Enter');
	await hands.press('m');
	await expect(form.choice('Geschlecht', 'männlich')).toBeChecked();
	await expect(form.field('Straße')).toBeFocused();
	await hands.type(HOLDER_CHANGE.Straße);
	await hands.press('Enter');
	await hands.type(HOLDER_CHANGE.Hausnummer);
	await hands.press('Enter');
	await expect(form.field('PLZ')).toBeFocused();
	await hands.type(HOLDER_CHANGE.PLZ);
	await expect(form.field('Ort')).toHaveValue('Soest');
	await expect(form.field('Kennzeichen')).toBeFocused();
	await hands.type('so-ab 123');
	await hands.press('Enter');
	await expect(form.field('FIN')).toBeFocused();
	await hands.type('wvwzzz1jzxw000001');
	await expect(form.field('eVB-Nummer')).toBeFocused();
	await hands.type('a1b2c3d');
	await expect(form.field('IBAN')).toBeFocused();
	await hands.type('de89370400440532013000');
	await expect(form.saveButton).toBeFocused();
	await hands.press('Control+Enter');
	const receipt = new ReceiptPage(page);
	await expect(receipt.number).toBeVisible();
	await hands.press('d');
	expect(await receipt.prints()).toBe(1);

	const keys = hands.characters + hands.presses;
	const seconds = keys * KEY_SECONDS + DECISIONS * DECISION_SECONDS;
	testInfo.annotations.push({
		type: 'keys of a Halterwechsel',
		description: `${hands.characters} characters + ${hands.presses} keys, ${seconds.toFixed(0)} s by the keystroke-level model`
	});
	expect(hands.presses).toBeLessThanOrEqual(MOST_PRESSES);
	expect(seconds).toBeLessThanOrEqual(120);

	// What was typed is what is kept.
	await hands.press('Enter');
	await expect(receipt.question).toBeHidden();
	await receipt.openRequest();
	for (const value of ['01.02.1960', 'männlich', 'SO-AB 123', 'WVWZZZ1JZXW000001', 'A1B2C3D'])
		await expect(page.getByRole('region', { name: 'Angaben' })).toContainText(value);
});

test('„umsch“ and Enter is the other way in, and Escape the way back', async ({ device }) => {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	await setup.found();
	await setup.goToToday();
	const form = new RequestFormPage(page);
	await page.keyboard.press('n');
	await expect(form.question).toBeFocused();
	await page.keyboard.type('umsch');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1, name: 'Umschreibung / Halterwechsel' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(form.question).toBeFocused();
	await page.keyboard.press('2');
	await expect(form.field('Familienname')).toBeFocused();
	await page.keyboard.type('Nagel');
	await page.keyboard.press('Escape');
	const dialog = page.getByRole('dialog', { name: 'Das Anliegen ist noch nicht gespeichert' });
	await expect(dialog).toBeVisible();
	await dialog.getByRole('button', { name: 'Als Entwurf lassen' }).click();
	await expect(page.getByRole('region', { name: 'Entwürfe' })).toContainText('Umschreibung');
});
