/** What each of the two copies lacks of the other: pure comparison of a database with a journal, without any key. */
import type { DeviceId } from './ids';
import type { IdentityRow, JournalEntry, SealedDraft } from './journal';
import { dropCutRows, recordName, segmentName, type JournalContent } from './journal-content';
import { encodePayload } from './journal-entry-codec';
import type { KeyringRecord } from './keyring-record';
import type { OwnHead, PendingRow, Segment, SetAsideSegment } from './operation-log';
import { addRange, countMissing, insertRange, type OwnedRanges, type Ranges } from './ranges';
import { lastSequenceOf } from './segment-codec';

/** Where a segment lies in the database. */
export interface SegmentPlace {
	readonly deviceId: DeviceId;
	readonly firstSequence: number;
	readonly lastSequence: number;
}

/** All that a database holds and a journal would; of segments only where they lie. */
export interface DatabaseContent {
	readonly identity: IdentityRow | null;
	readonly records: readonly KeyringRecord[];
	readonly deviceKeys: ReadonlyMap<DeviceId, Uint8Array>;
	/** By origin: paused or not. */
	readonly servers: ReadonlyMap<string, boolean>;
	readonly heads: ReadonlyMap<DeviceId, OwnHead>;
	readonly pending: readonly PendingRow[];
	readonly segments: readonly SegmentPlace[];
	readonly setAside: readonly SetAsideSegment[];
	readonly drafts: readonly SealedDraft[];
}

/** What the database is to be given, in the order in which it is safe to write. */
export interface LackingInDatabase {
	readonly records: readonly KeyringRecord[];
	readonly deviceKeys: ReadonlyMap<DeviceId, Uint8Array>;
	readonly servers: ReadonlyMap<string, boolean>;
	readonly segments: readonly Segment[];
	readonly rows: readonly PendingRow[];
	readonly heads: readonly OwnHead[];
	readonly setAside: readonly SetAsideSegment[];
	readonly drafts: readonly SealedDraft[];
	/** Last: while there is none, the device counts as not set up and is rebuilt again. */
	readonly identity: IdentityRow | null;
}
export interface Completion {
	readonly toDatabase: LackingInDatabase;
	readonly toJournal: { readonly entries: readonly JournalEntry[]; readonly segments: readonly SegmentPlace[] };
}

/** Compares the two. What both hold differently is what the database holds, unless it is the one that lags behind. */
export function planCompletion(content: DatabaseContent, journal: JournalContent): Completion {
	const database = withoutGivenUp(content, journal);
	const held = rangesInDatabase(database);
	const givenUp = database.setAside.filter(({ reason }) => reason === 'given-up').map(({ segment }) => segment);
	const pending = new Map([...journal.pending].map(([deviceId, byNumber]) => [deviceId, new Map(byNumber)]));
	dropCutRows(pending, givenUp);
	const rows = [...pending.values()]
		.flatMap((byNumber) => [...byNumber.values()])
		.filter(({ deviceId, sequence }) => lacks(held, deviceId, sequence, sequence));
	const knownAside = new Set(database.setAside.map(({ segment }) => segmentName(segment)));
	const segments = [...journal.segments.values()].filter(
		(segment) =>
			!knownAside.has(segmentName(segment)) &&
			lacks(held, segment.header.deviceId, segment.header.firstSequence, lastSequenceOf(segment))
	);
	const toJournal = lackingInJournal(database, journal);
	const databaseLags = database.identity === null || rows.length > 0 || segments.length > 0;
	const journalLags = toJournal.rows.length > 0 || toJournal.segments.length > 0;
	const side = databaseLags ? 'journal' : journalLags ? 'database' : 'both';
	const isJournals = databaseLags && !(journalLags && database.identity);
	const identity =
		(laterIdentity(database.identity, journal.identity) ?? (isJournals ? 'journal' : null)) === 'journal'
			? journal.identity
			: null;
	const knownRecords = new Set(database.records.map(recordName));
	const drafts = compareDrafts(database, journal, side === 'database');
	return {
		toDatabase: {
			records: [...journal.records].filter(([name]) => !knownRecords.has(name)).map(([, record]) => record),
			deviceKeys: new Map([...journal.deviceKeys].filter(([id]) => !database.deviceKeys.has(id))),
			servers: serversForDatabase(database, journal, side),
			segments,
			rows,
			heads: [...journal.heads.values()].filter((head) => isBeyond(head, database.heads.get(head.deviceId))),
			setAside: [...journal.setAside].filter(([name]) => !knownAside.has(name)).map(([, setAside]) => setAside),
			drafts: drafts.toDatabase,
			identity: identity && isSame(identity, database.identity) ? null : identity
		},
		toJournal: {
			segments: toJournal.segments,
			entries: [
				...(identity || isSame(database.identity, journal.identity) ? [] : identityEntry(database.identity)),
				...recordEntries(database, journal),
				...serverEntries(database, journal, side),
				...toJournal.kept,
				...drafts.toJournal
			]
		}
	};
}

