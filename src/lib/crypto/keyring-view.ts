/** The accepted records as the state that everybody else reads. */
import type { DeviceId, KeyId, RecordId, SpaceId, StaffId } from '$lib/domain/ids';
import type { KeyCommitment, KeyringBody, KeyringRecord, KeyWrap, Signer } from '$lib/domain/keyring-record';
import { ancestorsOf, credentialOf, isAncestor, keysIn, personIn, recoveryIn } from './keyring-graph';
import type { Counts, CredentialEntry, EntryKind, RecordGraph, RecordNode } from './keyring-graph';
import type { KeptApartReason } from './keyring-kept-apart';
import { isAllowed, isWellLinked, signingEntries } from './keyring-rules';
import { importVerifyKey, verify } from './signature';
import type { KeptApart, KeyringState, LackingKey, Person, RejectReason, RevokedDevice } from './keyring-state';

export const FIRST_KEY_ID = '1.general' as KeyId;

export interface Verdicts {
	readonly spaceId: SpaceId;
	readonly graph: RecordGraph;
	readonly keys: ReadonlyMap<RecordNode, ReadonlyMap<EntryKind, CryptoKey | null>>;
	readonly keptApart: ReadonlyMap<RecordNode, KeptApartReason>;
	readonly rejected: ReadonlyMap<RecordId, RejectReason>;
}

export function stateOf(verdicts: Verdicts): KeyringState {
	const { spaceId, graph, keptApart } = verdicts;
	const holds: Counts = (node) => !keptApart.has(node);
	const all: Counts = () => true;
	const founding = graph.nodes[0]?.body.payload;
	const founded = founding?.type === 'space-founded' ? founding : null;
	const people = peopleOf(graph, holds);
	const recovery = entriesOf(recoveryIn(graph, holds), 'recovery');
	const keys = keysIn(graph, holds);
	return {
		spaceId,
		founded: founded !== null,
		spaceNonce: founded?.nonce ?? new Uint8Array(16),
		commune: founded?.commune ?? '',
		ags: founded?.ags ?? null,
		people,
		recovery,
		keys,
		readableKeys: keysIn(graph, all),
		currentKeyId: keys.at(-1)?.keyId ?? FIRST_KEY_ID,
		revokedDevices: revokedIn(graph, holds),
		tips: tipsOf(graph),
		acceptedIds: new Set(graph.byId.keys()),
		records: graph.nodes.map((node) => node.record),
		rejected: keptApartList(verdicts),
		has: (id) => graph.byId.has(id),
		ancestorsMissing: (tips) => missingTo(graph, tips),
		signingKeysOf: (staffId) => signingKeys(verdicts, staffId),
		wrapsOf: (signer) => wrapsOf(graph, signer),
		lackingKeys: lackingIn(graph, people, recovery, keys),
		allows: (body) => allows(graph, holds, body),
		isSignedNow: (record, signer) => isSignedNow(graph, holds, record, signer)
	};
}

function peopleOf(graph: RecordGraph, holds: Counts): ReadonlyMap<StaffId, Person> {
	const people = new Map<StaffId, Person>();
	for (const [staffId, nodes] of graph.bySubject) {
		const facts = personIn(graph, staffId, holds) ?? personIn(graph, staffId, () => true);
		if (!facts) continue;
		const isHere = personIn(graph, staffId, holds) !== null;
		const entries = isHere ? entriesOf(facts.credentials, 'person') : [];
		people.set(staffId, {
			staffId,
			name: facts.name,
			role: facts.role,
			removed: facts.removed || !isHere,
			roleRecords: facts.roles.map((node) => node.id),
			mustChangePassword: entries.some((entry) => entry.mustChangePassword),
			entries: facts.removed ? [] : entries,
			allEntries: entriesOf(nodes, 'person')
		});
	}
	return people;
}

const entriesOf = (nodes: readonly RecordNode[], kind: EntryKind): CredentialEntry[] =>
	nodes.map((node) => credentialOf(node, kind)).filter((entry) => entry !== null);

