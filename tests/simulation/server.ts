/** The simulated server: the real endpoints and the real SQLite store, on a database in memory that outlives its process. */
import type { Database as SqliteDatabase } from 'better-sqlite3';
import type { DeviceId } from '$lib/domain/ids';
import type { Head, Heads, Segment } from '$lib/domain/operation-log';
import { addRange, gapFreeEnd, type Ranges } from '$lib/domain/ranges';
import type { ServerContext } from '$lib/server/endpoint';
import { hashEnrolmentCode } from '$lib/server/enrolment-code.js';
import { handleExchange } from '$lib/server/exchange';
import { recordsOf, summaryOf } from '$lib/server/keyrings';
import { createContext } from '$lib/server/running';
import { handleDevices, handleHello } from '$lib/server/spaces';
import { createSqlStore } from '$lib/server/sql-store';
import type { Store } from '$lib/server/store';
import { parseAnswer, type DeviceKey } from '$lib/sync/protocol';
import { must } from '../support/test-space';
import { demand } from './demand';
import { gated } from './gated';
import { createActor, type Actor, type Scheduler } from './scheduler';
import { openMemoryDatabase, SERVER_ORIGIN, type Space } from './space';

export interface Call {
	readonly path: string;
	readonly headers: Record<string, string>;
	readonly body: Uint8Array<ArrayBuffer>;
}
export interface Answer {
	readonly status: number;
	readonly contentType: string;
	readonly retryAfter: string | null;
	readonly body: Uint8Array<ArrayBuffer>;
	/** Which copy of the database gave it. */
	readonly epoch: number;
}

export type SimServer = Awaited<ReturnType<typeof createServer>>;

const CODE = 'SIMU-LATE-CODE';

export async function createServer(space: Space, deviceKeys: readonly DeviceKey[], scheduler: Scheduler) {
	const { spaceId } = space;
	let { sqlite, database } = openMemoryDatabase(space.emptyDatabase);
	/** What is committed, past all gates. */
	let store: Store = createSqlStore(database);
	let epoch = 0;
	let starts = 0;
	let actor: Actor;
	let context: ServerContext;

	function start(fragility: number): void {
		const started = createActor(`S#${++starts}`);
		started.fragility = fragility;
		actor = started;
		context = createContext(gated(store, 'store', started, scheduler), scheduler.now, {
			gather: () => scheduler.gate(started, 'gathers')
		});
	}

	async function layDownSpace(): Promise<void> {
		const state = await space.fold(space.records);
		const codeHash = hashEnrolmentCode(CODE);
		await store.offerCode(codeHash, 'given', scheduler.now());
		must(
			await store.createSpace({
				spaceId,
				codeHash,
				records: await recordsOf(state),
				summary: summaryOf(state),
				deviceKeys,
				nowMs: scheduler.now()
			})
		);
	}

	async function handle(call: Call): Promise<Answer> {
		const { path, headers, body } = call;
		const from = epoch;
		const request = new Request(SERVER_ORIGIN + path, { method: 'POST', headers, body });
		const apiCall = { request, path, address: 'site' };
		const response = await (path.endsWith('/hello')
			? handleHello(context, apiCall)
			: path.endsWith('/devices')
				? handleDevices(context, apiCall, spaceId)
				: handleExchange(context, apiCall, spaceId));
		const answer = {
			status: response.status,
			contentType: response.headers.get('content-type') ?? '',
			retryAfter: response.headers.get('retry-after'),
			body: new Uint8Array(await response.arrayBuffer()),
			epoch: from
		};
		if (path.endsWith('/exchange') && answer.status === 200) checkHeads(answer.body);
		return answer;
	}

	/** [SY2] What an answer says is held must be committed at this moment. */
	function checkHeads(body: Uint8Array): void {
		const claimed = must(parseAnswer(body)).heads;
		const missing = claimsBeyond(claimed, heldHeads(sqlite));
		demand(missing === null, () => `[SY2] the server claims to hold ${missing}, which it has not committed`);
	}

	await layDownSpace();
	start(0);
	return {
		actor: () => actor,
		start,
		handle,
		epoch: () => epoch,
		heads: (): Heads => heldHeads(sqlite),
		segments: async (): Promise<readonly Segment[]> =>
			(await store.segmentsBeyond(spaceId, new Map(), Number.MAX_SAFE_INTEGER)).segments,
		records: () => store.records(spaceId),
		copy: (): Buffer => sqlite.serialize(),
		/** The database is put back to an older copy; whoever ran on it is dead already. */
		async restore(copy: Buffer): Promise<void> {
			await database.destroy();
			({ sqlite, database } = openMemoryDatabase(copy));
			store = createSqlStore(database);
			epoch++;
		},
		stop: () => database.destroy()
	};
}

interface SegmentRow {
	readonly device_id: DeviceId;
	readonly first_sequence: number;
	readonly last_sequence: number;
	readonly chain_after: Uint8Array;
}

/** Heads as the stored segments make them; what the server wrote down of its heads is not asked. */
function heldHeads(sqlite: SqliteDatabase): Heads {
	const query = 'SELECT device_id, first_sequence, last_sequence, chain_after FROM segments';
	const rows = sqlite.prepare(query).all() as SegmentRow[];
	const ranges = new Map<DeviceId, Ranges>();
	for (const { device_id: id, first_sequence: from, last_sequence: to } of rows)
		ranges.set(id, addRange(ranges.get(id) ?? [], from, to));
	return new Map(
		[...ranges].map(([id, held]): [DeviceId, Head] => {
			const sequence = gapFreeEnd(held);
			const last = rows.find((row) => row.device_id === id && row.last_sequence === sequence);
			const beyond = held.filter(([from]) => from > sequence);
			return [id, { sequence, chainValue: last?.chain_after ?? new Uint8Array(32), beyond }];
		})
	);
}

/** The first device of which more is claimed than held, or another chain value; null: all is true. */
export function claimsBeyond(claimed: Heads, held: Heads): string | null {
	for (const [deviceId, head] of claimed) {
		const mine = held.get(deviceId);
		const claim = `${deviceId.slice(0, 6)} up to ${head.sequence}`;
		if (head.sequence > (mine?.sequence ?? 0)) return claim;
		if (mine && head.sequence === mine.sequence && head.sequence > 0)
			if (head.chainValue.join() !== mine.chainValue.join()) return `${claim} with another chain value`;
		const ranges = [...(mine ? [[1, mine.sequence] as const, ...mine.beyond] : [])];
		for (const [from, to] of head.beyond)
			if (!ranges.some(([low, high]) => low <= from && high >= to)) return `${claim} and ${from}–${to}`;
	}
	return null;
}
