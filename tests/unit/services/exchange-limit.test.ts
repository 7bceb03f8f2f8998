/** A keyring has its limit: a server cannot fill a disk with records, and what is known already does not count again. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CounterDatabase } from '$lib/storage/database';
import { openTestDatabase, removeDatabase } from '../../support/dexie-log';
import { exchangeDesk } from '../../support/exchange-desk';
import { createFakeServer } from '../../support/fake-exchange-server';
import { aSegment, testCounter } from '../../support/test-counter';
import { testSpace } from '../../support/test-space';

vi.mock('$lib/domain/keyring-record', async (original) => ({ ...(await original<object>()), MAX_RECORDS: 3 }));

let database: CounterDatabase;
beforeEach(async () => {
	database = await openTestDatabase();
});
afterEach(() => removeDatabase(database));

it('takes records up to the limit, none beyond it, and segments all the same', async () => {
	const space = await testSpace();
	const [own, other] = [await testCounter(space), await testCounter(space)];
	const desk = await exchangeDesk(database, space, own.deviceKey);
	const { records: two } = await space.withPerson([space.record], 'Jens Beispiel', 'clerk');
	const { records: three } = await space.withPerson(two, 'Ayşe Muster', 'clerk');
	const { records: four } = await space.withPerson(three, 'Olaf Zuviel', 'clerk');
	const segment = await aSegment(other, 1);
	const giving = (records: typeof two) =>
		createFakeServer({
			twist: (answer) => ({
				...answer,
				keyring: { tips: [], records },
				deviceKeys: [other.deviceKey],
				segments: [segment]
			})
		}).transport;

	await desk.exchange(giving(two));
	expect(await desk.held()).toHaveLength(2);
	// All of it once more, and one that is new: three in all.
	await desk.exchange(giving(three));
	expect(await desk.held()).toHaveLength(3);
	const report = await desk.exchange(giving(four));
	expect(await desk.held()).toHaveLength(3);
	expect(report).toMatchObject({ error: null, keyringChanged: false });
	expect((await desk.sequences()).get(other.deviceId)).toBe(1);
});
