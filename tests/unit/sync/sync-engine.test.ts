/** The engine over fakes: rounds, halving, hints, refusals, and when it ends. */
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { RecordId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { OperationLog, Segment } from '$lib/domain/operation-log';
import { runExchange, type ExchangePorts, type RememberedServer } from '$lib/sync/sync-engine';
import type { DeviceKey } from '$lib/sync/protocol';
import { createFakeServer, offerBytes, type FakeServerOptions } from '../../support/fake-exchange-server';
import { createMemoryOperationLog } from '../../support/memory-operation-log';
import { testCounter, type TestCounter } from '../../support/test-counter';
import { must, testSpace, type TestSpace } from '../../support/test-space';

let space: TestSpace;
/** Thirty segments of two operations, written once: the tests only carry them about. */
let counter: TestCounter;
let thirty: Segment[];
let other: TestCounter;
let ofOther: Segment[];

beforeAll(async () => {
	space = await testSpace();
	counter = await testCounter(space);
	await counter.write(60);
	thirty = await counter.cutAll(2);
	other = await testCounter(space);
	await other.write(6);
	ofOther = await other.cutAll(2);
});

const record = (n: number): KeyringRecord => ({
	bytes: new Uint8Array([n]),
	signature: new Uint8Array(64).fill(n)
});

interface DeviceInput {
	readonly segments?: readonly Segment[];
	readonly keys?: readonly DeviceKey[];
	readonly records?: readonly KeyringRecord[];
	/** Whom it vouches for; by default all. */
	readonly members?: readonly DeviceKey[];
}

async function device(input: DeviceInput, server = createFakeServer()) {
	const { segments = [], keys = [counter.deviceKey, other.deviceKey], records = [], members = keys } = input;
	const log: OperationLog = createMemoryOperationLog();
	await log.addSegments(segments);
	const held = [...records];
	const tip = (one: KeyringRecord) => String(one.bytes[0]) as RecordId;
	const progress = vi.fn();
	const ports = (remembered: RememberedServer | null): ExchangePorts => ({
		spaceId: space.spaceId,
		ownDeviceId: counter.deviceId,
		log,
		keyring: {
			tips: () => Promise.resolve(held.slice(-1).map(tip)),
			recordsBeyond: (tips) =>
				Promise.resolve(held.slice(1 + held.findIndex((one) => tips?.includes(tip(one)) ?? false)))
		},
		deviceKeys: () => Promise.resolve(keys),
		members: new Set(members.map(({ deviceId }) => deviceId)),
		transport: server.transport,
		async absorb(received) {
			const { added, clashing } = await log.addSegments(received.segments);
			expect(clashing.every((segment) => received.segments.includes(segment))).toBe(true);
			const fresh = received.records.filter((one) => !held.some((mine) => tip(mine) === tip(one)));
			held.push(...fresh);
			return { segments: added.length, records: fresh.length };
		},
		remembered,
		onProgress: progress
	});
	return { log, held, progress, run: (remembered: RememberedServer | null = null) => runExchange(ports(remembered)) };
}

const serverWith = (options: FakeServerOptions) => createFakeServer(options);

describe('an exchange', () => {
	it('sends all it has in one request, and reports what the server says it holds', async () => {
		const server = createFakeServer();
		const report = must(await (await device({ segments: thirty }, server)).run());
		expect(report).toMatchObject({ requests: 1, sent: 60, received: 0, refused: [], complete: true });
		expect(report.server?.heads.get(counter.deviceId)).toEqual({
			sequence: 60,
			chainValue: thirty.at(-1)!.header.chainAfter,
			beyond: []
		});
		expect(report.clockOffsetMs).toBe(-5);
	});

	it('[SY3] leaves the log as it is', async () => {
		const { log, run } = await device({ segments: thirty });
		const before = await log.segmentsBeyond(new Map(), 1e9);
		must(await run());
		expect(await log.segmentsBeyond(new Map(), 1e9)).toEqual(before);
	});

	it('fetches what it lacks in as many rounds as the server says', async () => {
		const server = serverWith({ answerBytes: 5_000 });
		must(await (await device({ segments: [...thirty, ...ofOther] }, server)).run());
		const fresh = await device({ keys: [] }, server);
		const report = must(await fresh.run());
		expect(report).toMatchObject({ received: 66, complete: true });
		expect(report.requests).toBeGreaterThan(2);
		expect(await fresh.log.heads()).toEqual(await server.log().heads());
	});

	it('[SY1] asks once and sends no segment when the hint is right', async () => {
		const server = createFakeServer();
		const { run } = await device({ segments: thirty, records: [record(1)] }, server);
		const first = must(await run());
		const second = must(await run(first.server));
		expect(second).toMatchObject({ requests: 1, sent: 0, received: 0, complete: true });
		expect(server.offers.at(-1)).toMatchObject({ segments: [], deviceKeys: [], keyring: { records: [] } });
	});

	it('[SY3] refills a server that was restored from an old copy, whatever it remembered of it', async () => {
		const server = createFakeServer();
		const { run } = await device({ segments: thirty }, server);
		const remembered = must(await run()).server;
		server.forget();
		const report = must(await run(remembered));
		expect(report).toMatchObject({ sent: 60, complete: true });
		expect((await server.log().heads()).get(counter.deviceId)?.sequence).toBe(60);
	});

	it('asks first instead of sending blindly when more than one message is at hand', async () => {
		const server = createFakeServer();
		await server.log().addSegments(thirty);
		server.keys.set(counter.deviceId, counter.deviceKey);
		const big = await device({ segments: thirty }, server);
		const whole = big.log.segmentsBeyond.bind(big.log);
		big.log.segmentsBeyond = (heads, maxBytes) => whole(heads, Math.min(maxBytes, 2_000));
		expect(must(await big.run())).toMatchObject({ requests: 1, sent: 0, complete: true });
	});

	it('tells how far it is', async () => {
		const { progress, run } = await device({ segments: thirty });
		await run();
		expect(progress).toHaveBeenLastCalledWith({ requests: 1, sent: 60, received: 0, left: 0 });
	});
});

describe('a message that is too large', () => {
	it('is halved until it fits', async () => {
		const server = serverWith({ fault: (offer) => (offerBytes(offer) > 4_000 ? { type: 'too-large' } : null) });
		const report = must(await (await device({ segments: thirty }, server)).run());
		expect(report).toMatchObject({ sent: 60, complete: true });
		const sizes = server.offers.map(offerBytes);
		expect(sizes[1]!).toBeLessThanOrEqual(sizes[0]! / 2 + 1);
	});

	it('ends the run when one segment alone does not fit', async () => {
		const server = serverWith({ fault: () => ({ type: 'too-large' }) });
		const run = await (await device({ segments: thirty }, server)).run();
		expect(run).toMatchObject({ ok: false, error: { error: { type: 'too-large' }, report: { sent: 0 } } });
		expect(server.offers.at(-1)?.segments).toHaveLength(1);
	});

	it.each([
		{ type: 'unreachable', cause: 'timeout' },
		{ type: 'busy', status: 408, problem: 'too-slow', retryAfterMs: null }
	] as const)('is cut down also when it takes too long for us or for the server, but only twice: %j', async (late) => {
		const slow = serverWith({ fault: (offer) => (offerBytes(offer) > 4_000 ? late : null) });
		expect(must(await (await device({ segments: thirty }, slow)).run())).toMatchObject({ sent: 60, complete: true });
		const gone = serverWith({ fault: () => late });
		expect(await (await device({ segments: thirty }, gone)).run()).toMatchObject({ ok: false, error: { error: late } });
		expect(gone.offers).toHaveLength(3);
	});
});

describe('refused segments', () => {
	it('[SY10] are reported, not sent again, and hold nothing else back', async () => {
		const refused = { deviceId: counter.deviceId, firstSequence: 3, reason: 'bad-signature' } as const;
		const server = serverWith({ refuses: ({ firstSequence }) => (firstSequence === 3 ? refused.reason : null) });
		const report = must(await (await device({ segments: thirty }, server)).run());
		expect(report).toMatchObject({ sent: 58, refused: [refused], complete: true });
		expect(report.server?.heads.get(counter.deviceId)).toMatchObject({ sequence: 2, beyond: [[5, 60]] });
		const times = server.offers.flatMap(({ segments }) => segments).filter(({ header }) => header.firstSequence === 3);
		expect(times).toHaveLength(1);
	});

	it('[SY10] are offered again in the next run', async () => {
		let willing = false;
		const server = serverWith({ refuses: () => (willing ? null : 'unknown-device') });
		const { run } = await device({ segments: thirty }, server);
		const first = must(await run());
		expect(first.sent).toBe(0);
		willing = true;
		expect(must(await run(first.server))).toMatchObject({ sent: 60, complete: true });
	});
});

describe('histories that part', () => {
	let clone: TestCounter;
	let ofClone: Segment[];
	beforeAll(async () => {
		clone = await testCounter(space, counter.identity);
		await clone.write(60, 'clone');
		ofClone = await clone.cutAll(2);
	});

	it('[SY1][SY15] are named: another chain value under the same number', async () => {
		const server = createFakeServer();
		must(await (await device({ segments: thirty }, server)).run());
		const report = must(await (await device({ segments: ofClone }, server)).run());
		expect(report.divergences).toEqual([{ deviceId: counter.deviceId, kind: 'other-chain', sequence: 60 }]);
	});

	it('[SY15] are named: the own device is known there beyond its own head', async () => {
		const server = createFakeServer();
		must(await (await device({ segments: thirty }, server)).run());
		const rolledBack = await device({ segments: [] }, server);
		Object.assign(rolledBack.log, { addSegments: () => Promise.resolve({ added: [], known: 0, clashing: [] }) });
		const report = must(await rolledBack.run());
		expect(report.divergences).toEqual([{ deviceId: counter.deviceId, kind: 'own-head-beyond', sequence: 60 }]);
	});

	it('[SY5] are not fetched again and again: what is kept apart counts as held', async () => {
		const server = createFakeServer();
		must(await (await device({ segments: ofClone }, server)).run());
		const here = await device({ segments: thirty.slice(0, 5) }, server);
		must(await here.run());
		expect(await here.log.setAsideSegments()).not.toEqual([]);
		const before = server.offers.length;
		must(await here.run());
		const head = server.offers.at(-1)?.heads.get(counter.deviceId);
		expect(server.offers).toHaveLength(before + 1);
		expect(head).toMatchObject({ sequence: 10, beyond: [[11, 60]] });
	});
});

describe('keys and records', () => {
	it('go along with the segments they belong to, and when the server does not know them', async () => {
		const server = createFakeServer();
		await (await device({ segments: ofOther }, server)).run();
		expect([...server.keys.keys()].sort()).toEqual([counter.deviceId, other.deviceId].sort());
	});

	it('are sent once in a run, also when the server does not want them', async () => {
		const server = serverWith({ twist: (answer) => ({ ...answer, keyring: { tips: [], records: [] } }) });
		const { run } = await device({ segments: thirty, records: [record(1), record(2)] }, server);
		const report = must(await run());
		expect(report.complete).toBe(true);
		expect(server.offers.flatMap(({ keyring }) => keyring.records)).toHaveLength(2);
	});

	it('of a stranger, whose segment came by a file, go to no server, nor does the segment', async () => {
		const server = createFakeServer();
		const { run } = await device({ segments: [...thirty, ...ofOther], members: [counter.deviceKey] }, server);
		const report = must(await run());
		expect(report).toMatchObject({ requests: 1, sent: 60, refused: [], complete: true });
		expect(server.offers.flatMap(({ deviceKeys }) => deviceKeys)).toEqual([counter.deviceKey]);
		expect([...server.keys.keys()]).toEqual([counter.deviceId]);
		expect([...(await server.log().heads()).keys()]).toEqual([counter.deviceId]);
	});

	it('of a stranger whom the server knows from elsewhere keep nothing from it', async () => {
		const server = createFakeServer();
		server.keys.set(other.deviceId, other.deviceKey);
		const { run } = await device({ segments: ofOther, members: [counter.deviceKey] }, server);
		must(await run());
		expect((await server.log().heads()).get(other.deviceId)?.sequence).toBe(6);
	});

	it('come back from the server', async () => {
		const server = createFakeServer();
		server.records.push(record(1), record(2), record(3));
		const { held, run } = await device({ records: [record(1)] }, server);
		must(await run());
		expect(held).toEqual([record(1), record(2), record(3)]);
	});
});

describe('an error', () => {
	it.each([
		{ type: 'unreachable', cause: 'network' } as const,
		{ type: 'not-our-server', status: 200 } as const,
		{ type: 'busy', status: 503, problem: null, retryAfterMs: null } as const,
		{ type: 'refused', status: 403, problem: 'device-revoked' } as const
	])('ends the run and keeps what was reached before: $type', async (error) => {
		const server = serverWith({ fault: (_offer, call) => (call > 1 ? error : null), answerBytes: 1 });
		await server.log().addSegments(ofOther);
		server.keys.set(other.deviceId, other.deviceKey);
		const here = await device({ segments: thirty }, server);
		expect(await here.run()).toMatchObject({ ok: false, error: { error, report: { sent: 60, received: 2 } } });
		expect((await here.log.heads()).get(other.deviceId)?.sequence).toBe(2);
	});

	it('leaves a server that says „more“ for ever and moves nothing', async () => {
		const server = serverWith({ twist: (answer) => ({ ...answer, more: true, segments: [] }) });
		const report = must(await (await device({ segments: thirty }, server)).run());
		expect(report).toMatchObject({ complete: false, requests: 2 });
	});
});
