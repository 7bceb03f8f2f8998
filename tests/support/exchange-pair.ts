/** Two devices of one space and a server, with a line between them that can fail: what must hold after each fault. */
import { expect } from 'vitest';
import type { Heads, Segment } from '$lib/domain/operation-log';
import type { ExchangeReport } from '$lib/services/exchange-run';
import { countUnsent } from '$lib/services/unsent';
import type { CounterDatabase } from '$lib/storage/database';
import { createHttpTransport } from '$lib/sync/transport';
import { openTestDatabase, removeDatabase } from './dexie-log';
import { exchangeDesk, type ExchangeDesk } from './exchange-desk';
import { openLine, soundLine, type Line } from './faulty-line';
import { testCounter, type TestCounter } from './test-counter';
import { startTestServer } from './test-server';
import { must, testSpace, type TestSpace } from './test-space';

const PATIENCE_MS = 60_000;

export interface PairDevice {
	readonly counter: TestCounter;
	readonly desk: ExchangeDesk;
	/** Writes operations and cuts them into segments of `size`. */
	write(count: number, size?: number, mark?: string): Promise<void>;
	exchange(timeoutMs?: number): Promise<ExchangeReport>;
}

export type ExchangePair = Awaited<ReturnType<typeof exchangePair>>;

export async function exchangePair() {
	const server = await startTestServer();
	const line = await openLine(server.fetch);
	const space = await testSpace();
	const databases: CounterDatabase[] = [];

	async function aDevice(of: TestSpace = space): Promise<PairDevice> {
		const counter = await testCounter(of);
		const database = await openTestDatabase();
		databases.push(database);
		const desk = await exchangeDesk(database, of, counter.deviceKey, line.origin);
		return {
			counter,
			desk,
			async write(count, size = count, mark = '') {
				const from = counter.written() + 1;
				await counter.write(count, mark);
				for (let first = from; first < from + count; first += size)
					await desk.log.addSegments(await counter.cut(first, Math.min(first + size, from + count) - 1));
			},
			exchange: (timeoutMs = PATIENCE_MS) => desk.exchange(transportOf(counter, timeoutMs), server.clock.now)
		};
	}
	const transportOf = (counter: TestCounter, timeoutMs = PATIENCE_MS) =>
		createHttpTransport({
			origin: line.origin,
			fetch: (input, init) => fetch(input, init),
			now: () => server.clock.now,
			signToken: counter.signToken,
			timeoutMs
		});

	const [one, two] = [await aDevice(), await aDevice()];
	const deviceKeys = [one.counter.deviceKey, two.counter.deviceKey];
	must(await transportOf(one.counter).foundSpace({ code: server.code, records: [space.record], deviceKeys }));

	const serverHeads = (): Promise<Heads> => server.store().heads(space.spaceId);

	/** [SY2] What a device takes for sent is there. */
	async function expectOnlyTrueClaims(): Promise<void> {
		const held = await serverHeads();
		for (const { desk } of [one, two])
			for (const { heads } of await desk.servers.list()) expect(countUnsent(heads, held)).toBe(0);
	}

	/** The next good exchange completes, and all three hold the same, byte for byte. */
	async function expectEqualAfterGoodExchanges(): Promise<void> {
		line.set(soundLine);
		for (const device of [one, two, one]) expect(await device.exchange()).toMatchObject({ error: null, refused: 0 });
		const held = await serverHeads();
		const segments = contentOf((await server.store().segmentsBeyond(space.spaceId, new Map(), 1e9)).segments);
		for (const { desk, counter } of [one, two]) {
			expect((await desk.log.heads()).get(counter.deviceId)?.sequence ?? 0).toBe(counter.written());
			expect(await desk.log.heads()).toEqual(new Map([...held].filter(([, head]) => head.sequence > 0)));
			expect(contentOf((await desk.log.segmentsBeyond(new Map(), Infinity)).segments)).toEqual(segments);
			expect(await desk.servers.unsentCount(await desk.log.heads())).toBe(0);
			expect(await desk.log.setAsideSegments()).toEqual([]);
		}
	}

	return {
		server,
		line,
		space,
		one,
		two,
		aDevice,
		transportOf,
		serverHeads,
		expectOnlyTrueClaims,
		expectEqualAfterGoodExchanges,
		/** One exchange of the first device over a line that fails. */
		async exchangeOver(fault: Line, timeoutMs?: number): Promise<ExchangeReport> {
			line.set(fault);
			const before = await one.desk.log.size();
			const report = await one.exchange(timeoutMs);
			line.set(soundLine);
			expect((await one.desk.log.size()).operations).toBeGreaterThanOrEqual(before.operations);
			await expectOnlyTrueClaims();
			return report;
		},
		async close() {
			await line.close();
			await server.stop();
			for (const database of databases) await removeDatabase(database);
		}
	};
}

const contentOf = (segments: readonly Segment[]): string[] =>
	segments.map(({ signature, sealed }) => Buffer.concat([signature, sealed]).toString('base64')).sort();
