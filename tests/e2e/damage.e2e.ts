/**
 * Damage to the files of a real profile, the server gone: what is lost in one copy comes back from the other and is told; what is
 * lost in both is told on a screen that nobody overlooks. The table in docs/faults.md says what each of these stands for.
 */
import { rm } from 'node:fs/promises';
import { Counter } from './counter';
import { LockPage } from './pages/lock-page';
import { StartPage } from './pages/start-page';
import { expect, expectGoodScreen, test } from './prepared-device';
import { flipBitAfter, flipBitAt, ProfileFiles, removeAll, tearOff } from './profile-files';
import { expectAllThere } from './saved-work';

/** `earlier`: the same profile two requests ago. */
type Damage = (files: ProfileFiles, earlier: ProfileFiles) => Promise<void>;
type Cases = readonly (readonly [fault: string, damage: Damage])[];

/** Longer than all that the last request and the draft wrote. */
const TAIL_BYTES = 40_000;
const log = (files: ProfileFiles) => files.databaseFiles(/\.log$/);
const tables = (files: ProfileFiles) => files.databaseFiles(/\.ldb$/);
const journal = async (files: ProfileFiles) => (await files.privateFiles()).at(-1)!;

/** The database is lost or falls behind; the journal is whole. */
const DATABASE: Cases = [
	['a bit flipped in the log, in a row', async (files) => flipBitAfter(await log(files), 'chainValue')],
	['a bit flipped in the middle of the log', async (files) => flipBitAt((await log(files))[0]!, 0.5)],
	['a bit flipped in a table, in a pending row', async (files) => flipBitAfter(await tables(files), 'chainValue')],
	[
		'a bit flipped in a table, in the identity',
		async (files) => flipBitAfter(await tables(files), 'wrappedPrivateKey')
	],
	['a bit flipped at the end of a table', async (files) => flipBitAt((await tables(files))[0]!, 1)],
	['the tail of the log torn off', async (files) => tearOff((await log(files))[0]!, TAIL_BYTES)],
	['the log missing', async (files) => removeAll(await log(files))],
	['a table missing', async (files) => removeAll((await tables(files)).slice(0, 1))],
	['MANIFEST missing', async (files) => removeAll(await files.databaseFiles(/MANIFEST/))],
	['CURRENT missing', async (files) => removeAll(await files.databaseFiles(/CURRENT$/))],
	['the whole folder missing', (files) => rm(files.database, { recursive: true })],
	['an older copy of the folder put back', (files, earlier) => files.putBack('database', earlier)]
];

/** The journal is damaged or falls behind; the database is whole. */
const JOURNAL: Cases = [
	['the tail torn off', async (files) => tearOff(await journal(files), 3_000)],
	['the file missing', async (files) => removeAll([await journal(files)])],
	['the file empty', async (files) => tearOff(await journal(files), Infinity)],
	['the names of the files missing', async (files) => removeAll(await files.fileSystemFiles(/MANIFEST|CURRENT/))],
	['the whole folder missing', (files) => rm(files.fileSystem, { recursive: true })],
	['an older copy of the folder put back', (files, earlier) => files.putBack('fileSystem', earlier)]
];

/** Of both copies so much is lost that something is missing in the end. */
const BOTH: Cases = [
	['both missing', (files) => removeBoth(files)],
	[
		'an older copy of both put back',
		async (files, earlier) => {
			await files.putBack('database', earlier);
			await files.putBack('fileSystem', earlier);
		}
	],
	[
		'a bit flipped in the log, the journal torn off',
		async (files) => {
			await flipBitAfter(await log(files), 'chainValue');
			await tearOff(await journal(files), 3_000);
		}
	],
	[
		'the log missing, a bit flipped in the journal',
		async (files) => {
			await removeAll(await log(files));
			await flipBitAt(await journal(files), 0.9);
		}
	]
];

async function removeBoth(files: ProfileFiles): Promise<void> {
	await rm(files.database, { recursive: true });
	await rm(files.fileSystem, { recursive: true });
}

for (const [fault, damage] of DATABASE)
	test(`the database: ${fault}: it comes back from the journal, and the screen says so`, async ({
		prepared,
		device
	}) => {
		await damage(...filesOf(prepared, device.profile));
		const page = await device.open('/', StartPage.noteHeadings);
		await new LockPage(page).expectShown();
		const start = new StartPage(page);
		expect(await start.headingsSoFar()).toContain('Daten werden wiederhergestellt');
		await expect(start.news('Daten wiederhergestellt')).toBeVisible();
		const counter = new Counter(device, page);
		await counter.lock.unlock();
		await expectAllThere(counter, { numbers: prepared.numbers, draftNames: [prepared.draftName] });
		await counter.expectTwoCopies();
	});

for (const [fault, damage] of JOURNAL)
	test(`the journal: ${fault}: it is completed from the database, before anybody unlocks`, async ({
		prepared,
		device
	}) => {
		const [files, earlier] = filesOf(prepared, device.profile);
		await damage(files, earlier);
		await new LockPage(await device.open('/')).expectShown();
		await device.close();
		// Now it is all that there is.
		await rm(files.database, { recursive: true });
		const counter = await Counter.unlock(device);
		await expectAllThere(counter, { numbers: prepared.numbers, draftNames: [prepared.draftName] });
		await counter.expectTwoCopies();
	});

for (const [fault, damage] of BOTH)
	test(`both copies: ${fault}: the screen says that data are missing`, async ({ prepared, device }) => {
		await damage(...filesOf(prepared, device.profile));
		const page = await device.open('/');
		await new StartPage(page).expectDamaged('Daten fehlen');
		await expectGoodScreen(page);
	});

function filesOf(
	{ server, earlierProfile }: { server: { origin: string }; earlierProfile: string },
	profile: string
): [ProfileFiles, ProfileFiles] {
	return [new ProfileFiles(profile, server.origin), new ProfileFiles(earlierProfile, server.origin)];
}

test('older copies of both: the counter goes on under a new identity when somebody says so', async ({
	prepared,
	device
}) => {
	const [files, earlier] = filesOf(prepared, device.profile);
	await files.putBack('database', earlier);
	await files.putBack('fileSystem', earlier);
	const page = await device.open('/');
	await new StartPage(page).expectDamaged('Daten fehlen');
	await page.getByRole('button', { name: 'Unter neuer Kennung weiterarbeiten' }).click();
	await expectGoodScreen(page);
	await page.getByRole('button', { name: 'Weiterarbeiten', exact: true }).click();
	const counter = new Counter(device, page);
	await counter.lock.unlock();
	const [first = '', second = '', ...lost] = prepared.numbers;
	await counter.list.open();
	for (const number of [first, second]) await expect(counter.list.row(number)).toBeVisible();
	for (const number of lost) await expect(counter.list.row(number)).toHaveCount(0);
	const taken = await counter.take({ Familienname: 'Holunder' });
	expect(taken.split('-')[1], 'another code, so that no number comes again').not.toBe(first.split('-')[1]);
	await device.close();
	const again = await Counter.unlock(device);
	await again.list.open();
	for (const number of [first, second, taken]) await expect(again.list.row(number)).toBeVisible();
});
