/** Brings database and journal together: each is completed from the other, and nothing is taken that does not verify. */
import { foldKeyring, type KeyringState } from '$lib/crypto/keyring';
import { isRowSigned, verifySegmentSignature } from '$lib/crypto/seal';
import { deviceIdOf, importVerifyKey } from '$lib/crypto/signature';
import { parseSpaceId, type DeviceId, type SpaceId } from '$lib/domain/ids';
import type { IdentityRow, Journal, JournalDamage, JournalEntry } from '$lib/domain/journal';
import {
	countLost,
	planCompletion,
	type Completion,
	type DatabaseContent,
	type LackingInDatabase
} from '$lib/domain/journal-completion';
import type { PendingRow, Segment } from '$lib/domain/operation-log';
import type { DatabaseCopy } from '$lib/storage/database-copy';
import { copyLock, type CopiedStores } from '$lib/storage/journaled-stores';
import { WRITE_LOCK } from './record-operation';

export interface CopiesPorts {
	readonly databaseName: string;
	readonly database: DatabaseCopy;
	/** Without a journal beside them: what comes from it is not written to it again. */
	readonly stores: CopiedStores;
	readonly journal: Journal;
}

/** What was found and done; numbers of operations. */
export interface CopiesReport {
	/** `cannot-read`: the browser gives no second copy. `newer-version`: it belongs to a newer version of the app. */
	readonly journal: 'whole' | 'cannot-read' | 'newer-version' | 'cannot-write';
	/** The database knew of no device: all of it was put back. */
	readonly rebuilt: boolean;
	readonly restoredOperations: number;
	readonly restoredDrafts: number;
	/** In the journal, but not signed by whom they claim, or refused by the disk: left there. */
	readonly refusedOperations: number;
	/** Numbers that this device has used and that neither copy holds. */
	readonly lostOperations: number;
	/** The journal had lost what the database had; now it has it again. */
	readonly completedJournal: boolean;
	readonly damage: JournalDamage;
}

export type OnRestoring = (done: number, total: number) => void;

const NO_DAMAGE: JournalDamage = { places: 0, bytes: 0, tornBytes: 0, foreignFiles: 0 };
/** So many at a time: often enough to show how far it is. */
const SEGMENTS_TOGETHER = 16;
const ROWS_TOGETHER = 500;

/** Runs while no window writes: a save under way would look like something that one copy lacks. */
export function bringTogether(ports: CopiesPorts, onRestoring: OnRestoring = () => undefined): Promise<CopiesReport> {
	return navigator.locks.request(WRITE_LOCK, () =>
		navigator.locks.request(copyLock(ports.databaseName), () => compare(ports, onRestoring))
	);
}

async function compare(ports: CopiesPorts, onRestoring: OnRestoring): Promise<CopiesReport> {
	const { database, journal } = ports;
	const before = await database.read();
	const reading = await journal.read();
	if (!reading.ok)
		return {
			...nothingDone(before),
			journal: reading.error.type === 'newer-version' ? 'newer-version' : 'cannot-read'
		};
	const { content, damage } = reading.value;
	const { toDatabase, toJournal } = planCompletion(before, content);
	const restored = await restore(ports, before, toDatabase, onRestoring);
	const written = await journalCompleted(ports, toJournal);
	const after = restored.changed ? await database.read() : before;
	return {
		journal: written ? 'whole' : 'cannot-write',
		rebuilt: before.identity === null && after.identity !== null,
		restoredOperations: restored.operations,
		restoredDrafts: restored.drafts,
		refusedOperations: restored.refused,
		lostOperations: countLost(after),
		completedJournal: written && toJournal.entries.length + toJournal.segments.length > 0,
		damage
	};
}

const nothingDone = (database: DatabaseContent): Omit<CopiesReport, 'journal'> => ({
	rebuilt: false,
	restoredOperations: 0,
	restoredDrafts: 0,
	refusedOperations: 0,
	lostOperations: countLost(database),
	completedJournal: false,
	damage: NO_DAMAGE
});

