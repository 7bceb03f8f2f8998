/** What an unlocked counter can do: drafts, requests, staff and keys, with everything real but the page. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changePassword, foldKeyring, openPerson, rotateKey, withDataKeyBytes } from '$lib/crypto/keyring';
import type { Report } from '$lib/domain/appointment';
import { changeOf } from '$lib/domain/request';
import { err, ok } from '$lib/domain/result';
import type { TakeRequestInput } from '$lib/services/workspace';
import { MONDAY } from '../../fixtures/builders';
import { nextDatabaseName } from '../../support/dexie-log';
import { quickStretch } from '../../support/quick-stretch';
import { createTestChannels, foundedApp, FOUNDING, openTestApp, stubPage, type TestApp } from '../../support/test-app';
import { must } from '../../support/test-space';

let name: string;
let channels: ReturnType<typeof createTestChannels>;
let here: Awaited<ReturnType<typeof foundedApp>>;
let apps: Pick<TestApp, 'session'>[];
const { password } = FOUNDING;

beforeEach(async () => {
	stubPage();
	name = nextDatabaseName();
	channels = createTestChannels();
	here = await foundedApp(name, { channels });
	apps = [here];
});
afterEach(async () => {
	for (const { session } of apps) await session.lock();
	vi.unstubAllGlobals();
});

const input = (part: Partial<TakeRequestInput> = {}): TakeRequestInput => ({
	requestId: here.workspace().newRequestId(),
	draftId: null,
	formId: 'umschreibung',
	formVersion: 1,
	answers: { familyName: 'Mustermann', givenNames: 'Erika' },
	papers: {},
	note: '',
	urgency: 'normal',
	urgencyReason: '',
	received: null,
	missing: [],
	vehicles: [],
	...part
});
const take = async (part: Partial<TakeRequestInput> = {}) => {
	const [view] = must(await here.workspace().takeRequest(input(part))).requests;
	if (!view) throw new Error('taken, and not there');
	return view;
};
async function anotherWindow(staffId = here.founder.id, secret = password) {
	const app = await openTestApp(name, { channels, clock: here.time });
	apps.push(app);
	must(await app.session.unlock(staffId, secret));
	return app;
}
async function addStaff(staffName: string, role: 'clerk' | 'lead' = 'clerk') {
	must(await here.workspace().addStaff({ name: staffName, role, firstPassword: staffName, ownPassword: password }));
	const found = here.workspace().view.staff.find((one) => one.name === staffName);
	if (!found) throw new Error('added, and not there');
	return found;
}

describe('drafts', () => {
	const draftOf = (content: string) => ({
		id: 'draft-1',
		requestId: here.workspace().newRequestId(),
		formId: 'umschreibung',
		content
	});

	it('are sealed, seen in other windows, and there again after unlocking, with their owner', async () => {
		const there = await anotherWindow();
		const jens = await addStaff('Jens Beispiel');
		must(await here.workspace().saveDraft(draftOf('Mustermann')));
		await vi.waitFor(() => expect(there.workspace().view.drafts).toMatchObject([{ content: 'Mustermann' }]), 20_000);
		const [row] = await here.stores.drafts.list();
		expect(new TextDecoder().decode(row?.sealed)).not.toContain('Mustermann');
		await here.session.lock();
		must(await here.session.unlock(jens.id, 'Jens Beispiel'));
		expect(here.workspace().view.drafts).toMatchObject([
			{ id: 'draft-1', content: 'Mustermann', ownerId: here.founder.id, ownerName: FOUNDING.staffName }
		]);
		await here.workspace().discardDraft('draft-1');
		expect(here.workspace().view.drafts).toEqual([]);
		expect(await here.stores.drafts.list()).toEqual([]);
	});

	it('become requests and are gone; saved a second time, the request is amended', async () => {
		const draft = draftOf('x');
		must(await here.workspace().saveDraft(draft));
		const first = await take({ requestId: draft.requestId, draftId: draft.id });
		expect(here.workspace().view.drafts).toEqual([]);
		const second = await take({ requestId: draft.requestId, answers: { familyName: 'Muster', givenNames: 'Erika' } });
		expect(second.caseNumber).toBe(first.caseNumber);
		expect(here.workspace().view.rows).toHaveLength(1);
		expect(here.workspace().view.rows[0]?.name).toContain('Muster,');
	});

	it('too large are refused, and one whose row was moved to another id does not open', async () => {
		expect(await here.workspace().saveDraft(draftOf('x'.repeat(1024 * 1024)))).toMatchObject({
			error: { type: 'too-large' }
		});
		must(await here.workspace().saveDraft(draftOf('Mustermann')));
		const [row] = await here.stores.drafts.list();
		must(await here.stores.drafts.save({ ...row!, id: 'draft-2' }));
		const there = await anotherWindow();
		expect(there.workspace().view.drafts.map(({ id }) => id)).toEqual(['draft-1']);
	});
});

describe('requests', () => {
	it('reach other windows, where they are found and shown the same', async () => {
		const there = await anotherWindow();
		const view = await take();
		await vi.waitFor(() => expect(there.workspace().view.rows).toHaveLength(1), 20_000);
		expect(there.workspace().view.rows).toEqual(here.workspace().view.rows);
		expect(await there.workspace().search(view.caseNumber)).toEqual([view.id]);
		expect(there.workspace().view.health.unsentCount).toBe(2);
	});

	it('of a dealer are one batch, in the order of their numbers', async () => {
		const rows = [1, 2, 3].map(() => ({ rowId: here.workspace().newRequestId(), answers: {} }));
		const taken = must(await here.workspace().takeRequest(input({ vehicles: rows }))).requests;
		expect(taken.map(({ id }) => id)).toEqual(rows.map(({ rowId }) => rowId));
		const batch = await here.workspace().batch(rows[0]!.rowId);
		expect(batch.map(({ caseNumber }) => caseNumber)).toEqual(taken.map(({ caseNumber }) => caseNumber));
	});

	it('tell their timeline with the values before and after, the reason and who it was', async () => {
		const view = await take();
		const changed = must(
			await here.workspace().amend(view.id, [changeOf(view, 'answers/familyName', 'Muster')], 'Tippfehler')
		);
		must(await here.workspace().withdraw(changed.id, 'zurückgezogen'));
		const timeline = await here.workspace().timeline(view.id);
		expect(timeline.map(({ type }) => type)).toEqual(['request-opened', 'request-amended', 'request-withdrawn']);
		expect(timeline[0]?.changes).toContainEqual({ path: 'answers/familyName', before: null, after: 'Mustermann' });
		expect(timeline[1]).toMatchObject({
			staffName: FOUNDING.staffName,
			counter: 'Schalter 1',
			reason: 'Tippfehler',
			at: { recordedAt: MONDAY },
			changes: [{ path: 'answers/familyName', before: 'Mustermann', after: 'Muster' }]
		});
		expect(await here.workspace().timeline(here.workspace().newRequestId())).toEqual([]);
	});
});

describe('the way out', () => {
	it('is for leads with their password, and noted before anything is handed out', async () => {
		const open = await take();
		const done = await take();
		must(await here.workspace().withdraw(done.id, 'doppelt'));
		const before = (await here.stores.log.size()).operations;
		const out = { medium: 'csv', ownPassword: 'falsch' } as const;
		expect(await here.workspace().exportOpenRequests(out)).toMatchObject({ error: { type: 'wrong-password' } });
		expect((await here.stores.log.size()).operations).toBe(before);
		here.time.time += 60_000;
		const exported = must(await here.workspace().exportOpenRequests({ ...out, ownPassword: password }));
		expect(exported.map(({ id }) => id)).toEqual([open.id]);
		expect((await here.stores.log.size()).operations).toBe(before + 1);

		const jens = await addStaff('Jens Beispiel');
		const there = await anotherWindow(jens.id, 'Jens Beispiel');
		expect(await there.workspace().exportOpenRequests({ ...out, ownPassword: 'Jens Beispiel' })).toEqual(
			err({ type: 'not-allowed' })
		);
	});

	it('is the same for appointments that letters are written to', async () => {
		const { appointments } = here.workspace();
		const facts = { date: '2023-11-06', time: '09:30', minutes: null, phone: '', email: 'erika@beispiel.de' };
		const more = { service: 'Ummeldung', note: '', number: '', place: '', cancelled: false, source: 'mail' };
		const id = must(await appointments.report({ ...facts, ...more, name: '=SUMME(1+1)' } as Report));
		must(await appointments.cancel([id], 'Standort geschlossen'));
		const ids = [id, here.workspace().newRequestId()];
		const before = (await here.stores.log.size()).operations;
		expect(await here.workspace().exportAppointments({ ids, ownPassword: 'falsch' })).toMatchObject({
			error: { type: 'wrong-password' }
		});
		expect((await here.stores.log.size()).operations).toBe(before);
		here.time.time += 60_000;
		const exported = must(await here.workspace().exportAppointments({ ids, ownPassword: password }));
		expect(exported).toMatchObject([{ id, name: '=SUMME(1+1)', cancelReason: 'Standort geschlossen' }]);
		expect((await here.stores.log.size()).operations).toBe(before + 1);
	});

	it('stays shut when it cannot be noted', async () => {
		await take();
		Object.assign(here.stores.log, {
			appendPending: async () => err({ type: 'not-written', name: 'QuotaExceededError' })
		});
		expect(await here.workspace().exportOpenRequests({ medium: 'print', ownPassword: password })).toEqual(
			err({ type: 'not-written', name: 'QuotaExceededError' })
		);
		expect(here.workspace().view.health.save).toBe('failed');
	});
});

describe('staff and keys', () => {
	it('a clerk may add, promote or remove nobody', async () => {
		const jens = await addStaff('Jens Beispiel');
		const there = (await anotherWindow(jens.id, 'Jens Beispiel')).workspace();
		const ownPassword = 'Jens Beispiel';
		const not = err({ type: 'not-allowed' });
		expect(await there.addStaff({ name: 'X', role: 'admin', firstPassword: 'x', ownPassword })).toEqual(not);
		expect(await there.changeRole(jens.id, 'admin')).toEqual(not);
		expect(await there.removeStaff(here.founder.id, null)).toEqual(not);
		expect(await there.resetPassword(here.founder.id, 'x', ownPassword)).toEqual(not);
		expect(await there.renewEmergencySheet(ownPassword)).toEqual(not);
		expect(await there.revokeDevice(there.workplace.deviceId, null)).toEqual(not);
	});

	it('a wrong own password passes no key on, and the next attempt waits', async () => {
		const act = { name: 'X', role: 'clerk', firstPassword: 'x', ownPassword: 'falsch' } as const;
		expect(await here.workspace().addStaff(act)).toEqual(err({ type: 'wrong-password', waitMs: 1_000 }));
		expect(await here.workspace().addStaff({ ...act, ownPassword: password })).toEqual(
			err({ type: 'wait', waitMs: 1_000 })
		);
		expect(here.workspace().view.staff).toHaveLength(1);
	});

	it('the old password opens nothing here once the new one has been set and opened', async () => {
		must(await here.workspace().changeOwnPassword(password, 'Neue Wiese'));
		await take();
		await here.session.lock();
		expect(await here.session.unlock(here.founder.id, password)).toMatchObject({ error: { type: 'wrong-password' } });
		here.time.time += 60_000;
		must(await here.session.unlock(here.founder.id, 'Neue Wiese'));
		await vi.waitFor(() => expect(here.workspace().view.rows).toHaveLength(1), 20_000);
		expect(here.workspace().view.health.setAside).toEqual([]);
	});

	it('a removal with a new key leaves everything readable to those who stay', async () => {
		const jens = await addStaff('Jens Beispiel');
		await take();
		must(await here.workspace().removeStaff(jens.id, { ownPassword: password }));
		await take();
		await here.session.lock();
		must(await here.session.unlock(here.founder.id, password));
		await vi.waitFor(() => expect(here.workspace().view.rows).toHaveLength(2), 20_000);
		const rows = await here.stores.log.pendingRows(here.workspace().workplace.deviceId);
		expect(new Set(rows.map(({ keyId }) => keyId)).size).toBe(2);
	});

	it('a rotation asked for with a wrong password removes nobody', async () => {
		const jens = await addStaff('Jens Beispiel');
		expect(await here.workspace().removeStaff(jens.id, { ownPassword: 'falsch' })).toMatchObject({
			error: { type: 'wrong-password' }
		});
		expect(here.workspace().view.staff.find(({ id }) => id === jens.id)?.removed).toBe(false);
	});

	it('a new Notfallblatt opens, and the old one does not any more', async () => {
		const sheet = must(await here.workspace().renewEmergencySheet(password));
		await here.session.lock();
		const code = (groups: readonly string[]) => groups.join('-');
		const { id } = here.founder;
		expect(await here.session.unlockWithRecoveryKey(code(here.sheet.groups), id, 'Neu')).toEqual(
			err({ type: 'wrong-recovery-key' })
		);
		here.time.time += 60_000;
		expect(await here.session.unlockWithRecoveryKey(code(sheet.groups), id, 'Neu')).toEqual(ok(undefined));
	});

	it('a key that a password changed elsewhere has not got is passed on when somebody unlocks who may', async () => {
		const jens = await addStaff('Jens Beispiel');
		const identity = (await here.stores.identity.load())!;
		const { spaceSecret } = identity;
		const keyring = async () => foldKeyring(identity.spaceId, await here.stores.keyring.loadRecords());
		const state = await keyring();
		const changed = must(
			await withDataKeyBytes(state, jens.id, 'Jens Beispiel', spaceSecret, quickStretch, (dataKeyBytes, actor) =>
				changePassword(
					{ state, actor, recordedAt: MONDAY },
					{ dataKeyBytes, spaceSecret, password: 'Neu', stretch: quickStretch }
				)
			)
		);
		const lead = must(await openPerson(state, here.founder.id, password, spaceSecret, quickStretch));
		const rotated = must(await rotateKey({ state, actor: lead, recordedAt: MONDAY }));
		await here.session.lock();
		must(await here.stores.keyring.addOwn([must(changed), ...rotated.records]));
		expect((await keyring()).lackingKeys).toHaveLength(1);

		must(await here.session.unlock(jens.id, 'Neu'));
		await here.session.lock();
		expect((await keyring()).lackingKeys).toHaveLength(1);
		must(await here.session.unlock(here.founder.id, password));
		const after = await keyring();
		expect(after.lackingKeys).toEqual([]);
		await here.session.lock();
		must(await here.session.unlock(here.founder.id, password));
		expect((await keyring()).records).toHaveLength(after.records.length);
		const both = must(await openPerson(after, jens.id, 'Neu', spaceSecret, quickStretch));
		expect(both.dataKeys.size).toBe(2);
	});
});
