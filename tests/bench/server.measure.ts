/** The server under many devices at once: each pushes a segment of ten operations, and the next as soon as it is answered. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { ServerProcess } from '../e2e/server-process';
import { fetchBeyond, laySpace, pushingDevice, type PushingDevice } from '../support/pushing-device';
import { must, testSpace } from '../support/test-space';
import { percentile, report, RUNS, type Figure } from './figures';

const OPERATIONS = 10;
const PUSHES_A_RUN = 1_000;
const MEMORY_GOAL_BYTES = 200_000_000;

test('pushing devices', async () => {
	const figures: Figure[] = [];
	for (const count of [50, 200]) figures.push(...(await measure(count)));
	report('server', figures);
});

async function measure(count: number): Promise<Figure[]> {
	const server = await ServerProcess.create(process.env['BENCH_SERVER_ROOT']);
	await server.start({ LOG_LEVEL: 'warn' });
	try {
		const space = await testSpace();
		const devices: PushingDevice[] = [];
		for (let i = 0; i < count; i++) devices.push(await pushingDevice(space, { origin: server.origin, pushOnly: true }));
		await laySpace(space, devices, server.enrolmentCode);
		// Lines are open, and each knows of the others: as in the second minute of an exchange, not the first.
		for (const device of devices) must(await device.send());
		const runs: Run[] = [];
		for (let run = 0; run < RUNS; run++) runs.push(await pushAll(devices, PUSHES_A_RUN / count));
		const memoryBytes = peakMemoryOf(server.pid);
		const { heads } = await fetchBeyond(devices[0]!, space, new Map());
		const lost = devices.filter((one) => (heads.get(one.deviceId)?.sequence ?? 0) < one.acknowledged()).length;
		return [
			{ name: `${count} devices: pushes`, unit: 'pushes/s', values: runs.map((run) => run.perSecond) },
			{ name: `${count} devices: answer p50`, unit: 'ms', values: runs.map((run) => run.p50) },
			{ name: `${count} devices: answer p99`, unit: 'ms', values: runs.map((run) => run.p99) },
			{ name: `${count} devices: p99 / p50`, unit: '×', values: runs.map((run) => run.p99 / run.p50) },
			{ name: `${count} devices: peak memory`, unit: 'bytes', values: [memoryBytes], goal: MEMORY_GOAL_BYTES },
			{ name: `${count} devices: answered, then lost`, unit: 'segments', values: [lost], goal: 0 }
		];
	} finally {
		await server.stop();
		await server.dispose();
	}
}

interface Run {
	readonly perSecond: number;
	readonly p50: number;
	readonly p99: number;
}

/** Sealing and signing come first: the device's own work is not what is measured. */
async function pushAll(devices: readonly PushingDevice[], pushes: number): Promise<Run> {
	for (const device of devices) for (let i = 0; i < pushes; i++) await device.write(OPERATIONS);
	const times: number[] = [];
	const begunAt = performance.now();
	await Promise.all(
		devices.map(async (device) => {
			for (let i = 0; i < pushes; i++) {
				const sentAt = performance.now();
				must(await device.send(1));
				times.push(performance.now() - sentAt);
			}
		})
	);
	const seconds = (performance.now() - begunAt) / 1_000;
	for (const device of devices) expect(device.acknowledged()).toBe(device.counter.written());
	return { perSecond: times.length / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** The most that the process ever held, as the kernel counts it. */
const peakMemoryOf = (pid: number): number =>
	1024 * Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
