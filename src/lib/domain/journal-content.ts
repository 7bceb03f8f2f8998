/** What the entries of a journal add up to: the state that a database is completed from, and all that a new generation holds. */
import { crc32 } from './crc32';
import { hexOf, type DeviceId } from './ids';
import type { IdentityRow, JournalEntry, SealedDraft } from './journal';
import type { KeyringRecord } from './keyring-record';
import type { OwnHead, PendingRow, Segment, SetAsideSegment } from './operation-log';
import { lastSequenceOf } from './segment-codec';

export interface JournalContent {
	readonly identity: IdentityRow | null;
	readonly records: ReadonlyMap<string, KeyringRecord>;
	readonly deviceKeys: ReadonlyMap<DeviceId, Uint8Array>;
	/** By origin: paused or not. */
	readonly servers: ReadonlyMap<string, boolean>;
	/** Of each identity that this device has had. */
	readonly heads: ReadonlyMap<DeviceId, OwnHead>;
	/** By device and number, none that a segment stands for. */
	readonly pending: ReadonlyMap<DeviceId, ReadonlyMap<number, PendingRow>>;
	readonly segments: ReadonlyMap<string, Segment>;
	readonly setAside: ReadonlyMap<string, SetAsideSegment>;
	readonly drafts: ReadonlyMap<string, SealedDraft>;
	readonly unknown: readonly Uint8Array[];
}

/** The device's signature names a segment: no two have the same. */
export const segmentName = ({ signature }: Segment): string => hexOf(signature);
/** Over bytes and signature: a record with a signature that is not its own must not stand in the way of the good one. */
export const recordName = ({ bytes, signature }: KeyringRecord): string => `${hexOf(signature)}:${crc32(bytes)}`;

/** Rows of one new generation's entry: not so many that one damaged place costs much. */
const ROWS_TOGETHER = 16;

/** Folds entries in the order in which they were written. */
export function foldJournal(entries: Iterable<JournalEntry>): JournalContent {
	const content = createContent();
	for (const entry of entries) take(content, entry);
	for (const { deviceId, sequence } of content.heads.values()) {
		const rows = content.pending.get(deviceId);
		// Of a save that failed: its later numbers were not used again yet.
		for (const number of rows?.keys() ?? []) if (number > sequence) rows?.delete(number);
	}
	dropCutRows(content.pending, content.segments.values());
	dropGivenUp(content);
	for (const [deviceId, rows] of content.pending) if (rows.size === 0) content.pending.delete(deviceId);
	return content;
}

/** The entries of a new generation. */
export function* entriesOf(content: JournalContent): Generator<JournalEntry> {
	if (content.identity) yield { type: 'identity', row: content.identity };
	for (const record of content.records.values()) yield { type: 'keyring-record', record };
	for (const [deviceId, publicKey] of content.deviceKeys) yield { type: 'device-key', deviceId, publicKey };
	for (const [origin, paused] of content.servers) yield { type: 'server', origin, paused };
	for (const segment of content.segments.values()) yield { type: 'segment', segment };
	for (const head of content.heads.values()) {
		const rows = [...(content.pending.get(head.deviceId)?.values() ?? [])].sort((a, b) => a.sequence - b.sequence);
		for (let at = 0; at === 0 || at < rows.length; at += ROWS_TOGETHER)
			yield { type: 'kept', rows: rows.slice(at, at + ROWS_TOGETHER), head };
	}
	for (const setAside of content.setAside.values()) yield { type: 'set-aside', setAside };
	for (const draft of content.drafts.values()) yield { type: 'draft', draft };
	for (const payload of content.unknown) yield { type: 'unknown', payload };
}

function createContent() {
	return {
		identity: null as IdentityRow | null,
		records: new Map<string, KeyringRecord>(),
		deviceKeys: new Map<DeviceId, Uint8Array>(),
		servers: new Map<string, boolean>(),
		heads: new Map<DeviceId, OwnHead>(),
		pending: new Map<DeviceId, Map<number, PendingRow>>(),
		segments: new Map<string, Segment>(),
		setAside: new Map<string, SetAsideSegment>(),
		drafts: new Map<string, SealedDraft>(),
		unknown: [] as Uint8Array[]
	};
}
type Content = ReturnType<typeof createContent>;

