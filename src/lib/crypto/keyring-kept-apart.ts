/** Accepted records that have no effect: acts of people whose rights were taken elsewhere in the meantime. */
import type { RecordNode, Counts, RecordGraph } from './keyring-graph';
import { areConcurrent, isAncestor } from './keyring-graph';
import { isAllowed, levelOf } from './keyring-rules';

export type KeptApartReason = 'signer-removed' | 'rights-kept-apart';

/**
 * Three steps, each a function of the accepted set alone, so that the order of arrival does not matter:
 *
 * 1. A removal or demotion that a record has not seen, and that has not seen the record, takes effect on it: a removed
 *    person's record is kept apart, a demoted one's if the new role would not allow it. Removals and demotions
 *    themselves always hold, so two leads who remove each other are both removed.
 * 2. A new Notfallblatt does the same to what the old one signed meanwhile.
 * 3. What was signed by rights or by a key that come from a record kept apart is kept apart too.
 */
export function findKeptApart(graph: RecordGraph): ReadonlyMap<RecordNode, KeptApartReason> {
	const keptApart = new Map<RecordNode, KeptApartReason>();
	for (const act of graph.nodes.filter((node) => node.takesRights))
		for (const node of graph.nodes) if (isHitBy(graph, node, act)) keptApart.set(node, 'signer-removed');

	const renewals = graph.recoveryNodes.filter((node) => !keptApart.has(node));
	for (const renewal of renewals)
		for (const node of graph.nodes) if (isOfRenewedRecovery(node, renewal)) keptApart.set(node, 'signer-removed');

	for (const node of graph.nodes) {
		if (node.signedWith === null || node.takesRights || keptApart.has(node)) continue;
		const counts: Counts = (other) => isAncestor(other, node) && !keptApart.has(other);
		if (keptApart.has(node.signedWith) || !isAllowed(graph, node.body, counts))
			keptApart.set(node, 'rights-kept-apart');
	}
	return keptApart;
}

function isHitBy(graph: RecordGraph, node: RecordNode, act: RecordNode): boolean {
	const { payload } = act.body;
	if (payload.type !== 'person-removed' && payload.type !== 'role-changed') return false;
	if (node.body.signer !== payload.staffId || node.takesRights || !areConcurrent(node, act)) return false;
	if (payload.type === 'person-removed') return true;
	return !isAllowed(graph, node.body, (other) => isAncestor(other, node), levelOf(payload.role));
}

const isOfRenewedRecovery = (node: RecordNode, renewal: RecordNode): boolean =>
	node.body.signer === 'recovery' &&
	node.signedWith !== null &&
	renewal.body.replaces.includes(node.signedWith.id) &&
	areConcurrent(node, renewal);