/** Several records on one device: the earliest cut holds. */
function revokedIn(graph: RecordGraph, holds: Counts): ReadonlyMap<DeviceId, RevokedDevice> {
	const revoked = new Map<DeviceId, RevokedDevice>();
	for (const { body } of graph.nodes.filter(holds)) {
		if (body.payload.type !== 'device-revoked') continue;
		const { deviceId, lastSequence, lastChainValue } = body.payload;
		const known = revoked.get(deviceId);
		if (!known || lastSequence < known.lastSequence) revoked.set(deviceId, { lastSequence, lastChainValue });
	}
	return revoked;
}

function tipsOf(graph: RecordGraph): readonly RecordId[] {
	const seen = new Set(graph.nodes.flatMap((node) => node.body.seen));
	return graph.nodes.filter((node) => !seen.has(node.id)).map((node) => node.id);
}

function missingTo(graph: RecordGraph, tips: readonly RecordId[]): KeyringRecord[] {
	const known = tips.map((id) => graph.byId.get(id)).filter((node) => node !== undefined);
	const ancestors = ancestorsOf(known);
	return graph.nodes
		.filter((node) => !known.includes(node) && !isAncestor(node, { ancestors }))
		.map((node) => node.record);
}

function keptApartList({ keptApart, rejected }: Verdicts): readonly KeptApart[] {
	const apart = [...keptApart].map(([node, reason]) => ({ id: node.id, reason }));
	return [...[...rejected].map(([id, reason]) => ({ id, reason })), ...apart].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const signingKeys = ({ graph, keys }: Verdicts, staffId: StaffId): readonly CryptoKey[] =>
	(graph.bySubject.get(staffId) ?? [])
		.map((node) => keys.get(node)?.get('person') ?? null)
		.filter((key) => key !== null)
		.reverse();

function wrapsOf(graph: RecordGraph, signer: Signer): readonly KeyWrap[] {
	const entries = signer === 'recovery' ? graph.recoveryNodes : (graph.bySubject.get(signer) ?? []);
	const own = entriesOf(entries, signer === 'recovery' ? 'recovery' : 'person').flatMap((entry) => entry.keyWraps);
	return [...own, ...graph.keyNodes.flatMap((node) => rotationWraps(node, signer))];
}

function rotationWraps({ body: { payload } }: RecordNode, signer: Signer): readonly KeyWrap[] {
	if (payload.type !== 'key-rotated') return [];
	if (signer === 'recovery') return payload.recoveryWraps;
	return payload.wraps.filter(({ staffId }) => staffId === signer).map(({ wrap }) => wrap);
}

/** An entry has a key that came with it, or in a rotation that had seen it. */
function lackingIn(
	graph: RecordGraph,
	people: ReadonlyMap<StaffId, Person>,
	recovery: readonly CredentialEntry[],
	keys: readonly KeyCommitment[]
): readonly LackingKey[] {
	const lacks = (signer: Signer, entry: CredentialEntry): LackingKey[] => {
		const node = graph.byId.get(entry.recordId);
		const given = new Set(entry.keyWraps.map(({ keyId }) => keyId));
		for (const rotation of graph.keyNodes)
			if (node && isAncestor(node, rotation)) for (const wrap of rotationWraps(rotation, signer)) given.add(wrap.keyId);
		return keys
			.filter(({ keyId }) => !given.has(keyId))
			.map(({ keyId }) => ({ signer, keyId, ecdhPublic: entry.publicKeys.ecdh }));
	};
	return [
		...[...people.values()].flatMap(({ staffId, entries }) => entries.flatMap((entry) => lacks(staffId, entry))),
		...recovery.flatMap((entry) => lacks('recovery', entry))
	];
}

function allows(graph: RecordGraph, holds: Counts, body: KeyringBody): boolean {
	return isWellLinked(graph, body, () => true) && isAllowed(graph, body, () => true) && isAllowed(graph, body, holds);
}

async function isSignedNow(graph: RecordGraph, holds: Counts, record: KeyringRecord, signer: Signer): Promise<boolean> {
	const kind: EntryKind = signer === 'recovery' ? 'recovery' : 'person';
	const nodes = signingEntries(graph, signer, () => true).filter(holds);
	for (const entry of entriesOf(nodes, kind)) {
		const key = await importVerifyKey(entry.publicKeys.ecdsa);
		if (key && (await verify(key, record.bytes, record.signature))) return true;
	}
	return false;
}
