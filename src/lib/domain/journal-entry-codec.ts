/** Entries of the journal as deterministic CBOR arrays `[kind, …]`; ids are byte strings, everything sealed is carried as it is. */
import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { bytesOfHex, idFromBytes, parseKeyId, type DeviceId, type KeyId, type StaffId } from './ids';
import type { IdentityRow, JournalEntry, SealedDraft } from './journal';
import type { OwnHead, PendingRow, Segment, SetAsideReason } from './operation-log';
import { segmentOf } from './segment-codec';
import type { Instant } from './time';

/** Numbers on the disk: none is ever given to something else. */
const KIND = {
	identity: 1,
	'keyring-record': 2,
	'device-key': 3,
	server: 4,
	'server-removed': 5,
	saved: 6,
	kept: 7,
	segment: 8,
	'set-aside': 9,
	draft: 10,
	'draft-removed': 11
} as const satisfies { readonly [T in Exclude<JournalEntry['type'], 'unknown'>]: number };

type Fields = readonly unknown[];

/** The payload of an entry's frame. */
export function encodePayload(entry: JournalEntry): Uint8Array {
	if (entry.type === 'unknown') return entry.payload;
	return encode([KIND[entry.type], ...fieldsOf(entry)], rfc8949EncodeOptions);
}

/** An entry from a payload whose checksum is right. What this version does not know is kept as it is. */
export function decodeEntry(payload: Uint8Array): JournalEntry {
	const [kind, ...fields] = decodeArray(payload);
	// A copy: the payload is a view of the whole file, which should not stay in memory for it.
	return parseFields(kind, fields) ?? { type: 'unknown', payload: payload.slice() };
}

function fieldsOf(entry: Exclude<JournalEntry, { readonly type: 'unknown' }>): Fields {
	switch (entry.type) {
		case 'identity':
			return [entry.row];
		case 'keyring-record':
			return [entry.record.bytes, entry.record.signature];
		case 'device-key':
			return [bytesOfHex(entry.deviceId), entry.publicKey];
		case 'server':
			return [entry.origin, ...(entry.paused ? [true] : [])];
		case 'server-removed':
			return [entry.origin];
		case 'saved':
			return [entry.rows.map(rowFields), headFields(entry.head), entry.draftId];
		case 'kept':
			return [entry.rows.map(rowFields), headFields(entry.head)];
		case 'segment':
			return segmentFields(entry.segment);
		case 'set-aside':
			return [segmentFields(entry.setAside.segment), entry.setAside.reason, entry.setAside.setAsideAt];
		case 'draft': {
			const { id, ownerId, keyId, changedAt, sealed } = entry.draft;
			return [id, bytesOfHex(ownerId), keyId, changedAt, sealed];
		}
		case 'draft-removed':
			return [entry.id];
	}
}

const rowFields = (row: PendingRow): Fields => [
	bytesOfHex(row.deviceId),
	row.sequence,
	bytesOfHex(row.staffId),
	row.keyId,
	row.chainValue,
	row.sealed,
	row.staffSignature
];
const headFields = (head: OwnHead): Fields => [
	bytesOfHex(head.deviceId),
	head.sequence,
	head.chainValue,
	head.tick,
	head.caseCounter,
	...(head.commonTo === undefined ? [] : [head.commonTo])
];
const segmentFields = ({ headerBytes, sealed, staffSignature, signature }: Segment): Fields => [
	headerBytes,
	sealed,
	staffSignature,
	signature
];

/** Null: of a kind or shape that this version does not know. */
function parseFields(kind: unknown, fields: Fields): JournalEntry | null {
	const [first, second, third] = fields;
	switch (kind) {
		case KIND.identity:
			return isFields(first) || !isObject(first) ? null : { type: 'identity', row: first };
		case KIND['keyring-record']:
			return isBytes(first) && isBytes(second, 64)
				? { type: 'keyring-record', record: { bytes: first, signature: second } }
				: null;
		case KIND['device-key']:
			return isBytes(first, 16) && isBytes(second, 65)
				? { type: 'device-key', deviceId: idFromBytes<DeviceId>(first), publicKey: second }
				: null;
		case KIND.server:
			return isText(first) ? { type: 'server', origin: first, paused: second === true } : null;
		case KIND['server-removed']:
			return isText(first) ? { type: 'server-removed', origin: first } : null;
		case KIND.saved:
		case KIND.kept:
			return parseRows(kind, first, second, third);
		case KIND.segment: {
			const segment = parseSegment(fields);
			return segment && { type: 'segment', segment };
		}
		case KIND['set-aside']: {
			const segment = parseSegment(first);
			if (!segment || !isReason(second) || !isWhole(third)) return null;
			return { type: 'set-aside', setAside: { segment, reason: second, setAsideAt: third } };
		}
		case KIND.draft: {
			const draft = parseDraft(fields);
			return draft && { type: 'draft', draft };
		}
		case KIND['draft-removed']:
			return isText(first) ? { type: 'draft-removed', id: first } : null;
		default:
			return null;
	}
}

