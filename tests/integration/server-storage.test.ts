/**
 * The built server on a disk that refuses. „Full“ is the kernel's limit on the size of files of this one process (`prlimit`): the
 * writes really fail (EFBIG where a full disk says ENOSPC), for everybody alike, and it can be lifted while the process runs.
 * „Read-only“ are the modes of file and folder; root is bound by them too once it gives up the right to pass them by (`setpriv`).
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { errorText } from '$lib/ui/text/errors';
import { serverErrorOf } from '$lib/services/server-error';
import { ServerProcess } from '../e2e/server-process';
import { fetchBeyond, laySpace, pushingDevice, type PushingDevice } from '../support/pushing-device';
import { must, testSpace, type TestSpace } from '../support/test-space';
import { ensureBuild, startBuiltServer } from './built-server';

vi.setConfig({ testTimeout: 120_000 });
beforeAll(ensureBuild, 300_000);

let server: ServerProcess | null = null;
afterEach(async () => {
	if (server) chmodSync(server.dataDir, 0o700);
	await server?.dispose();
	server = null;
});

/** What a person at the server reads. */
const linesOf = ({
	output
}: ServerProcess): { readonly level: number; readonly fault?: string; readonly msg: string }[] =>
	output
		.split('\n')
		.filter((line) => line.startsWith('{'))
		.map((line) => JSON.parse(line));

describe('a full disk', () => {
	/** Files of the process may not grow any more; null: as big as they like. */
	function limitFiles({ pid }: ServerProcess, sizeBytes: number | null): void {
		const run = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${sizeBytes ?? 'unlimited'}:unlimited`]);
		expect(run.status, String(run.stderr)).toBe(0);
	}

	async function fillUp(device: PushingDevice): Promise<void> {
		for (;;) {
			const pushed = await device.push(20);
			if (!pushed.ok) return;
		}
	}

	it('acknowledges nothing that is not stored, says so to devices, monitoring and administrator, and goes on by itself', async () => {
		server = await startBuiltServer();
		const space = await testSpace();
		const devices = await Promise.all([1, 2, 3].map(() => pushingDevice(space, { origin: server!.origin })));
		await laySpace(space, devices, server.enrolmentCode);
		for (const device of devices) must(await device.push(3));

		limitFiles(server, statSync(`${server.dataDir}/notschalter.sqlite-wal`).size + 20_000);
		await Promise.all(devices.map(fillUp));
		const failed = await devices[0]!.send();
		expect(failed).toMatchObject({ ok: false, error: { type: 'busy', retryAfterMs: 30_000 } });
		if (failed.ok || failed.error.type !== 'busy') throw new Error('expected to be told');
		expect([failed.error.status, failed.error.problem]).toEqual(
			failed.error.problem === 'storage-full' ? [507, 'storage-full'] : [503, 'storage-fault']
		);
		expect(errorText(serverErrorOf(failed.error))).toMatch(
			/Der Server kann gerade nichts speichern.*ist alles gesichert/
		);
		// Looked for anew after two seconds.
		const readiness = async () => {
			const answer = await fetch(`${server!.origin}/readyz`);
			return [answer.status, await answer.json()];
		};
		await expect.poll(readiness, { timeout: 10_000 }).toEqual([503, { status: failed.error.problem }]);
		expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
		const told = linesOf(server).filter(({ fault }) => fault);
		expect(told.length).toBeGreaterThan(0);
		expect(told[0]).toMatchObject({
			level: 50,
			msg: expect.stringMatching(/Die Datenbank kann n.*DATA_DIR.*behalten alles/)
		});
		// Told when it begins, not with each call: a full disk must not be filled with lines about it.
		expect(told.length).toBeLessThanOrEqual(2);

		limitFiles(server, null);
		for (const device of devices) must(await device.send());
		await expect.poll(readiness, { timeout: 10_000 }).toEqual([200, { status: 'ready' }]);
		expect(linesOf(server).filter(({ msg }) => msg === 'Die Datenbank kann wieder speichern.')).toHaveLength(1);
		await expectAllThere(space, devices);
	});

	it('keeps what it acknowledged before when it is killed while full', async () => {
		server = await startBuiltServer();
		const space = await testSpace();
		const devices = await Promise.all([1, 2].map(() => pushingDevice(space, { origin: server!.origin })));
		await laySpace(space, devices, server.enrolmentCode);
		limitFiles(server, statSync(`${server.dataDir}/notschalter.sqlite-wal`).size + 50_000);
		await Promise.all(devices.map(fillUp));
		const acknowledged = devices.map((device) => device.acknowledged());
		await server.kill();
		await server.start();
		const { heads } = await fetchBeyond(devices[0]!, space, new Map());
		for (const [i, device] of devices.entries())
			expect(heads.get(device.deviceId)!.sequence).toBeGreaterThanOrEqual(acknowledged[i]!);
		for (const device of devices) must(await device.send());
		await expectAllThere(space, devices);
	});
});

/** Byte for byte what the devices cut. */
async function expectAllThere(space: TestSpace, devices: readonly PushingDevice[]): Promise<void> {
	const { segments } = await fetchBeyond(devices[0]!, space, new Map());
	for (const device of devices) {
		expect(device.refused).toEqual([]);
		expect(segments.filter(({ header }) => header.deviceId === device.deviceId)).toEqual(device.segments);
	}
}

describe('what may not be written', () => {
	/** As a service runs: bound by file modes, whoever it is. */
	const BOUND: readonly [string, ...string[]] =
		process.getuid?.() === 0
			? [
					'setpriv',
					'--bounding-set=-dac_override,-dac_read_search',
					'--inh-caps=-dac_override,-dac_read_search',
					process.execPath
				]
			: [process.execPath];

	it.each([
		['file', 'notschalter.sqlite', 0o400],
		['folder', '', 0o500]
	] as const)(
		'a read-only %s: does not start, says why in a sentence, and starts when it is mended',
		async (_what, name, mode) => {
			server = await ServerProcess.create(process.cwd(), BOUND);
			await server.start();
			const space = await testSpace();
			const device = await pushingDevice(space, { origin: server.origin });
			await laySpace(space, [device], server.enrolmentCode);
			must(await device.push(3));
			await server.stop();
			const target = `${server.dataDir}/${name}`;
			const before = statSync(target).mode & 0o777;
			chmodSync(target, mode);
			await expect(server.start()).rejects.toThrow(/Die Datenbank kann nichts? (speichern|lesen).*DATA_DIR/s);
			expect(server.output).not.toMatch(/^\s+at /m);
			chmodSync(target, before);
			await server.start();
			must(await device.push(3));
			await expectAllThere(space, [device]);
		}
	);
});
