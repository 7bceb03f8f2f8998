/** Whole exchanges between counters over one or two servers: real keys, real SQLite, the client’s own engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foldKeyring, recordIdOf, type KeyringState } from '$lib/crypto/keyring';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import { runExchange, type ExchangeReport, type RememberedServer } from '$lib/sync/sync-engine';
import type { DeviceKey } from '$lib/sync/protocol';
import { createHttpTransport } from '$lib/sync/transport';
import { createMemoryOperationLog } from '../support/memory-operation-log';
import { testCounter, type TestCounter } from '../support/test-counter';
import { startTestServer, type TestServer } from '../support/test-server';
import { must, testSpace, type TestSpace } from '../support/test-space';

let space: TestSpace;
let servers: TestServer[];
const DECADE_MS = 10 * 365 * 86_400_000;

beforeEach(async () => {
	space = await testSpace();
	servers = [await startTestServer(), await startTestServer()];
});
afterEach(async () => {
	for (const server of servers) await server.stop();
});

type Device = Awaited<ReturnType<typeof aDevice>>;

/** A device as the services build one: log, keyring and keys, and a memory of each server. */
async function aDevice(records: readonly KeyringRecord[] = [space.record], clockErrorMs = 0) {
	const counter: TestCounter = await testCounter(space);
	const log = createMemoryOperationLog();
	const keys = new Map<string, DeviceKey>([[counter.deviceId, counter.deviceKey]]);
	let held = [...records];
	let keyring: KeyringState = await foldKeyring(space.spaceId, held);
	const remembered = new Map<TestServer, RememberedServer>();
	const bytes = { sent: 0, received: 0 };

	const transportTo = (server: TestServer) =>
		createHttpTransport({
			origin: server.origin,
			now: () => server.clock.now + clockErrorMs,
			signToken: counter.signToken,
			async fetch(input, init) {
				bytes.sent += (init.body as Uint8Array).length;
				const response = await server.fetch(input, init);
				bytes.received += (await response.clone().arrayBuffer()).byteLength;
				return response;
			}
		});

	async function add(received: readonly KeyringRecord[]): Promise<number> {
		const ids = new Set(await Promise.all(held.map((record) => recordIdOf(record.bytes))));
		const fresh: KeyringRecord[] = [];
		for (const record of received) if (!ids.has(await recordIdOf(record.bytes))) fresh.push(record);
		held = [...held, ...fresh];
		keyring = await foldKeyring(space.spaceId, held);
		return fresh.length;
	}

	async function exchange(server: TestServer): Promise<ExchangeReport> {
		const report = must(
			await runExchange({
				spaceId: space.spaceId,
				ownDeviceId: counter.deviceId,
				log,
				keyring: {
					tips: () => Promise.resolve(keyring.tips),
					recordsBeyond: (tips) => Promise.resolve(keyring.ancestorsMissing(tips ?? []))
				},
				deviceKeys: () => Promise.resolve([...keys.values()]),
				members: new Set([...keys.values()].map((key) => key.deviceId)),
				transport: transportTo(server),
				async absorb(received) {
					for (const key of received.deviceKeys) keys.set(key.deviceId, key);
					const added = await add(received.records);
					return { segments: (await log.addSegments(received.segments)).added.length, records: added };
				},
				remembered: remembered.get(server) ?? null
			})
		);
		if (report.server) remembered.set(server, report.server);
		return report;
	}

	return {
		...counter,
		log,
		bytes,
		add,
		exchange,
		transportTo,
		keyring: () => keyring,
		async write(count: number, size = count) {
			await counter.write(count);
			await log.addSegments(await counter.cutAll(size));
		}
	};
}

const lay = async (server: TestServer, device: Device) =>
	must(
		await device.transportTo(server).foundSpace({
			code: server.code,
			records: [space.record],
			deviceKeys: [device.deviceKey]
		})
	);

/** The second device comes in by a join package, as a person brings it in. */
async function join(server: TestServer, host: Device, guest: Device) {
	const packageId = guest.deviceId;
	const offer = { packageId, sealed: new Uint8Array([1]), uses: 1, validForMs: 900_000 };
	must(await host.transportTo(server).createJoinPackage(space.spaceId, offer));
	must(await guest.transportTo(server).takeJoinPackage(packageId, guest.deviceKey));
}

