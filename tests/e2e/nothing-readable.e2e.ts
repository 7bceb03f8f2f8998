/** After a whole shift nothing of a person, no password and no key is readable in the profiles, on the server, or in its log. */
import { setTimeout as pass } from 'node:timers/promises';
import { parseGrouped } from '../../src/lib/crypto/crockford';
import { createFinder, searchFolder } from '../support/disk-search';
import { byteNeedles, textNeedles, type Needle } from '../support/needles';
import { LEFT_BEHIND, leaveBehind, openCarelessSite } from './careless-page';
import { Counter } from './counter';
import { Device } from './device';
import { expect, test } from './fixtures';
import { rawPrivateKey, tapKeys, type TappedKey } from './key-tap';
import { JOINING, JoinPage } from './pages/join-page';
import { FOUNDING, SetupPage } from './pages/setup-page';
import type { ServerProcess } from './server-process';
import { TypedValues } from './typed-values';

/** By then Chromium has written down sessions, history and what it would fill in by itself. */
const IDLE_MS = 15_000;
const PASSWORDS = {
	own: FOUNDING.password,
	afterRecovery: 'Laterne Spaten Wolkenbruch Ziegel',
	first: 'Trompete Nebel Fichte Pinsel'
} as const;
const PIN = '483926';

test('after a shift of two counters nothing is readable, neither after closing nor after a kill', async ({
	server,
	newDevice
}) => {
	test.setTimeout(240_000);
	await server.stop();
	await server.start({ LOG_LEVEL: 'trace' });
	const typed = new TypedValues();
	const taps: (readonly TappedKey[])[] = [];
	const devices = [await newDevice(), await newDevice()] as const;
	for (const device of devices) device.onStart = async (context) => void taps.push(await tapKeys(context));
	const { lead, groups } = await foundCounter(devices[0], server);
	const { clerk, code } = await joinCounter(devices[1], lead);

	await workOfClerk(clerk, typed);
	await workOfLead(lead, typed);
	const lastInput = Date.now();
	await lead.admin.revoke('Schalter 4');
	await lead.exchange.now();
	await clerk.exchange.tryNow();
	await expect(clerk.page.getByText(/^Dieses Gerät ist gesperrt/).first()).toBeVisible();
	await clerk.lock.lock();
	await clerk.lock.unlockWithRecoveryKey(groups, FOUNDING.staffName, PASSWORDS.afterRecovery);
	await expect(clerk.exchange.heading).toBeVisible();
	await lead.lock.lock();
	await expect(lead.lock.coverHeading).toBeVisible();
	// Idleness is what is tested here: nothing is waited for but what the browser does by itself.
	await pass(Math.max(0, lastInput + IDLE_MS - Date.now()));
	await devices[0].close();
	await devices[1].kill();

	const sought = needlesOf(typed, groups, code, taps.flat());
	// What the app itself says would be found in its own copy on the device.
	expect(await searchFolder('build', sought.nowhere), 'a test value that stands in the app').toEqual([]);
	for (const device of devices) expect(await searchFolder(device.profile, sought.nowhere)).toEqual([]);
	await expectCleanServer(server, [...sought.nowhere, ...sought.onlyOnDevices]);

	// Once more the other way round, after a lock, a draft that was discarded, and a search.
	const page = await devices[0].open('/');
	const again = new Counter(devices[0], page);
	await again.lock.unlock();
	await discardDraft(again, typed);
	await again.lock.lock();
	await again.lock.expectShown();
	await devices[0].kill();
	await devices[1].open('/');
	await devices[1].close();
	const later = needlesOf(typed, groups, code, taps.flat());
	for (const device of devices) expect(await searchFolder(device.profile, later.nowhere)).toEqual([]);
	await server.kill();
	await expectCleanServer(server, [...later.nowhere, ...later.onlyOnDevices]);
});

async function foundCounter(device: Device, { enrolmentCode }: ServerProcess) {
	const page = await device.open('/');
	const setup = new SetupPage(page);
	const groups = await setup.found({ enrolmentCode });
	await setup.goToToday();
	const lead = new Counter(device, page);
	await lead.lock.setPin(PIN);
	return { lead, groups };
}

async function joinCounter(device: Device, lead: Counter) {
	const code = await lead.admin.createJoinCode();
	await lead.admin.closeJoinCode();
	const page = await device.open('/');
	await new JoinPage(page).join(code, JOINING);
	await new SetupPage(page).goToToday();
	return { clerk: new Counter(device, page), code };
}

