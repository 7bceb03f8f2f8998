/** Who may sign what into the keyring. */
import type { StaffId } from '$lib/domain/ids';
import type { KeyringBody, Signer } from '$lib/domain/keyring-record';
import { unreachable } from '$lib/domain/result';
import type { Role } from '$lib/domain/workplace';
import {
	isSameKey,
	keysIn,
	personIn,
	recoveryIn,
	type Counts,
	type RecordGraph,
	type RecordNode
} from './keyring-graph';

/** 0: no say in the keyring but over the own password; 1: leads; 2: administration and the Notfallblatt. */
export type Level = 0 | 1 | 2;

const LEVEL: { readonly [R in Role]: Level } = { feed: 0, clerk: 0, processing: 0, lead: 1, admin: 2 };
export const levelOf = (role: Role): Level => LEVEL[role];

/** Rights of a signer by the counted records; null: nobody of that id, or removed. */
export function signerLevel(graph: RecordGraph, signer: Signer, counts: Counts): Level | null {
	if (signer === 'recovery') return 2;
	const person = personIn(graph, signer, counts);
	return person && !person.removed ? levelOf(person.role) : null;
}

/**
 * Whether the counted records allow this act.
 *
 * - Own password: everybody. Everything else: leads and administration.
 * - Nobody acts on a person with more rights than the own ones (add, change of role, reset, removal), nor gives more:
 *   an admin gives any role, a lead gives clerk, processing and lead.
 * - Nobody becomes the Einlesedienst or ceases to be it: what its key has signed is read under one role, now and ever.
 * - The Notfallblatt resets passwords and adds persons of any role; whom it added does the rest.
 *
 * `level` judges as if the signer had those rights.
 */
export function isAllowed(
	graph: RecordGraph,
	body: KeyringBody,
	counts: Counts,
	level: Level | null = signerLevel(graph, body.signer, counts)
): boolean {
	const { payload, signer } = body;
	if (level === null) return false;
	const reaches = (staffId: StaffId): boolean => {
		const person = personIn(graph, staffId, counts);
		return person !== null && level >= Math.max(1, levelOf(person.role));
	};
	const isLead = level >= 1 && signer !== 'recovery';
	switch (payload.type) {
		case 'space-founded':
			return false;
		case 'person-added':
			return level >= Math.max(1, levelOf(payload.person.role));
		case 'password-changed':
			return (signer === payload.staffId || reaches(payload.staffId)) && isPresent(graph, payload.staffId, counts);
		case 'role-changed':
			return (
				isLead && reaches(payload.staffId) && level >= levelOf(payload.role) && !isAboutFeed(graph, payload, counts)
			);
		case 'person-removed':
			return isLead && reaches(payload.staffId);
		case 'device-revoked':
		case 'key-rotated':
		case 'recovery-renewed':
			return isLead;
		default:
			return unreachable(payload);
	}
}

const isAboutFeed = (
	graph: RecordGraph,
	{ staffId, role }: { readonly staffId: StaffId; readonly role: Role },
	counts: Counts
): boolean => role === 'feed' || personIn(graph, staffId, counts)?.role === 'feed';

/** Whether a record fits to what it builds on: it replaces only records of the same kind and subject, and names nothing twice. */
export function isWellLinked(graph: RecordGraph, body: KeyringBody, counts: Counts): boolean {
	const { payload, replaces } = body;
	const replacesOnly = (kind: (node: RecordNode) => boolean): boolean =>
		replaces.every((id) => {
			const node = graph.byId.get(id);
			return node !== undefined && counts(node) && kind(node);
		});
	const about = (staffId: StaffId, ...types: readonly string[]) =>
		replacesOnly(
			(node) =>
				(graph.bySubject.get(staffId) ?? []).includes(node) &&
				(types.length === 0 || types.includes(node.body.payload.type))
		);
	switch (payload.type) {
		case 'space-founded':
			return false;
		case 'person-added':
			return replaces.length === 0 && personIn(graph, payload.person.staffId, counts) === null;
		case 'password-changed':
			return about(payload.staffId, 'space-founded', 'person-added', 'password-changed');
		case 'role-changed':
			return about(payload.staffId, 'space-founded', 'person-added', 'role-changed');
		case 'person-removed':
			return about(payload.staffId);
		case 'device-revoked':
			return replaces.length === 0;
		case 'key-rotated': {
			const named = keysIn(graph, counts).filter(({ keyId }) => keyId === payload.key.keyId);
			return replaces.length === 0 && named.every((key) => isSameKey(key, payload.key));
		}
		case 'recovery-renewed':
			return replacesOnly((node) => graph.recoveryNodes.includes(node));
		default:
			return unreachable(payload);
	}
}

/** The entries whose keys may sign for this signer. */
export const signingEntries = (graph: RecordGraph, signer: Signer, counts: Counts): readonly RecordNode[] =>
	signer === 'recovery' ? recoveryIn(graph, counts) : (personIn(graph, signer, counts)?.credentials ?? []);

/** A removal, or a role with fewer rights than the counted records give. */
export function takesRights(graph: RecordGraph, { payload }: KeyringBody, counts: Counts): boolean {
	if (payload.type === 'person-removed') return true;
	if (payload.type !== 'role-changed') return false;
	const person = personIn(graph, payload.staffId, counts);
	return person !== null && levelOf(payload.role) < levelOf(person.role);
}

const isPresent = (graph: RecordGraph, staffId: StaffId, counts: Counts): boolean => {
	const person = personIn(graph, staffId, counts);
	return person !== null && !person.removed;
};
