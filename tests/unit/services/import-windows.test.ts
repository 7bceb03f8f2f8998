/** Two windows of one profile take the same file in at once: each entry is written once, and both say truly what they wrote. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LongWork } from '$lib/services/appointment-desk';
import { anEntry } from '../../support/appointment-counters';
import { nextDatabaseName } from '../../support/dexie-log';
import { createTestChannels, foundedApp, FOUNDING, openTestApp, stubPage, type TestApp } from '../../support/test-app';
import { must } from '../../support/test-space';

const ENTRIES = Array.from({ length: 120 }, (_, n) => anEntry(`uid:${n}`, { name: `Ahorn ${n}` }));
const work = (): LongWork => ({ onProgress: () => undefined, signal: new AbortController().signal });

let apps: Pick<TestApp, 'session' | 'workspace'>[];

beforeEach(async () => {
	stubPage();
	const name = nextDatabaseName();
	const channels = createTestChannels();
	const here = await foundedApp(name, { channels });
	const there = await openTestApp(name, { channels, clock: here.time });
	must(await there.session.unlock(here.founder.id, FOUNDING.password));
	apps = [here, there];
});
afterEach(async () => {
	for (const { session } of apps) await session.lock();
	vi.unstubAllGlobals();
});

it('writes each entry once', async () => {
	const [here, there] = apps.map(({ workspace }) => workspace());
	if (!here || !there) throw new Error('two windows are needed');
	const before = here.view.health.unsentCount;
	const taken = await Promise.all([here, there].map(({ appointments }) => appointments.takeIn(ENTRIES, work())));
	const reports = taken.map(must);
	expect(reports.reduce((sum, { written }) => sum + written, 0)).toBe(ENTRIES.length);
	expect(reports.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(ENTRIES.length);
	for (const { view } of [here, there]) {
		await vi.waitFor(() => expect(view.health.unsentCount).toBe(before + ENTRIES.length), 20_000);
		expect(view.appointments).toHaveLength(ENTRIES.length);
	}
});