/** A whole form by click, an amendment, a note, searches, a withdrawal, a draft. */
async function workOfClerk(clerk: Counter, typed: TypedValues): Promise<void> {
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
async function workOfLead(lead: Counter, typed: TypedValues): Promise<void> {
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
	await reentry.openCase(number);
	await reentry.reference.fill(typed.word());
	await reentry.completeButton.click();
	await admin.addPerson({ name: 'Jens Kaya', role: 'Schalterkraft', firstPassword: PASSWORDS.first });
	await lead.exchange.now();
	await lead.expectAllSent();
}

async function discardDraft({ form, list, page }: Counter, typed: TypedValues): Promise<void> {
	await form.start('umsch');
	await form.field('Familienname').fill(typed.word());
	await expect(form.draftSaved).toBeVisible();
	await page.getByRole('button', { name: 'Verwerfen' }).click();
	await page.getByRole('dialog', { name: 'Entwurf verwerfen?' }).getByRole('button', { name: 'Ja, verwerfen' }).click();
	await list.open();
	await list.scan(typed.word());
}

interface Sought {
	readonly nowhere: readonly Needle[];
	readonly onlyOnDevices: readonly Needle[];
}

function needlesOf(typed: TypedValues, groups: readonly string[], code: string, tapped: readonly TappedKey[]): Sought {
	// The tap heard something of every kind; otherwise finding nothing would mean nothing.
	const kinds = new Set(tapped.map(({ kind }) => kind));
	expect([...kinds].sort()).toEqual(['agreed secret', 'derived key', 'private key', 'secret', 'space secret']);
	const keys = tapped.filter(({ kind }) => kind !== 'space secret');
	const privateKeys = keys.flatMap(({ kind, bytes }) => (kind === 'private key' ? [rawPrivateKey(bytes)] : []));
	const raw = [...keys.map(({ bytes }) => bytes), ...privateKeys, bytesOf(groups.join('')), bytesOf(code)];
	const texts = [...typed.all, ...Object.values(PASSWORDS), PIN, ...spellings(groups), ...spellings(code.split('-'))];
	const spaceSecrets = tapped.filter(({ kind }) => kind === 'space secret');
	return {
		nowhere: [
			...texts.flatMap(textNeedles),
			...raw.flatMap((bytes, index) => byteNeedles(`key ${index} of ${bytes?.length} bytes`, bytes ?? new Uint8Array()))
		],
		onlyOnDevices: [
			...spaceSecrets.flatMap(({ bytes }) => byteNeedles('space secret', bytes)),
			...[FOUNDING.counter, JOINING.counter, FOUNDING.site].flatMap(textNeedles)
		]
	};
}

function bytesOf(groups: string): Uint8Array {
	const parsed = parseGrouped(groups);
	if (!parsed.ok) throw new Error('not a code');
	return parsed.value;
}

/** The whole code and any two groups beside each other: with dashes, with blanks, with nothing between. */
const spellings = (groups: readonly string[]): string[] =>
	[groups, ...groups.slice(1).map((group, index) => [groups[index] ?? '', group])].flatMap((run) =>
		['-', ' ', ''].map((between) => run.join(between))
	);

async function expectCleanServer(server: ServerProcess, needles: readonly Needle[]): Promise<void> {
	const codes = textNeedles(server.enrolmentCode);
	expect(await searchFolder(server.dataDir, [...needles, ...codes])).toEqual([]);
	expect(createFinder(needles)(Buffer.from(server.output))).toEqual([]);
	expect(server.output).toContain('"level":');
}

for (const ending of ['close', 'kill'] as const)
	test(`the control: what a careless page leaves behind is found, after ${ending}`, async () => {
		const site = await openCarelessSite();
		const device = await Device.create(site.origin);
		const found = async (): Promise<string[]> => {
			const needles = Object.entries(LEFT_BEHIND).map(([place, word]) => [place, textNeedles(word)] as const);
			const hits = await searchFolder(
				device.profile,
				needles.flatMap(([, forms]) => forms)
			);
			const names = new Set(hits.map(({ needle }) => needle));
			return needles.filter(([, forms]) => forms.some(({ name }) => names.has(name))).map(([place]) => place);
		};
		try {
			await leaveBehind(await device.open('/'));
			// A browser that is killed has written down what it had time for.
			if (ending === 'kill') await expect.poll(found, { timeout: 60_000 }).toEqual(Object.keys(LEFT_BEHIND));
			await device[ending]();
			expect(await found()).toEqual(Object.keys(LEFT_BEHIND));
		} finally {
			await device.dispose();
			await site.close();
		}
	});
