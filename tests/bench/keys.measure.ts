/** A Halterwechsel from „Anliegen aufnehmen“ to the print dialog: every key the page was given, counted where it arrives. */
import { expect, test } from '../e2e/fixtures';
import { Keyboard } from '../e2e/pages/keyboard';
import { ReceiptPage } from '../e2e/pages/receipt-page';
import { HOLDER_CHANGE, RequestFormPage } from '../e2e/pages/request-form-page';
import { SetupPage } from '../e2e/pages/setup-page';
import { report } from './figures';

/** Keystroke-level model: seconds a key, seconds a decision. */
const KEY_SECONDS = 0.28;
const DECISION_SECONDS = 1.35;
/** What to do, which form, the holder, his sex, his address, the vehicle, its insurance, the tax, saving, printing. */
const DECISIONS = 10;
const MOST_PRESSES = 12;
const MOST_SECONDS = 120;

interface Counted {
	keys: { characters: number; presses: number };
	typed: string;
}

test('keys of a Halterwechsel', async ({ device }) => {
	const page = await device.open('about:blank');
	await ReceiptPage.countPrints(page);
	await page.addInitScript(() => {
		const keys = { characters: 0, presses: 0 };
		(window as unknown as Counted).keys = keys;
		const count = (event: KeyboardEvent) => {
			// Of a chord the last key counts, as one; a single letter that is a command counts as a key.
			if (['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return;
			const field = event.target instanceof HTMLInputElement && !['radio', 'checkbox'].includes(event.target.type);
			const written = (field || event.target instanceof HTMLTextAreaElement) && event.key.length === 1;
			if (written && !event.ctrlKey && !event.altKey) keys.characters++;
			else keys.presses++;
		};
		addEventListener('keydown', count, { capture: true });
	});
	await page.goto('/');
	const setup = new SetupPage(page);
	await setup.found();
	await setup.goToToday();
	await page.evaluate(() => Object.assign((window as unknown as Counted).keys, { characters: 0, presses: 0 }));

	await takeHolderChange(new Keyboard(page), new RequestFormPage(page));
	const receipt = new ReceiptPage(page);
	await expect(receipt.number).toBeVisible();
	await page.keyboard.press('d');
	await expect.poll(() => receipt.prints()).toBe(1);

	const { characters, presses } = await page.evaluate(() => (window as unknown as Counted).keys);
	const seconds = (characters + presses) * KEY_SECONDS + DECISIONS * DECISION_SECONDS;
	report('keys', [
		{ name: 'Halterwechsel, „Anliegen aufnehmen“ to print: characters', unit: 'keys', values: [characters] },
		{ name: 'Halterwechsel: keys beside them', unit: 'keys', values: [presses], goal: MOST_PRESSES },
		{
			name: `Halterwechsel: keystroke-level model, ${DECISIONS} decisions`,
			unit: 's',
			values: [seconds],
			goal: MOST_SECONDS
		}
	]);
});

/** As a practised clerk types it: fields of a fixed length pass on by themselves, the others by Enter. */
async function takeHolderChange(hands: Keyboard, form: RequestFormPage): Promise<void> {
	await hands.press('n');
	await expect(form.question).toBeFocused();
	await hands.press('2');
	await expect(form.field('Familienname')).toBeFocused();
	const fill = async (text: string, next: string) => {
		await hands.type(text);
		const passedOn = form.field(next);
		if (!(await passedOn.evaluate((field) => field === document.activeElement))) await hands.press('Enter');
		await expect(passedOn).toBeFocused();
	};
	await fill(HOLDER_CHANGE.Familienname, 'Vornamen');
	await fill(HOLDER_CHANGE.Vornamen, 'Geburtsdatum');
	await fill('01021960', 'Geburtsort');
	await hands.type(HOLDER_CHANGE.Geburtsort);
	await hands.press('Enter');
	await hands.press('m');
	await expect(form.field('Straße')).toBeFocused();
	await fill(HOLDER_CHANGE.Straße, 'Hausnummer');
	await fill(HOLDER_CHANGE.Hausnummer, 'PLZ');
	await fill(HOLDER_CHANGE.PLZ, 'Kennzeichen');
	await expect(form.field('Ort')).toHaveValue(HOLDER_CHANGE.Ort);
	await fill('so-ab 123', 'FIN');
	await fill(HOLDER_CHANGE.FIN.toLowerCase(), 'eVB-Nummer');
	await fill(HOLDER_CHANGE['eVB-Nummer'].toLowerCase(), 'IBAN');
	await hands.type(HOLDER_CHANGE.IBAN.replaceAll(' ', '').toLowerCase());
	await expect(form.saveButton).toBeFocused();
	await hands.press('Control+Enter');
}
