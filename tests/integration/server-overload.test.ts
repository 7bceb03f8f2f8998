/** The built server with more callers than it likes: everybody is served in turn, 429 is the last resort, and nothing is lost by either. */
import { spawnSync } from 'node:child_process';
import http from 'node:http';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorClassOf, type TransportError } from '$lib/sync/transport-error';
import type { ServerProcess } from '../e2e/server-process';
import { fetchBeyond, laySpace, pushingDevice, type PushingDevice } from '../support/pushing-device';
import { must, testSpace, type TestSpace } from '../support/test-space';
import { ensureBuild, startBuiltServer } from './built-server';

vi.setConfig({ testTimeout: 180_000 });
beforeAll(ensureBuild, 300_000);

let server: ServerProcess;
afterEach(() => server.dispose());

async function devicesOf(
	space: TestSpace,
	count: number,
	{ pushOnly = true, code = server.enrolmentCode } = {}
): Promise<PushingDevice[]> {
	const devices: PushingDevice[] = [];
	for (let i = 0; i < count; i++) devices.push(await pushingDevice(space, { origin: server.origin, pushOnly }));
	await laySpace(space, devices, code);
	return devices;
}

const newCode = (): string => {
	const env = { PATH: process.env.PATH, DATA_DIR: server.dataDir };
	const made = spawnSync(process.execPath, ['scripts/code.js'], { env, encoding: 'utf8' });
	return /Betriebscode: (\S+)/.exec(made.stdout)?.[1] ?? '';
};

async function expectAllThere(space: TestSpace, devices: readonly PushingDevice[]): Promise<void> {
	const { heads } = await fetchBeyond(devices[0]!, space, new Map());
	for (const device of devices) {
		expect(device.refused).toEqual([]);
		expect(heads.get(device.deviceId)?.sequence).toBe(device.counter.written());
	}
}

describe('200 connections at once', () => {
	/** How often each device sends, the next as soon as the last is answered. */
	const SENDS = 3;

	// Whose turn it is has a test of its own (fair-queue.test.ts); how long a turn takes is up to the machine.
	it('starve nobody: each is answered every time, by no 429 and before it would give up', async () => {
		server = await startBuiltServer({ LOG_LEVEL: 'warn' });
		// Four offices with fifty counters each.
		const offices: { readonly space: TestSpace; readonly devices: readonly PushingDevice[] }[] = [];
		for (let i = 0; i < 4; i++) {
			const space = await testSpace();
			offices.push({ space, devices: await devicesOf(space, 50, { code: newCode() }) });
		}
		const devices = offices.flatMap((office) => office.devices);
		for (const device of devices) await device.write(1);
		const errors: TransportError[] = [];
		/** A line that did not come about is no answer: it is tried again, as devices do. */
		const untilAnswered = async (device: PushingDevice): Promise<void> => {
			for (;;) {
				const sent = await device.send(1);
				if (sent.ok) return;
				errors.push(sent.error);
				expect(errorClassOf(sent.error), JSON.stringify(sent.error)).toBe('retry-later');
			}
		};
		await Promise.all(
			devices.map(async (device) => {
				for (let i = 0; i < SENDS; i++) await untilAnswered(device);
			})
		);
		const unanswered = errors.filter((error) => error.type !== 'unreachable' || error.cause === 'timeout');
		expect(unanswered).toEqual([]);
		for (const office of offices) await expectAllThere(office.space, office.devices);
	});
});

describe('more than fits into memory', () => {
	/** More than 2 MB, as after weeks without a server. */
	const HEAVY = { segments: 14, operations: 4, padding: 55_000 };
	const TRIES = 5;
	const SLOW_BYTES = 1024 * 1024 - 1;

	/** Half of a message, on a line that then sleeps. */
	function halfAnUpload(spaceId: string): http.ClientRequest {
		const headers = { 'content-type': 'application/cbor', 'content-length': 2 * SLOW_BYTES };
		const request = http.request(`${server.origin}/api/v1/spaces/${spaceId}/exchange`, { method: 'POST', headers });
		request.on('error', () => undefined);
		request.write(new Uint8Array(SLOW_BYTES));
		return request;
	}

	it('[SY10] refuses the biggest with 429 and a time to come back, lets small ones through, and loses nothing', async () => {
		server = await startBuiltServer({ LOG_LEVEL: 'warn' });
		const space = await testSpace();
		const devices = await devicesOf(space, 6);
		const [heavy, ...small] = devices as [PushingDevice, ...PushingDevice[]];
		for (let i = 0; i < TRIES * HEAVY.segments; i++) await heavy.write(HEAVY.operations, HEAVY.padding);
		// 32 MiB of bodies may be arriving: these fill it.
		const sleeping = Array.from({ length: 32 }, () => halfAnUpload(space.spaceId));
		let refusal: TransportError | null = null;
		// Not all of the halves may be there yet: then it is taken, and the rest is tried.
		for (let i = 0; i < TRIES && refusal === null; i++) {
			const sent = await heavy.send(HEAVY.segments);
			if (!sent.ok) refusal = sent.error;
		}
		expect(refusal).toMatchObject({ type: 'busy', status: 429, problem: 'overloaded' });
		expect(refusal?.type === 'busy' && refusal.retryAfterMs).toBeGreaterThanOrEqual(3_000);
		for (const device of small) must(await device.push(2));
		expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);

		for (const request of sleeping) request.destroy();
		for (let i = 0; i < TRIES; i++)
			await vi.waitFor(async () => must(await heavy.send(HEAVY.segments)), { timeout: 60_000 });
		await expectAllThere(space, devices);
	});
});

describe('a graceful stop under load', () => {
	it('answers or refuses every call, loses no answer, and ends with 0', async () => {
		server = await startBuiltServer({ LOG_LEVEL: 'warn' });
		const space = await testSpace();
		const devices = await devicesOf(space, 20, { pushOnly: false });
		let answers = 0;
		let stopped: Promise<number | null> | null = null;
		const failures = await Promise.all(
			devices.map(async (device) => {
				for (;;) {
					const pushed = await device.push(2);
					if (!pushed.ok) return pushed.error;
					if (++answers === 100) stopped = server.stop();
				}
			})
		);
		expect(await stopped).toBe(0);
		for (const failure of failures) expect(failure).toEqual({ type: 'unreachable', cause: 'network' });
		await server.start({ LOG_LEVEL: 'warn' });
		const { heads } = await fetchBeyond(devices[0]!, space, new Map());
		for (const device of devices) {
			// What is there was answered: a call that was taken on was not cut off without its answer.
			expect(heads.get(device.deviceId)!.sequence).toBe(device.acknowledged());
			must(await device.send());
		}
		await expectAllThere(space, devices);
	});
});