function parseRows(kind: unknown, rows: unknown, head: unknown, draftId: unknown): JournalEntry | null {
	const parsedHead = parseHead(head);
	const parsed = isFields(rows) ? rows.map(parseRow).filter((row) => row !== null) : [];
	if (!parsedHead || !isFields(rows) || parsed.length !== rows.length) return null;
	if (kind === KIND.kept) return { type: 'kept', rows: parsed, head: parsedHead };
	return isText(draftId) || draftId === null ? { type: 'saved', rows: parsed, head: parsedHead, draftId } : null;
}

function parseRow(value: unknown): PendingRow | null {
	if (!isFields(value)) return null;
	const [deviceId, sequence, staffId, keyId, chainValue, sealed, staffSignature] = value;
	if (!isBytes(deviceId, 16) || !isWhole(sequence) || sequence < 1 || !isBytes(staffId, 16) || !isKeyId(keyId))
		return null;
	if (!isBytes(chainValue, 32) || !isBytes(sealed) || !isBytes(staffSignature, 64)) return null;
	const ids = { deviceId: idFromBytes<DeviceId>(deviceId), staffId: idFromBytes<StaffId>(staffId), keyId };
	return { ...ids, sequence, chainValue, sealed, staffSignature };
}

function parseHead(value: unknown): OwnHead | null {
	if (!isFields(value)) return null;
	const [deviceId, sequence, chainValue, tick, caseCounter, commonTo] = value;
	if (!isBytes(deviceId, 16) || !isBytes(chainValue, 32)) return null;
	if (!isWhole(sequence) || !isWhole(tick) || !isWhole(caseCounter)) return null;
	const head = { deviceId: idFromBytes<DeviceId>(deviceId), sequence, chainValue, tick, caseCounter };
	return isWhole(commonTo) ? { ...head, commonTo } : head;
}

function parseSegment(value: unknown): Segment | null {
	if (!isFields(value)) return null;
	const [headerBytes, sealed, staffSignature, signature] = value;
	if (!isBytes(headerBytes) || !isBytes(sealed) || !isBytes(staffSignature) || !isBytes(signature)) return null;
	const segment = segmentOf(headerBytes, sealed, staffSignature, signature);
	return segment.ok ? segment.value : null;
}

function parseDraft([id, ownerId, keyId, changedAt, sealed]: Fields): SealedDraft | null {
	if (!isText(id) || !isBytes(ownerId, 16) || !isKeyId(keyId) || !isWhole(changedAt) || !isBytes(sealed)) return null;
	return { id, ownerId: idFromBytes<StaffId>(ownerId), keyId, changedAt: changedAt as Instant, sealed };
}

function decodeArray(payload: Uint8Array): Fields {
	try {
		const value: unknown = decode(payload, { allowBigInt: false });
		return isFields(value) ? value : [];
	} catch {
		return [];
	}
}

const REASONS: { readonly [R in SetAsideReason]: true } = {
	'second-history': true,
	'bad-staff-signature': true,
	'unknown-staff': true,
	'broken-chain': true,
	'cannot-open': true,
	'revoked-device': true,
	'given-up': true
};
const isReason = (value: unknown): value is SetAsideReason =>
	typeof value === 'string' && Object.hasOwn(REASONS, value);

const isFields = (value: unknown): value is Fields => Array.isArray(value);
const isObject = (value: unknown): value is IdentityRow => typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string';
const isKeyId = (value: unknown): value is KeyId => parseKeyId(value).ok;
const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);
const isBytes = (value: unknown, length?: number): value is Uint8Array =>
	value instanceof Uint8Array && (length === undefined || value.length === length);
