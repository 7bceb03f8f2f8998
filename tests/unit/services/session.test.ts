/** Who is unlocked, in which window, and everything that ends it. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Instant } from '$lib/domain/time';
import { err, ok } from '$lib/domain/result';
import { COVER_AFTER_MS, LOCK_AFTER_MS } from '$lib/services/idle-watch';
import { writeMarker } from '$lib/services/device-marker';
import { deviceId, MONDAY } from '../../fixtures/builders';
import { nextDatabaseName } from '../../support/dexie-log';
import { createTestChannels, foundedApp, FOUNDING, openTestApp, stubPage, type TestApp } from '../../support/test-app';
import { must } from '../../support/test-space';

let name: string;
let apps: Pick<TestApp, 'session'>[];
const opened = <T extends Pick<TestApp, 'session'>>(app: T): T => {
	apps.push(app);
	return app;
};

beforeEach(() => {
	stubPage();
	name = nextDatabaseName();
	apps = [];
});
afterEach(async () => {
	for (const { session } of apps) await session.lock();
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

const { password } = FOUNDING;

describe('a device', () => {
	it('without anything is not set up', async () => {
		expect(opened(await openTestApp(name)).session.state).toEqual({ type: 'not-set-up' });
	});

	it('[LG3] whose database vanished says so', async () => {
		writeMarker({ deviceId: deviceId(1), incarnation: MONDAY, sequence: 3 });
		expect((await openTestApp(name)).session.state).toEqual({ type: 'damaged', detail: 'database-empty', missing: 3 });
	});

	it('is unlocked after founding, and locked when it starts again', async () => {
		const app = opened(await foundedApp(name));
		expect(app.founder).toMatchObject({ name: FOUNDING.staffName, role: 'admin', mustChangePassword: false });
		const again = opened(await openTestApp(name));
		expect(again.session.state).toMatchObject({
			type: 'locked',
			info: {
				staff: [{ id: app.founder.id, name: FOUNDING.staffName }],
				lastStaffId: app.founder.id,
				savedCount: 1,
				unsentCount: 1,
				waitUntil: null
			}
		});
	});

	it('is founded once, also when somebody presses twice', async () => {
		const app = opened(await openTestApp(name));
		const draft = must(await app.setup.prepareFounding(FOUNDING));
		const both = await Promise.all([draft.complete(), draft.complete()]);
		expect(both.every(({ ok: done }) => done)).toBe(true);
		expect((await app.stores.log.heads()).size).toBe(1);
		expect(app.keepers.started - app.keepers.stopped).toBe(1);
	});
});

it('a device that another window has set up meanwhile keeps that identity', async () => {
	const [here, there] = [opened(await openTestApp(name)), opened(await openTestApp(name))];
	const [mine, theirs] = [
		must(await here.setup.prepareFounding(FOUNDING)),
		must(await there.setup.prepareFounding(FOUNDING))
	];
	must(await mine.complete());
	const identity = await here.stores.identity.load();
	expect(await theirs.complete()).toEqual(err({ type: 'refused', rule: 'already-set-up' }));
	expect(await here.stores.identity.load()).toEqual(identity);
});

describe('unlocking', () => {
	it('waits longer after each wrong password, never for good, and forgets failures after the right one', async () => {
		const app = opened(await foundedApp(name));
		const { id } = app.founder;
		await app.session.lock();
		expect(await app.session.unlock(id, 'falsch')).toEqual(err({ type: 'wrong-password', waitMs: 1_000 }));
		expect(app.session.state).toMatchObject({ type: 'locked', info: { waitUntil: MONDAY + 1_000 } });
		expect(await app.session.unlock(id, password)).toEqual(err({ type: 'wait', waitMs: 1_000 }));
		app.time.time += 1_000;
		expect(await app.session.unlock(id, 'falsch')).toEqual(err({ type: 'wrong-password', waitMs: 2_000 }));
		for (let i = 0; i < 10; i++) {
			app.time.time += 60_000;
			await app.session.unlock(id, 'falsch');
		}
		expect(await app.session.unlock(id, password)).toEqual(err({ type: 'wait', waitMs: 60_000 }));
		app.time.time += 60_000;
		expect(await app.session.unlock(id, password)).toEqual(ok(undefined));
		expect((await app.stores.lock.load()).attempts).toBeNull();
	});

	it('is possible on a disk that refuses to note anything, and so is guessing wrong', async () => {
		const app = opened(await foundedApp(name));
		const { id } = app.founder;
		await app.session.lock();
		const full = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
		Object.assign(app.stores.lock, { failed: full, succeeded: full });
		expect(await app.session.unlock(id, 'falsch')).toEqual(err({ type: 'wrong-password', waitMs: 1_000 }));
		expect(app.session.state.type).toBe('locked');
		expect(await app.session.unlock(id, password)).toEqual(ok(undefined));
	});

	it('counts both of two guesses made at once in two windows', async () => {
		const app = opened(await foundedApp(name));
		const { id } = app.founder;
		await app.session.lock();
		const twin = opened(await openTestApp(name));
		await Promise.all([app.session.unlock(id, 'falsch'), twin.session.unlock(id, 'auch falsch')]);
		expect((await app.stores.lock.load()).attempts?.failures).toBe(2);
	});

	it('of somebody unknown is a wrong password', async () => {
		const app = opened(await foundedApp(name));
		await app.session.lock();
		expect(await app.session.unlock('f'.repeat(32) as never, password)).toMatchObject({
			error: { type: 'wrong-password' }
		});
	});

	it('twice at once opens one workspace, and locking ends all of it', async () => {
		const app = opened(await foundedApp(name));
		const { id } = app.founder;
		await app.session.lock();
		await Promise.all([app.session.unlock(id, password), app.session.unlock(id, password)]);
		expect(app.session.state.type).toBe('unlocked');
		expect(app.keepers.started - app.keepers.stopped).toBe(1);
		await app.session.lock();
		expect(app.keepers.started).toBe(app.keepers.stopped);
	});

	it('that fails behind the password says so and can be tried again', async () => {
		const app = opened(await foundedApp(name));
		await app.session.lock();
		let fails = true;
		const broken = opened(
			await openTestApp(name, {
				openWorkspace: () => {
					if (fails) return Promise.reject(new Error('the device key does not open'));
					return Promise.resolve({
						workspace: { me: app.founder } as never,
						person: () => ({}) as never,
						close: () => undefined
					});
				}
			})
		);
		expect(await broken.session.unlock(app.founder.id, password)).toEqual(
			err({ type: 'damaged', detail: 'workspace-failed' })
		);
		expect(broken.session.state.type).toBe('locked');
		fails = false;
		expect(await broken.session.unlock(app.founder.id, password)).toEqual(ok(undefined));
	});

	it('does not survive a lock that came before it was shown', async () => {
		const app = opened(await foundedApp(name));
		await app.session.lock();
		const channels = createTestChannels();
		const elsewhere = channels.open();
		let isClosed = false;
		const late = opened(
			await openTestApp(name, {
				channels,
				openWorkspace: () => {
					queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => elsewhere.tell({ type: 'lock' }))));
					return Promise.resolve({
						workspace: { me: app.founder } as never,
						person: () => ({}) as never,
						close: () => (isClosed = true)
					});
				}
			})
		);
		await late.session.unlock(app.founder.id, password);
		await late.reaches('locked');
		expect(isClosed).toBe(true);
	});
});

describe('the Notfallblatt', () => {
	it('sets a new password and unlocks; the old password opens no more', async () => {
		const app = opened(await foundedApp(name));
		const { id } = app.founder;
		await app.session.lock();
		const code = app.sheet.groups.join(' ').toLowerCase();
		expect(await app.session.unlockWithRecoveryKey(code, id, 'Neue Wiese')).toEqual(ok(undefined));
		await app.session.lock();
		expect(await app.session.unlock(id, password)).toMatchObject({ error: { type: 'wrong-password' } });
		app.time.time += 60_000;
		expect(await app.session.unlock(id, 'Neue Wiese')).toEqual(ok(undefined));
	});

	it('of another space opens nothing and costs a pause; a slip of the hand costs none', async () => {
		const app = opened(await foundedApp(name));
		const other = opened(await foundedApp(nextDatabaseName()));
		await app.session.lock();
		const { id } = app.founder;
		const wrong = other.sheet.groups.join('-');
		expect(await app.session.unlockWithRecoveryKey(wrong.slice(0, -1), id, 'x')).toEqual(
			err({ type: 'malformed-code' })
		);
		expect((await app.stores.lock.load()).attempts).toBeNull();
		expect(await app.session.unlockWithRecoveryKey(wrong, id, 'x')).toEqual(err({ type: 'wrong-recovery-key' }));
		expect(await app.session.unlock(id, password)).toEqual(err({ type: 'wait', waitMs: 1_000 }));
	});
});

describe('locking', () => {
	it('forgets keys and state in all windows', async () => {
		const channels = createTestChannels();
		const here = opened(await foundedApp(name, { channels }));
		const there = opened(await openTestApp(name, { channels }));
		must(await there.session.unlock(here.founder.id, password));
		const [mine, theirs] = [here.workspace(), there.workspace()];
		await here.session.lock();
		expect(here.session.state.type).toBe('locked');
		await there.reaches('locked');
		expect(await mine.addNote(mine.newRequestId(), 'x').catch(() => 'gone')).toBeDefined();
		for (const workspace of [mine, theirs]) {
			expect(workspace.view.rows).toEqual([]);
			expect(await workspace.saveDraft({ id: 'a', requestId: mine.newRequestId(), formId: 'f', content: 1 })).toEqual(
				err({ type: 'locked' })
			);
		}
		expect(here.keepers.started).toBe(here.keepers.stopped);
		expect(there.keepers.started).toBe(there.keepers.stopped);
	});

	it('shows nothing of the workspace once it has begun', async () => {
		const app = opened(await foundedApp(name));
		app.states.length = 0;
		const locking = app.session.lock();
		expect(app.session.state.type).toBe('starting');
		await locking;
		expect(app.states).toEqual(['starting', 'locked']);
	});

	it('is the end of a person who is removed, in every window', async () => {
		const channels = createTestChannels();
		const here = opened(await foundedApp(name, { channels }));
		must(
			await here
				.workspace()
				.addStaff({ name: 'Jens Beispiel', role: 'clerk', firstPassword: 'Jens', ownPassword: password })
		);
		const jens = here.workspace().view.staff.find((one) => one.name === 'Jens Beispiel');
		const there = opened(await openTestApp(name, { channels }));
		must(await there.session.unlock(jens!.id, 'Jens'));
		expect(there.workspace().me).toMatchObject({ role: 'clerk', mustChangePassword: true });
		must(await here.workspace().removeStaff(jens!.id, null));
		const { info } = await there.reaches('locked');
		expect(info.staff.map((one) => one.name)).toEqual([FOUNDING.staffName]);
		expect(await there.session.unlock(jens!.id, 'Jens')).toMatchObject({ error: { type: 'wrong-password' } });
	});
});

describe('the cover', () => {
	it('locks this window alone while no PIN is set', async () => {
		const channels = createTestChannels();
		const here = opened(await foundedApp(name, { channels }));
		const there = opened(await openTestApp(name, { channels }));
		must(await there.session.unlock(here.founder.id, password));
		expect(here.session.hasPin).toBe(false);
		here.session.cover();
		await here.reaches('locked');
		expect(there.session.state.type).toBe('unlocked');
	});

	it('covers every window, and locks one without a PIN of its own', async () => {
		const channels = createTestChannels();
		const here = opened(await foundedApp(name, { channels }));
		const second = opened(await openTestApp(name, { channels }));
		const third = opened(await openTestApp(name, { channels }));
		must(await second.session.unlock(here.founder.id, password));
		must(await third.session.unlock(here.founder.id, password));
		here.session.setPin('482913');
		second.session.setPin('739158');
		here.session.cover();
		await second.reaches('covered');
		await third.reaches('locked');
		expect(second.session.openCover('482913')).toBe(false);
		expect(second.session.openCover('739158')).toBe(true);
		expect(here.session.state.type).toBe('covered');
	});

	it('is lifted by the PIN, and five wrong ones lock everywhere', async () => {
		const channels = createTestChannels();
		const here = opened(await foundedApp(name, { channels }));
		const there = opened(await openTestApp(name, { channels }));
		must(await there.session.unlock(here.founder.id, password));
		here.session.setPin('482913');
		here.session.cover();
		expect(here.session.state).toEqual({ type: 'covered', staffName: FOUNDING.staffName, triesLeft: 5 });
		expect(here.session.openCover('000000')).toBe(false);
		expect(here.session.state).toMatchObject({ triesLeft: 4 });
		expect(here.session.openCover('482913')).toBe(true);
		expect(here.session.state.type).toBe('unlocked');
		here.session.cover();
		for (let i = 0; i < 5; i++) expect(here.session.openCover('000000')).toBe(false);
		await here.reaches('locked');
		await there.reaches('locked');
		expect(here.session.openCover('482913')).toBe(false);
		expect(here.session.hasPin).toBe(false);
	});
});

describe('idleness', () => {
	const FAKED = ['Date', 'performance', 'setInterval', 'clearInterval'] as const;
	beforeEach(() => void vi.useFakeTimers({ toFake: [...FAKED], now: MONDAY }));

	const pause = (ms: number) => vi.advanceTimersByTime(ms);

	it('covers after five minutes, and locks after sixty', async () => {
		const app = opened(await foundedApp(name));
		app.session.setPin('482913');
		pause(COVER_AFTER_MS - 2_000);
		app.session.touch();
		pause(COVER_AFTER_MS - 2_000);
		expect(app.session.state.type).toBe('unlocked');
		pause(2_000);
		expect(app.session.state.type).toBe('covered');
		pause(LOCK_AFTER_MS - COVER_AFTER_MS);
		expect(app.session.state.type).toBe('starting');
		await vi.waitUntil(() => app.session.state.type === 'locked', 20_000);
	});

	it('is none while somebody works in another window: a covered one does not lock it', async () => {
		const channels = createTestChannels();
		const here = opened(await foundedApp(name, { channels }));
		const there = opened(await openTestApp(name, { channels }));
		must(await there.session.unlock(here.founder.id, password));
		here.session.setPin('482913');
		there.session.setPin('739158');
		here.session.cover();
		await there.reaches('covered');
		expect(there.session.openCover('739158')).toBe(true);
		for (let minute = 0; minute < 70; minute++) {
			pause(60_000);
			there.session.touch();
		}
		expect(there.session.state.type).toBe('unlocked');
		expect(here.session.state.type).toBe('covered');
	});

	it('that has passed while the machine slept locks before a PIN counts', async () => {
		const app = opened(await foundedApp(name));
		app.session.setPin('482913');
		app.session.cover();
		vi.setSystemTime(MONDAY + 3 * LOCK_AFTER_MS);
		expect(app.session.openCover('482913')).toBe(false);
		await vi.waitUntil(() => app.session.state.type === 'locked', 20_000);
	});

	it('is looked at when the page comes back, before anything else', async () => {
		const app = opened(await foundedApp(name));
		vi.setSystemTime((MONDAY + LOCK_AFTER_MS) as Instant);
		window.dispatchEvent(new Event('pageshow'));
		expect(app.session.state.type).toBe('starting');
		await vi.waitUntil(() => app.session.state.type === 'locked', 20_000);
	});
});