/** An older copy of the database still holds what was given up with an identity since (SY15): it is about to lie aside. */
function withoutGivenUp(database: DatabaseContent, journal: JournalContent): DatabaseContent {
	const known = new Set(database.setAside.map(({ segment }) => segmentName(segment)));
	const givenUp = [...journal.setAside]
		.filter(([name, { reason }]) => reason === 'given-up' && !known.has(name))
		.map(([, { segment }]) => segment);
	if (givenUp.length === 0) return database;
	const pending = new Map<DeviceId, Map<number, PendingRow>>();
	for (const row of database.pending)
		pending.set(row.deviceId, (pending.get(row.deviceId) ?? new Map()).set(row.sequence, row));
	dropCutRows(pending, givenUp);
	const isGivenUp = ({ deviceId, firstSequence, lastSequence }: SegmentPlace): boolean =>
		givenUp.some(
			(segment) =>
				segment.header.deviceId === deviceId &&
				segment.header.firstSequence === firstSequence &&
				lastSequenceOf(segment) === lastSequence
		);
	return {
		...database,
		pending: database.pending.filter((row) => pending.get(row.deviceId)?.get(row.sequence) === row),
		segments: database.segments.filter((place) => !isGivenUp(place))
	};
}

/** Of two identities that this device has had, the later one is in use (SY15); null: both are one, or one is lacking. */
function laterIdentity(database: IdentityRow | null, journal: IdentityRow | null): 'database' | 'journal' | null {
	if (!database || !journal || database.deviceId === journal.deviceId) return null;
	return Number(journal.createdAt) > Number(database.createdAt) ? 'journal' : 'database';
}

/** Numbers that this device has used and that neither copy holds any more: the heads know of them. */
export function countLost(database: DatabaseContent): number {
	const held = rangesInDatabase(database);
	let lost = 0;
	for (const { deviceId, sequence, commonTo } of database.heads.values())
		// What an identity had that was given up has another name now, or is another device's (SY15).
		if (sequence > 0 && commonTo === undefined) lost += countMissing([[1, sequence]], held.get(deviceId) ?? []);
	return lost;
}

function rangesInDatabase({ pending, segments }: DatabaseContent): Map<DeviceId, OwnedRanges> {
	const held = new Map<DeviceId, OwnedRanges>();
	const add = (deviceId: DeviceId, from: number, to: number) => {
		const ranges = held.get(deviceId) ?? [];
		insertRange(ranges, from, to);
		held.set(deviceId, ranges);
	};
	for (const { deviceId, firstSequence, lastSequence } of segments) add(deviceId, firstSequence, lastSequence);
	for (const { deviceId, sequence } of pending) add(deviceId, sequence, sequence);
	return held;
}

const lacks = (held: ReadonlyMap<DeviceId, Ranges>, deviceId: DeviceId, from: number, to: number): boolean =>
	countMissing([[from, to]], held.get(deviceId) ?? []) > 0;

/** Tells of more than the other: a number, a tick or a case number given since. */
const isBeyond = (head: OwnHead, other: OwnHead | undefined): boolean =>
	!other ||
	head.sequence > other.sequence ||
	head.tick > other.tick ||
	head.caseCounter > other.caseCounter ||
	(head.commonTo ?? -1) > (other.commonTo ?? -1);

