/** A device with more gaps in its history than heads can name: it is served as far as it goes, and holds up nobody else (SY5). */
import { beforeAll, describe, expect, it } from 'vitest';
import type { DeviceId } from '$lib/domain/ids';
import type { Head, Segment } from '$lib/domain/operation-log';
import { isClaimed, offeredHeads } from '$lib/sync/heads';
import { encodeOffer, FRAME_BYTES, MAX_DEVICES, parseAnswer, parseOffer, encodeAnswer } from '$lib/sync/protocol';
import { runExchange } from '$lib/sync/sync-engine';
import type { ExchangeTransport } from '$lib/sync/transport';
import { createFakeServer, offerBytes } from '../../support/fake-exchange-server';
import { createMemoryOperationLog } from '../../support/memory-operation-log';
import { aSegment, testCounter, type TestCounter } from '../../support/test-counter';
import { must, testSpace, type TestSpace } from '../../support/test-space';

const GAPS = 1_150;
const MESSAGE_BYTES = 40_000;
let space: TestSpace;
/** Of an enrolled device that means harm: every second operation is withheld. */
let holed: TestCounter;
let ofHoled: Segment[];
let honest: TestCounter;
let ofHonest: Segment;

beforeAll(async () => {
	space = await testSpace();
	const two = [await testCounter(space), await testCounter(space)].sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
	// The log hands out one device after the other, so the honest one comes second.
	[holed, honest] = two as [TestCounter, TestCounter];
	await holed.write(2 * GAPS);
	ofHoled = [];
	for (let n = 2; n <= 2 * GAPS; n += 2) ofHoled.push(...(await holed.cut(n, n)));
	ofHonest = await aSegment(honest);
}, 60_000);

const keys = () => [holed.deviceKey, honest.deviceKey];
const NOTHING = { tips: [], records: [] };

/** Messages go through their bytes, as between two machines. */
const overTheWire = ({ exchange }: ExchangeTransport): ExchangeTransport => ({
	async exchange(spaceId, offer) {
		const { nonce: _, ...sent } = must(parseOffer(encodeOffer({ ...offer, nonce: new Uint8Array(16) }))).offer;
		const exchanged = await exchange(spaceId, sent);
		if (!exchanged.ok) return exchanged;
		const answer = must(parseAnswer(encodeAnswer(exchanged.value.answer)));
		return { ok: true, value: { ...exchanged.value, answer } };
	}
});

async function run(segments: readonly Segment[], server: ReturnType<typeof createFakeServer>) {
	const log = createMemoryOperationLog();
	await log.addSegments(segments);
	const report = must(
		await runExchange({
			spaceId: space.spaceId,
			ownDeviceId: honest.deviceId,
			log,
			keyring: { tips: async () => [], recordsBeyond: async () => [] },
			deviceKeys: async () => keys(),
			members: new Set(keys().map(({ deviceId }) => deviceId)),
			transport: overTheWire(server.transport),
			absorb: async (received) => ({
				segments: (await log.addSegments(received.segments)).added.length,
				records: 0
			}),
			remembered: null
		})
	);
	return { report, log };
}

describe('a device with a thousand gaps', { timeout: 60_000 }, () => {
	it('[SY5] does not keep the work of the device behind it from a server', async () => {
		const server = createFakeServer({
			fault: (offer) => (offerBytes(offer) > MESSAGE_BYTES ? { type: 'too-large' } : null),
			twist: (answer) => ({ ...answer, keyring: NOTHING })
		});
		const { report } = await run([...ofHoled, ofHonest], server);
		expect((await server.log().heads()).get(honest.deviceId)?.sequence).toBe(3);
		expect((await server.log().size()).operations).toBe(GAPS + 3);
		// What heads have no room for is not told as sent.
		expect(report.sent).toBe(report.server!.heads.get(holed.deviceId)!.beyond.length + 3);
		expect(report.sent).toBeLessThan(GAPS);
	});

	it('[SY5] does not keep the work of the device behind it from another device', async () => {
		const server = createFakeServer({ answerBytes: MESSAGE_BYTES });
		await server.log().addSegments([...ofHoled, ofHonest]);
		for (const key of keys()) server.keys.set(key.deviceId, key);
		const { log } = await run([], server);
		const heads = await log.heads();
		expect(heads.get(honest.deviceId)?.sequence).toBe(3);
		expect(heads.get(holed.deviceId)?.beyond.length).toBeGreaterThanOrEqual(1_000);
	});

	it('is asked for the rest when its first gaps are filled', () => {
		const beyond = Array.from({ length: GAPS }, (_, i): [number, number] => [2 * i + 3, 2 * i + 3]);
		const head: Head = { sequence: 1, chainValue: new Uint8Array(32), beyond };
		const last = ofHoled.at(-1)!;
		const claims = (of: Head) => isClaimed(offeredHeads(new Map([[holed.deviceId, of]]), [], []), last);
		expect(claims({ ...head, beyond: beyond.slice(0, 1_000) })).toBe(false);
		expect(claims(head)).toBe(true);
		expect(claims({ ...head, sequence: 401, beyond: beyond.slice(200) })).toBe(false);
	});
});

it('heads of as many devices as there may be, each with as many gaps, leave room for segments', () => {
	const beyond = Array.from({ length: 1_000 }, (_, i): [number, number] => [1e15 + 2 * i, 1e15 + 2 * i]);
	const head: Head = { sequence: 1e14, chainValue: new Uint8Array(32), beyond };
	const ids = Array.from({ length: MAX_DEVICES }, (_, i) => i.toString(16).padStart(32, '0') as DeviceId);
	const heads = offeredHeads(new Map(ids.map((id) => [id, head])), [], []);
	const deviceKeys = ids.map((deviceId) => ({ deviceId, publicKey: new Uint8Array(65) }));
	const offer = { nonce: new Uint8Array(16), heads, segments: [], deviceKeys, keyring: NOTHING };
	expect(encodeOffer(offer).length).toBeLessThan(FRAME_BYTES);
	const answer = { ...offer, heads: new Map(ids.map((id) => [id, head])), refused: [], more: false, time: 0 };
	expect(encodeAnswer(answer).length).toBeLessThan(FRAME_BYTES);
	expect(must(parseOffer(encodeOffer(offer))).offer.heads.size).toBe(MAX_DEVICES);
});
