/** The hash graph of accepted keyring records, and what a part of it says about persons, recovery and keys. */
import type { KeyId, RecordId, StaffId } from '$lib/domain/ids';
import type {
	KeyCommitment,
	KeyringBody,
	KeyringPayload,
	KeyringRecord,
	KeyWrap,
	PublicKeys,
	WrappedKeys
} from '$lib/domain/keyring-record';
import type { Role } from '$lib/domain/workplace';

export interface RecordNode {
	/** Place in the graph: every ancestor's is lower. */
	readonly index: number;
	readonly id: RecordId;
	readonly record: KeyringRecord;
	readonly body: KeyringBody;
	/** Bit set of the indexes of all ancestors. */
	readonly ancestors: Uint32Array;
	/** The entry whose key signed it; itself for the founding record. */
	readonly signedWith: RecordNode | null;
	/** Takes rights away from a person: a removal, or a role with fewer rights than before. Such records always hold. */
	readonly takesRights: boolean;
}

/** Which records are looked at: ancestors of one, or all that hold. */
export type Counts = (node: RecordNode) => boolean;

export interface RecordGraph {
	readonly nodes: RecordNode[];
	readonly byId: Map<RecordId, RecordNode>;
	/** Records that name a person as their subject. */
	readonly bySubject: Map<StaffId, RecordNode[]>;
	readonly recoveryNodes: RecordNode[];
	readonly keyNodes: RecordNode[];
}

export const createGraph = (): RecordGraph => ({
	nodes: [],
	byId: new Map(),
	bySubject: new Map(),
	recoveryNodes: [],
	keyNodes: []
});

export const isAncestor = (ancestor: RecordNode, of: Pick<RecordNode, 'ancestors'>): boolean =>
	(((of.ancestors[ancestor.index >>> 5] ?? 0) >>> (ancestor.index & 31)) & 1) === 1;

export const areConcurrent = (a: RecordNode, b: RecordNode): boolean =>
	a !== b && !isAncestor(a, b) && !isAncestor(b, a);

/** The ancestors of a record that has seen `seen`. */
export function ancestorsOf(seen: readonly RecordNode[]): Uint32Array {
	const length = 1 + Math.max(-1, ...seen.map((node) => node.index >>> 5));
	const ancestors = new Uint32Array(length);
	for (const node of seen) {
		node.ancestors.forEach((word, i) => (ancestors[i] = (ancestors[i] ?? 0) | word));
		ancestors[node.index >>> 5] = (ancestors[node.index >>> 5] ?? 0) | (1 << (node.index & 31));
	}
	return ancestors;
}

export function addNode(graph: RecordGraph, node: RecordNode): void {
	graph.nodes.push(node);
	graph.byId.set(node.id, node);
	const subject = subjectOf(node.body.payload);
	if (subject) {
		const others = graph.bySubject.get(subject);
		if (others) others.push(node);
		else graph.bySubject.set(subject, [node]);
	}
	const { type } = node.body.payload;
	if (type === 'space-founded' || type === 'recovery-renewed') graph.recoveryNodes.push(node);
	if (type === 'space-founded' || type === 'key-rotated') graph.keyNodes.push(node);
}

export function subjectOf(payload: KeyringPayload): StaffId | null {
	switch (payload.type) {
		case 'space-founded':
			return payload.founder.staffId;
		case 'person-added':
			return payload.person.staffId;
		case 'role-changed':
		case 'password-changed':
		case 'person-removed':
			return payload.staffId;
		default:
			return null;
	}
}

/** A way to open somebody's keys, with the record that brought it. */
export interface CredentialEntry {
	readonly recordId: RecordId;
	readonly publicKeys: PublicKeys;
	readonly wrappedKeys: WrappedKeys;
	readonly keyWraps: readonly KeyWrap[];
	readonly mustChangePassword: boolean;
}

export type EntryKind = 'person' | 'recovery';

