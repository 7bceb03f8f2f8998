/** The keeper ends with the lock and answers no more: nobody waits for it for ever, least of all with a Web Lock in hand. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { err } from '$lib/domain/result';
import type { LongWork } from '$lib/services/appointment-desk';
import type { KeeperCalls } from '$lib/services/log-keeper.worker';
import { anEntry } from '../../support/appointment-counters';
import { nextDatabaseName } from '../../support/dexie-log';
import { requestInput } from '../../support/request-input';
import { foundedApp, FOUNDING, stubPage, type TestApp } from '../../support/test-app';
import { must } from '../../support/test-space';

/** More than are written in one piece. */
const ENTRIES = Array.from({ length: 120 }, (_, n) => anEntry(`uid:${n}`, { name: `Ahorn ${n}` }));
const work = (): LongWork => ({ onProgress: () => undefined, signal: new AbortController().signal });

let app: Awaited<ReturnType<typeof foundedApp>>;
let unanswered: Set<keyof KeeperCalls>;

beforeEach(async () => {
	stubPage();
	unanswered = new Set();
	app = await foundedApp(nextDatabaseName(), { unanswered });
});
afterEach(async () => {
	await app.session.lock();
	vi.unstubAllGlobals();
});

/** Locks while `act` waits for the keeper, and unlocks again. */
async function lockedMeanwhile<T>(
	method: keyof KeeperCalls,
	act: (workspace: ReturnType<TestApp['workspace']>) => Promise<T>
) {
	unanswered.add(method);
	const asked = vi.fn();
	const acting = act(app.workspace());
	void acting.then(asked, asked);
	await vi.waitUntil(() => app.unanswered.includes(method), 20_000);
	expect(asked).not.toHaveBeenCalled();
	await app.session.lock();
	const outcome = await acting;
	unanswered.clear();
	must(await app.session.unlock(app.founder.id, FOUNDING.password));
	return outcome;
}

it('ends a save as locked, and holds up none after the next unlocking', async () => {
	const given = await lockedMeanwhile('lastWaitingNumber', ({ appointments }) =>
		appointments.walkIn(anEntry('walk-in', { name: 'Amsel' }).facts)
	);
	expect(given).toEqual(err({ type: 'locked' }));
	must(await app.workspace().takeRequest(requestInput(app.workspace(), 'Drossel')));
	expect(app.workspace().view.appointments).toEqual([]);
	expect(app.faults).toEqual([]);
});

it.each(['catchUp', 'decideIntake', 'applyWritten'] as const)(
	'ends an import as locked, and holds up none after the next unlocking (%s)',
	async (method) => {
		const taken = await lockedMeanwhile(method, ({ appointments }) => appointments.takeIn(ENTRIES, work()));
		expect(taken).toEqual(err({ type: 'locked' }));
		expect(must(await app.workspace().appointments.takeIn(ENTRIES, work()))).toMatchObject({ left: 0 });
		expect(app.workspace().view.appointments).toHaveLength(ENTRIES.length);
		expect(app.faults).toEqual([]);
	}
);
