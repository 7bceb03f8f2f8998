/** A counter without screens: real IndexedDB, real workers, real keys, in real Chromium. */
import { beforeEach, describe, expect, it } from 'vitest';
import { startApp, type App } from '$lib/services/app';
import type { TakeRequestInput, Workspace } from '$lib/services/workspace';
import { changeOf, currentValue } from '$lib/domain/request';

const PASSWORD = 'vier Wörter im Regen';

/** Each test has a device of its own. */
let devices = 0;
async function start(): Promise<App> {
	const started = await startApp(`counter-${++devices}-${crypto.randomUUID()}`);
	if ('fault' in started) throw new Error(started.fault);
	return started.app;
}

async function found(app: App): Promise<void> {
	const draft = await app.setup.prepareFounding({
		commune: 'Soest, Stadt',
		ags: '05974040',
		placeCode: 'SO',
		site: 'Rathaus I',
		counter: 'Schalter 3',
		staffName: 'Erika Mustermann',
		password: PASSWORD,
		server: null
	});
	if (!draft.ok) throw new Error(draft.error.type);
	expect(draft.value.sheet.groups).toHaveLength(6);
	const done = await draft.value.complete();
	expect(done).toEqual({ ok: true, value: { server: null } });
}

function workspaceOf(app: App): Workspace {
	if (app.session.state.type !== 'unlocked') throw new Error(app.session.state.type);
	return app.session.state.workspace;
}

const aRequest = (workspace: Workspace, part: Partial<TakeRequestInput> = {}): TakeRequestInput => ({
	requestId: workspace.newRequestId(),
	draftId: null,
	formId: 'kfz-umschreibung',
	formVersion: 1,
	answers: { holderKind: 'person', familyName: 'Müller', givenNames: 'Jürgen', plate: 'SO-AB 123' },
	papers: { zb1: 'present' },
	note: '',
	urgency: 'normal',
	urgencyReason: '',
	received: null,
	missing: [],
	vehicles: [],
	...part
});

async function unlock(app: App): Promise<void> {
	if (app.session.state.type !== 'locked') throw new Error(app.session.state.type);
	const [person] = app.session.state.info.staff;
	if (!person) throw new Error('nobody here');
	expect(await app.session.unlock(person.id, PASSWORD)).toEqual({ ok: true, value: undefined });
}