/** The entry a record brings for its subject, or for the Notfallblatt; the founding record brings both. */
export function credentialOf(node: RecordNode, kind: EntryKind): CredentialEntry | null {
	const { payload } = node.body;
	const recordId = node.id;
	if (kind === 'recovery')
		return payload.type === 'space-founded' || payload.type === 'recovery-renewed'
			? { recordId, ...payload.recovery, mustChangePassword: false }
			: null;
	const entry = payload.type === 'password-changed' ? payload : entryOf(node);
	if (!entry) return null;
	const { publicKeys, wrappedKeys, keyWraps, mustChangePassword } = entry;
	return { recordId, publicKeys, wrappedKeys, keyWraps, mustChangePassword };
}

export interface PersonFacts {
	readonly staffId: StaffId;
	readonly name: string;
	readonly role: Role;
	readonly removed: boolean;
	/** Records of the entries that hold: normally one; two after two password changes that had not seen each other. */
	readonly credentials: readonly RecordNode[];
	/** Records that say the role now. */
	readonly roles: readonly RecordNode[];
}

/** What the counted records say of a person; null: nobody added one of this id. */
export function personIn(graph: RecordGraph, staffId: StaffId, counts: Counts): PersonFacts | null {
	const nodes = (graph.bySubject.get(staffId) ?? []).filter(counts);
	const added = nodes.map((node) => entryOf(node)).find((entry) => entry !== null);
	if (!added) return null;
	const credentials = holding(nodes, 'password-changed', (node) => credentialOf(node, 'person') !== null);
	const roles = holding(nodes, 'role-changed', (node) => roleOf(node) !== null);
	const held = roles.map(roleOf).filter((role) => role !== null);
	return {
		staffId,
		name: added.name,
		role: held.reduce((least, role) => (RANK[role] < RANK[least] ? role : least), held[0] ?? 'clerk'),
		removed: nodes.some((node) => node.body.payload.type === 'person-removed'),
		credentials,
		roles
	};
}

/** Records of the recovery entries that hold. */
export const recoveryIn = (graph: RecordGraph, counts: Counts): readonly RecordNode[] =>
	holding(graph.recoveryNodes.filter(counts), 'recovery-renewed', () => true);

/** Commitments of data keys, each once. */
export function keysIn(graph: RecordGraph, counts: Counts): KeyCommitment[] {
	const keys: KeyCommitment[] = [];
	for (const node of graph.keyNodes) {
		const { payload } = node.body;
		if (!counts(node) || (payload.type !== 'space-founded' && payload.type !== 'key-rotated')) continue;
		const { key } = payload;
		if (!keys.some((other) => isSameKey(other, key))) keys.push(key);
	}
	return keys.sort(compareKeys);
}

export const isSameKey = (a: KeyCommitment, b: KeyCommitment): boolean =>
	a.keyId === b.keyId && a.commitment.every((byte, i) => byte === b.commitment[i]);

export const epochOf = (keyId: KeyId): number => Number.parseInt(keyId, 10);

const compareKeys = (a: KeyCommitment, b: KeyCommitment): number =>
	epochOf(a.keyId) - epochOf(b.keyId) || (sortText(a) < sortText(b) ? -1 : 1);
const sortText = (key: KeyCommitment): string => `${key.keyId} ${Array.from(key.commitment).join()}`;

/**
 * Of several roles at once the one with the fewest rights holds. Only `feed` stands behind all others: somebody who adds a colleague's
 * id a second time as one must not make unread what the colleague has written.
 */
const RANK: { readonly [R in Role]: number } = { clerk: 0, processing: 1, lead: 2, admin: 3, feed: 4 };

const roleOf = (node: RecordNode): Role | null =>
	node.body.payload.type === 'role-changed' ? node.body.payload.role : (entryOf(node)?.role ?? null);

function entryOf(node: RecordNode) {
	const { payload } = node.body;
	if (payload.type === 'space-founded') return payload.founder;
	return payload.type === 'person-added' ? payload.person : null;
}

/** Records of one kind that no counted record of the replacing type names in `replaces`. */
function holding(nodes: readonly RecordNode[], replacing: KeyringPayload['type'], isOfKind: Counts): RecordNode[] {
	const replaced = new Set(
		nodes.filter((node) => node.body.payload.type === replacing).flatMap((node) => node.body.replaces)
	);
	return nodes.filter((node) => isOfKind(node) && !replaced.has(node.id));
}
