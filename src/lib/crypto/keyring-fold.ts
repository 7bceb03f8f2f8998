/** Fold of keyring records: which verify, which hold, and what they say. Independent of the order in which they came. */
import type { RecordId, SpaceId } from '$lib/domain/ids';
import type { KeyringBody, KeyringRecord } from '$lib/domain/keyring-record';
import { addNode, ancestorsOf, createGraph, credentialOf, isAncestor } from './keyring-graph';
import type { Counts, EntryKind, RecordGraph, RecordNode } from './keyring-graph';
import { decodeRecord, recordIdOf } from './keyring-codec';
import { findKeptApart } from './keyring-kept-apart';
import { isAllowed, isWellLinked, signingEntries, takesRights } from './keyring-rules';
import type { KeyringState, RejectReason } from './keyring-state';
import { stateOf } from './keyring-view';
import { importVerifyKey, verify } from './signature';

export interface FoldOptions {
	/** Ids accepted by an earlier fold in this page life (`acceptedIds`): their signatures are not verified again. Never from the disk. */
	readonly verified?: ReadonlySet<RecordId>;
}

/** Records of the same bytes and therefore the same id; signatures may differ, and one must verify. */
interface Candidate {
	readonly id: RecordId;
	readonly body: KeyringBody;
	readonly copies: KeyringRecord[];
}

/** Verifying keys of entries, imported once each; null: no point of the curve. */
export type EntryKeys = Map<RecordNode, Map<EntryKind, CryptoKey | null>>;

/**
 * A record is accepted iff all it has seen is accepted, its signature verifies by an entry that held for its signer in what
 * it has seen, and what it has seen allows the act. Of the accepted ones some have no effect (`findKeptApart`).
 * The founding record is the one whose hash is the space id. Costs one ECDSA verification a record, unless `verified`.
 */
export async function foldKeyring(
	spaceId: SpaceId,
	records: readonly KeyringRecord[],
	{ verified = new Set() }: FoldOptions = {}
): Promise<KeyringState> {
	const rejected = new Map<RecordId, RejectReason>();
	const candidates = await readCandidates(spaceId, records, rejected);
	const graph = createGraph();
	const keys: EntryKeys = new Map();
	for (const candidate of ancestorsFirst(candidates)) {
		const verdict = await admit(graph, keys, spaceId, candidate, verified);
		if (typeof verdict === 'string') rejected.set(candidate.id, verdict);
		else addNode(graph, verdict);
	}
	for (const candidate of candidates)
		if (!graph.byId.has(candidate.id) && !rejected.has(candidate.id)) rejected.set(candidate.id, 'unknown-ancestors');
	const keptApart = findKeptApart(graph);
	await importKeysOf(graph, keys);
	return stateOf({ spaceId, graph, keys, keptApart, rejected });
}