/** The part about operations: rows, segments and heads that the journal has not got, or has otherwise. */
function lackingInJournal(database: DatabaseContent, journal: JournalContent) {
	const cut = new Map<DeviceId, Ranges>();
	const places = new Set<string>();
	for (const segment of journal.segments.values()) {
		const { deviceId, firstSequence } = segment.header;
		cut.set(deviceId, addRange(cut.get(deviceId) ?? [], firstSequence, lastSequenceOf(segment)));
		places.add(`${deviceId}:${firstSequence}:${lastSequenceOf(segment)}`);
	}
	const segments = database.segments.filter(
		({ deviceId, firstSequence, lastSequence }) => !places.has(`${deviceId}:${firstSequence}:${lastSequence}`)
	);
	const rows = database.pending.filter((row) => {
		const written = journal.pending.get(row.deviceId)?.get(row.sequence);
		if (written) return !areEqual(written.chainValue, row.chainValue);
		return lacks(cut, row.deviceId, row.sequence, row.sequence);
	});
	const kept: JournalEntry[] = [];
	for (const head of database.heads.values()) {
		const own = rows.filter(({ deviceId }) => deviceId === head.deviceId);
		if (own.length > 0 || isBeyond(head, journal.heads.get(head.deviceId)))
			kept.push({ type: 'kept', rows: own, head });
	}
	return { segments, rows, kept };
}

const identityEntry = (row: IdentityRow | null): JournalEntry[] => (row ? [{ type: 'identity', row }] : []);

function recordEntries(database: DatabaseContent, journal: JournalContent): JournalEntry[] {
	const aside = new Set(journal.setAside.keys());
	return [
		...database.records
			.filter((record) => !journal.records.has(recordName(record)))
			.map((record): JournalEntry => ({ type: 'keyring-record', record })),
		...[...database.deviceKeys]
			.filter(([id]) => !journal.deviceKeys.has(id))
			.map(([deviceId, publicKey]): JournalEntry => ({ type: 'device-key', deviceId, publicKey })),
		...database.setAside
			.filter(({ segment }) => !aside.has(segmentName(segment)))
			.map((setAside): JournalEntry => ({ type: 'set-aside', setAside }))
	];
}

/** The copy that is not behind decides; neither: both. */
type Deciding = 'database' | 'journal' | 'both';

function serversForDatabase(database: DatabaseContent, journal: JournalContent, side: Deciding): Map<string, boolean> {
	if (side === 'database') return new Map();
	return new Map(
		[...journal.servers].filter(([origin, paused]) => {
			const held = database.servers.get(origin);
			return held === undefined || (side === 'journal' && held !== paused);
		})
	);
}

function serverEntries(database: DatabaseContent, journal: JournalContent, side: Deciding): JournalEntry[] {
	const told = [...database.servers].filter(([origin, paused]) => {
		const written = journal.servers.get(origin);
		return written === undefined || (side !== 'journal' && written !== paused);
	});
	const removed =
		side === 'database' ? [...journal.servers.keys()].filter((origin) => !database.servers.has(origin)) : [];
	return [
		...told.map(([origin, paused]): JournalEntry => ({ type: 'server', origin, paused })),
		...removed.map((origin): JournalEntry => ({ type: 'server-removed', origin }))
	];
}

/** A draft that comes back although it was discarded does no harm; one that is gone although it was shown as saved does. */
function compareDrafts(database: DatabaseContent, journal: JournalContent, databaseDecides: boolean) {
	const inDatabase = new Map(database.drafts.map((draft) => [draft.id, draft]));
	const isLater = (draft: SealedDraft, other: SealedDraft | undefined): boolean =>
		!other || draft.changedAt > other.changedAt;
	const toDatabase = databaseDecides
		? []
		: [...journal.drafts.values()].filter((draft) => isLater(draft, inDatabase.get(draft.id)));
	const given = new Set(toDatabase.map(({ id }) => id));
	const toJournal: JournalEntry[] = database.drafts
		.filter((draft) => !given.has(draft.id) && !areSameDrafts(draft, journal.drafts.get(draft.id)))
		.map((draft) => ({ type: 'draft', draft }));
	if (databaseDecides)
		for (const id of journal.drafts.keys()) if (!inDatabase.has(id)) toJournal.push({ type: 'draft-removed', id });
	return { toDatabase, toJournal };
}

const areSameDrafts = (a: SealedDraft, b: SealedDraft | undefined): boolean =>
	b !== undefined && a.changedAt === b.changedAt && areEqual(a.sealed, b.sealed);

const isSame = (a: IdentityRow | null, b: IdentityRow | null): boolean =>
	a === b ||
	(a !== null &&
		b !== null &&
		areEqual(encodePayload({ type: 'identity', row: a }), encodePayload({ type: 'identity', row: b })));

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);
