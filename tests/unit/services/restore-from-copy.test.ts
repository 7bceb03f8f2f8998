/** A device is lost, a file is left: everything in it comes back under a new identity, and what is damaged is told. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeJournal, encodeJournalHeader, readJournal } from '$lib/domain/journal-codec';
import type { JournalEntry } from '$lib/domain/journal';
import type { CopyDraft, CopyReport, CopyUnlock, TakeRequestInput } from '$lib/services/workspace';
import { copyOf } from '../../support/copy-of';
import { nextDatabaseName } from '../../support/dexie-log';
import { requestInput } from '../../support/request-input';
import { foundedApp, FOUNDING, openTestApp, stubPage, type TestApp } from '../../support/test-app';
import { must } from '../../support/test-space';

// Whole devices, one after the other: more than a busy machine does in the usual time.
vi.setConfig({ testTimeout: 30_000 });

type Founded = Awaited<ReturnType<typeof foundedApp>>;
let lost: Founded;
let apps: TestApp[];
const PLACE = { site: 'Rathaus II', counter: 'Schalter 9', placeCode: 'SO' };
const BY_PASSWORD: CopyUnlock = { password: FOUNDING.password };
const CLEAN = { damagedPlaces: 0, refused: 0, left: 0, missing: 0 };

beforeEach(async () => {
	stubPage();
	apps = [];
	lost = await foundedApp(nextDatabaseName());
	apps.push(lost);
});
afterEach(async () => {
	for (const { session } of apps) await session.lock();
	vi.unstubAllGlobals();
});

async function anApp(): Promise<TestApp> {
	vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
	const app = await openTestApp(nextDatabaseName());
	apps.push(app);
	return app;
}

const take = async ({ workspace }: TestApp, familyName: string, over: Partial<TakeRequestInput> = {}) =>
	must(await workspace().takeRequest({ ...requestInput(workspace(), familyName), ...over }));
const namesIn = ({ workspace }: TestApp) =>
	workspace()
		.view.rows.map((row) => row.name.split(',')[0])
		.sort();

async function complete(draft: CopyDraft, unlock = BY_PASSWORD): Promise<CopyReport> {
	return must(await draft.complete({ ...PLACE, staffId: draft.staff[0]!.id, unlock }));
}
async function restored(files: readonly Uint8Array[], unlock = BY_PASSWORD) {
	const app = await anApp();
	const draft = must(await app.setup.prepareFromCopy(files));
	return { app, draft, report: await complete(draft, unlock) };
}
/** The file with some of its entries left out or changed. */
const edited = (file: Uint8Array, edit: (entries: readonly JournalEntry[]) => readonly JournalEntry[]) =>
	encodeJournal(edit(readJournal(file).entries));
/** As if an exchange had asked for segments. */
async function cut(app: TestApp): Promise<void> {
	await app.session.lock();
	must(await app.session.unlock(lost.founder.id, FOUNDING.password));
}