/** Decodes, and joins copies; sorted by id, so that nothing below depends on the order of arrival. */
async function readCandidates(
	spaceId: SpaceId,
	records: readonly KeyringRecord[],
	rejected: Map<RecordId, RejectReason>
): Promise<Candidate[]> {
	const byId = new Map<RecordId, Candidate>();
	for (const record of records) {
		const id = await recordIdOf(record.bytes);
		const known = byId.get(id);
		if (known) {
			known.copies.push(record);
			continue;
		}
		const body = decodeRecord(record.bytes);
		if (!body.ok) rejected.set(id, body.error.type === 'record-too-large' ? 'too-large' : 'malformed');
		else if (!belongsTo(spaceId, id, body.value)) rejected.set(id, 'wrong-space');
		else byId.set(id, { id, body: body.value, copies: [record] });
	}
	return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const belongsTo = (spaceId: SpaceId, id: RecordId, { spaceId: named, payload }: KeyringBody): boolean =>
	payload.type === 'space-founded' ? named === null && (id as string) === spaceId : named === spaceId;

/** Every candidate after all it has seen; those with a missing ancestor are left out. */
function ancestorsFirst(candidates: readonly Candidate[]): Candidate[] {
	const followers = new Map<RecordId, Candidate[]>();
	const missing = new Map<Candidate, number>();
	const ordered: Candidate[] = [];
	for (const candidate of candidates) {
		const seen = new Set(candidate.body.seen);
		missing.set(candidate, seen.size);
		if (candidate.body.payload.type === 'space-founded') ordered.push(candidate);
		for (const id of seen) {
			const others = followers.get(id);
			if (others) others.push(candidate);
			else followers.set(id, [candidate]);
		}
	}
	for (const { id } of ordered)
		for (const follower of followers.get(id) ?? []) {
			const left = (missing.get(follower) ?? 0) - 1;
			missing.set(follower, left);
			if (left === 0) ordered.push(follower);
		}
	return ordered;
}

async function admit(
	graph: RecordGraph,
	keys: EntryKeys,
	spaceId: SpaceId,
	candidate: Candidate,
	verified: ReadonlySet<RecordId>
): Promise<RecordNode | RejectReason> {
	const { id, body } = candidate;
	const seen = body.seen.map((link) => graph.byId.get(link));
	if (!seen.every((node) => node !== undefined)) return 'unknown-ancestors';
	if (new Set(body.seen).size !== body.seen.length) return 'malformed';
	if (new Set(body.replaces).size !== body.replaces.length) return 'malformed';
	const index = graph.nodes.length;
	const ancestors = ancestorsOf(seen);
	const counts: Counts = (node) => isAncestor(node, { ancestors });
	const place = { index, id, body, ancestors };
	if (body.payload.type === 'space-founded') return admitFounding(keys, candidate, place);
	const entries = signingEntries(graph, body.signer, counts);
	if (entries.length === 0) return 'not-allowed';
	const signed = await signatureOf(keys, candidate, entries, verified);
	if (!signed) return 'bad-signature';
	if (!isWellLinked(graph, body, counts) || !isAllowed(graph, body, counts)) return 'not-allowed';
	return { ...place, ...signed, takesRights: takesRights(graph, body, counts) } satisfies RecordNode;
}

/** The root: pinned by its hash, signed by the person it names. */
async function admitFounding(
	keys: EntryKeys,
	{ body, copies }: Candidate,
	place: Pick<RecordNode, 'index' | 'id' | 'body' | 'ancestors'>
): Promise<RecordNode | RejectReason> {
	const first = copies[0];
	if (!first || body.payload.type !== 'space-founded') return 'malformed';
	if (body.seen.length > 0 || body.replaces.length > 0 || body.signer !== body.payload.founder.staffId)
		return 'malformed';
	for (const record of copies) {
		const node: RecordNode = { ...place, record, signedWith: null, takesRights: false };
		const key = await entryKey(keys, node, 'person');
		if (key && (await verify(key, record.bytes, record.signature))) return node;
		keys.delete(node);
	}
	return 'bad-signature';
}

async function signatureOf(
	keys: EntryKeys,
	{ id, body, copies }: Candidate,
	entries: readonly RecordNode[],
	verified: ReadonlySet<RecordId>
): Promise<Pick<RecordNode, 'record' | 'signedWith'> | null> {
	const [entry, ...others] = entries;
	const [copy, ...more] = copies;
	if (entry && copy && others.length === 0 && more.length === 0 && verified.has(id))
		return { record: copy, signedWith: entry };
	for (const signedWith of entries) {
		const key = await entryKey(keys, signedWith, body.signer === 'recovery' ? 'recovery' : 'person');
		if (!key) continue;
		for (const record of copies) if (await verify(key, record.bytes, record.signature)) return { record, signedWith };
	}
	return null;
}

async function entryKey(keys: EntryKeys, node: RecordNode, kind: EntryKind): Promise<CryptoKey | null> {
	const ofNode = keys.get(node) ?? new Map<EntryKind, CryptoKey | null>();
	keys.set(node, ofNode);
	const known = ofNode.get(kind);
	if (known !== undefined) return known;
	const entry = credentialOf(node, kind);
	const key = entry && (await importVerifyKey(entry.publicKeys.ecdsa));
	ofNode.set(kind, key);
	return key;
}

/** Persons' keys are asked for at once later (`signingKeysOf`), so all are imported here. */
async function importKeysOf(graph: RecordGraph, keys: EntryKeys): Promise<void> {
	for (const nodes of graph.bySubject.values()) for (const node of nodes) await entryKey(keys, node, 'person');
}
