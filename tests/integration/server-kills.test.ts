/**
 * [SY2] The built server killed by SIGKILL at random moments while 20 devices write, on a real SQLite file: every segment whose
 * head was answered is there after the restart, and none in part. `KILLS` (30; 100 in `npm run test:long`), `SEED` may be set.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSegment, verifySegmentSignature } from '$lib/crypto/seal';
import { deriveKeys } from '$lib/crypto/data-key';
import { importVerifyKey } from '$lib/crypto/signature';
import type { DeviceId, KeyId } from '$lib/domain/ids';
import type { Head, Heads, Segment } from '$lib/domain/operation-log';
import { lastSequenceOf } from '$lib/domain/segment-codec';
import type { ServerProcess } from '../e2e/server-process';
import { fetchBeyond, laySpace, pushingDevice, type PushingDevice } from '../support/pushing-device';
import { seededRandom } from '../support/seeded-random';
import { must, testSpace, type TestSpace } from '../support/test-space';
import { ensureBuild, startBuiltServer } from './built-server';

const KILLS = Number(process.env['KILLS'] ?? 30);
const SEED = Number(process.env['SEED'] ?? 20_261_126);
const DEVICES = 20;
/** At most so many answers come between two kills. */
const ANSWERS = 60;
/** And so much later it is killed: in the middle of whatever then goes on. */
const LATER_MS = 25;
/** One kill in so many falls into the start itself, when what the last one left is mended. */
const WHILE_STARTING = 6;

let server: ServerProcess;
let space: TestSpace;
let devices: PushingDevice[];
let check: Awaited<ReturnType<typeof segmentChecker>>;
beforeAll(ensureBuild, 300_000);
beforeAll(async () => {
	server = await startBuiltServer({ LOG_LEVEL: 'warn' });
	space = await testSpace();
	devices = [];
	for (let i = 0; i < DEVICES; i++) devices.push(await pushingDevice(space, { origin: server.origin }));
	await laySpace(space, devices, server.enrolmentCode);
	check = await segmentChecker();
}, 120_000);
afterAll(() => server.dispose());

it(
	`[SY2] ${KILLS} kills under the writes of ${DEVICES} devices lose nothing that was answered`,
	async () => {
		const bytes = seededRandom(SEED);
		const random = () => bytes(1)[0]! / 256;
		const held = new Map<DeviceId, Head>();
		for (let kill = 0; kill < KILLS; kill++) {
			await writeUntilKilled(1 + Math.floor(random() * ANSWERS), random() * LATER_MS);
			if (kill % WHILE_STARTING === WHILE_STARTING - 1) await killWhileStarting(random() * 400);
			await server.start({ LOG_LEVEL: 'warn' });
			const { segments, heads } = await fetchBeyond(devices[0]!, space, held);
			for (const segment of segments) await check(segment);
			expectNothingLost(heads, held);
		}
		// What was not answered is sent again; then everything that was ever written is there, once.
		for (const device of devices) must(await device.send());
		const all = await fetchBeyond(devices[0]!, space, new Map());
		expect(devices.flatMap(({ refused }) => refused)).toEqual([]);
		for (const device of devices)
			expect(all.segments.filter(({ header }) => header.deviceId === device.deviceId)).toEqual(device.segments);
		const written = devices.reduce((sum, device) => sum + device.segments.length, 0);
		console.log(
			`${KILLS} kills, ${written} segments of ${DEVICES} devices, seed ${SEED}: nothing lost, nothing in part`
		);
		expect(written).toBeGreaterThan(KILLS);
	},
	60_000 + KILLS * 20_000
);

/** All push one after the other until the process is gone; it is killed after this many answers and a moment. */
async function writeUntilKilled(answers: number, laterMs: number): Promise<void> {
	let left = answers;
	let gone: Promise<void> | null = null;
	const killLater = () => new Promise<void>((resolve) => setTimeout(() => void server.kill().then(resolve), laterMs));
	await Promise.all(
		devices.map(async (device, i) => {
			for (;;) {
				const pushed = await device.push(1 + (i % 4));
				if (!pushed.ok) return;
				if (--left <= 0) gone ??= killLater();
			}
		})
	);
	await gone;
	expect(server.running).toBe(false);
}

async function killWhileStarting(afterMs: number): Promise<void> {
	const starting = server.start({ LOG_LEVEL: 'warn' }).then(
		() => 'ready',
		() => 'killed'
	);
	await new Promise((resolve) => setTimeout(resolve, afterMs));
	await server.kill();
	await starting;
}

/** `held` is what could be fetched: signatures and chain of it are checked, and it reaches up to every head. */
function expectNothingLost(heads: Heads, held: ReadonlyMap<DeviceId, Head>): void {
	for (const device of devices) {
		const head = heads.get(device.deviceId)!;
		expect(head.sequence, device.deviceId).toBeGreaterThanOrEqual(device.acknowledged());
		expect(head.beyond).toEqual([]);
		const last = device.segments.find((segment) => lastSequenceOf(segment) === head.sequence);
		expect(head.sequence === 0 || last !== undefined, 'a head stands at the end of a segment').toBe(true);
		expect(head.chainValue).toEqual(last?.header.chainAfter ?? new Uint8Array(32));
		expect(held.get(device.deviceId)?.sequence ?? 0).toBe(head.sequence);
	}
}

/** Each comes in order, links to the one before, is signed by its device, opens, and holds the operations it names. */
async function segmentChecker() {
	const keyId = '1.general' as KeyId;
	const keys = await deriveKeys(space.opened.dataKeys.get(keyId)!, space.spaceId, keyId);
	const staffKeys = (await space.fold([space.record])).signingKeysOf(space.opened.staffId);
	const verifyKeys = new Map<DeviceId, CryptoKey>();
	for (const { deviceId, counter } of devices) verifyKeys.set(deviceId, (await importVerifyKey(counter.publicKey))!);
	const ends = new Map<DeviceId, { readonly sequence: number; readonly chainValue: Uint8Array }>();
	return async (segment: Segment): Promise<void> => {
		const { deviceId, firstSequence, chainBefore, chainAfter, count } = segment.header;
		const end = ends.get(deviceId) ?? { sequence: 0, chainValue: new Uint8Array(32) };
		expect({ sequence: firstSequence - 1, chainValue: chainBefore }).toEqual(end);
		ends.set(deviceId, { sequence: lastSequenceOf(segment), chainValue: chainAfter });
		expect(await verifySegmentSignature(segment, verifyKeys.get(deviceId)!)).toBe(true);
		expect(must(await openSegment(segment, keys, staffKeys)).operations).toHaveLength(count);
	};
}
