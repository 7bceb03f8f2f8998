/** A shift of two counters, with all that people do at them: what is typed comes from `typed`. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Counter } from './counter';
import type { Device } from './device';
import { expect } from './fixtures';
import { DayPage } from './pages/day-page';
import { ImportPage } from './pages/import-page';
import { JOINING, JoinPage } from './pages/join-page';
import { FOUNDING, SetupPage } from './pages/setup-page';
import type { ServerProcess } from './server-process';
import type { TypedValues } from './typed-values';

export const PASSWORDS = {
	own: FOUNDING.password,
	afterRecovery: 'Laterne Spaten Wolkenbruch Ziegel',
	first: 'Trompete Nebel Fichte Pinsel'
} as const;
export const PIN = '483926';

export async function foundCounter(device: Device, { enrolmentCode }: ServerProcess) {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	const groups = await setup.found({ enrolmentCode });
	await setup.goToToday();
	const lead = new Counter(device, page);
	await lead.lock.setPin(PIN);
	return { lead, groups };
}

export async function joinCounter(device: Device, lead: Counter) {
	const code = await lead.admin.createJoinCode();
	await lead.admin.closeJoinCode();
	const page = await device.open('/');
	await new JoinPage(page).join(code, JOINING);
	await new SetupPage(page).goToToday();
	return { clerk: new Counter(device, page), code };
}

/** A whole form by click, an amendment, a note, searches, a withdrawal, a draft. */
export async function workOfClerk(clerk: Counter, typed: TypedValues): Promise<void> {
	const { form, list, page, request } = clerk;
	await form.start('umsch');
	await typed.fillForm(page, 'kfz-umschreibung');
	await page.getByRole('radiogroup', { name: 'Dringlichkeit' }).getByRole('radio').last().check();
	await form.field('Grund der Dringlichkeit').fill(typed.sentence());
	await form.saveButton.click();
	const number = await clerk.receipt.caseNumber();
	await clerk.receipt.openRequest();
	await clerk.beginAmending({ Vornamen: typed.word() });
	await page.locator('#grund-der-aenderung').fill(typed.sentence());
	await form.saveButton.click();
	await request.addNote(typed.sentence());
	await list.open();
	await list.search.fill(typed.word());
	await page.getByRole('searchbox', { name: 'Suchen', exact: true }).last().press('Enter');
	await list.search.fill(number);
	await list.openRequest(number);
	await request.withdraw(typed.sentence());
	await clerk.exchange.now();
	await clerk.expectAllSent();
	await form.start('umsch');
	await form.field('Familienname').fill(typed.word());
	await expect(form.draftSaved).toBeVisible();
}

/** A form with long text, re-entry with a question and its answer, the way out as CSV, a new colleague. */
export async function workOfLead(lead: Counter, typed: TypedValues): Promise<void> {
	const { admin, form, page, reentry } = lead;
	await form.start('Ersatz ZB I');
	await typed.fillForm(page, 'kfz-ersatz-zb1');
	await form.saveIncompleteButton.or(form.saveButton).first().click();
	const number = await lead.receipt.caseNumber();
	await reentry.openCase(number);
	await page.getByRole('button', { name: 'Zurück an Schalter' }).click();
	const question = page.getByRole('dialog', { name: 'Mit einer Frage zurück an den Schalter' });
	await question.getByLabel('Was soll geklärt werden?').fill(typed.sentence());
	await question.getByRole('button', { name: 'Frage senden' }).click();
	await lead.list.open();
	await lead.list.openRequest(number);
	await page.getByRole('button', { name: 'Beantwortet, zurück an die Nacherfassung' }).click();
	const answer = page.getByRole('dialog', { name: 'Rückfrage der Sachbearbeitung' });
	await answer.getByLabel('Antwort').fill(typed.sentence());
	await answer.getByRole('button', { name: 'Beantwortet, zurück an die Nacherfassung' }).click();
	await expect(answer).toBeHidden();
	await admin.open();
	await page.getByRole('link', { name: 'Alle offenen Anliegen drucken oder als CSV speichern' }).click();
	await page.getByLabel('Eigenes Passwort', { exact: true }).fill(PASSWORDS.own);
	const downloading = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Als CSV speichern' }).click();
	await (await downloading).delete();
	await keepCopy(lead);
	await reentry.openCase(number);
	await reentry.reference.fill(typed.word());
	await reentry.completeButton.click();
	await admin.addPerson({ name: 'Jens Kaya', role: 'Schalterkraft', firstPassword: PASSWORDS.first });
	await lead.exchange.now();
	await lead.expectAllSent();
}

