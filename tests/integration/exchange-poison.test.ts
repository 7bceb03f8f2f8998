/** Poison by an enrolled device: whoever meets it sets it aside, passes it on, and is held up by it nowhere (SY5, SY10). */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Segment } from '$lib/domain/operation-log';
import type { CounterDatabase } from '$lib/storage/database';
import { signDeviceToken } from '$lib/crypto/device-token';
import type { DeviceKey } from '$lib/sync/protocol';
import { createHttpTransport, type SignToken } from '$lib/sync/transport';
import { openTestDatabase, removeDatabase } from '../support/dexie-log';
import { exchangeDesk } from '../support/exchange-desk';
import { poisonedSegment, poisons } from '../support/poison';
import { testCounter } from '../support/test-counter';
import { keysOf, opening, testDesk } from '../support/test-desk';
import { startTestServer, type TestServer } from '../support/test-server';
import { must, testSpace, type TestSpace } from '../support/test-space';
import { stubWebLocks } from '../support/web-locks';

let space: TestSpace;
let near: TestServer;
let far: TestServer;
let databases: CounterDatabase[];

beforeEach(async () => {
	stubWebLocks();
	space = await testSpace();
	[near, far] = [await startTestServer(), await startTestServer()];
	databases = [];
});
afterEach(async () => {
	vi.unstubAllGlobals();
	await near.stop();
	await far.stop();
	for (const database of databases) await removeDatabase(database);
});

const transportTo = (server: TestServer, signToken: SignToken) =>
	createHttpTransport({
		origin: server.origin,
		fetch: server.fetch,
		now: () => server.clock.now,
		signToken
	});

/** A device with its keeper, that opens what it gets, and exchanges as the app does. */
async function anHonestDevice() {
	const desk = await testDesk(space);
	const window = await desk.openWindow();
	await window.open(await keysOf(space, space.opened));
	const { deviceId, publicKey, signingKey } = desk.device;
	const database = await openTestDatabase();
	databases.push(database);
	const signToken: SignToken = (call) => signDeviceToken({ ...call, deviceId, key: signingKey });
	const deviceKey = { deviceId, publicKey };
	return {
		...window,
		log: desk.log,
		deviceKey,
		found: async (server: TestServer, deviceKeys: readonly DeviceKey[] = [deviceKey]) =>
			must(
				await transportTo(server, signToken).foundSpace({
					code: server.code,
					records: [space.record],
					deviceKeys
				})
			),
		async exchange(server: TestServer) {
			await window.keeper.cut();
			const origin = server === near ? 'http://near.test' : 'http://far.test';
			const ports = await exchangeDesk(database, space, deviceKey, origin, desk.log);
			const report = await ports.exchange(transportTo(server, signToken));
			await window.keeper.catchUp();
			return report;
		}
	};
}

const signaturesIn = async ({ log }: Awaited<ReturnType<typeof anHonestDevice>>) =>
	(await log.segmentsBeyond(new Map(), Infinity)).segments.map((one: Segment) => one.signature.join()).sort();

describe('[SY5][SY10] a segment that holds', { timeout: 60_000 }, () => {
	it.each(poisons)('%s is set aside, and everything else goes its way', async (_name, reason, poison) => {
		const [honest, other] = [await anHonestDevice(), await anHonestDevice()];
		const mallory = await testCounter(space);
		await honest.found(near, [honest.deviceKey, mallory.deviceKey]);
		await honest.found(far, [honest.deviceKey, other.deviceKey]);
		await honest.save(opening(1, 'Vorher'));
		await honest.exchange(near);

		const segment = await poisonedSegment(space, mallory, await poison());
		const offer = { heads: new Map(), segments: [segment], deviceKeys: [], keyring: { tips: [], records: [] } };
		const pushed = must(await transportTo(near, mallory.signToken).exchange(space.spaceId, offer));
		expect(pushed.answer.refused).toEqual([]);

		// The honest device takes it in, opens what it can, and carries all of it to another server.
		await honest.save(opening(2, 'Danach'));
		expect(await honest.exchange(near)).toMatchObject({ error: null, refused: 0 });
		expect(await honest.exchange(far)).toMatchObject({ error: null, refused: 0 });
		// So does the next one, which never met who made it.
		await other.save(opening(3, 'Drüben'));
		expect(await other.exchange(far)).toMatchObject({ error: null, refused: 0 });
		expect(await honest.exchange(far)).toMatchObject({ error: null, refused: 0 });

		const { deviceId } = mallory;
		for (const device of [honest, other]) {
			expect(device.names().map((name) => name.split(',')[0])).toEqual(['Danach', 'Drüben', 'Vorher']);
			expect(device.facts().setAside).toEqual(reason ? [{ deviceId, firstSequence: 1, reason }] : []);
		}
		expect(await signaturesIn(honest)).toEqual(await signaturesIn(other));
		expect(await far.store().heads(space.spaceId)).toEqual(await honest.log.heads());
	});
});
