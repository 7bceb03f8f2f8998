/** Keyrings as a server holds them: verified before they are stored, folded once and remembered while nothing is added. */
import { foldKeyring, recordIdOf, type KeyringState } from '$lib/crypto/keyring';
import type { DeviceId, SpaceId } from '$lib/domain/ids';
import { MAX_RECORDS, type KeyringRecord } from '$lib/domain/keyring-record';
import type { KeyringSummary, Store, StoredRecord } from './store';

export interface Keyrings {
	/** The folded keyring of a space that exists. */
	stateOf(spaceId: SpaceId): Promise<KeyringState>;
	/** Stores those that verify; what nobody was allowed to sign is left out and replaces nothing. → the state afterwards. */
	takeIn(spaceId: SpaceId, records: readonly KeyringRecord[]): Promise<KeyringState>;
}

/** Folded states kept in memory; the database's record count says whether one is still true. */
const MAX_REMEMBERED = 50;
const MAX_ATTEMPTS = 5;

export function createKeyrings(store: Store): Keyrings {
	const remembered = new Map<SpaceId, KeyringState>();

	async function stateOf(spaceId: SpaceId): Promise<KeyringState> {
		const known = remembered.get(spaceId);
		const space = await store.space(spaceId);
		if (known && known.records.length === space?.recordCount) return known;
		const state = await foldKeyring(spaceId, await store.records(spaceId), { verified: known?.acceptedIds });
		remember(spaceId, state);
		return state;
	}

	function remember(spaceId: SpaceId, state: KeyringState): void {
		remembered.delete(spaceId);
		const oldest = remembered.keys().next();
		if (remembered.size >= MAX_REMEMBERED && !oldest.done) remembered.delete(oldest.value);
		remembered.set(spaceId, state);
	}

	async function takeIn(spaceId: SpaceId, records: readonly KeyringRecord[]): Promise<KeyringState> {
		for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
			const before = await stateOf(spaceId);
			const after = await foldWith(before, records);
			const added = await recordsOf(after, before);
			if (added.length === 0) return before;
			if (await store.addRecords(spaceId, added, summaryOf(after), before.records.length)) {
				remember(spaceId, after);
				return after;
			}
			// Another call was faster: fold again on what it wrote.
			remembered.delete(spaceId);
		}
		return stateOf(spaceId);
	}

	return { stateOf, takeIn };
}

/** The state with those of the records that are new, as far as there is room. */
async function foldWith(before: KeyringState, records: readonly KeyringRecord[]): Promise<KeyringState> {
	const fresh: KeyringRecord[] = [];
	for (const record of records) {
		if (before.records.length + fresh.length >= MAX_RECORDS) break;
		if (!before.has(await recordIdOf(record.bytes))) fresh.push(record);
	}
	if (fresh.length === 0) return before;
	return foldKeyring(before.spaceId, [...before.records, ...fresh], { verified: before.acceptedIds });
}

/** Accepted records that were not accepted before, ancestors first, each with its id. */
export async function recordsOf(state: KeyringState, before?: KeyringState): Promise<StoredRecord[]> {
	const stored = await Promise.all(
		state.records.map(async (record) => ({ recordId: await recordIdOf(record.bytes), record }))
	);
	return stored.filter(({ recordId }) => !before?.has(recordId));
}

export const summaryOf = (state: KeyringState): KeyringSummary => ({
	tips: state.tips,
	revoked: [...state.revokedDevices.keys()] satisfies DeviceId[]
});
