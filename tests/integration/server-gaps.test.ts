/** [SY12] A gap in a device's sequence is told on the server, once, and no longer when it is filled. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGapWatch } from '$lib/server/gap-watch';
import type { Segment } from '$lib/domain/operation-log';
import { createHttpTransport } from '$lib/sync/transport';
import { testCounter, type TestCounter } from '../support/test-counter';
import { startTestServer, type TestServer } from '../support/test-server';
import { must, testSpace, type TestSpace } from '../support/test-space';

let server: TestServer;
let space: TestSpace;
let counter: TestCounter;

beforeEach(async () => {
	server = await startTestServer();
	space = await testSpace();
	counter = await testCounter(space);
	const { deviceKey } = counter;
	must(await transport().foundSpace({ code: server.code, records: [space.record], deviceKeys: [deviceKey] }));
	await counter.write(6);
});
afterEach(() => server.stop());

const transport = () =>
	createHttpTransport({
		origin: server.origin,
		fetch: server.fetch,
		now: () => server.clock.now,
		signToken: counter.signToken
	});
const push = async (segments: readonly Segment[]) =>
	must(
		await transport().exchange(space.spaceId, {
			heads: new Map(),
			segments,
			deviceKeys: [],
			keyring: { tips: [], records: [] }
		})
	);

it('[SY12] is told once, at most every minute, and again when it has grown', async () => {
	const watch = createGapWatch(server.store(), () => server.clock.now);
	const gap = { spaceId: space.spaceId, deviceId: counter.deviceId };
	await push(await counter.cut(1, 2));
	expect(await watch.look(space.spaceId)).toEqual([]);
	await push(await counter.cut(5, 6));
	expect(await watch.look(space.spaceId)).toEqual([]);
	server.clock.now += 60_000;
	expect(await watch.look(space.spaceId)).toEqual([{ ...gap, from: 3, to: 4 }]);
	server.clock.now += 60_000;
	expect(await watch.look(space.spaceId)).toEqual([]);
	await push(await counter.cut(4, 4));
	server.clock.now += 60_000;
	expect(await watch.look(space.spaceId)).toEqual([{ ...gap, from: 3, to: 3 }]);
	await push(await counter.cut(3, 3));
	server.clock.now += 60_000;
	expect(await watch.look(space.spaceId)).toEqual([]);
});
