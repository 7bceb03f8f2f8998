/** The keyring's part of an exchange: what is new is taken in, what the other lacks is handed out. */
import type { RecordId, SpaceId } from '$lib/domain/ids';
import type { KeyringRecord } from '$lib/domain/keyring-record';
import type { KeyringPart } from '$lib/sync/protocol';
import type { Keyrings } from './keyrings';
import type { SpaceRow } from './store';

const RECORD_BUDGET_BYTES = 1024 * 1024;

/** Folds only when something is new or the other lacks something. */
export async function exchangeKeyring(
	keyrings: Keyrings,
	spaceId: SpaceId,
	space: SpaceRow,
	theirs: KeyringPart
): Promise<{ readonly part: KeyringPart; readonly more: boolean }> {
	if (theirs.records.length === 0 && sameTips(theirs.tips, space.tips))
		return { part: { tips: space.tips, records: [] }, more: false };
	const state = await keyrings.takeIn(spaceId, theirs.records);
	const lacking = state.ancestorsMissing(theirs.tips);
	const records = upTo(lacking, RECORD_BUDGET_BYTES);
	return { part: { tips: state.tips, records }, more: records.length < lacking.length };
}

const sameTips = (a: readonly RecordId[], b: readonly RecordId[]): boolean =>
	a.length === b.length && a.every((tip) => b.includes(tip));

/** Ancestors come first, so any beginning of the list stands on its own. */
function upTo(records: readonly KeyringRecord[], maxBytes: number): readonly KeyringRecord[] {
	let bytes = 0;
	const end = records.findIndex((record) => (bytes += record.bytes.length + record.signature.length) > maxBytes);
	return end < 0 ? records : records.slice(0, end);
}
