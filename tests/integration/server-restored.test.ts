/** [SY2] A server put back from an old copy: devices notice by its heads and refill it by themselves. Real process, real exchange. */
import 'fake-indexeddb/auto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { createHttpTransport } from '$lib/sync/transport';
import type { ServerProcess } from '../e2e/server-process';
import { openTestDatabase, removeDatabase } from '../support/dexie-log';
import { exchangeDesk } from '../support/exchange-desk';
import { fetchBeyond } from '../support/pushing-device';
import { runScript } from '../support/run-script';
import { aSegment, testCounter, type TestCounter } from '../support/test-counter';
import { must, testSpace, type TestSpace } from '../support/test-space';
import { ensureBuild, startBuiltServer } from './built-server';

beforeAll(ensureBuild, 300_000);

let server: ServerProcess;
const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
	await server.dispose();
	for (const end of ends.splice(0)) await end();
});

const transportOf = (counter: TestCounter) =>
	createHttpTransport({ origin: server.origin, fetch, now: Date.now, signToken: counter.signToken });

/** One device: its log, what it remembers of the server, and its whole exchange. */
async function aDevice(space: TestSpace, counter: TestCounter) {
	const database = await openTestDatabase();
	ends.push(() => removeDatabase(database));
	const desk = await exchangeDesk(database, space, counter.deviceKey);
	return {
		counter,
		desk,
		save: async (count: number) => void (await desk.log.addSegments([await aSegment(counter, count)])),
		exchange: () => desk.exchange(transportOf(counter))
	};
}

it('[SY6] is refilled by its devices: everything is there afterwards, also of a device that joined after the copy was made', async () => {
	server = await startBuiltServer();
	const space = await testSpace();
	const [first, second] = [
		await aDevice(space, await testCounter(space)),
		await aDevice(space, await testCounter(space))
	];
	const offer = { code: server.enrolmentCode, records: [space.record], deviceKeys: [first.counter.deviceKey] };
	must(await transportOf(first.counter).foundSpace(offer));
	for (const count of [3, 4]) await first.save(count);
	expect(await first.exchange()).toMatchObject({ error: null, sent: 7 });

	// The administrator's copy of that evening: the server is stopped and its folder copied.
	const copy = mkdtempSync(path.join(tmpdir(), 'notschalter-copy-'));
	ends.push(() => rmSync(copy, { recursive: true }));
	await server.stop();
	cpSync(server.dataDir, copy, { recursive: true });
	await server.start();

	must(await transportOf(first.counter).enrolDevices(space.spaceId, [second.counter.deviceKey]));
	for (const count of [5, 6]) await second.save(count);
	expect(await second.exchange()).toMatchObject({ error: null, sent: 11 });
	await first.save(2);
	expect(await first.exchange()).toMatchObject({ error: null, sent: 2 });
	expect(await second.exchange()).toMatchObject({ error: null });
	expect(await first.desk.servers.unsentCount(await first.desk.log.heads())).toBe(0);

	await server.stop();
	rmSync(server.dataDir, { recursive: true });
	cpSync(copy, server.dataDir, { recursive: true });
	await server.start();
	const { heads: old } = await fetchBeyond({ ...first, transport: transportOf(first.counter) }, space, new Map());
	expect([...old].map(([deviceId, { sequence }]) => [deviceId, sequence])).toEqual([[first.counter.deviceId, 7]]);

	// The one that came later is a stranger to this copy, and loses nothing by it; the older one brings it back, key and log.
	expect(await second.exchange()).toMatchObject({ error: { type: 'unknown-device' } });
	expect(await first.exchange()).toMatchObject({ error: null, refused: 0 });
	expect(await second.exchange()).toMatchObject({ error: null, refused: 0 });
	const all = await fetchBeyond({ ...first, transport: transportOf(first.counter) }, space, new Map());
	expect(all.heads).toEqual(new Map([...(await first.desk.log.heads())].sort(([a], [b]) => (a < b ? -1 : 1))));
	expect((await second.desk.log.heads()).get(first.counter.deviceId)?.sequence).toBe(9);
	expect(all.segments.map(({ header }) => header.count).sort()).toEqual([2, 3, 4, 5, 6]);
}, 90_000);

it('[SY2] is refilled also when the copy was made by `npm run backup` while it ran, and put back by `npm run restore`', async () => {
	server = await startBuiltServer();
	const space = await testSpace();
	const device = await aDevice(space, await testCounter(space));
	const offer = { code: server.enrolmentCode, records: [space.record], deviceKeys: [device.counter.deviceKey] };
	must(await transportOf(device.counter).foundSpace(offer));
	await device.save(3);
	expect(await device.exchange()).toMatchObject({ error: null, sent: 3 });
	const folder = mkdtempSync(path.join(tmpdir(), 'notschalter-copy-'));
	ends.push(() => rmSync(folder, { recursive: true }));
	expect(runScript('backup', { DATA_DIR: server.dataDir }, folder)).toMatchObject({ status: 0, faults: '' });
	await device.save(4);
	expect(await device.exchange()).toMatchObject({ error: null, sent: 4 });

	await server.kill();
	const backup = path.join(folder, readdirSync(folder)[0]!);
	const { port } = new URL(server.origin);
	expect(runScript('restore', { DATA_DIR: server.dataDir, PORT: port }, backup)).toMatchObject({
		status: 0,
		faults: ''
	});
	expect(readdirSync(server.dataDir).some((name) => name.includes('.vor-'))).toBe(true);
	await server.start();
	const headOf = async () =>
		(await fetchBeyond({ ...device, transport: transportOf(device.counter) }, space, new Map())).heads.get(
			device.counter.deviceId
		)?.sequence;
	expect(await headOf()).toBe(3);
	expect(await device.exchange()).toMatchObject({ error: null, refused: 0 });
	expect(await headOf()).toBe(7);
}, 90_000);