describe('a counter', () => {
	// The marker of another test's device says here that data are missing.
	beforeEach(async () => {
		localStorage.clear();
		await caches.delete('notschalter.device');
	});

	it('takes a request, locks, unlocks and shows it again', async () => {
		const app = await start();
		expect(app.session.state.type).toBe('not-set-up');
		await found(app);
		const workspace = workspaceOf(app);
		expect(workspace.me).toMatchObject({ name: 'Erika Mustermann', role: 'admin', mustChangePassword: false });
		const taken = await workspace.takeRequest(aRequest(workspace));
		if (!taken.ok) throw new Error(taken.error.type);
		const [view] = taken.value.requests;
		expect(view?.caseNumber).toMatch(/^SO-[0-9A-X]{4}-0001-\d\d$/);
		expect(workspace.view.rows.map((row) => row.name)).toEqual(['Müller, Jürgen']);
		expect(workspace.view.health).toMatchObject({ save: 'saved', unsentCount: 2 });

		await app.session.lock();
		expect(app.session.state).toMatchObject({ type: 'locked', info: { savedCount: 2, unsentCount: 2 } });
		expect(workspace.view.rows).toEqual([]);
		await unlock(app);
		const again = workspaceOf(app);
		expect(await again.search('mueller')).toEqual([view?.id]);
		expect(await again.search(view?.caseNumber ?? '')).toEqual([view?.id]);
	});

	it('keeps amendments with who, when and before, and never makes two cases of one draft', async () => {
		const app = await start();
		await found(app);
		const workspace = workspaceOf(app);
		const input = aRequest(workspace);
		await workspace.takeRequest(input);
		await workspace.takeRequest({ ...input, note: 'kommt wieder' });
		expect(workspace.view.rows).toHaveLength(1);
		const view = await workspace.request(input.requestId);
		if (!view) throw new Error('gone');
		const amended = await workspace.amend(view.id, [changeOf(view, 'answers/familyName', 'Möller')]);
		if (!amended.ok) throw new Error(amended.error.type);
		expect(currentValue(amended.value, 'answers/familyName')).toBe('Möller');
		const timeline = await workspace.timeline(view.id);
		expect(timeline.map((entry) => entry.type)).toEqual(['request-opened', 'request-amended', 'request-amended']);
		expect(timeline[2]).toMatchObject({
			staffName: 'Erika Mustermann',
			counter: 'Schalter 3',
			changes: [{ path: 'answers/familyName', before: 'Müller', after: 'Möller' }]
		});
	});

	it('gives sealed drafts back after the lock, and deletes them with the save', async () => {
		const app = await start();
		await found(app);
		const workspace = workspaceOf(app);
		const requestId = workspace.newRequestId();
		const saved = await workspace.saveDraft({
			id: requestId,
			requestId,
			formId: 'kfz-umschreibung',
			content: { familyName: 'Müll' }
		});
		expect(saved.ok).toBe(true);
		await app.session.lock();
		await unlock(app);
		const again = workspaceOf(app);
		expect(again.view.drafts).toMatchObject([{ ownerName: 'Erika Mustermann', content: { familyName: 'Müll' } }]);
		await again.takeRequest(aRequest(again, { requestId, draftId: requestId }));
		expect(again.view.drafts).toEqual([]);
	});

	it('says that a password is wrong, and lets people wait longer', async () => {
		const app = await start();
		await found(app);
		await app.session.lock();
		if (app.session.state.type !== 'locked') throw new Error('not locked');
		const [person] = app.session.state.info.staff;
		if (!person) throw new Error('nobody');
		const wrong = await app.session.unlock(person.id, 'falsch');
		expect(wrong).toMatchObject({ ok: false, error: { type: 'wrong-password' } });
		expect(app.session.state.type).toBe('locked');
		expect(await app.session.unlock(person.id, PASSWORD)).toMatchObject({ ok: false, error: { type: 'wait' } });
	});

	it('covers with a PIN and locks in full after five wrong ones', async () => {
		const app = await start();
		await found(app);
		app.session.setPin('123456');
		app.session.cover();
		expect(app.session.state).toMatchObject({ type: 'covered', triesLeft: 5 });
		expect(app.session.openCover('123456')).toBe(true);
		expect(app.session.state.type).toBe('unlocked');
		app.session.cover();
		for (let i = 0; i < 5; i++) expect(app.session.openCover('000000')).toBe(false);
		await expect.poll(() => app.session.state.type).toBe('locked');
	});

	it('adds a colleague who must change the first password, and lets the recovery key set a new one', async () => {
		const app = await start();
		await found(app);
		const workspace = workspaceOf(app);
		const added = await workspace.addStaff({
			name: 'Max Beispiel',
			role: 'clerk',
			firstPassword: 'erstes Kennwort 1',
			ownPassword: PASSWORD
		});
		expect(added).toEqual({ ok: true, value: undefined });
		const max = workspace.view.staff.find((person) => person.name === 'Max Beispiel');
		if (!max) throw new Error('not added');
		await app.session.lock();
		expect(await app.session.unlock(max.id, 'erstes Kennwort 1')).toEqual({ ok: true, value: undefined });
		const his = workspaceOf(app);
		expect(his.me).toMatchObject({ role: 'clerk', mustChangePassword: true });
		expect(await his.changeOwnPassword('erstes Kennwort 1', 'zweites Kennwort 2')).toEqual({
			ok: true,
			value: undefined
		});
		expect(his.me.mustChangePassword).toBe(false);
		expect((await his.takeRequest(aRequest(his))).ok).toBe(true);
		expect(await his.exportOpenRequests({ medium: 'csv', ownPassword: 'zweites Kennwort 2' })).toMatchObject({
			ok: false,
			error: { type: 'not-allowed' }
		});
	});

	it('takes another tab beside the first for no restart', async () => {
		const app = await start();
		await found(app);
		expect(await app.setup.restartTest()).toBe('not-begun');
		await app.setup.beginRestartTest();
		sessionStorage.clear(); // what another tab of the same browser sees
		expect(await app.setup.restartTest()).toBe('waiting-for-restart');
	});
});
