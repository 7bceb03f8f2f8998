/** The servers this device exchanges with, and what each said it holds: a hint that saves bytes, never a position. */
import { parseDeviceId, parseRecordId, type DeviceId, type RecordId } from '$lib/domain/ids';
import type { Head, Heads } from '$lib/domain/operation-log';
import { addRange, countMissing, type Ranges } from '$lib/domain/ranges';
import { ok, type Result } from '$lib/domain/result';
import type { CounterDatabase } from './database';
import { tryToWrite, type NotWritten } from './not-written';
import { isBytes, isCount, isRanges, isRow, isText, isTime, ownBytes } from './row-shape';

export interface ServerState {
	/** Empty before its first answer. */
	readonly heads: Heads;
	/** Tips of the keyring it last named. */
	readonly tips: readonly RecordId[];
	/** Device clock, ms. */
	readonly lastSuccessAt: number | null;
}
export interface KnownServer extends ServerState {
	readonly origin: string;
	/** Not exchanged with by itself until somebody says so; what it holds still counts. */
	readonly paused: boolean;
}

export interface ServerStore {
	list(): Promise<KnownServer[]>;
	/** A server known already keeps its state. */
	add(origin: string): Promise<Result<void, NotWritten>>;
	/** Nothing for a server that was removed meanwhile: an exchange that ends late does not bring it back. */
	saveState(origin: string, state: ServerState): Promise<void>;
	pause(origin: string, paused: boolean): Promise<Result<void, NotWritten>>;
	remove(origin: string): Promise<Result<void, NotWritten>>;
	/** Operations below these heads that nobody else is known to hold: no server, and no device by a data carrier. */
	unsentCount(heads: Heads): Promise<number>;
}

export const NOTHING_KNOWN: ServerState = { heads: new Map<DeviceId, Head>(), tips: [], lastSuccessAt: null };

/** Rows of devices whose data carriers were read here; no origin begins like this (peer-store.ts). */
export const PEER_PREFIX = 'carrier:';

export const createServerStore = (database: CounterDatabase): ServerStore => {
	const everybody = async (): Promise<KnownServer[]> => {
		const servers: KnownServer[] = [];
		for (const row of await database.servers.toArray()) {
			const server = parseServer(row);
			if (server) servers.push(server);
			else database.damage.report('servers', isRow(row) ? row.origin : null);
		}
		return servers;
	};
	const list = async () => (await everybody()).filter(({ origin }) => !origin.startsWith(PEER_PREFIX));
	return {
		list,
		add: async (origin) => {
			const written = await tryToWrite(() =>
				database.transaction('rw', database.servers, async () => {
					if (!parseServer(await database.servers.get(origin)))
						await database.servers.put(serverRowOf(origin, NOTHING_KNOWN));
				})
			);
			return written.ok ? ok(undefined) : written;
		},
		saveState: async (origin, state) => {
			await database.transaction('rw', database.servers, async () => {
				const held = parseServer(await database.servers.get(origin));
				if (held) await database.servers.put(serverRowOf(origin, state, held.paused));
			});
		},
		pause: async (origin, paused) => {
			const written = await tryToWrite(() =>
				database.transaction('rw', database.servers, async () => {
					const held = parseServer(await database.servers.get(origin));
					if (held) await database.servers.put(serverRowOf(origin, held, paused));
				})
			);
			return written.ok ? ok(undefined) : written;
		},
		remove: (origin) => tryToWrite(() => database.servers.delete(origin)),
		unsentCount: async (heads) => countOnNone(heads, await everybody())
	};
};

export function countOnNone(ours: Heads, servers: readonly KnownServer[]): number {
	let count = 0;
	for (const [deviceId, head] of ours) {
		const held = servers.flatMap((server) => rangesOf(server.heads.get(deviceId)));
		const together = held.reduce<Ranges>((all, [from, to]) => addRange(all, from, to), []);
		count += countMissing(rangesOf(head), together);
	}
	return count;
}

const rangesOf = (head: Head | undefined): Ranges => {
	if (!head) return [];
	return head.sequence > 0 ? [[1, head.sequence], ...head.beyond] : head.beyond;
};

export const serverRowOf = (origin: string, { heads, tips, lastSuccessAt }: ServerState, paused = false) => ({
	origin,
	heads: [...heads].map(([deviceId, { sequence, chainValue, beyond }]) => ({
		deviceId,
		sequence,
		chainValue: ownBytes(chainValue),
		beyond
	})),
	tips,
	lastSuccessAt,
	paused
});

/** What is only a hint may be lost: a server whose heads are broken is taken for one that said nothing yet. */
export function parseServer(row: unknown): KnownServer | null {
	if (!isRow(row) || !isText(row.origin)) return null;
	const heads = parseHeads(row.heads);
	const tips = parseTips(row.tips);
	const lastSuccessAt = isTime(row.lastSuccessAt) ? row.lastSuccessAt : null;
	const server = { origin: row.origin, paused: row.paused === true };
	return heads && tips ? { ...server, heads, tips, lastSuccessAt } : { ...server, ...NOTHING_KNOWN };
}

function parseHeads(value: unknown): Heads | null {
	if (!Array.isArray(value)) return null;
	const heads = new Map<DeviceId, Head>();
	for (const entry of value) {
		if (!isRow(entry)) return null;
		const deviceId = parseDeviceId(entry.deviceId);
		const { sequence, chainValue, beyond } = entry;
		if (!deviceId.ok || !isCount(sequence) || !isBytes(chainValue, 32) || !isRanges(beyond)) return null;
		heads.set(deviceId.value, { sequence, chainValue, beyond });
	}
	return heads;
}

function parseTips(value: unknown): readonly RecordId[] | null {
	if (!Array.isArray(value)) return null;
	const parsed = value.map(parseRecordId);
	return parsed.every((tip) => tip.ok) ? parsed.map((tip) => tip.value) : null;
}