describe('restoring from a copy', () => {
	it('brings back what was cut and what was not, drafts too, under a new identity that goes on by itself', async () => {
		await take(lost, 'Amsel');
		await take(lost, 'Drossel');
		const requestId = lost.workspace().newRequestId();
		must(await lost.workspace().saveDraft({ id: requestId, requestId, formId: 'umschreibung', content: { a: 1 } }));
		const { app, draft, report } = await restored([await copyOf(lost)]);
		expect(draft).toMatchObject({ commune: FOUNDING.commune, placeCode: 'SO', counter: 'Schalter 1' });
		expect(report).toEqual({ ...CLEAN, devices: 1, operations: 3, drafts: 1 });
		expect(namesIn(app)).toEqual(['Amsel', 'Drossel']);
		expect(app.workspace().view.drafts).toMatchObject([{ content: { a: 1 }, ownerName: FOUNDING.staffName }]);

		const former = (await lost.stores.identity.load())!;
		const own = (await app.stores.identity.load())!;
		expect(own.deviceId).not.toBe(former.deviceId);
		expect(own.workplace).toMatchObject(PLACE);
		await take(app, 'Fink');
		expect(namesIn(app)).toEqual(['Amsel', 'Drossel', 'Fink']);
		// Nothing more is ever written under the lost device's numbers.
		const heads = await app.stores.log.heads();
		expect(heads.get(former.deviceId)).toMatchObject({ sequence: 3, beyond: [] });
		expect(heads.get(own.deviceId)).toMatchObject({ sequence: 2, beyond: [] });
		expect(app.workspace().view.health).toMatchObject({ waitingCount: 0, setAside: [] });
	});

	it('gives rows the place they had: the lost device’s own segments say the same', async () => {
		await take(lost, 'Amsel');
		const { app } = await restored([await copyOf(lost)]);
		const { deviceId } = (await lost.stores.identity.load())!;
		await take(lost, 'Drossel');
		const [own, copied] = await Promise.all([
			lost.stores.log.chainBefore(deviceId, 3),
			app.stores.log.chainBefore(deviceId, 3)
		]);
		expect(copied).toEqual(own);
		expect(copied).not.toBeNull();
	});

	it('opens with the Notfallblatt and a new password', async () => {
		await take(lost, 'Amsel');
		const file = await copyOf(lost);
		for (const sheet of [lost.sheet.groups.join(' '), lost.sheet.qrText]) {
			const { app, draft } = await restored([file], { sheet, newPassword: 'Vier Wörter am Meer' });
			expect(namesIn(app)).toEqual(['Amsel']);
			await app.session.lock();
			must(await app.session.unlock(draft.staff[0]!.id, 'Vier Wörter am Meer'));
			expect(namesIn(app)).toEqual(['Amsel']);
		}
	});

	it('writes nothing for a wrong password or a wrong sheet, and can be tried again', async () => {
		await take(lost, 'Amsel');
		const app = await anApp();
		const draft = must(await app.setup.prepareFromCopy([await copyOf(lost)]));
		const staffId = draft.staff[0]!.id;
		const attempt = (unlock: CopyUnlock) => draft.complete({ ...PLACE, staffId, unlock });
		expect(await attempt({ password: 'falsch' })).toMatchObject({ error: { type: 'wrong-password' } });
		expect(await attempt({ sheet: 'ABCDE', newPassword: 'x' })).toMatchObject({ error: { type: 'malformed-code' } });
		const other = (await foundedApp(nextDatabaseName())) as Founded;
		apps.push(other);
		expect(await attempt({ sheet: other.sheet.groups.join(' '), newPassword: 'x' })).toMatchObject({
			error: { type: 'wrong-recovery-key' }
		});
		expect(await app.stores.identity.load()).toBeNull();
		expect(await app.stores.log.size()).toMatchObject({ operations: 0 });
		expect(await complete(draft)).toMatchObject({ ...CLEAN, operations: 2 });
		expect(namesIn(app)).toEqual(['Amsel']);
	});

	it('reads an older and a newer file of the same device as one, in any order', async () => {
		await take(lost, 'Amsel');
		const older = await copyOf(lost);
		await take(lost, 'Drossel');
		await cut(lost);
		const newer = await copyOf(lost);
		for (const files of [
			[older, newer],
			[newer, older]
		]) {
			const { app, report } = await restored(files);
			expect(report).toEqual({ ...CLEAN, devices: 1, operations: 3, drafts: 0 });
			expect(namesIn(app)).toEqual(['Amsel', 'Drossel']);
		}
	});

	it('takes the good part of a damaged file and counts the rest', async () => {
		for (const name of ['Amsel', 'Drossel', 'Fink']) await take(lost, name);
		const file = await copyOf(lost);
		const torn = await restored([file.subarray(0, file.length - 5)]);
		expect(torn.report).toMatchObject({ damagedPlaces: 1, operations: 4 });
		expect(namesIn(torn.app)).toEqual(['Amsel', 'Drossel', 'Fink']);

		const flipped = file.slice();
		const rows = readJournal(file).entries.findIndex(({ type }) => type === 'kept');
		const place = encodeJournal(readJournal(file).entries.slice(0, rows)).length + 40;
		flipped[place] = (flipped[place] ?? 0) ^ 1;
		const damaged = await restored([flipped]);
		expect(damaged.report).toMatchObject({ damagedPlaces: 1, operations: 0, left: 0 });
		expect(namesIn(damaged.app)).toEqual([]);
		await take(damaged.app, 'Specht');
		expect(namesIn(damaged.app)).toEqual(['Specht']);
	});

	it('leaves rows behind a gap that no chain value bridges, and cuts those that follow from one', async () => {
		for (const name of ['Amsel', 'Drossel', 'Fink']) await take(lost, name);
		const without =
			(...lacking: number[]) =>
			(entries: readonly JournalEntry[]) =>
				entries.map((entry) =>
					entry.type === 'kept'
						? { ...entry, rows: entry.rows.filter(({ sequence }) => !lacking.includes(sequence)) }
						: entry
				);
		const { app, report } = await restored([edited(await copyOf(lost), without(2))]);
		expect(report).toMatchObject({ operations: 2, left: 1, missing: 2 });
		expect(namesIn(app)).toEqual(['Fink']);
	});

	it('refuses a segment that its device did not sign, and takes the others', async () => {
		await take(lost, 'Amsel');
		const { app: second } = await restored([await copyOf(lost)]);
		const file = edited(await copyOf(second), (entries) =>
			entries.map((entry) =>
				entry.type === 'segment' ? { ...entry, segment: { ...entry.segment, signature: new Uint8Array(64) } } : entry
			)
		);
		const { report, app } = await restored([file]);
		expect(report).toMatchObject({ refused: 1, operations: 1 });
		expect(namesIn(app)).toEqual([]);
	});

	it('says what a file is not', async () => {
		const app = await anApp();
		const file = await copyOf(lost);
		const other = (await foundedApp(nextDatabaseName())) as Founded;
		apps.push(other);
		const cases: readonly (readonly [readonly Uint8Array[], string])[] = [
			[[], 'not-a-copy'],
			[[new Uint8Array()], 'not-a-copy'],
			[[new TextEncoder().encode('Einkaufsliste: Brot, Milch')], 'not-a-copy'],
			[[encodeJournalHeader(99)], 'newer-copy'],
			[[edited(file, (entries) => entries.filter(({ type }) => type !== 'identity'))], 'copy-too-damaged'],
			[[edited(file, (entries) => entries.filter(({ type }) => type !== 'keyring-record'))], 'copy-too-damaged'],
			[[file, await copyOf(other)], 'different-spaces']
		];
		for (const [files, type] of cases)
			expect(await app.setup.prepareFromCopy(files)).toEqual({ ok: false, error: { type } });
	});

	it('holds nothing in clear but what a device does', async () => {
		await take(lost, 'Amselmann');
		const text = new TextDecoder('latin1').decode(await copyOf(lost));
		expect(text).not.toContain('Amselmann');
		expect(text).toContain('Erika Mustermann');
	});
});
