/** The database as one of two copies: all that it holds, and how what it lacks is put back into it. */
import { parseDeviceId, type DeviceId } from '$lib/domain/ids';
import type { IdentityRow } from '$lib/domain/journal';
import { commonToOf } from '$lib/domain/journal-content';
import type { DatabaseContent, SegmentPlace } from '$lib/domain/journal-completion';
import type { OwnHead, PendingRow, Segment } from '$lib/domain/operation-log';
import { insertRange, type OwnedRanges } from '$lib/domain/ranges';
import type { CounterDatabase } from './database';
import { loadDeviceHeads, parseOwnHead, rebuildDeviceHeads } from './device-heads';
import { createDeviceKeyStore } from './device-key-store';
import { createDraftStore } from './draft-store';
import { createIdentityStore, parseIdentity } from './identity-store';
import { createKeyringStore } from './keyring-store';
import { pendingRowOf, readPendingRow } from './pending-rows';
import { ownBytes } from './row-shape';
import { readSegmentRow, readSetAsideRow } from './segment-rows';
import { createServerStore } from './server-store';

export interface DatabaseCopy {
	/** Broken rows count as lacking. Where the table of heads does not agree with the segments, it is made anew first. */
	read(): Promise<DatabaseContent>;
	segmentAt(place: SegmentPlace): Promise<Segment | null>;
	/** Puts rows back, and moves the heads of these identities forward, never back. */
	putRows(rows: readonly PendingRow[], heads: readonly OwnHead[]): Promise<void>;
	/** False: the row is no identity. */
	putIdentity(row: IdentityRow): Promise<boolean>;
}

export const createDatabaseCopy = (database: CounterDatabase): DatabaseCopy => ({
	read: () => readContent(database),
	segmentAt: async ({ deviceId, firstSequence, lastSequence }) => {
		const row = await database.segments.get([deviceId, lastSequence, firstSequence]);
		return row === undefined ? null : readSegmentRow(database, row);
	},
	putRows: async (rows, heads) => {
		await database.transaction('rw', database.pending, database.ownHead, async () => {
			await database.pending.bulkPut(rows.map(pendingRowOf));
			for (const head of heads) {
				const before = parseOwnHead(await database.ownHead.get(head.deviceId));
				await database.ownHead.put(furtherHead(head, before));
			}
		});
	},
	putIdentity: async (row) => {
		const identity = parseIdentity(row);
		return identity !== null && (await createIdentityStore(database).save(identity)).ok;
	}
});

function furtherHead(head: OwnHead, before: OwnHead | null): OwnHead {
	const further = before && before.sequence > head.sequence ? before : head;
	return {
		...further,
		chainValue: ownBytes(further.chainValue),
		tick: Math.max(head.tick, before?.tick ?? 0),
		caseCounter: Math.max(head.caseCounter, before?.caseCounter ?? 0),
		...commonToOf(before ?? undefined, head)
	};
}

async function readContent(database: CounterDatabase): Promise<DatabaseContent> {
	const identity = await createIdentityStore(database).load();
	const deviceKeys = await createDeviceKeyStore(database).list();
	const servers = await createServerStore(database).list();
	const heads = (await database.ownHead.toArray()).map(parseOwnHead).filter((head) => head !== null);
	return {
		identity: identity && { ...identity },
		records: await createKeyringStore(database).loadRecords(),
		deviceKeys: new Map(deviceKeys.map(({ deviceId, publicKey }) => [deviceId, publicKey])),
		servers: new Map(servers.map(({ origin, paused }) => [origin, paused])),
		heads: new Map(heads.map((head) => [head.deviceId, head])),
		pending: (await database.pending.toArray())
			.map((row) => readPendingRow(database, row))
			.filter((row) => row !== null),
		segments: await readPlaces(database),
		setAside: (await database.setAside.toArray())
			.map((row) => readSetAsideRow(database, row))
			.filter((row) => row !== null),
		drafts: await createDraftStore(database).list()
	};
}

/** By their keys alone, which is quick; a row that was found broken before is looked at. */
async function readPlaces(database: CounterDatabase): Promise<SegmentPlace[]> {
	const broken = new Set(
		database.damage
			.rows()
			.filter(({ table }) => table === 'segments')
			.map(({ key }) => key)
	);
	const places: SegmentPlace[] = [];
	for (const [deviceId, lastSequence, firstSequence] of await database.segments.toCollection().primaryKeys()) {
		if (broken.has(`${deviceId}:${firstSequence}`)) {
			const row = await database.segments.get([deviceId, lastSequence, firstSequence]);
			if (!readSegmentRow(database, row)) continue;
		}
		const parsed = parseDeviceId(deviceId);
		if (parsed.ok) places.push({ deviceId: parsed.value, firstSequence, lastSequence });
	}
	if (!(await agreesWithHeads(database, places))) await rebuildDeviceHeads(database);
	return places;
}

/** What is believed to be held would not be taken in again. */
async function agreesWithHeads(database: CounterDatabase, places: readonly SegmentPlace[]): Promise<boolean> {
	const rangesById = new Map<DeviceId, OwnedRanges>();
	for (const { deviceId, firstSequence, lastSequence } of places) {
		const ranges = rangesById.get(deviceId) ?? [];
		insertRange(ranges, firstSequence, lastSequence);
		rangesById.set(deviceId, ranges);
	}
	const heads = await loadDeviceHeads(database);
	return (
		heads.length === rangesById.size &&
		heads.every(({ deviceId, ranges }) => JSON.stringify(ranges) === JSON.stringify(rangesById.get(deviceId)))
	);
}