/** In an order in which a crash at any point leaves a device that is rebuilt again at its next start. */
async function restore(
	ports: CopiesPorts,
	before: DatabaseContent,
	lacking: LackingInDatabase,
	onRestoring: OnRestoring
) {
	const { stores, database } = ports;
	const records = await stores.keyring.addRecords(lacking.records);
	await stores.deviceKeys.add([...lacking.deviceKeys].map(([deviceId, publicKey]) => ({ deviceId, publicKey })));
	for (const [origin, paused] of lacking.servers) {
		await stores.servers.add(origin);
		await stores.servers.pause(origin, paused);
	}
	await stores.log.setAside(lacking.setAside);
	const counted = await restoreOperations(ports, before.identity ?? lacking.identity, lacking, onRestoring);
	// Somebody may have typed on meanwhile.
	const typed = new Map((await stores.drafts.list()).map((draft) => [draft.id, draft.changedAt]));
	for (const draft of lacking.drafts)
		if (draft.changedAt > (typed.get(draft.id) ?? -1)) await stores.drafts.save(draft);
	const identity = lacking.identity !== null && (await database.putIdentity(lacking.identity));
	const drafts = lacking.drafts.length;
	return { ...counted, drafts, changed: identity || records + counted.operations + lacking.heads.length > 0 };
}

async function restoreOperations(
	{ stores, database }: CopiesPorts,
	identity: IdentityRow | null,
	{ segments, rows, heads }: LackingInDatabase,
	onRestoring: OnRestoring
) {
	const total = rows.length + segments.reduce((sum, { header }) => sum + header.count, 0);
	if (total + heads.length === 0) return { operations: 0, refused: 0 };
	const isSound = await createChecks(stores, identity);
	let operations = 0;
	let done = 0;
	const advance = (count: number) => onRestoring((done += count), total);
	for (const some of inParts(segments, SEGMENTS_TOGETHER)) {
		const sound = await filtered(some, isSound.segment);
		await stores.log.addSegments(sound);
		operations += countOf(sound);
		advance(countOf(some));
	}
	for (const some of inParts(rows, ROWS_TOGETHER)) {
		const sound = await filtered(some, isSound.row);
		await database.putRows(sound, []);
		operations += sound.length;
		advance(some.length);
	}
	// Last: a head says that everything up to it was used.
	await database.putRows([], heads);
	return { operations, refused: total - operations };
}

/**
 * What can be checked while everything is locked: a segment by its device's signature, a row by its person's.
 * Where the person's key is not known, the row is taken: it is sealed, and whoever opens it sees whether it is what it claims.
 */
async function createChecks(stores: CopiedStores, identity: IdentityRow | null) {
	const keyById = new Map<DeviceId, CryptoKey>();
	for (const { deviceId, publicKey } of await stores.deviceKeys.list()) {
		const key = (await deviceIdOf(publicKey)) === deviceId ? await importVerifyKey(publicKey) : null;
		if (key) keyById.set(deviceId, key);
	}
	const spaceId = parseSpaceId(identity?.spaceId);
	const keyring = spaceId.ok ? await foldKeyring(spaceId.value, await stores.keyring.loadRecords()) : null;
	return {
		segment: async (segment: Segment): Promise<boolean> => {
			const key = keyById.get(segment.header.deviceId);
			return key !== undefined && (await verifySegmentSignature(segment, key));
		},
		row: async (row: PendingRow): Promise<boolean> =>
			!spaceId.ok || !keyring || (await mayBeOf(row, spaceId.value, keyring))
	};
}

async function mayBeOf(row: PendingRow, spaceId: SpaceId, keyring: KeyringState): Promise<boolean> {
	const keys = keyring.signingKeysOf(row.staffId);
	return keys.length === 0 || isRowSigned(row, spaceId, keys);
}

/** True: the journal lacks nothing any more. */
async function journalCompleted(
	{ journal, database }: CopiesPorts,
	lacking: Completion['toJournal']
): Promise<boolean> {
	const append = async (entries: readonly JournalEntry[]): Promise<boolean> =>
		entries.length === 0 || (await journal.append(entries)).ok;
	for (const places of inParts(lacking.segments, SEGMENTS_TOGETHER)) {
		const segments = await Promise.all(places.map((place) => database.segmentAt(place)));
		const entries = segments
			.filter((segment) => segment !== null)
			.map((segment): JournalEntry => ({ type: 'segment', segment }));
		if (!(await append(entries))) return false;
	}
	return append(lacking.entries);
}

const countOf = (segments: readonly Segment[]): number => segments.reduce((sum, { header }) => sum + header.count, 0);

async function filtered<T>(all: readonly T[], isSound: (one: T) => Promise<boolean>): Promise<T[]> {
	const verdicts = await Promise.all(all.map(isSound));
	return all.filter((_, i) => verdicts[i]);
}

function* inParts<T>(all: readonly T[], size: number): Generator<T[]> {
	for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