/** The further copy as a file, laid among those of the profile, which are searched. */
async function keepCopy({ admin, device, page }: Counter): Promise<void> {
	await admin.open();
	const downloading = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Kopie herunterladen' }).click();
	const copy = join(device.profile, 'further-copy');
	await (await downloading).saveAs(copy);
	expect((await stat(copy)).size).toBeGreaterThan(1_000);
}

/** The device is told so; at it the Notfallschlüssel still opens. The lead's is covered by the PIN. */
export async function revokeClerk(lead: Counter, clerk: Counter, groups: readonly string[]): Promise<void> {
	await lead.admin.revoke(JOINING.counter);
	await lead.exchange.now();
	await clerk.exchange.tryNow();
	await expect(clerk.page.getByText(/^Dieses Gerät ist gesperrt/).first()).toBeVisible();
	await clerk.lock.lock();
	await clerk.lock.unlockWithRecoveryKey(groups, FOUNDING.staffName, PASSWORDS.afterRecovery);
	await expect(clerk.exchange.heading).toBeVisible();
	await lead.lock.lock();
	await expect(lead.lock.coverHeading).toBeVisible();
}

export async function discardDraft({ form, list, page }: Counter, typed: TypedValues): Promise<void> {
	await form.start('umsch');
	await form.field('Familienname').fill(typed.word());
	await expect(form.draftSaved).toBeVisible();
	await page.getByRole('button', { name: 'Verwerfen' }).click();
	await page.getByRole('dialog', { name: 'Entwurf verwerfen?' }).getByRole('button', { name: 'Ja, verwerfen' }).click();
	await list.open();
	await list.scan(typed.word());
}

/** A list read in, a day worked through: what stands in the file is of citizens as well. */
export async function workOfDay(counter: Counter, typed: TypedValues): Promise<void> {
	const { page } = counter;
	const day = new DayPage(page);
	const names = [typed.word(), typed.word()] as const;
	const today = new Date().toLocaleDateString('de-DE', { timeZone: 'Europe/Berlin', dateStyle: 'medium' });
	const rows = names.map((name, n) => [today, `0${8 + n}:00`, name, typed.word(), typed.sentence()].join(';'));
	await day.open();
	await page.getByRole('link', { name: 'Termine einlesen' }).click();
	const importing = new ImportPage(page);
	await importing.choose('termine.csv', ['Datum;Uhrzeit;Name;Dienstleistung;Bemerkung', ...rows].join('\r\n'));
	await importing.button('2 Termine übernehmen').click();
	await importing.done.click();
	await day.press(names[0], 'e');
	await day.expectRow(names[0], 'erschienen');
	await day.press(names[1], 'x');
	await day.detail.getByRole('button', { name: 'Absagen' }).click();
	await page.getByRole('dialog').getByRole('textbox', { name: 'Grund' }).fill(typed.sentence());
	await page.getByRole('dialog').getByRole('button', { name: 'Absagen' }).click();
	await day.expectRow(names[1], 'abgesagt');
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Bürger meldet Termin' }).click();
	const reported = typed.word();
	await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(reported);
	await page.getByRole('dialog').getByRole('textbox', { name: 'Bemerkung' }).fill(typed.sentence());
	await page.getByRole('button', { name: 'Termin eintragen' }).click();
	await day.expectRow(reported, 'gemeldet');
	await page.getByRole('searchbox', { name: 'In allen Tagen suchen' }).fill(names[0]);
	await expect(page.getByText('1 von 1')).toBeVisible();
}