const headsOf = async (device: Device) => new Map([...(await device.log.heads())].sort());

describe('two counters', () => {
	it('[SY4] hold the same after exchanging with one server, whatever each wrote', async () => {
		const [server] = servers as [TestServer];
		const [one, two] = [await aDevice(), await aDevice()];
		await lay(server, one);
		await join(server, one, two);
		await one.write(7, 3);
		await two.write(5, 1);
		await one.exchange(server);
		await two.exchange(server);
		const report = await one.exchange(server);
		expect(report).toMatchObject({ received: 5, complete: true });
		expect(await headsOf(one)).toEqual(await headsOf(two));
		expect(await one.exchange(server)).toMatchObject({ requests: 1, sent: 0, received: 0, complete: true });
	});

	it('[SY6] hold the same also over two servers that do not know each other', async () => {
		const [near, far] = servers as [TestServer, TestServer];
		const [one, two] = [await aDevice(), await aDevice()];
		await lay(near, one);
		await lay(far, one);
		await join(near, one, two);
		await two.write(4, 2);
		await two.exchange(near);
		await one.write(6, 2);
		await one.exchange(near);
		await one.exchange(far);
		// The far server has two’s work and key from one, who vouched; so two may call there itself.
		expect(await two.exchange(far)).toMatchObject({ received: 6, complete: true });
		expect(await headsOf(one)).toEqual(await headsOf(two));
	});

	it.each([-DECADE_MS, DECADE_MS])('[SY8] are served with clocks that are %i ms off', async (clockErrorMs) => {
		const [server] = servers as [TestServer];
		const [one, two] = [await aDevice([space.record], clockErrorMs), await aDevice([space.record], -clockErrorMs)];
		await lay(server, one);
		await join(server, one, two);
		await one.write(3);
		expect((await one.exchange(server)).clockOffsetMs).toBe(-clockErrorMs);
		expect(await two.exchange(server)).toMatchObject({ received: 3, complete: true, clockOffsetMs: clockErrorMs });
	});

	it('share the keyring: staff added on one are known on the other', async () => {
		const [server] = servers as [TestServer];
		const [one, two] = [await aDevice(), await aDevice()];
		await lay(server, one);
		await join(server, one, two);
		const { records, staffId } = await space.withPerson([space.record], 'Max Muster', 'lead');
		await one.add(records);
		await one.exchange(server);
		await two.exchange(server);
		expect(two.keyring().people.get(staffId)?.name).toBe('Max Muster');
		expect(two.keyring().tips).toEqual(one.keyring().tips);
	});

	it('[SY3] refill a server that came back from an old copy', async () => {
		const [server, empty] = servers as [TestServer, TestServer];
		const one = await aDevice();
		await lay(server, one);
		await one.write(6, 2);
		const before = await one.exchange(server);
		await lay(empty, one);
		// Same name, older content: the device remembers heads that are no longer true.
		const restored = { ...server, fetch: empty.fetch };
		servers[0] = server;
		const asBefore = await runWithMemory(one, restored, before.server);
		expect(asBefore).toMatchObject({ sent: 6, complete: true });
	});

	async function runWithMemory(device: Device, server: TestServer, memory: RememberedServer | null) {
		return must(
			await runExchange({
				spaceId: space.spaceId,
				ownDeviceId: device.deviceId,
				log: device.log,
				keyring: {
					tips: () => Promise.resolve(device.keyring().tips),
					recordsBeyond: (tips) => Promise.resolve(device.keyring().ancestorsMissing(tips ?? []))
				},
				deviceKeys: () => Promise.resolve([device.deviceKey]),
				members: new Set([device.deviceId]),
				transport: device.transportTo(server),
				absorb: () => Promise.resolve({ segments: 0, records: 0 }),
				remembered: memory
			})
		);
	}

	it('need one request for 30 segments of 1,000 operations, and few for an empty device', async () => {
		const [server] = servers as [TestServer];
		const [one, two] = [await aDevice(), await aDevice()];
		await lay(server, one);
		await join(server, one, two);
		await one.write(30_000, 1_000);
		expect(await one.exchange(server)).toMatchObject({ requests: 1, sent: 30_000, complete: true });
		const report = await two.exchange(server);
		expect(report).toMatchObject({ received: 30_000, complete: true });
		expect(report.requests).toBeLessThanOrEqual(3);
	}, 60_000);
});