function take(content: Content, entry: JournalEntry): void {
	switch (entry.type) {
		case 'identity':
			content.identity = entry.row;
			return;
		case 'keyring-record':
			content.records.set(recordName(entry.record), entry.record);
			return;
		case 'device-key':
			content.deviceKeys.set(entry.deviceId, entry.publicKey);
			return;
		case 'server':
			content.servers.set(entry.origin, entry.paused);
			return;
		case 'server-removed':
			content.servers.delete(entry.origin);
			return;
		case 'saved':
			takeRows(content, entry.rows, entry.head, true);
			if (entry.draftId !== null) content.drafts.delete(entry.draftId);
			return;
		case 'kept':
			takeRows(content, entry.rows, entry.head, false);
			return;
		case 'segment':
			content.segments.set(segmentName(entry.segment), entry.segment);
			return;
		case 'set-aside':
			if (!content.setAside.has(segmentName(entry.setAside.segment)))
				content.setAside.set(segmentName(entry.setAside.segment), entry.setAside);
			return;
		case 'draft':
			content.drafts.set(entry.draft.id, entry.draft);
			return;
		case 'draft-removed':
			content.drafts.delete(entry.id);
			return;
		case 'unknown':
			content.unknown.push(entry.payload);
	}
}

/** A save decides where the history ends, even below a save that failed; rows written down once more only push it on. */
function takeRows(content: Content, rows: readonly PendingRow[], head: OwnHead, decides: boolean): void {
	for (const row of rows) {
		const held = content.pending.get(row.deviceId) ?? new Map<number, PendingRow>();
		content.pending.set(row.deviceId, held.set(row.sequence, row));
	}
	const before = content.heads.get(head.deviceId);
	// A save without rows takes back one that failed, and was told as such: its numbers were given to nobody.
	const used = decides && rows.length === 0 ? null : before;
	content.heads.set(head.deviceId, {
		...(before && !decides && before.sequence > head.sequence ? before : head),
		// Neither is ever given twice.
		tick: Math.max(used?.tick ?? 0, head.tick),
		caseCounter: Math.max(used?.caseCounter ?? 0, head.caseCounter),
		...commonToOf(before, head)
	});
}

/** An identity that was given up stays so (SY15). */
export const commonToOf = (one: OwnHead | undefined, other: OwnHead | undefined): Pick<OwnHead, 'commonTo'> => {
	const known = [one?.commonTo, other?.commonTo].filter((commonTo) => commonTo !== undefined);
	return known.length === 0 ? {} : { commonTo: Math.max(...known) };
};

/** What was given up with an identity lies aside and nowhere else: it has been recorded again under the next one (SY15). */
function dropGivenUp(content: Content): void {
	const givenUp = [...content.setAside.values()].filter(({ reason }) => reason === 'given-up');
	for (const { segment } of givenUp) content.segments.delete(segmentName(segment));
	dropCutRows(
		content.pending,
		givenUp.map(({ segment }) => segment)
	);
}

/** Rows that a segment stands for: it ends where one of them does, with the chain value that names the whole history up to there. */
export function dropCutRows(
	pending: ReadonlyMap<DeviceId, Map<number, PendingRow>>,
	segments: Iterable<Segment>
): void {
	for (const segment of segments) {
		const { deviceId, firstSequence, chainAfter } = segment.header;
		const rows = pending.get(deviceId);
		const last = lastSequenceOf(segment);
		const lastRow = rows?.get(last);
		if (!rows || (lastRow && !areEqual(lastRow.chainValue, chainAfter))) continue;
		for (let sequence = firstSequence; sequence <= last; sequence++) rows.delete(sequence);
	}
}

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((byte, i) => byte === b[i]);
